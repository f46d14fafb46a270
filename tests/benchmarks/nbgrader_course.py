"""A stock nbgrader course with exercise 02, whose test cells assert what the kit's checks claim."""

import shutil
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from tests.nbgrader_class import nbgrader

ASSIGNMENT = "update_rule"
CONFIG = """
import os, sysconfig
os.environ["PATH"] += os.pathsep + sysconfig.get_path("scripts")  # of nbgrader's database tool
c = get_config()
c.CourseDirectory.course_id = "bench"
"""

TESTS = {
    "update": """
import numpy as np
rng = np.random.default_rng(7)
assert np.isclose(update(3.0, 2.0, learning_rate=0.1), 2.8, rtol=1e-8)
for p, g, rate in rng.uniform(-2, 2, (2, 3)):
    assert np.isclose(update(p, g, rate), p - rate * g, rtol=1e-8, atol=1e-11)
p, g = rng.uniform(-2, 2, (2, 4))
assert np.allclose(update(p, g, 0.3), p - 0.3 * g, rtol=1e-8, atol=1e-11)
assert np.allclose(update(np.array([1, 2]), np.array([1, 1]), 0.25), [0.75, 1.75])
before = p.copy()
update(p, g, 0.3)
assert np.array_equal(p, before)
""",
    "descend": """
a, b, start, rate = 1.5, -0.7, 1.8, 0.1
path = np.asarray(descend(lambda x: 2 * a * x + b, start, rate, 25), dtype=float)
lowest = -b / (2 * a)
assert path.shape == (26,)
assert np.allclose(path, lowest + (1 - 2 * a * rate) ** np.arange(26) * (start - lowest), rtol=1e-8, atol=1e-11)
path = np.asarray(descend(lambda x: 2 * x, 1.0, 0.9, 10), dtype=float)
assert np.allclose(path, (-0.8) ** np.arange(11), rtol=1e-8, atol=1e-11)
path = np.asarray(descend(lambda x: np.cos(x), 0.5, 0.1, 12), dtype=float)
x = [0.5]
for _ in range(12):
    x.append(x[-1] - 0.1 * np.cos(x[-1]))
assert np.allclose(path, x, rtol=1e-8, atol=1e-11)
assert np.asarray(descend(lambda x: 2 * x, 1.0, 0.1, 0)).shape == (1,)
assert np.allclose(descend(lambda x: 2 * x, 1, 0.25, 2), [1, 0.5, 0.25])
""",
    "descend_until": """
path = np.asarray(descend_until(lambda x: 2 * x, 1.0, 0.25, 0.1), dtype=float)
x = [1.0]
while abs(2 * x[-1]) >= 0.1:
    x.append(x[-1] / 2)
assert np.allclose(path, x, rtol=1e-8, atol=1e-11)
path = np.asarray(descend_until(lambda x: 2 * x, -1.0, 0.25, 0.1), dtype=float)
assert np.allclose(path, -np.array(x), rtol=1e-8, atol=1e-11)
assert len(descend_until(lambda x: 1.0, 0.0, 0.1, 0.5, max_epochs=7)) == 8
assert len(descend_until(lambda x: 1.0, 0.0, 0.1, 1.0, max_epochs=3)) == 4
assert len(descend_until(lambda x: 2 * x, 0.0, 0.1, 1e-3)) == 1
assert len(descend_until(lambda x: 1.0, 0.0, 0.1, 0.5)) == 1001
""",
}


def build(course: Path, solution: nbformat.NotebookNode, learners: int) -> None:
    """Make the course: a released assignment, and the same submitted notebook from each learner."""
    source = course / "source" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    source.parent.mkdir(parents=True)
    own = [cell for cell in solution.cells if cell.cell_type == "code"]
    cells = [new_code_cell(cell.source, metadata=_metadata(f"own-{n}", solution=True)) for n, cell in enumerate(own)]
    cells += [new_code_cell(text.strip(), metadata=_metadata(name, points=3)) for name, text in TESTS.items()]
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
