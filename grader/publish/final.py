"""Stage 5: from automatic to final scores. Plain arithmetic: nothing is read or written here.

The automatic score loses what lateness costs, then points that a teacher gave are added, then the course's cap holds, and
nothing is below 0. All of it is decimal. What is a part of something (a percentage) is rounded to hundredths of a point,
halves in the learner's favour; nothing else is rounded.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, Decimal

_HUNDREDTH = Decimal("0.01")
EXCUSED, DROPPED, BY_HAND = "excused", "dropped", "by hand"
NO_PART = (EXCUSED, DROPPED)  # states of what has no part in a total


@dataclass(frozen=True)
class Adjustment:
    """What a teacher gave or took: points, percent of the points that can be had, or the exercise itself."""

    points: Decimal = Decimal(0)
    percent: Decimal = Decimal(0)
    excused: bool = False
    comment: str = ""
    by: str = ""
    when: str = ""


@dataclass(frozen=True)
class Automatic:
    """What grading found."""

    score: Decimal | None
    most: Decimal
    status: str  # graded, missing or held


@dataclass(frozen=True)
class Final:
    """One line of final.csv: automatic, late and adjustment add up to final, unless a cap or 0 is in the way."""

    automatic: Decimal | None
    adjustment: Decimal
    late: Decimal  # 0 or below
    final: Decimal | None
    state: str  # graded, missing, held, excused, dropped, or by hand: nothing was handed in, and a teacher gave points

    @property
    def counts(self) -> bool:
        """Whether it has a part in a total."""
        return self.final is not None and self.state not in NO_PART


def rounded(exact: Decimal) -> Decimal:
    """Return a part of something in hundredths, halves in the learner's favour: up, also where it is below 0."""
    return ((exact / _HUNDREDTH + Decimal("0.5")).to_integral_value(ROUND_FLOOR) * _HUNDREDTH).normalize() + 0


def points_of(one: Adjustment, most: Decimal) -> Decimal:
    """Return the points that an adjustment gives or takes in an exercise with so many."""
    return one.points + rounded(most * one.percent / 100)


def final(
    automatic: Automatic,
    adjustments: Sequence[Adjustment] = (),
    late: Decimal = Decimal(0),
    cap: Decimal | None = None,
    taken: Decimal = Decimal(0),
) -> Final:
    """Return a final score.

    Parameters
    ----------
    automatic : Automatic
        What grading found.
    adjustments : sequence of Adjustment
        All that a teacher gave; they add up.
    late : Decimal
        Percent that lateness takes from the automatic score.
    cap : Decimal, optional
        Percent of the points that can be had, which the final score does not exceed.
    taken : Decimal
        Points that another program takes for lateness.
    """
    added = sum((points_of(one, automatic.most) for one in adjustments), Decimal(0))
    lost = rounded(-(automatic.score or Decimal(0)) * late / 100) - taken
    if any(one.excused for one in adjustments):
        return Final(automatic.score, added, lost, None, EXCUSED)
    if automatic.status == "held":  # what is not known yet has no final score, whatever is added
        return Final(None, added, Decimal(0), None, "held")
    if automatic.score is None and not adjustments:
        return Final(None, added, Decimal(0), None, "missing")
    total = (automatic.score or Decimal(0)) + lost + added
    if cap is not None:
        total = min(total, automatic.most * cap / 100)
    return Final(automatic.score, added, lost, max(total, Decimal(0)), BY_HAND if automatic.score is None else "graded")


def with_dropped(
    finals: Mapping[str, Final], most: Mapping[str, Decimal], lowest: int, counting: Iterable[str] = ()
) -> dict[str, Final]:
    """Return one learner's final scores, of which the lowest are dropped.

    Parameters
    ----------
    finals : mapping of str to Final
        By exercise, in the order of the course.
    most : mapping of str to Decimal
        The points that can be had in each.
    lowest : int
        How many are dropped: those with the smallest share of their points; a missing one counts as 0. One always stays.
    counting : iterable of str
        The exercises of which some may be dropped; all if there are none.
    """
    among = set(counting) or finals.keys()
    may_go = [slug for slug, one in finals.items() if slug in among and one.state not in ("held", EXCUSED)]
    # Of equal shares the later exercise goes.
    may_go.sort(key=lambda slug: ((finals[slug].final or Decimal(0)) / most[slug], -list(finals).index(slug)))
    gone = set(may_go[: max(0, min(lowest, len(may_go) - 1))])
    return {slug: replace(one, state=DROPPED) if slug in gone else one for slug, one in finals.items()}
