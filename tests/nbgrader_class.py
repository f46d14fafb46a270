"""An nbgrader course as an instructor has it: nbgrader's own commands, learners' notebooks, and its gradebook."""

import copy
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from grader.manifest.course import PACKAGE

CHECKOUT = PACKAGE.parent
ASSIGNMENT = "02_update_rule"
SLUG = "update_rule"

Notebook = dict[str, Any]


# Several commands share a process: nbgrader takes seconds to be imported.
COMMANDS = """
import shlex, sys
from nbgrader.apps.nbgraderapp import NbGraderApp, main
for command in sys.argv[1:]:
    sys.argv = ["nbgrader", *shlex.split(command)]
    main()
    NbGraderApp.clear_instance()
"""


def nbgrader(
    folder: Path, *commands: str, code: str = "", through: tuple[str, ...] = (), status: int = 0
) -> subprocess.CompletedProcess[str]:
    """Run nbgrader's own commands in a folder one after the other, with no environment activated.

    `code` is run before them, in the same process; `through` is put in front; the last must end with `status`.
    """
    home = folder / ".home"
    home.mkdir(exist_ok=True)
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL_ENV"))}
    own = str(Path(sys.executable).parent)
    environment["PATH"] = os.pathsep.join(part for part in environment["PATH"].split(os.pathsep) if part != own)
    environment |= {"HOME": str(home), "JUPYTER_PLATFORM_DIRS": "1", "COLUMNS": "200"}
    done = subprocess.run(
        [*through, sys.executable, "-c", code + COMMANDS, *commands],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != status:
        raise AssertionError(f"nbgrader {'; '.join(commands)} ended with {done.returncode}:\n{done.stdout[-4000:]}")
    return done


def released(course: Path, assignment: str = ASSIGNMENT) -> Notebook:
    """Return the notebook that learners get."""
    text = (course / "release" / assignment / f"{assignment}.ipynb").read_text(encoding="utf-8")
    return dict(json.loads(text))


def with_code(notebook: Notebook, *cells: str) -> Notebook:
    """Return a learner's notebook: `cells` in place of what was to be written."""
    learners = copy.deepcopy(notebook)
    solutions = [cell for cell in learners["cells"] if cell["metadata"].get("nbgrader", {}).get("solution")]
    for cell in solutions:
        cell["source"] = "# above"
    solutions[0]["source"] = cells[0]
    place = learners["cells"].index(solutions[0]) + 1
    learners["cells"][place:place] = [code_cell(source, f"own-{number}") for number, source in enumerate(cells[1:])]
    return learners


def code_cell(source: str, name: str) -> Notebook:
    """Return a cell that a learner has added."""
    return {"cell_type": "code", "execution_count": None, "id": name, "metadata": {}, "outputs": [], "source": source}


def golden(behaviour: str, slug: str = SLUG) -> str:
    """Return a golden submission's text."""
    return (CHECKOUT / "tests" / "submissions" / slug / f"{behaviour}.py").read_text(encoding="utf-8")


def hand_in(course: Path, learner: str, notebook: Notebook | bytes, assignment: str = ASSIGNMENT) -> None:
    """Put a notebook where nbgrader collects it to."""
    data = notebook if isinstance(notebook, bytes) else json.dumps(notebook).encode()
    path = course / "submitted" / learner / assignment / f"{assignment}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    (path.parent / "timestamp.txt").write_text("2026-01-05 10:00:00.000000 UTC", encoding="utf-8")


def autograded(course: Path, learner: str, assignment: str = ASSIGNMENT) -> Notebook:
    """Return what nbgrader wrote."""
    path = course / "autograded" / learner / assignment / f"{assignment}.ipynb"
    return dict(json.loads(path.read_text(encoding="utf-8")))


def scores(course: Path, learner: str, assignment: str = ASSIGNMENT) -> dict[str, float | None]:
    """Return each test cell's score from the gradebook, as nbgrader counts it: what a teacher gave goes first."""
    query = """
        SELECT base_cell.name, COALESCE(grade.manual_score, grade.auto_score)
        FROM grade JOIN base_cell ON base_cell.id = grade.cell_id
        JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
        JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
        JOIN assignment ON assignment.id = submitted_assignment.assignment_id
        WHERE student_id = ? AND assignment.name = ?"""
    with sqlite3.connect(course / "gradebook.db") as gradebook:
        return dict(gradebook.execute(query, (learner, assignment)).fetchall())


def total(course: Path, learner: str, assignment: str = ASSIGNMENT) -> float:
    """Return the sum of the scores."""
    return sum(score or 0 for score in scores(course, learner, assignment).values())


def each_cell(notebook: Notebook, change: Callable[[Notebook], None]) -> Notebook:
    """Return a copy in which every cell is changed."""
    changed = copy.deepcopy(notebook)
    for cell in changed["cells"]:
        change(cell)
    return changed
