"""Stage 5: what a regrade changed: whose verdicts are others now, and why they were graded again."""

from collections.abc import Iterable
from dataclasses import dataclass

from grader.checking.report import Report

BECAUSE = {
    "hand-in": "another hand-in",
    "checks": "the checks changed",
    "contract": "the contract changed",
    "misconceptions": "the misconceptions changed",
    "limits": "the limits changed",
    "packages": "the course's packages changed",
    "course": "what the course's checks hand in changed",
    "grader": "the grader changed",
    "secret": "another seed",
    "lock": "another lock",
    "drawn for": "another group",
    "terms": "what lateness costs changed, on which the best attempt depends",
    "site": "the address of the lessons changed",
}


@dataclass(frozen=True)
class Change:
    """One report that says something else than the one before it."""

    learner: str
    exercise: str
    before: float | None  # the score; None where it was held back
    after: float | None
    because: str
    checks: tuple[str, ...]  # `test_name: failed → passed` for each whose outcome is another


def why(changed: Iterable[str]) -> str:
    """Return in words what has changed, given the journal's names for it."""
    return ", ".join(BECAUSE[name] for name in changed)


def compare(before: Report, after: Report, because: str) -> Change | None:
    """Return what changed between two reports on the same learner's exercise, if the verdict did."""
    earlier = {check.name: check.outcome for check in before.checks}
    later = {check.name: check.outcome for check in after.checks}
    checks = tuple(
        f"{name}: {earlier.get(name, 'new')} → {later.get(name, 'gone')}"
        for name in {**earlier, **later}
        if earlier.get(name) != later.get(name)
    )
    if not checks and before.score == after.score:
        return None
    return Change(after.learner, after.exercise, before.score, after.score, because, checks)
