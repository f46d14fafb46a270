"""`nbgrader autograde` with the kit's preprocessors: hostile, damaged and plain notebooks, and the stock way beside it."""

import copy
import json
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.manifest.course import load_course
from grader.platforms.nbgrader.course import make_course
from grader.platforms.nbgrader.restore import MOST_PROSE, _as_released, is_harmless
from tests.attacks_class.corpus import corpus
from tests.attacks_class.reading import PAYLOAD
from tests.nbgrader_class import (
    ASSIGNMENT,
    SLUG,
    Notebook,
    autograded,
    code_cell,
    each_cell,
    golden,
    hand_in,
    nbgrader,
    released,
    scores,
    total,
    with_code,
)

COURSE = load_course()
INPUT = re.compile(r"INPUT-MARKER (?:now|earlier) ([0-9a-f]{8}:\d+)")
WRONG = """
import numpy as np

def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient

def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)

def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])
"""

# Each succeeds against nbgrader as it comes: what a learner's cell can do in a kernel that runs the tests too.
ATTACKS = {
    "drops every call and assertion with an AST transformer": """
import ast

class Nothing(ast.NodeTransformer):
    def visit_Expr(self, node):
        return ast.Pass() if isinstance(node.value, ast.Call) else node

    def visit_Assert(self, node):
        return ast.Pass()

get_ipython().ast_transformers.append(Nothing())
""",
    "empties every later cell": """
get_ipython().input_transformers_cleanup.append(lambda lines: ["pass"])
""",
    "replaces what test cells call": """
import grader.practice.in_notebook
grader.practice.in_notebook.check = lambda *arguments: None
""",
    "makes every check pass where its result is noted": """
import grader.checking.plugin
record = grader.checking.plugin.Desk.record
grader.checking.plugin.Desk.record = lambda self, item, ending: record(self, item, None)
""",
    "reads the hidden calls and the solution from the source": """
import json
for cell in json.load(open("../../../source/02_update_rule/02_update_rule.ipynb"))["cells"]:
    if cell["metadata"].get("nbgrader", {}).get("solution"):
        exec("".join(cell["source"]))
""",
    "gives itself full marks in the gradebook": """
import pathlib, sqlite3
learner = pathlib.Path.cwd().parent.name
with sqlite3.connect("../../../gradebook.db") as gradebook:
    gradebook.execute('''
        UPDATE grade SET manual_score = (SELECT max_score FROM grade_cells WHERE grade_cells.id = grade.cell_id)
        WHERE notebook_id IN (SELECT submitted_notebook.id FROM submitted_notebook JOIN submitted_assignment
        ON submitted_assignment.id = submitted_notebook.assignment_id WHERE student_id = ?)''', (learner,))
""",
}
RIGGED = """
class Agreeable(float):
    __eq__ = __lt__ = __le__ = __gt__ = __ge__ = lambda self, other: True
    __sub__ = __rsub__ = __abs__ = lambda self, *other: 0.0
    __hash__ = float.__hash__

def update(parameter, gradient, learning_rate):
    return Agreeable(12345.0)
"""
ASSERTIONS = "assert update(3.0, 2.0, learning_rate=0.1) == 2.8\nassert abs(update(1.0, 2.0, 0.5) - 0.0) < 1e-8"


def attackers() -> dict[str, str]:
    return {f"attacker-{number:03d}": name for number, name in enumerate(ATTACKS, start=1)}


# What an accident or a learner's edit can do to a right notebook, which is still right.


def no_metadata(cell: Notebook) -> None:
    cell["metadata"] = {}


def other_names(cell: Notebook) -> None:
    cell["metadata"].get("nbgrader", {}).update(grade_id="renamed", cell_type="markdown")


def bigger_points(cell: Notebook) -> None:
    if cell["metadata"].get("nbgrader", {}).get("grade"):
        cell["metadata"]["nbgrader"]["points"] = 1e6


