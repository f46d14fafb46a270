"""Stage 5: OUT/final.csv: the automatic scores as OUT stands, after the late policy and what a teacher gave.

Only a time that the platform wrote, or the teacher, takes points. Where none is known there is no penalty.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cache, partial

from grader.collect.opened import OWN, Folder
from grader.collect.submission import Submission
from grader.grading.journal import Pair
from grader.manifest.late import late_policy, lateness, moment, zone_of
from grader.publish.adjustments import Given, read_given, time_of
from grader.publish.cells import neutral
from grader.publish.final import NO_PART, Adjustment, Automatic, Final, final, with_dropped
from grader.publish.renaming import read_names
from grader.publish.standing import Standing

COLUMNS = ["learner", "exercise", "automatic", "adjustment", "late", "final", "state"]
_TIMES = f"{OWN}/times"  # when the platform says that something was handed in, and the hash of what
_MOST = 2**28

Times = dict[str, dict[str, tuple[str, str]]]  # by learner and exercise


@dataclass(frozen=True)
class Finals:
    """All final scores."""

    by_pair: Mapping[Pair, Final]  # in the order of grades.csv
    comments: Mapping[Pair, tuple[str, ...]] = field(default_factory=dict)  # on adjustments, and whose they are
    said: tuple[str, ...] = ()  # what the teacher should know, a line each

    @property
    def changed(self) -> int:
        """How many are not the automatic score."""
        return sum(one.final != one.automatic or one.state in NO_PART for one in self.by_pair.values())

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
    times : dict
        When the platform says that things were handed in.
    called : mapping of str to str, optional
        Learners by what they were called before a class list said who they are.
    """
    course, zone = now.course, zone_of(now.course.zone)
    policy, cap = late_policy(course.late), None if course.cap is None else Decimal(repr(course.cap))
    names = {neutral(learner): learner for learner, _ in now.pairs}
    names |= {
        neutral(old): new for old, new in (called or {}).items() if neutral(old) not in names and neutral(new) in names
    }
    given, strangers = given.by_learner(names)
    untimed = unzoned = 0
    as_it_is = cache(partial(final, cap=cap))  # most scores of a large class are, and many are equal
    by_pair: dict[Pair, Final] = {}
    pairs = {*now.pairs, *given.adjustments}  # a teacher may give points for what nobody asked for yet
    for pair in sorted(pairs, key=lambda pair: (pair[0], course.by_slug[pair[1]].number)):
        percent, row = Decimal(0), now.rows.get(pair)
        due = given.extensions.get(pair) or course.by_slug[pair[1]].due
        if policy.percent and due is not None and row is not None and row.score is not None:
            told, of = times.get(pair[0], {}).get(pair[1], ("", ""))
            when = given.times.get(pair) or (time_of(told) if of == row.sha256 else None)
            late = None if when is None else lateness(moment(when, zone), moment(due, zone))
            untimed += when is None
            unzoned += when is not None and late is None
            percent = Decimal(0) if late is None else policy.taken(late)
        # What grades.csv shows is what is counted with, so that a reader's sum comes out.
        score = None if (automatic := now.score(pair)) is None else Decimal(f"{automatic:g}")
        found = Automatic(score, Decimal(f"{now.most(pair):g}"), now.status(pair))
        adjusted = given.adjustments.get(pair, ())
        by_pair[pair] = final(found, adjusted, percent, cap) if adjusted or percent else as_it_is(found)
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
    comments = {
        pair: words for pair, some in given.adjustments.items() if (words := tuple(filter(None, map(_words, some))))
    }
    return Finals(_dropped(by_pair, now), comments, tuple(said))


def _words(one: Adjustment) -> str:
    return f"{one.comment} ({one.by})".lstrip() if one.by else one.comment


def read_finals(folder: Folder, now: Standing) -> Finals:
    """Return the final scores of an OUT.

    Raises
    ------
    AdjustmentError
        If what a teacher wrote cannot be read.
    """
    called = {one.person.called: one.learner for one in read_names(folder)[0]}
    return finals(now, read_given(folder, now.course), read_times(folder), called)


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


def read_times(folder: Folder) -> Times:
    """Return when the platform says that things were handed in; nothing where that is not kept, or is damaged."""
    try:
        told = json.loads(folder.read(_TIMES, _MOST))
        return {
            str(learner): {str(slug): (str(when), str(of)) for slug, (when, of) in own.items()}
            for learner, own in told.items()
        }
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
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
    if now != before:
        folder.write(_TIMES, json.dumps(now, separators=(",", ":")).encode(), alone=True)


def rename_times(folder: Folder, names: Mapping[str, str]) -> None:
    """Give what is kept to learners' names of now.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    times = read_times(folder)
    for before, after in names.items():
        if before in times:
            times[after] = {**times.pop(before), **times.get(after, {})}
            folder.write(_TIMES, json.dumps(times, separators=(",", ":")).encode(), alone=True)
