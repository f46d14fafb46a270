"""Add up one exercise, a report at a time. What is kept grows with the checks and with what goes wrong, not with learners."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from grader.checking.outcomes import UNWRITTEN, UNWRITTEN_PART
from grader.checking.report import CheckResult, Report
from grader.diagnosis.words import CONSEQUENCE, reason_and_lesson
from grader.manifest.course import Exercise
from grader.publish.overview.kinds import (
    BINS,
    DIAGNOSES,
    GROUPS,
    NAMED,
    NAMED_BY_CHECK,
    NAMED_IN_GROUP,
    Check,
    Diagnosed,
    OfExercise,
    SameCode,
    Some,
    Undiagnosed,
    Who,
)

MOST_GROUPS = 1_000  # kept of an exercise's failures while the class is read: the rare ones go when there are more
MOST_LETTERS = 800  # of a message that is shown
BY_ITSELF = ("passed", "skipped")  # of outcomes: it says nothing of this check that it was not passed
_RAISED = re.compile(r"^\s*raised\s+(.+)$", re.MULTILINE)


@dataclass
class Names:
    """Learners counted, the first of them by name."""

    most: int = NAMED
    count: int = 0
    named: list[Who] = field(default_factory=list)

    def add(self, who: Who) -> None:
        self.count += 1
        if len(self.named) < self.most:
            self.named.append(who)

    def some(self) -> Some:
        return Some(self.count, tuple(self.named))


@dataclass
class _Group:
    """What several learners have in common."""

    example: CheckResult
    checks: dict[str, str] = field(default_factory=dict)  # titles by name
    who: Names = field(default_factory=lambda: Names(NAMED_IN_GROUP))


class Groups:
    """Failures by what they have in common."""

    def __init__(self) -> None:
        self._groups: dict[tuple[str, ...], _Group] = {}
        self._rare = 0  # up to which count groups were let go

    def add(self, of_one: dict[tuple[str, ...], list[CheckResult]], who: Who) -> None:
        """Count a learner once in each group that some of their checks belong to."""
        for key, checks in of_one.items():
            group = self._groups.get(key) or self._groups.setdefault(key, _Group(checks[0]))
            group.checks.update((check.name, check.title) for check in checks)
            group.who.add(who)
        while len(self._groups) > MOST_GROUPS:
            self._rare += 1
            self._groups = {key: one for key, one in self._groups.items() if one.who.count > self._rare}

    def commonest(self) -> list[tuple[tuple[str, ...], _Group]]:
        """Return the groups, the largest first."""
        return sorted(self._groups.items(), key=lambda item: (-item[1].who.count, item[0]))


class ExerciseTally:
    """What is added up of one exercise."""

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise
        self.graded, self.points = 0, 0.0
        self.held, self.missing, self.late, self.untimed = Names(), Names(), Names(), Names()
        self._bins = [Names(NAMED_BY_CHECK) for _ in range(BINS)]
        self._checks: dict[str, CheckResult] = {}
        self._outcomes: defaultdict[str, dict[str, Names]] = defaultdict(dict)
        self._diagnosed, self._undiagnosed = Groups(), Groups()

    def add(self, report: Report, who: Who, behaviours: Mapping[str, str]) -> None:
        """Add a report, with the behaviour of its checks, as far as that is known. What is held back says nothing of the learner."""
        if report.score is None:
            self.held.add(who)
            return
        self.graded += 1
        self.points += report.score
        self._bins[_tenth(report)].add(who)
        explained: dict[tuple[str, ...], list[CheckResult]] = {}
        unexplained: dict[tuple[str, ...], list[CheckResult]] = {}
        for check in report.checks:
            self._checks.setdefault(check.name, check)
            ended = self._outcomes[check.name]
            if check.outcome not in ended:
                ended[check.outcome] = Names(NAMED_BY_CHECK)
            ended[check.outcome].add(who)
            if check.outcome in BY_ITSELF:
                continue
            if check.diagnosis.endswith(CONSEQUENCE):
                continue  # the other function's check says why
            reason, lesson = reason_and_lesson(check.diagnosis)
            if reason:
                explained.setdefault((reason, lesson), []).append(check)
            else:  # what was tried alone, and how it went, explains nothing
                unexplained.setdefault(_alike(check, behaviours.get(check.name, "")), []).append(check)
        self._diagnosed.add(explained, who)
        self._undiagnosed.add(unexplained, who)

    def result(self, same_code: tuple[int, tuple[SameCode, ...], int, int]) -> OfExercise:
        """Return what was added up, and with it what `SameCodes.of` says of this exercise."""
        slug = self.exercise.slug
        checks = [
            Check(
                name,
                check.title,
                check.hidden,
                check.max_points,
                {outcome: some.count for outcome, some in ended},
                {outcome: some.some() for outcome, some in ended},
            )
            for name, check in self._checks.items()
            for ended in [sorted(self._outcomes[name].items(), key=lambda one: -one[1].count)]
        ]
        diagnosed, undiagnosed = self._diagnosed.commonest(), self._undiagnosed.commonest()
        return OfExercise(
            slug,
            self.exercise.number,
            self.exercise.title,
            self.exercise.points,
            self.graded,
            self.held.some(),
            self.missing.some(),
            round(self.points / self.graded, 3) if self.graded else None,
            tuple(one.count for one in self._bins),
            tuple(one.some() for one in self._bins),
            self.late.some(),
            self.untimed.some(),
            tuple(sorted(checks, key=lambda check: check.passed)),
            tuple(
                Diagnosed(slug, key[0], key[1], tuple(group.checks.values()), group.who.some())
                for key, group in diagnosed[:DIAGNOSES]
            ),
            max(0, len(diagnosed) - DIAGNOSES),
            tuple(
                Undiagnosed(
                    slug,
                    group.example.outcome,
                    group.example.hidden,
                    tuple(group.checks.values()),
                    shortened(group.example.message),
                    group.who.some(),
                )
                for _, group in undiagnosed[:GROUPS]
            ),
            max(0, len(undiagnosed) - GROUPS),
            *same_code,
        )


def shortened(message: str) -> str:
    """Return a message that is not too long to be shown many times."""
    return message if len(message) <= MOST_LETTERS else f"{message[:MOST_LETTERS]} …"


def _tenth(report: Report) -> int:
    """Return the place of a score among `BINS`: only full marks are in the last."""
    assert report.score is not None
    if report.score >= report.max_score:
        return BINS - 1
    return min(BINS - 2, int((BINS - 1) * report.score / report.max_score))


def _alike(check: CheckResult, behaviour: str) -> tuple[str, ...]:
    """Return what failures of the same cause have in common: what was observed, or, where it is not known, their messages.

    A function behaves alike in each of its checks. A wrong answer is a check's own. An exception is the same in every check, whatever the call and the line were.
    """
    if check.message in (UNWRITTEN, UNWRITTEN_PART):
        return check.outcome, UNWRITTEN
    if behaviour:
        return check.outcome, behaviour
    raised = _RAISED.search(check.message)
    if raised is not None:
        return check.outcome, raised[1].strip()[:MOST_LETTERS]
    return check.outcome, check.message[:MOST_LETTERS], check.name if check.outcome == "failed" else ""