def roles_swapped(cell: Notebook) -> None:
    keys = cell["metadata"].get("nbgrader", {})
    keys.update(solution=not keys.get("solution"), grade=not keys.get("grade"), locked=False, points=99)


def nonsense(cell: Notebook) -> None:
    cell["metadata"] = {"nbgrader": [{"grade_id": {}}], "nested": {"more": None}}


def empty_tests(cell: Notebook) -> None:
    if cell["metadata"].get("nbgrader", {}).get("grade"):
        cell["source"] = ["pass"]


def named_as_the_first_test(cell: Notebook) -> None:
    cell["metadata"].setdefault("nbgrader", {})["grade_id"] = "test_update_moves_against_the_gradient"


def made_text(cell: Notebook) -> None:
    if cell["metadata"].get("nbgrader", {}).get("solution"):
        cell["cell_type"] = "markdown"
        del cell["outputs"], cell["execution_count"]


def each(change: Callable[[Notebook], None]) -> Callable[[Notebook], Notebook]:
    return lambda notebook: each_cell(notebook, change)


def cells_as(change: Callable[[list[Notebook]], list[Notebook]]) -> Callable[[Notebook], Notebook]:
    return lambda notebook: notebook | {"cells": change(copy.deepcopy(notebook["cells"]))}


def old_format(notebook: Notebook) -> Notebook:
    cells = [
        {"cell_type": "code", "input": "".join(cell["source"]), "language": "python", "outputs": [], "metadata": {}}
        for cell in notebook["cells"]
        if cell["cell_type"] == "code"
    ]
    return {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [{"cells": cells}]}


def work_in_a_test_cell(notebook: Notebook) -> Notebook:
    changed = copy.deepcopy(notebook)
    work = next(cell for cell in changed["cells"] if "def update" in "".join(cell["source"]))
    tests = [cell for cell in changed["cells"] if cell["metadata"].get("nbgrader", {}).get("grade")]
    tests[0]["source"], work["source"] = work["source"], "# moved"
    return changed


