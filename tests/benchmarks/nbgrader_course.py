"""A stock nbgrader course with exercise 02, whose test cells are the exercise's checks in plain Python."""

import shutil
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from tests.benchmarks.translated import HELPERS, translated
from tests.nbgrader_class import nbgrader

ASSIGNMENT = "update_rule"
CONFIG = """
import os, sysconfig
os.environ["PATH"] += os.pathsep + sysconfig.get_path("scripts")  # of nbgrader's database tool
c = get_config()
c.CourseDirectory.course_id = "bench"
"""


def build(course: Path, solution: nbformat.NotebookNode, learners: int) -> None:
    """Make the course: a released assignment, and the same submitted notebook from each learner."""
    source = course / "source" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    source.parent.mkdir(parents=True)
    own = [cell for cell in solution.cells if cell.cell_type == "code"]
    cells = [new_code_cell(cell.source, metadata=_metadata(f"own-{n}", solution=True)) for n, cell in enumerate(own)]
    cells += [new_code_cell(HELPERS.strip())]
    cells += [
        new_code_cell("\n".join(statements), metadata=_metadata(name, points=1))
        for name, statements in translated(ASSIGNMENT).items()
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(new_notebook(cells=cells, metadata=kernel), source)
    (course / "nbgrader_config.py").write_text(CONFIG)
    nbgrader(course, f"generate_assignment {ASSIGNMENT}")
    for number in range(learners):
        folder = course / "submitted" / f"learner-{number:03d}" / ASSIGNMENT
        folder.mkdir(parents=True)
        shutil.copy(source, folder)


def _metadata(name: str, points: int = 0, solution: bool = False) -> dict[str, object]:
    keys: dict[str, object] = {"grade_id": name, "schema_version": 3, "solution": solution, "grade": points > 0}
    keys |= {"locked": points > 0, "task": False} | ({"points": points} if points else {})
    return {"nbgrader": keys}
