"""Stage 5: OUT/final.csv: the automatic scores as OUT stands, after the late policy and what a teacher gave.

Only a time that the platform wrote, or the teacher, takes points. Where none is known there is no penalty.
"""

import csv
import io
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache, partial

from grader.collect.opened import OWN, Folder
from grader.grading.journal import Pair
from grader.manifest.course import Course
from grader.manifest.late import late_policy
from grader.publish.adjustments import ADJUSTMENTS, EXTENSIONS, TIMES, Given, read_given
from grader.publish.by_hand import ByHand, read_by_hand
from grader.publish.by_learner import read_kept
from grader.publish.cells import neutral
from grader.publish.final import NO_PART, Adjustment, Automatic, Final, final, with_dropped
from grader.publish.renaming import read_names
from grader.publish.standing import Standing
from grader.publish.timing import Deadlines, Times, by_how_much, read_times

NAMED = 10  # learners whom one line names
SHOWN = f"{OWN}/shown"  # which pages may show a final score, by learner and exercise
COLUMNS = ["learner", "exercise", "automatic", "adjustment", "late", "final", "state"]


@dataclass(frozen=True)
class Finals:
    """All final scores."""

    by_pair: Mapping[Pair, Final]  # in the order of grades.csv
    adjustments: Mapping[Pair, tuple[Adjustment, ...]] = field(default_factory=dict)  # where a teacher gave some
    late: Mapping[Pair, str] = field(default_factory=dict)  # why lateness takes points, where it does
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


def finals(
    now: Standing, given: Given, times: Times, called: Mapping[str, str], by_hand: Mapping[Pair, ByHand]
) -> Finals:
    """Return the final scores of OUT as it stands.

    Parameters
    ----------
    now : Standing
        The automatic ones.
    given : Given
        What a teacher wrote.
    times : mapping
        When the platform says that things were handed in.
    called : mapping of str to str
        Learners by what they were called before a class list said who they are.
    by_hand : mapping of pair to ByHand
        What a teacher gave in the formgrader.
    """
    course, policy = now.course, late_policy(now.course.late)
    cap = None if course.cap is None else Decimal(repr(course.cap))
    names = names_in(now, called)
    given, strangers = given.by_learner(names)
    known = set(names.values())
    in_book = {pair: one for pair, one in by_hand.items() if pair[0] in known and pair[1] in course.by_slug}
    adjustments = {**given.adjustments}
    for pair, one in in_book.items():
        if one.adjustments:
            adjustments[pair] = adjustments.get(pair, ()) + one.adjustments
    deadlines = Deadlines(course, given, times)
    counted = Counter[str]()
    as_it_is = cache(partial(final, cap=cap))  # most scores of a large class are, and many are equal
    by_pair: dict[Pair, Final] = {}
    late: dict[Pair, str] = {}
    pairs = {*now.pairs, *adjustments}  # a teacher may give points for what nobody asked for yet
    for pair in sorted(pairs, key=lambda pair: (pair[0], course.by_slug[pair[1]].number)):
        percent, row = Decimal(0), now.rows.get(pair)
        if policy.percent and row is not None and row.score is not None:
            timing = deadlines.look(pair, row.sha256)
            counted.update(untimed=timing.untimed, unzoned=timing.unzoned)
            if timing.late is not None and (percent := policy.taken(timing.late)):
                late[pair] = f"Late by {by_how_much(timing.late)}: {shown(percent)} percent"
        taken = in_book[pair].penalty if pair in in_book else Decimal(0)
        if taken and policy.percent:  # one of the two counts, never both
            counted["superseded"] += 1
            taken = Decimal(0)
        elif taken:
            late[pair] = "Late: the penalty that nbgrader took"
        # What grades.csv shows is what is counted with, so that a reader's sum comes out.
        score = None if (automatic := now.score(pair)) is None else Decimal(f"{automatic:g}")
        found = Automatic(score, Decimal(f"{now.most(pair):g}"), now.status(pair))
        adjusted = adjustments.get(pair, ())
        is_plain = not (adjusted or percent or taken)
        by_pair[pair] = as_it_is(found) if is_plain else final(found, adjusted, percent, cap, taken)
    both = given.adjustments.keys() & {pair for pair, one in in_book.items() if one.points}
    said = [*_strange(strangers, by_hand.keys() - in_book.keys(), both), *_uncounted(counted)]
    return Finals(_dropped(by_pair, now), adjustments, late, tuple(said))


def _strange(strangers: Iterable[str], not_in_out: Collection[Pair], twice: Collection[Pair]) -> Iterator[str]:
    """Say what of a teacher's is not applied, and what may be meant once and is there twice."""
    for one in strangers:
        yield f"{one} is in adjustments.csv, extensions.csv or times.csv, but not in OUT: not applied"
    if not_in_out:
        yield f"given something in the formgrader, but not in OUT: not applied: {_named(not_in_out)}"
    if twice:
        yield f"given points in adjustments.csv and in the formgrader, and both count: {_named(twice)}"


def _uncounted(counted: Mapping[str, int]) -> Iterator[str]:
    """Say for how many there is no late penalty that there could be."""
    if untimed := counted.get("untimed"):
        yield f"no late penalty for {untimed} graded hand-ins: it is not known when they came; times.csv may say so"
    if unzoned := counted.get("unzoned"):
        yield (
            f"no late penalty for {unzoned} graded hand-ins: their time has a zone and the due date has none, or the other way "
            'round; say which zone is meant in course.toml: zone = "Europe/Berlin"'
        )
    if superseded := counted.get("superseded"):
        yield f"nbgrader's late penalty does not count for {superseded} graded hand-ins: the late policy in course.toml does"


def _named(pairs: Collection[Pair]) -> str:
    more = f" and {len(pairs) - NAMED} more" if len(pairs) > NAMED else ""
    return ", ".join(f"{learner} ({slug})" for learner, slug in sorted(pairs)[:NAMED]) + more


def names_in(now: Standing, called: Mapping[str, str]) -> dict[str, str]:
    """Return the learners of OUT by how a teacher may write them: as in grades.csv, or by an earlier name."""
    names = {neutral(learner): learner for learner, _ in now.pairs}
    earlier = {neutral(old): new for old, new in called.items()}
    return {old: new for old, new in earlier.items() if neutral(new) in names} | names


def read_finals(folder: Folder, now: Standing, by_hand: Mapping[Pair, ByHand] | None = None) -> Finals:
    """Return the final scores of an OUT; what was given in the formgrader is read, unless it is known.

    Raises
    ------
    AdjustmentError
        If what a teacher wrote cannot be read.
    """
    called = {one.person.called: one.learner for one in read_names(folder)[0]}
    said = ""
    if by_hand is None:
        by_hand, said = read_by_hand(folder, now.course)
    found = finals(now, read_given(folder, now.course), read_times(folder), called, by_hand)
    return replace(found, said=(*filter(None, [said]), *found.said))


def is_automatic(folder: Folder, course: Course) -> bool:
    """Tell whether all final scores are the automatic ones, and always were, without looking at a single one."""
    if course.late or course.drop or course.cap is not None or read_kept(folder, SHOWN):
        return False
    for name in (ADJUSTMENTS, EXTENSIONS, TIMES):
        with suppress(FileNotFoundError):
            folder.stat(name)
            return False
    by_hand, said = read_by_hand(folder, course)
    return not by_hand and not said


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
