"""`%load_ext grader` and `%check` in a notebook: the same words as `grader check`, on what the notebook has defined."""

import ast
import json
import subprocess
import sys
import types

import nbformat
import pytest
from nbclient import NotebookClient

from grader.authoring.release import notebook, release
from grader.collect.notebooks import read_notebook
from grader.manifest.course import PACKAGE, load_course
from grader.practice import in_notebook

COURSE = load_course()
TASK = COURSE.by_slug["update_rule"]
SOLUTION = (PACKAGE.parent / "solutions" / TASK.name / "update_rule.py").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def kit(tmp_path_factory):
    out = tmp_path_factory.mktemp("released") / "kit"
    release(out, COURSE)
    return out


@pytest.fixture
def defined(monkeypatch):
    """Give a function that plays the notebook's own namespace, with what a text defines in it."""

    def define(source):
        module = types.ModuleType("__main__")
        exec(source, module.__dict__)
        monkeypatch.setitem(sys.modules, "__main__", module)

    return define


def type_(folder, *lines):
    """Run lines as IPython does; return what is printed and what is said of errors."""
    command = [sys.executable, "-m", "IPython", "--no-banner", "--colors=NoColor", "-c", "\n".join(lines)]
    environment = {"PYTHONPATH": str(PACKAGE.parent), "COLUMNS": "150", "HOME": str(folder), "PATH": ""}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return done.stdout, done.stderr


def test_a_notebook_is_checked_with_the_words_of_the_command(defined):
    defined(SOLUTION)
    assert {check.outcome for check in in_notebook.check_all(TASK).checks} == {"passed"}
    defined(SOLUTION.replace("return parameter - step", "return parameter + step"))
    outcomes = {check.title.split()[0]: check for check in in_notebook.check_all(TASK).checks}
    assert outcomes["`update`"].outcome == "failed"
    assert "expected  2.8" in outcomes["`update`"].message
    assert "Tried: `update(10.0, 4.0, 0.25)` gives 11.0, where 9.0 is right." in outcomes["`update`"].diagnosis


def test_the_examples_of_the_docstrings_are_tried_too(defined):
    defined(SOLUTION.replace("range(max_epochs)", "range(1000)"))
    assert "the example in the docstring of `descend_until`" in in_notebook.check_all(TASK).checks[-1].message


def test_an_interrupt_ends_the_whole_cell_and_not_one_call_of_many(defined):
    defined("calls = []\ndef update(*_, **__):\n    calls.append(1)\n    raise KeyboardInterrupt\ndescend = update\n")
    with pytest.raises(KeyboardInterrupt):
        in_notebook.check_all(TASK)
    assert sys.modules["__main__"].calls == [1]


def test_what_is_typed_in_a_notebook_is_answered_and_noted(tmp_path):
    folder = tmp_path / "exercises" / TASK.name
    folder.mkdir(parents=True)
    right = "def update(parameter, gradient, learning_rate): return parameter - learning_rate * gradient"
    printed, said = type_(
        folder, right, "%load_ext grader", "%check update_rule", "%check 2", "%check", "%check updat_rule"
    )
    assert printed.count("checking …") == 3
    assert printed.count("✓ `update` steps from 3.0") == 3
    assert printed.count("There is no function `descend`") == 3
    assert "unknown exercise 'updat_rule'; did you mean update_rule?" in said
    assert "Traceback" not in printed + said
    kept = json.loads((tmp_path / "progress.json").read_text())["exercises"]["update_rule"]
    assert (kept["passed"], kept["checks"]) == (1, 4)


def test_who_works_in_script_and_notebook_is_told_there_too_which_counts(tmp_path):
    folder = tmp_path / "exercises" / TASK.name
    folder.mkdir(parents=True)
    (folder / "update_rule.py").write_text(SOLUTION)
    (folder / "update_rule.ipynb").write_text(notebook(SOLUTION, "update_rule"))
    printed, _ = type_(folder, SOLUTION, "%load_ext grader", "%check")
    assert "update_rule.py counts: it is a script" in " ".join(printed.split())


def test_what_goes_wrong_in_a_notebook_is_told_with_the_cells_line_and_ends_neither_check_nor_kernel(tmp_path):
    folder = tmp_path / "exercises" / TASK.name
    folder.mkdir(parents=True)
    header = "def descend(gradient, start, learning_rate, epochs):\n    "
    cells = [
        "%load_ext grader\n%check 2",
        f"{header}while True:\n        try:\n            start = start - 1\n        except Exception:\n            pass",
        "%check 2",
        f"{header}exit()",
        "%check 2",
        f"{header}return gradient * start",
        "%check 2",
    ]
    book = nbformat.v4.new_notebook(cells=list(map(nbformat.v4.new_code_cell, cells)))
    NotebookClient(book, timeout=60, resources={"metadata": {"path": folder}}).execute()
    printed = [
        " ".join(" ".join(output.get("text", "") or output.data["text/plain"] for output in cell.outputs).split())
        for cell in book.cells
    ]
    assert printed[0].count("Run the cell that defines it first.") == 3
    assert "There was no answer after 3 s: is there an endless loop? at Cell In[2], line 2: while True:" in printed[2]
    assert "raised SystemExit at Cell In[4], line 2: exit() `exit()`, `quit()` and" in printed[4]
    assert "at Cell In[6], line 2: return gradient * start `gradient` is a function: call it at a point" in printed[6]


def test_the_last_cell_of_a_released_notebook_checks_it_and_a_finished_one_is_praised(kit):
    path = kit / "exercises" / TASK.name / "update_rule.ipynb"
    book = nbformat.read(path, as_version=4)
    nbformat.validate(book)
    assert book.cells[-1].source == "%load_ext grader\n%check update_rule"
    solved = nbformat.reads(notebook(SOLUTION, "update_rule", check_cell=True), as_version=4)
    NotebookClient(solved, timeout=60, resources={"metadata": {"path": path.parent}}).execute()
    printed = "".join(output.get("text", "") or output.data["text/plain"] for output in solved.cells[-1].outputs)
    assert "All public checks pass." in printed
    assert "save it" in printed


@pytest.mark.parametrize("exercise", COURSE.exercises, ids=lambda exercise: exercise.slug)
def test_where_it_is_graded_the_cell_that_checks_does_nothing(kit, exercise):
    data = (kit / "exercises" / exercise.name / f"{exercise.slug}.ipynb").read_bytes()
    last = read_notebook(data, "x.ipynb")[-1]
    assert [type(statement) for statement in ast.parse(last.source).body] == [ast.Pass, ast.Pass]


def test_to_import_the_package_imports_nothing_that_a_notebook_needs():
    script = (
        "import sys, grader; print([name for name in sys.modules if name.startswith(('grader.', 'rich', 'numpy'))])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
