"""Reports of a class that never was; and, as `python -m tests.gradebook_writer URL FIRST LAST`, a writer of them.

With a fourth argument N it is killed in the middle of the Nth transaction: learners are in, their scores are not.
"""

import os
import signal
import sys
from collections.abc import Mapping
from typing import Any

from grader.checking.report import CheckResult, Report
from grader.collect.submission import Submission
from grader.manifest.course import load_course
from grader.publish.gradebook import Gradebook

CHECKS = {"test_update_moves": 4.0, "test_descend_arrives": 6.0}
PASSED: Mapping[str, float] = CHECKS


def graded(
    learner: str,
    points: Mapping[str, float] = PASSED,
    *,
    held: bool = False,
    notes: tuple[str, ...] = (),
    slug: str = "update_rule",
) -> tuple[Submission, Report]:
    """Return what a learner handed in, and its report."""
    checks = tuple(
        CheckResult(name, f"{name}.", points[name], maximum, "passed" if points[name] else "failed", hidden=False)
        for name, maximum in CHECKS.items()
        if name in points
    )
    total = sum(points.values())
    report = Report(
        learner,
        slug,
        None if held else total,
        10.0,
        "held" if held else "graded",
        "0" * 16,
        "none",
        "0" * 64,
        0.0,
        checks,
        notes,
    )
    return Submission(learner, learner, slug, sha256="0" * 64, notes=notes), report


def a_class(first: int, last: int) -> list[tuple[Submission, Report]]:
    """Return a report for each learner from `first` to `last`."""
    return [graded(f"learner-{number:04d}") for number in range(first, last + 1)]


class Killed(Gradebook):
    """A gradebook whose writer is killed while it writes a batch."""

    batches_left = 0

    def _write_scores(self, *arguments: Any) -> None:
        self.batches_left -= 1
        if not self.batches_left:
            os.kill(os.getpid(), signal.SIGKILL)
        super()._write_scores(*arguments)


if __name__ == "__main__":
    url, first, last, *batches = sys.argv[1:]
    gradebook = Killed(url, load_course())
    gradebook.batches_left = int(batches[0]) if batches else 0
    gradebook.write(a_class(int(first), int(last)))
    gradebook.close()
