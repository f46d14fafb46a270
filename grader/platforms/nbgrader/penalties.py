"""Late penalties, by the plug-in that an nbgrader course has configured, for hand-ins that `grader grade` has recorded.

This runs in a process of its own, in the course's folder: the configuration and the plug-in are the teacher's code, and to import
nbgrader takes seconds. It is started only where something may be late.
"""

import json
import sys
from typing import Any

from nbformat.v4 import new_notebook
from nbgrader.api import Assignment, Gradebook, SubmittedAssignment  # type: ignore[import-untyped]
from nbgrader.apps.autogradeapp import AutogradeApp  # type: ignore[import-untyped]
from nbgrader.converters import Autograde  # type: ignore[import-untyped]
from nbgrader.preprocessors import AssignLatePenalties  # type: ignore[import-untyped]
from traitlets.utils.importstring import import_item


def main() -> None:
    """Read the gradebook's URL and the names of assignments from standard input, and assign penalties as `autograde` would."""
    address, names = json.load(sys.stdin)
    try:
        assign(address, names)
    except Exception as error:  # noqa: BLE001  # whatever a configuration or a plug-in raises is the teacher's to read
        raise SystemExit(" ".join(f"{type(error).__name__}: {error}".split())) from None


def assign(address: str, names: list[str]) -> None:
    """Assign the penalties of all hand-ins of which nbgrader knows when they came and when they were due."""
    app = AutogradeApp()
    app.initialize([])
    steps = [_class(one) for one in Autograde(coursedir=app.coursedir, parent=app).autograde_preprocessors]
    # Who has taken nbgrader's step out of the list, or put another in, gets what they have.
    assigning = [step(parent=app) for step in steps if issubclass(step, AssignLatePenalties)]
    for notebook, assignment, student in _known(address, names):
        place = {"notebook": notebook, "assignment": assignment, "student": student, "db_url": address}
        for step in assigning:
            step(new_notebook(), {"nbgrader": place})  # type: ignore[no-untyped-call]


def _known(address: str, names: list[str]) -> list[tuple[str, str, str]]:
    """Return notebook, assignment and student of each hand-in that is late, or has a penalty though it is not."""
    with Gradebook(address) as book:
        some = book.db.query(SubmittedAssignment).join(Assignment, SubmittedAssignment.assignment)
        timed = some.filter(
            Assignment.name.in_(names), Assignment.duedate.is_not(None), SubmittedAssignment.timestamp.is_not(None)
        )
        return [
            (notebook.name, one.assignment.name, one.student_id)
            for one in timed
            for notebook in one.notebooks
            if one.total_seconds_late > 0 or notebook.late_submission_penalty is not None
        ]


def _class(named: Any) -> type:
    found: type = import_item(named) if isinstance(named, str) else named
    return found
