"""Stage 5: what a hand-in leaves behind for the class's overview alone: fingerprints of its code and of how it failed.

They stand in OUT's journal. No report, no page and nothing else that a learner gets has any of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from grader.collect.likeness import likeness
from grader.collect.submission import Submission

if TYPE_CHECKING:
    from grader.checking.report import Report
    from grader.grading.session import CheckSession
    from grader.manifest.course import Exercise


@dataclass(frozen=True)
class Traces:
    """Fingerprints of a hand-in."""

    code: str = ""  # equal where the code is, but for layout and names; nothing where it is too short to be compared
    behaviours: Mapping[str, str] = field(default_factory=dict)  # by check that failed without a diagnosis


NO_TRACES = Traces()


def traces(submission: Submission, exercise: "Exercise", report: "Report", session: "CheckSession") -> Traces:
    """Return the traces of the submission that a session has checked last, on which the report is."""
    modules = [*(other.cells for other in submission.others), submission.cells]
    code = likeness((cell.source for cells in modules for cell in cells), _stub(exercise.stub))
    return Traces(code, session.behaviours(report))


@cache
def _stub(stub: Path) -> str:
    return stub.read_text(encoding="utf-8") if stub.is_file() else ""
