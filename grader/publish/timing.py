"""Stage 5: when things were handed in, beside when they were due.

Only a time that the platform wrote, or the teacher, counts: it is kept in OUT with the hash of what came then, so that it
counts for as long as that very work is graded.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from grader.collect.opened import OWN, Folder
from grader.collect.submission import Submission
from grader.grading.journal import Pair
from grader.manifest.course import Course
from grader.manifest.late import late_policy, lateness, moment, zone_of
from grader.publish.adjustments import Given, read_given, time_of
from grader.publish.by_learner import read_kept, write_kept
from grader.publish.cells import neutral
from grader.publish.renaming import read_names

TIMES = (
    f"{OWN}/times"  # when the platform says that something was handed in, and the hash of what, by learner and exercise
)
MARKED = "late"  # in place of a time, where the platform says no more than that

Times = Mapping[str, Mapping[str, tuple[str, str]]]


@dataclass(frozen=True)
class Timing:
    """When one hand-in came, beside when it was due."""

    late: timedelta | None = None  # by so much, or at or below zero; None where that is not known
    is_due: bool = False  # whether it had to come by some time
    has_time: bool = False  # whether it is known when it came
    marked: bool = False  # whether the platform marked it as late

    @property
    def untimed(self) -> bool:
        """Whether it was due, and it is not known when it came."""
        return self.is_due and not self.has_time

    @property
    def unzoned(self) -> bool:
        """Whether both times are known and cannot be compared."""
        return self.is_due and self.has_time and self.late is None


class Deadlines:
    """When everything was due, and when it came, as far as OUT knows.

    Parameters
    ----------
    course : Course
        The course.
    given : Given
        What a teacher wrote, by learners' own names.
    times : mapping
        What `read_times` returns.
    """

    def __init__(self, course: Course, given: Given, times: Times) -> None:
        self._course, self._given, self._times = course, given, times
        self._zone = zone_of(course.zone)
        self._policy = late_policy(course.late)

    def look(self, pair: Pair, sha256: str) -> Timing:
        """Return what is known of the hand-in with this hash."""
        learner, slug = pair
        told, of = self._times.get(learner, {}).get(slug, ("", ""))
        return self._timing(pair, told if of == sha256 else "")

    def taken(self, pair: Pair, when: str) -> Decimal:
        """Return the percent that the late policy takes from an attempt which came then, as the platform wrote it."""
        late = self._timing(pair, when).late
        return Decimal(0) if late is None else self._policy.taken(late)

    def terms(self, pair: Pair) -> str:
        """Return all that it depends on, beside an attempt's own time, how much is taken."""
        due = self._given.extensions.get(pair) or self._course.by_slug[pair[1]].due
        return repr((self._course.late, self._course.zone, due, self._given.times.get(pair)))

    def _timing(self, pair: Pair, told: str) -> Timing:
        due = self._given.extensions.get(pair) or self._course.by_slug[pair[1]].due
        if due is None:
            return Timing(marked=told == MARKED)
        when = self._given.times.get(pair) or time_of(told)
        if not isinstance(when, datetime):
            return Timing(is_due=True, marked=told == MARKED)
        return Timing(lateness(moment(when, self._zone), moment(due, self._zone)), is_due=True, has_time=True)

    def told(self, one: Timing) -> str:
        """Return how late something came, where that is later than the course lets pass; nothing where it is not."""
        if one.late is not None and one.late > max(self._policy.grace, timedelta()):
            return by_how_much(one.late)
        return "marked by the platform" if one.marked else ""

    def spares(self, one: Timing) -> bool:
        """Tell whether something could have a penalty, and has none because nobody knows when it came."""
        return bool(self._policy.percent) and (one.untimed or one.unzoned)


def read_deadlines(folder: Folder, course: Course) -> Deadlines:
    """Return when everything in an OUT was due, and when it came.

    Raises
    ------
    AdjustmentError
        If what a teacher wrote cannot be read.
    """
    given, known = read_given(folder, course), read_names(folder)[0]
    names = {written: written for written, _ in (*given.extensions, *given.times)}
    names |= {neutral(one.person.called): one.learner for one in known}
    names |= {neutral(one.learner): one.learner for one in known}
    return Deadlines(course, given.by_learner(names)[0], read_times(folder))


def by_how_much(late: timedelta) -> str:
    """Return in words how late something is: `1 day 14 hours`, `25 minutes`."""
    minutes = -(-late // timedelta(minutes=1))  # a minute that has begun counts
    days, hours = divmod(minutes // 60, 24)
    parts = [(days, "day"), (hours, "hour")] if days else [(hours, "hour"), (minutes % 60, "minute")]
    said = " ".join(f"{count} {unit}" if count == 1 else f"{count} {unit}s" for count, unit in parts if count)
    return said or "0 minutes"


def read_times(folder: Folder) -> dict[str, dict[str, tuple[str, str]]]:
    """Return when the platform says that things were handed in; nothing where that is not kept, or is damaged."""
    try:
        return {
            learner: {slug: (str(when), str(of)) for slug, (when, of) in own.items()}
            for learner, own in read_kept(folder, TIMES).items()
        }
    except (ValueError, TypeError):
        return {}


def keep_times(folder: Folder, submissions: Iterable[Submission]) -> None:
    """Keep when these were handed in, for what a later run has no time of.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    before = read_times(folder)
    now = {learner: dict(own) for learner, own in before.items()}
    for one in submissions:
        if one.when and isinstance(time_of(one.when), datetime):
            now.setdefault(one.learner, {})[one.exercise] = one.when, one.sha256
        elif one.late:
            now.setdefault(one.learner, {})[one.exercise] = MARKED, one.sha256
    if now != before:
        write_kept(folder, TIMES, now)
