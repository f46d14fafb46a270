"""Stage 5: OUT/final.csv: the automatic scores as OUT stands, after the late policy and what a teacher gave.

Only a time that the platform wrote, or the teacher, takes points. Where none is known there is no penalty.
"""

import csv
import io
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal

from grader.collect.opened import OWN, Folder
from grader.manifest.course import Course
from grader.manifest.late import late_policy
from grader.publish.adjustments import ADJUSTMENTS, EXTENSIONS, TIMES, Given, read_given
from grader.publish.by_learner import read_kept
from grader.publish.cells import neutral
from grader.publish.final import NO_PART, Adjustment, Automatic, Final, final, with_dropped
from grader.publish.renaming import read_names
from grader.publish.standing import Pair, Standing
from grader.publish.timing import Deadlines, Times, by_how_much, read_times

SHOWN = f"{OWN}/shown"  # which pages may show a final score, by learner and exercise
COLUMNS = ["learner", "exercise", "automatic", "adjustment", "late", "final", "state"]


@dataclass(frozen=True)
class Late:
    """Why lateness takes points."""

    by: str  # how late it came, in words
    percent: Decimal  # of the automatic score


@dataclass(frozen=True)
class Finals:
    """All final scores."""

    by_pair: Mapping[Pair, Final]  # in the order of grades.csv
    adjustments: Mapping[Pair, tuple[Adjustment, ...]] = field(default_factory=dict)  # where a teacher gave some
    late: Mapping[Pair, Late] = field(default_factory=dict)  # where lateness takes points
    said: tuple[str, ...] = ()  # what the teacher should know, a line each

    @property
    def changed(self) -> int:
        """How many are not the automatic score."""
        return sum(one.final != one.automatic or one.state in NO_PART for one in self.by_pair.values())

    def comments(self, pair: Pair) -> list[str]:
        """Return what a teacher said of adjustments, and whose they are."""
        words = (
            f"{one.comment} ({one.by})".lstrip() if one.by else one.comment for one in self.adjustments.get(pair, ())
        )
        return [one for one in words if one]

    def table(self) -> str:
        """Return the text of final.csv."""
        rows = [
            [neutral(learner), slug, *map(shown, (one.automatic, one.adjustment, one.late, one.final)), one.state]
            for (learner, slug), one in self.by_pair.items()
        ]
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([COLUMNS, *rows])
        return text.getvalue()


def shown(value: Decimal | None) -> str:
    """Return a number of points as a table has it; nothing where there is none."""
    return "" if value is None else f"{value.normalize() + 0:f}"


def finals(now: Standing, given: Given, times: Times, called: Mapping[str, str] | None = None) -> Finals:
    """Return the final scores of OUT as it stands.

    Parameters
    ----------
    now : Standing
        The automatic ones.
    given : Given
        What a teacher wrote.
    times : mapping
        When the platform says that things were handed in.
    called : mapping of str to str, optional
        Learners by what they were called before a class list said who they are.
    """
    course, policy = now.course, late_policy(now.course.late)
    cap = None if course.cap is None else Decimal(repr(course.cap))
    given, strangers = given.by_learner(names_in(now, called or {}))
    deadlines = Deadlines(course, given, times)
    untimed = unzoned = 0
    by_pair: dict[Pair, Final] = {}
    late: dict[Pair, Late] = {}
    pairs = {*now.pairs, *given.adjustments}  # a teacher may give points for what nobody asked for yet
    for pair in sorted(pairs, key=lambda pair: (pair[0], course.by_slug[pair[1]].number)):
        percent, report = Decimal(0), now.reports.get(pair)
        if policy.percent and report is not None and report.score is not None:
            timing = deadlines.look(pair, report.submission_sha256)
            untimed += timing.untimed
            unzoned += timing.unzoned
            if timing.late is not None and (percent := policy.taken(timing.late)):
                late[pair] = Late(by_how_much(timing.late), percent)
        # What grades.csv shows is what is counted with, so that a reader's sum comes out.
        score = None if (automatic := now.score(pair)) is None else Decimal(f"{automatic:g}")
        found = Automatic(score, Decimal(f"{now.most(pair):g}"), now.status(pair))
        by_pair[pair] = final(found, given.adjustments.get(pair, ()), percent, cap)
    said = [
        f"{one} is in adjustments.csv, extensions.csv or times.csv, but not in OUT: not applied" for one in strangers
    ]
    if untimed:
        said.append(
            f"no late penalty for {untimed} graded hand-ins: it is not known when they came; times.csv may say so"
        )
    if unzoned:
        said.append(
            f"no late penalty for {unzoned} graded hand-ins: their time has a zone and the due date has none, or the other way "
            'round; say which zone is meant in course.toml: zone = "Europe/Berlin"'
        )
    return Finals(_dropped(by_pair, now), given.adjustments, late, tuple(said))


def names_in(now: Standing, called: Mapping[str, str]) -> dict[str, str]:
    """Return the learners of OUT by how a teacher may write them: as in grades.csv, or by an earlier name."""
    names = {neutral(learner): learner for learner, _ in now.pairs}
    earlier = {neutral(old): new for old, new in called.items()}
    return {old: new for old, new in earlier.items() if neutral(new) in names} | names


def read_finals(folder: Folder, now: Standing) -> Finals:
    """Return the final scores of an OUT.

    Raises
    ------
    AdjustmentError
        If what a teacher wrote cannot be read.
    """
    called = {one.person.called: one.learner for one in read_names(folder)[0]}
    return finals(now, read_given(folder, now.course), read_times(folder), called)


def is_automatic(folder: Folder, course: Course) -> bool:
    """Tell whether all final scores are the automatic ones, and always were, without looking at a single one."""
    if course.late or course.drop or course.cap is not None or read_kept(folder, SHOWN):
        return False
    for name in (ADJUSTMENTS, EXTENSIONS, TIMES):
        with suppress(FileNotFoundError):
            folder.stat(name)
            return False
    return True


def _dropped(by_pair: dict[Pair, Final], now: Standing) -> dict[Pair, Final]:
    if not now.course.drop:
        return by_pair
    of_learner: dict[str, dict[str, Final]] = {}
    for (learner, slug), one in by_pair.items():
        of_learner.setdefault(learner, {})[slug] = one
    for learner, own in of_learner.items():
        most = {slug: Decimal(f"{now.most((learner, slug)):g}") for slug in own}
        by_pair |= {(learner, slug): one for slug, one in with_dropped(own, most, now.course.drop).items()}
    return by_pair
