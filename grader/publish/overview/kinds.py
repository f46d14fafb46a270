"""What an overview says of a class: numbers for all, names for some. `overview.schema.json` describes the same as JSON."""

from dataclasses import dataclass

from grader import __version__

SCHEMA_VERSION = 1
NAMED = 50  # learners that one list names: the rest is in overview.csv
NAMED_IN_GROUP = 25  # the same of those who went wrong alike
NAMED_BY_CHECK = 12  # the same for each outcome of a check, each tenth of the points and each section: there are many
DIAGNOSES = 30  # that an exercise shows, the commonest
GROUPS = 15  # of undiagnosed failures that it shows, the largest
SAME_CODE = 15  # groups of hand-ins with the same code that it shows
BINS = 11  # of scores: tenths of the points, and full marks


@dataclass(frozen=True)
class Who:
    """A learner, and the page behind what is said of them."""

    learner: str
    name: str = ""  # as the class list has it
    page: str = ""  # relative to OUT; nothing where there is none
    late: str = ""  # how late what it is about came; nothing where it was in time, or nobody knows


@dataclass(frozen=True)
class Some:
    """How many learners, and some of them by name."""

    count: int = 0
    named: tuple[Who, ...] = ()

    @property
    def more(self) -> int:
        """How many are not named."""
        return self.count - len(self.named)


@dataclass(frozen=True)
class Check:
    """How a check ended, over all who are graded."""

    name: str
    title: str
    hidden: bool
    max_points: float
    outcomes: dict[str, int]  # how many learners, by outcome
    who: dict[str, Some]  # the same, some of them by name

    @property
    def graded(self) -> int:
        return sum(self.outcomes.values())

    @property
    def passed(self) -> float:
        """The share that passed."""
        return self.outcomes.get("passed", 0) / self.graded


@dataclass(frozen=True)
class Diagnosed:
    """A misconception that was found in this class."""

    exercise: str
    explanation: str  # as learners read it
    lesson: str  # where to read on, relative to the site's root; nothing where it does not say
    checks: tuple[str, ...]  # titles of those that it cost somebody
    who: Some


@dataclass(frozen=True)
class Undiagnosed:
    """Failures that nothing explains and that look the same."""

    exercise: str
    outcome: str
    hidden: bool
    checks: tuple[str, ...]  # titles
    message: str  # of the first of them
    who: Some


@dataclass(frozen=True)
class SameCode:
    """Hand-ins whose code is the same, but for its layout and the names of variables: a hint, and no verdict."""

    who: Some
    elsewhere: int  # in how many other exercises the same learners are alike too


@dataclass(frozen=True)
class OfExercise:
    """One exercise."""

    slug: str
    number: int
    title: str
    max_score: float
    graded: int
    held: Some
    missing: Some
    mean: float | None  # of the scores; None where nobody is graded
    scores: tuple[int, ...]  # how many, by tenths of the points; the last has full marks
    scored: tuple[Some, ...]  # the same, some of them by name
    late: Some  # who came later than the course lets pass
    untimed: Some  # for whom there is no late penalty because nobody knows when they came
    checks: tuple[Check, ...]  # hardest first
    diagnosed: tuple[Diagnosed, ...]  # commonest first; no more than `DIAGNOSES`
    more_diagnosed: int  # how many there are beside these
    undiagnosed: tuple[Undiagnosed, ...]  # the same; no more than `GROUPS`
    more_undiagnosed: int  # how many groups there are beside these
    compared: int  # hand-ins whose code was compared with that of the others
    same_code: tuple[SameCode, ...]  # those alike elsewhere too first; no more than `SAME_CODE`
    more_same_code: int  # how many groups there are beside these
    usual_code: int  # hand-ins with the code of others from which nothing follows: many have it, or the class is large


@dataclass(frozen=True)
class Page:
    """A learner's page on an exercise."""

    exercise: str
    page: str


@dataclass(frozen=True)
class Behind:
    """A learner who needs help."""

    who: Who
    section: str
    share: float  # of the points of what they are graded in
    zeros: tuple[Page, ...]  # on the exercises with 0 points


@dataclass(frozen=True)
class Late:
    """A learner who handed in later than the course lets pass."""

    who: Who
    section: str
    pages: tuple[Page, ...]  # on the exercises that came late


@dataclass(frozen=True)
class InSection:
    """An exercise in one section of the class list."""

    graded: int
    missing: int
    held: int
    mean: float | None
    who: Some  # those who are graded


@dataclass(frozen=True)
class Section:
    """A section of the class list."""

    name: str
    learners: int
    exercises: dict[str, InSection]  # by slug


@dataclass(frozen=True)
class Overview:
    """The class at a glance."""

    course: str
    as_of: str  # when grades.csv was written; nothing where there is none
    learners: int
    graded: int  # hand-ins, as all of these
    held: int
    missing: int
    exercises: tuple[OfExercise, ...]
    with_zero: int  # learners who have 0 in an exercise that they handed in
    zeros: tuple[Behind, ...]  # those with most of them first; no more than `NAMED`
    far_behind: int  # learners with less than half of what the learner in the middle has
    behind: tuple[Behind, ...]  # the last first; no more than `NAMED`
    came_late: int  # learners who handed in anything late
    late: tuple[Late, ...]  # those who did so most often first; no more than `NAMED`
    absent: Some  # who handed in nothing at all
    sections: tuple[Section, ...]
    unread: tuple[str, ...]  # reports that could not be read, and why; no more than `NAMED`
    more_unread: int
    notes: tuple[str, ...]  # what else does not fit together in OUT
    grader_version: str = __version__
    schema_version: int = SCHEMA_VERSION

    @property
    def hardest(self) -> tuple[OfExercise, Check] | None:
        """The check that the smallest share passed; of several the one that more learners were graded in."""
        some = [(check.passed, -check.graded, place, check) for place in self.exercises for check in place.checks]
        if not some:
            return None
        _, _, place, check = min(some, key=lambda one: one[:2])
        return (place, check) if check.passed < 1 else None

    @property
    def commonest(self) -> Diagnosed | None:
        """The misconception that most learners have."""
        some = [one for place in self.exercises for one in place.diagnosed]
        return max(some, key=lambda one: one.who.count, default=None)

    @property
    def said(self) -> tuple[str, str, str]:
        """Three sentences on the class: what there is, the hardest check, the commonest misconception."""
        hand_ins = f"{self.graded} hand-ins are graded" if self.graded != 1 else "1 hand-in is graded"
        first = f"{_learners(self.learners)}: {hand_ins}, {self.held} held, {self.missing} missing."
        second = "No check was failed by anybody." if self.graded else "Nothing is graded yet."
        if self.hardest is not None:
            place, check = self.hardest
            passed = check.outcomes.get("passed", 0)
            second = (
                f"The hardest check: {percent(check.passed)} passed ({passed} of {check.graded}) "
                f"in {place.slug}: {check.title}"
            )
        common = self.commonest
        third = "No misconception was diagnosed."
        if common is not None and common.who.count == 1:
            third = "No misconception was found in more than one learner; those of single learners are listed."
        elif common is not None:
            third = f"The commonest misconception, of {_learners(common.who.count)} in {common.exercise}: {common.explanation}"
        return first, second, third


def percent(share: float) -> str:
    """Return a share in whole percent; neither 0 % nor 100 % unless it is that."""
    whole = round(100 * share)
    if whole == 0 and share > 0:
        return "under 1 %"
    if whole == 100 and share < 1:
        return "over 99 %"
    return f"{whole} %"


def _learners(count: int) -> str:
    return "1 learner" if count == 1 else f"{count} learners"
