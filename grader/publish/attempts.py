"""Stage 5: of several attempts of a learner at an exercise, the best counts, where the course says so.

All of them are graded, and the best is the one with the highest score after the late policy, each by its own time; of equals the
latest. It alone has a report and a page.
"""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from grader.collect.submission import Submission
from grader.grading.grade import Graded
from grader.grading.journal import Pair
from grader.publish.timing import Deadlines


class Attempts:
    """What is to be graded, and which of it counts.

    Parameters
    ----------
    submissions : iterable of Submission
        Those to be graded, each with its other attempts.
    deadlines : callable
        Returns when they were due; called where there are several attempts.
    """

    def __init__(self, submissions: Iterable[Submission], deadlines: Callable[[], Deadlines]) -> None:
        self._deadlines = deadlines
        self.all: list[Submission] = []
        self._several: dict[Pair, dict[str, Graded | None]] = {}  # by hash, the latest first
        for one in submissions:
            self.all += one.attempts
            if one.also:
                self._several[one.learner, one.exercise] = {each.sha256: None for each in one.attempts}

    def best(self, all_graded: Iterable[Graded]) -> Iterator[Graded]:
        """Yield what counts: of several attempts the best, as soon as all of them are graded."""
        for graded in all_graded:
            pair = graded.submission.learner, graded.submission.exercise
            if pair not in self._several:
                yield graded
                continue
            tries = self._several[pair]
            tries[graded.submission.sha256] = graded
            done = [one for one in tries.values() if one is not None]
            if len(done) == len(tries):
                del self._several[pair]
                yield max(done, key=self._worth)

    def _worth(self, graded: Graded) -> Decimal:
        """Return the score after the late policy. What the grader could not score may be the best: it holds the others back."""
        score, one = graded.report.score, graded.submission
        if score is None:
            return Decimal("Infinity")
        lost = self._deadlines().taken((one.learner, one.exercise), one.when)
        return Decimal(f"{score:g}") * (100 - lost)