DAMAGES: dict[str, Callable[[Notebook], Notebook]] = {
    "test cells deleted": cells_as(
        lambda cells: [c for c in cells if not c["metadata"].get("nbgrader", {}).get("grade")]
    ),
    "every second cell deleted": cells_as(lambda cells: [c for i, c in enumerate(cells) if i % 2 or "def " in str(c)]),
    "all cells duplicated": cells_as(lambda cells: [cell for cell in cells for _ in range(2)]),
    "cells reversed": cells_as(lambda cells: cells[::-1]),
    "no metadata at all": each(no_metadata),
    "cells renamed": each(other_names),
    "points raised": each(bigger_points),
    "solution and test cells swapped": each(roles_swapped),
    "metadata of nonsense": each(nonsense),
    "test cells emptied": each(empty_tests),
    "every cell named as a test": each(named_as_the_first_test),
    "a solution cell turned into text": each(made_text),
    "written into a test cell": work_in_a_test_cell,
    "nbformat 3": old_format,
    "no version": lambda notebook: {"cells": notebook["cells"]},
    "half a surrogate": cells_as(lambda cells: [*cells, code_cell("'\ud800'", "x")]),
    "cells that are none": cells_as(lambda cells: [*cells, None, 1, {"cell_type": "code"}, {"source": [None]}]),
}
BEYOND: dict[str, tuple[bytes, str]] = {
    "broken JSON": (b'{"cells": [{"cell_type": "code", "source": "def update', "is broken: line 1, column"),
    "empty": (b"", "is empty"),
    "no notebook": (b"[1, 2, 3]", "is JSON but not a notebook"),
    "no UTF-8": (b"\xff\xfe\x00", "is not UTF-8"),
    "nested": (b"[" * 100_000, "nested too deep"),
    "no code": (b'{"cells": []}', "has no code cell with code in it"),
}
DAMAGED = {f"damaged-{number:03d}": name for number, name in enumerate(DAMAGES, start=1)}
BROKEN = {f"broken-{number:03d}": name for number, name in enumerate(BEYOND, start=1)}
CORPUS = {
    attack.name: attack
    for attack in corpus()
    if attack.name
    in (
        "prints_the_hidden_inputs",
        "raises_the_hidden_inputs",
        "returns_a_float_that_equals_everything",
        "turns_assertions_into_nothing",
        "walks_the_frames",
        "writes_html_into_everything",
        "writes_terminal_escapes",
        "exits_with_status_zero",
        "reads_the_checks_from_disk",
    )
}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course in which everybody has handed in, autograded in one run, with feedback."""
    folder = tmp_path_factory.mktemp("course")
    make_course(folder, COURSE)
    nbgrader(folder, f"generate_assignment {ASSIGNMENT}")
    clean = released(folder)
    right = with_code(clean, golden("right_with_numpy"))
    for learner, name in attackers().items():
        hand_in(folder, learner, with_code(clean, WRONG, ATTACKS[name]))
    hand_in(folder, "attacker-rigged", with_code(clean, WRONG, RIGGED))
    hand_in(folder, "wrong", with_code(clean, WRONG))
    hand_in(folder, "right", right)
    hand_in(folder, "untouched", clean)
    for learner, name in DAMAGED.items():
        hand_in(folder, learner, DAMAGES[name](right))
    for learner, name in BROKEN.items():
        hand_in(folder, learner, BEYOND[name][0])
    for name, attack in CORPUS.items():
        hand_in(folder, f"corpus-{name}", with_code(clean, attack.source))
        hand_in(folder, f"corpus-{name}-baseline", with_code(clean, attack.baseline))
    prints = "print('<script>attack_payload()</script>', '\\x1b]0;title\\x07', 'x' * 10**6)"
    text = {"cell_type": "markdown", "id": "m", "metadata": {}, "source": f"<script>{PAYLOAD}()</script> $a<b$"}
    raw = {"cell_type": "raw", "id": "r", "metadata": {}, "source": f"<img src=x onerror={PAYLOAD}()>"}
    loud = with_code(clean, WRONG, prints)
    hand_in(folder, "loud", loud | {"cells": [*loud["cells"], text, raw]})
    wordy = [
        {"cell_type": "markdown", "id": f"w{place}", "metadata": {}, "source": source}
        for place, source in enumerate(("x" * 2**20, "[" * 2**18, "![a pasted picture](attachment:image.png)"))
    ]
    links = "\n\n".join(
        f"[here]({scheme}:{PAYLOAD}())" for scheme in ("javascript", "VBScript", "data", "java&#115;cript")
    )
    wordy.append(
        {"cell_type": "markdown", "id": "links", "metadata": {}, "source": f"{links}\n\n[1]\n\n[1]: javascript:1"}
    )
    hand_in(folder, "wordy", right | {"cells": [*wordy, *right["cells"]]})
    nbgrader(folder, f"autograde {ASSIGNMENT}", f"generate_feedback {ASSIGNMENT}")
    return folder


@pytest.fixture(scope="module")
def stock(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same course without the kit's preprocessors, and the usual assertions as a second assignment."""
    folder = tmp_path_factory.mktemp("stock")
    shutil.copytree(course / "source" / ASSIGNMENT, folder / "source" / ASSIGNMENT)
    (folder / "nbgrader_config.py").write_text(
        "import os, sysconfig\nos.environ['PATH'] += os.pathsep + sysconfig.get_path('scripts')\n"
        "c = get_config()\nc.CourseDirectory.course_id = 'stock'\n"
    )
    plain = copy.deepcopy(json.loads((folder / "source" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb").read_text()))
    tests = [cell for cell in plain["cells"] if cell["metadata"].get("nbgrader", {}).get("grade")]
    tests[0]["source"] = ASSERTIONS
    plain["cells"] = [cell for cell in plain["cells"] if cell not in tests[1:]]
    (folder / "source" / "plain").mkdir()
    (folder / "source" / "plain" / "plain.ipynb").write_text(json.dumps(plain))
    nbgrader(folder, f"generate_assignment {ASSIGNMENT}", "generate_assignment plain")
    for learner, name in attackers().items():
        hand_in(folder, learner, with_code(released(folder), WRONG, ATTACKS[name]))
    hand_in(folder, "attacker-rigged", with_code(released(folder, "plain"), WRONG, RIGGED), "plain")
    hand_in(folder, "wrong", with_code(released(folder), WRONG))
    hand_in(folder, "wrong", with_code(released(folder, "plain"), WRONG), "plain")
    nbgrader(folder, f"autograde {ASSIGNMENT}", "autograde plain")
    return folder


def outputs(notebook: Notebook) -> dict[str, list[Notebook]]:
    """Return the outputs of each test cell."""
    tests = [cell for cell in notebook["cells"] if cell["metadata"].get("nbgrader", {}).get("grade")]
    return {cell["metadata"]["nbgrader"]["grade_id"]: cell["outputs"] for cell in tests}


def text_of(outputs: list[Notebook]) -> str:
    return "".join("".join(one.get("text", "")) + "\n".join(one.get("traceback", "")) for one in outputs)


def feedback(course: Path, learner: str) -> str:
    return (course / "feedback" / learner / ASSIGNMENT / f"{ASSIGNMENT}.html").read_text(encoding="utf-8")


# Attacks.


@pytest.mark.parametrize("learner", attackers(), ids=ATTACKS.get)
def test_what_gives_full_marks_in_stock_nbgrader_gains_nothing_here(course, stock, learner):
    assert total(stock, "wrong") < 5
    assert total(stock, learner) == 10
    assert total(course, learner) == total(course, "wrong") < 5


def test_rigged_floats_satisfy_the_usual_assertions_and_gain_nothing_here(course, stock):
    assert total(stock, "wrong", "plain") == 0
    assert total(stock, "attacker-rigged", "plain") > 0
    assert total(course, "attacker-rigged") <= total(course, "wrong")


@pytest.mark.parametrize("name", CORPUS)
def test_the_corpus_gains_nothing_as_notebooks(course, name):
    assert total(course, f"corpus-{name}") <= total(course, f"corpus-{name}-baseline") < 5


def test_nobody_is_left_without_a_score(course):
    for folder in (course / "submitted").iterdir():
        assert None not in scores(course, folder.name).values()
        assert len(scores(course, folder.name)) == 18


@pytest.mark.parametrize("name", CORPUS)
def test_feedback_shows_no_hidden_input(course, name):
    outputs_of = outputs(autograded(course, f"corpus-{name}"))
    hidden = [check for check in outputs_of if check not in public_names()]
    assert hidden
    shown = text_of([output for check in hidden for output in outputs_of[check]])
    assert not INPUT.search(shown)
    assert "LEAK:" not in text_of([output for check in outputs_of for output in outputs_of[check]])


def public_names() -> list[str]:
    text = COURSE.find(SLUG).public_checks.read_text(encoding="utf-8")
    return re.findall(r"^def (test_\w+)", text, re.MULTILINE)


def test_feedback_shows_no_hidden_test_source(course):
    lines = COURSE.find(SLUG).hidden_checks.read_text(encoding="utf-8").splitlines()
    telling = [line.strip() for line in lines if "expect(" in line or "rng." in line]
    for learner in ("wrong", "right"):
        page = feedback(course, learner).replace("&#39;", "'").replace("&quot;", '"')
        plain = re.sub(r"<[^>]+>", "", page)
        assert telling
        assert not [line for line in telling if line in plain]
    assert "The slope points uphill" in feedback(course, "wrong")


def test_what_learners_write_reaches_the_page_as_text(course):
    page = feedback(course, "loud")
    assert f"<script>{PAYLOAD}" not in page
    assert "<img src=x" not in page
    assert f"&lt;script&gt;{PAYLOAD}" in page
    assert "\x1b" not in json.dumps(autograded(course, "loud"), ensure_ascii=False)
    assert len(json.dumps(autograded(course, "loud"))) < 100_000


# Damage.


@pytest.mark.parametrize("learner", DAMAGED, ids=DAMAGED.get)
def test_a_damaged_notebook_is_graded_where_its_functions_can_be_found(course, learner):
    assert scores(course, learner) == scores(course, "right")
    assert total(course, learner) == 10


@pytest.mark.parametrize("learner", DAMAGED, ids=DAMAGED.get)
def test_a_damaged_notebook_comes_out_whole(course, learner):
    notebook = autograded(course, learner)
    assert outputs(notebook).keys() == outputs(autograded(course, "right")).keys()
    assert "def descend_until" in json.dumps(notebook)
    assert {len(one) for one in outputs(notebook).values()} == {1}


@pytest.mark.parametrize("learner", BROKEN, ids=BROKEN.get)
def test_what_cannot_be_read_is_said_in_its_test_cells(course, learner):
    assert total(course, learner) == 0
    said = outputs(autograded(course, learner))["test_update_moves_against_the_gradient"]
    assert BEYOND[BROKEN[learner]][1] in text_of(said)
    assert "Traceback" not in text_of(said)


def test_every_autograded_notebook_is_valid_for_nbgrader_and_nbformat(course):
    code = """
import sys, nbformat
from nbgrader.nbgraderformat import MetadataValidator
for name in sys.argv[1:]:
    book = nbformat.read(name, as_version=4)
    nbformat.validate(book)
    MetadataValidator().validate_nb(book)
    assert book.metadata.kernelspec.name == "python3"
"""
    names = [str(path) for path in course.glob(f"autograded/*/{ASSIGNMENT}/*.ipynb")]
    assert len(names) == len(list((course / "submitted").iterdir()))
    command = [sys.executable, "-W", "ignore", "-c", code, *names]
    assert subprocess.run(command, capture_output=True, text=True, check=False).stderr == ""


def test_an_untouched_notebooks_autograded_form_keeps_its_cells_order(course):
    cells = autograded(course, "right")["cells"]
    clean = released(course)["cells"]
    names = [[cell["metadata"].get("nbgrader", {}).get("grade_id") for cell in book] for book in (cells, clean)]
    assert names[0] == names[1]


# What test cells say, and nbgrader's reading of it.


def test_a_failed_check_says_claim_message_diagnosis_and_hints(course):
    said = text_of(outputs(autograded(course, "wrong"))["test_update_moves_against_the_gradient"])
    assert said.startswith(
        "`update` steps from 3.0 down to 2.8 where the slope is 2.0, and on to 3.2 where it is -2.0."
    )
    assert "update(3.0, 2.0, learning_rate=0.1)\n  got       3.2\n  expected  2.8" in said
    assert "diagnosis: " in said
    assert said.count("hint: ") == 3


def test_a_solution_cell_left_as_it_was_gets_nbgraders_own_comment(course):
    assert total(course, "untouched") == 0
    with sqlite3.connect(course / "gradebook.db") as gradebook:
        comments = gradebook.execute("SELECT count(*) FROM comment WHERE auto_comment = 'No response.'").fetchone()
    assert comments == (3,)


# Refusals.

OF_LEARNER = """FROM grade JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
    JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id WHERE student_id = ?"""

FAULT = """
import grader.grading.session
check = grader.grading.session.CheckSession.check
def faulty(session, submission, seed):
    report, faults = check(session, submission, seed)
    return report, ["test_it: ZeroDivisionError: ours"] if submission.learner == "held" else faults
grader.grading.session.CheckSession.check = faulty
"""


def small(course: Path, folder: Path, *learners: str) -> Path:
    """Return a copy of the course with a few learners who hand in what is right."""
    ignored = shutil.ignore_patterns("submitted", "autograded", "feedback")
    copied = Path(shutil.copytree(course, folder / "small", ignore=ignored))
    for learner in learners:
        hand_in(copied, learner, with_code(released(copied), golden("right_with_numpy")))
    return copied


def test_a_fault_of_ours_is_no_zero_and_the_class_goes_on(course, tmp_path):
    folder = small(course, tmp_path, "held", "later")
    nbgrader(folder, f"autograde {ASSIGNMENT}")
    assert total(folder, "held") == total(folder, "later") == 10
    with sqlite3.connect(folder / "gradebook.db") as gradebook:
        (one,) = gradebook.execute(f"SELECT grade.id {OF_LEARNER} LIMIT 1", ("later",)).fetchone()
        gradebook.execute("UPDATE grade SET manual_score = 0.25 WHERE id = ?", (one,))
    done = nbgrader(folder, f"autograde {ASSIGNMENT} --force", code=FAULT, status=1)
    assert "02_update_rule of held was not graded: a fault of the grader" in done.stdout
    assert "ZeroDivisionError: ours" in done.stdout
    assert set(scores(folder, "held").values()) == {None}
    assert not (folder / "autograded" / "held" / ASSIGNMENT).exists()
    assert 0.25 in scores(folder, "later").values()  # what a teacher gave stays
    nbgrader(folder, f"autograde {ASSIGNMENT}")
    assert total(folder, "held") == 10


def test_saving_by_notebook_saves_what_nbgrader_saves_by_cell(course, tmp_path):
    folder = small(course, tmp_path, "saved-right")
    hand_in(folder, "saved-wrong", with_code(released(folder), WRONG))
    hand_in(folder, "saved-untouched", released(folder))
    nbgrader(folder, f"autograde {ASSIGNMENT}")
    theirs = """WHERE notebook_id IN (SELECT submitted_notebook.id FROM submitted_notebook JOIN submitted_assignment
        ON submitted_assignment.id = submitted_notebook.assignment_id WHERE student_id LIKE 'saved-%')"""
    with sqlite3.connect(folder / "gradebook.db") as gradebook:
        gradebook.execute(f"UPDATE grade SET manual_score = 0.25 {theirs} AND auto_score = 0")
        gradebook.execute(f"UPDATE comment SET manual_comment = 'Well done.' {theirs} AND auto_comment IS NULL")

    def saved() -> list[tuple[object, ...]]:
        with sqlite3.connect(folder / "gradebook.db") as gradebook:
            gradebook.execute(
                f"UPDATE grade SET auto_score = 0.125, needs_manual_grade = 1 - needs_manual_grade {theirs}"
            )
            gradebook.execute(f"UPDATE comment SET auto_comment = 'changed' {theirs}")
        nbgrader(folder, f"autograde {ASSIGNMENT} --force")
        with sqlite3.connect(folder / "gradebook.db") as gradebook:
            tables = [gradebook.execute(f"SELECT * FROM {name} {theirs} ORDER BY id") for name in ("grade", "comment")]
            return [row for table in tables for row in table]

    ours = saved()
    config = folder / "nbgrader_config.py"
    text = config.read_text(encoding="utf-8")
    assert text.count("grader.platforms.nbgrader.autograde.SaveGrades") == 1
    config.write_text(
        text.replace("grader.platforms.nbgrader.autograde.SaveGrades", "nbgrader.preprocessors.SaveAutoGrades")
    )
    assert ours == saved()
    assert len(ours) == 3 * (18 + 3)
    assert {row[3] for row in ours} >= {None, 0.0, 0.5, 1.0, "No response."}


def test_without_the_lock_nothing_is_run(course, tmp_path):
    folder = small(course, tmp_path, "learner-001")
    through = (
        sys.executable,
        str(Path(__file__).parents[1] / "attacks_class" / "lacking.py"),
        "landlock_create_ruleset",
    )
    done = nbgrader(folder, f"autograde {ASSIGNMENT}", through=through, status=1)
    assert re.search(r"02_update_rule of learner-001 was not graded: .*[Ll]andlock", done.stdout)
    assert set(scores(folder, "learner-001").values()) == {None}


def test_an_assignment_that_is_not_the_courses_is_not_run(course, tmp_path):
    folder = small(course, tmp_path)
    shutil.copytree(folder / "source" / ASSIGNMENT, folder / "source" / "homework")
    (folder / "source/homework" / f"{ASSIGNMENT}.ipynb").rename(folder / "source/homework/homework.ipynb")
    nbgrader(folder, "generate_assignment homework")
    hand_in(folder, "learner-001", released(folder, "homework"), "homework")
    done = nbgrader(folder, "autograde homework", status=1)
    assert "homework of learner-001 was not graded: unknown exercise 'homework'" in done.stdout


def test_test_cells_that_are_not_the_checks_are_named(course, tmp_path):
    folder = small(course, tmp_path)
    path = folder / "source" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    path.write_text(path.read_text().replace("test_update_works_elementwise", "test_of_last_year"))
    for name in ("gradebook.db", "release"):
        shutil.rmtree(folder / name) if name == "release" else (folder / name).unlink()
    nbgrader(folder, f"generate_assignment {ASSIGNMENT}")
    hand_in(folder, "learner-001", released(folder))
    done = nbgrader(folder, f"autograde {ASSIGNMENT}", status=1)
    assert "(test_of_last_year, test_update_works_elementwise): run `grader nbgrader`" in done.stdout
    assert set(scores(folder, "learner-001").values()) == {None}


def test_a_cell_is_told_from_its_released_copy_by_what_is_not_hidden():
    hidden = "# a claim\n### BEGIN HIDDEN TESTS\nsecret\n### END HIDDEN TESTS\nshown"
    assert _as_released(hidden) == "# a claim\nshown"
    assert _as_released("x BEGIN HIDDEN TESTS y END HIDDEN TESTS z\nshown") == "shown"
    assert _as_released("a\n### BEGIN HIDDEN TESTS\nwithout an end") == "a\n### BEGIN HIDDEN TESTS\nwithout an end"


def test_a_mebibyte_of_text_in_one_line_is_cut_before_anything_renders_it(course):
    text = ["".join(cell["source"]) for cell in autograded(course, "wordy")["cells"]]
    assert scores(course, "wordy") == scores(course, "right")
    assert sum("(cut off here)" in source for source in text) == 2
    assert sum(map(len, text)) < MOST_PROSE + 30_000  # beside the assignment's own


def test_links_and_pasted_pictures_of_a_learner_are_text_in_feedback(course):
    page = feedback(course, "wordy")
    links = re.findall(r"<a[^>]*href=.?([^ >]*)", page)
    assert links
    assert not [link for link in links if re.match(r"(?i)[^#]*script|data:|vb|.*&#115", link)]
    assert "attachment:image.png" in page
    assert '<img src="attachment' not in page


ALIVE = [
    "<img src=x onerror=alert(1)>",
    "</textarea><script>alert(1)</script>",
    "[here](javascript:alert(1))",
    "[here](JaVaScRiPt&#58;alert(1))",
    "[here](<vbscript:alert(1)>)",
    "[![x](data:image/svg+xml;base64,AAAA)](data:text/html,alert)",
    "[here][1]\n\n[1]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "![a pasted picture](attachment:image.png)",
    "# Score",
    "```mermaid\ngraph TD\n```",
]


@pytest.mark.parametrize("text", ALIVE)
def test_markdown_that_would_be_more_than_text_on_a_page_is_known(text):
    assert not is_harmless(text)


def test_markdown_that_is_text_stays_markdown():
    assert is_harmless(
        "**bold**, `code[0] < 1`, $a_{i}[0] < b$, 3 < 4\n\n- one\n- two [in brackets]\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    )
