"""The docstrings' own examples: a public comparison without points, which right work in any form passes."""

import os
import re
import subprocess
import sys

import pytest

from grader.authoring import programs
from grader.checking.examples import agrees, examples, try_out, value_of
from grader.checking.outcomes import CheckFailed
from grader.checking.proxy import SubmissionProxy
from grader.collect.submission import Cell, Submission
from grader.manifest.course import PACKAGE, load_course
from grader.practice.learner import Practice
from grader.sandbox.inprocess import InProcess

COURSE = load_course()
CLAIM = "The examples in the docstrings come out as they are shown."


def proxy(slug, source):
    cells = (Cell(f"{slug}.py", source),)
    return SubmissionProxy(Submission("you", "you", slug, cells), InProcess(slug, cells))


def solution(slug, old="", new=""):
    text = programs.solution_text(COURSE.by_slug[slug])
    assert old in text
    return text.replace(old, new)


@pytest.mark.parametrize("exercise", COURSE.exercises, ids=lambda exercise: exercise.slug)
def test_a_solution_gives_all_that_its_docstrings_show(exercise):
    shown = examples(exercise.stub)
    functions = re.findall(r"^def (\w+)\(", exercise.stub.read_text(encoding="utf-8"), re.MULTILINE)
    assert {example.function for example in shown} == set(functions)
    assert try_out(proxy(exercise.slug, solution(exercise.slug)), exercise.stub, ()) == (len(shown), [])


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("exercise", COURSE.exercises, ids=lambda exercise: exercise.slug)
def test_no_right_program_in_whatever_style_is_told_that_an_example_fails(exercise):
    right = [program for program in programs.golden(exercise) if program.kind == "right"]
    assert len(right) > 2
    for program in right:
        cells = program.submission.cells
        submission = SubmissionProxy(program.submission, InProcess(exercise.slug, cells))
        try_out(submission, exercise.stub, ())


SLIPS = {
    "update_rule": ("range(max_epochs)", "range(1000)", "`descend_until`"),
    "starting_values": ("    return x\n", "    return x + (x == 0.0)\n", "`descend`"),
    "image_gradients": ("> threshold", "> 2 * threshold", "`edges`"),
}


@pytest.mark.parametrize("slug", SLIPS)
def test_what_fails_its_own_docstring_is_told_so(slug):
    old, new, function = SLIPS[slug]
    with pytest.raises(CheckFailed) as told:
        try_out(proxy(slug, solution(slug, old, new)), COURSE.by_slug[slug].stub, ())
    assert f"the example in the docstring of {function}" in told.value.public
    assert "got  " in told.value.public
    assert "expected  " in told.value.public


def test_where_nothing_is_returned_that_is_told():
    with pytest.raises(CheckFailed, match="It returned nothing: is `return` missing"):
        try_out(proxy("update_rule", "def update(*_, **__): pass\n"), COURSE.by_slug["update_rule"].stub, ())


@pytest.mark.parametrize(
    ("shown", "right", "wrong"),
    [
        ("2.8", [2.8, 2.8 + 1e-9], [2.7, "2.8", None, True, [2.8]]),
        ("[2.        0.875     0.59375   0.5234375]", [[2.0, 0.875, 0.59375, 0.5234375]], [[2.0, 0.875], 2.0, None]),
        ("array([[ 1. , -2. ],\n       [ 0.5,  0. ]])", [[[1, -2], [0.5, 0]]], [[1, -2, 0.5, 0], [[1, -2], [0.5, 1]]]),
        ("[ 0.5625 -0.5   ]", [[0.5625, -0.5]], [[0.0625], 0.0625]),
        ("[ 0.5625 -0.5   ] 4.18359375", [([0.5625, -0.5], 4.18359375)], [([0.5625, -0.5], 4.0), [1], 1.0]),
        ("[[False  True]\n [ True False]]", [[[False, True], [True, False]], [[0, 1], [1, 0]]], [[[1, 0], [0, 1]]]),
        ("'saddle'", ["saddle"], ["maximum", None]),
        ("True", [True], [False, "True"]),
        ("lowest end: f(0.4758) = -0.7621", ["lowest end: f(0.4758) = -0.7621"], ["lowest end: f(1.0) = -0.7621", 1.0]),
    ],
)
def test_what_is_printed_is_read_as_the_value_that_it_is(shown, right, wrong):
    assert all(agrees(value, value_of(shown)) for value in right)
    assert not any(agrees(value, value_of(shown)) for value in wrong)


@pytest.fixture
def checked(tmp_path):
    """Give a function that checks a text as a learner's own file, and returns the checks by their titles."""

    def check(slug, source):
        exercise = COURSE.by_slug[slug]
        folder = tmp_path / "exercises" / exercise.name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{slug}.py").write_text(source, encoding="utf-8")
        with Practice(COURSE, (exercise,), folder.parent) as practice:
            return {one.title: one for one in practice.check(exercise).checks}

    return check


def test_code_that_fails_its_docstring_no_longer_passes_all_and_has_the_same_points(checked):
    before, slip = SLIPS["update_rule"][:2]
    results = checked("update_rule", solution("update_rule", before, slip))
    assert sum(one.points for one in results.values()) == 3.0
    example = results.pop(CLAIM)
    assert {one.outcome for one in results.values()} == {"passed"}
    assert (example.outcome, example.points, example.max_points) == ("failed", 0.0, 0.0)
    assert example.message.splitlines() == [
        "len(descend_until(lambda x: 6 * x - 3, start=2.0, learning_rate=0.125, tolerance=1.0, max_epochs=1))",
        "  got       3",
        "  expected  2",
        "That is the example in the docstring of `descend_until`.",
    ]


def test_of_a_function_that_another_check_has_told_of_no_example_is_told(checked):
    results = checked("update_rule", solution("update_rule", "return parameter - step", "return parameter + step"))
    assert results[CLAIM].outcome == "skipped"
    assert "`update`" in results[CLAIM].message
    assert "failed" in {one.outcome for one in results.values()}


@pytest.mark.parametrize("body", ["while True: pass", "return unknown", "return list(start)"])
def test_they_do_not_come_out_where_one_could_not_be_tried(checked, body):
    slip = f"def descend(gradient, start, learning_rate, epochs):\n    {body}\n"
    results = checked("update_rule", f"{solution('update_rule')}\n{slip}")
    assert results[CLAIM].outcome == "skipped"
    assert "`descend`" in results[CLAIM].message


def test_of_what_is_not_written_yet_nothing_is_told_twice(checked):
    stub = COURSE.by_slug["update_rule"].stub.read_text(encoding="utf-8")
    assert checked("update_rule", stub)[CLAIM].outcome == "skipped"
    half = stub.replace(
        'raise NotImplementedError("update_rule: implement update")', "return parameter - learning_rate * gradient"
    )
    assert checked("update_rule", half)[CLAIM].outcome == "skipped"


def test_where_an_example_stops_in_the_learners_own_code_the_line_is_told(checked):
    slip = solution("update_rule", "range(max_epochs)", "[0, 1, 2][: {1000: 3}[max_epochs]]")
    example = checked("update_rule", slip)[CLAIM]
    assert example.outcome == "error"
    assert "KeyError: 1" in example.message
    assert "at        update_rule.py, line" in example.message


@pytest.mark.parametrize(
    ("slug", "old", "new"),
    [
        ("update_rule", "    return path\n", "    return list(path)\n"),
        ("update_rule", "    return path\n", "    return tuple(path)\n"),
        ("sigmoid_neuron", "    return path\n", "    return [tuple(point) for point in path]\n"),
        ("image_gradients", "return np.hypot(gx, gy) > threshold", "return 1 * (np.hypot(gx, gy) > threshold)"),
    ],
)
def test_another_form_of_the_right_answer_is_right(checked, slug, old, new):
    assert checked(slug, solution(slug, old, new))[CLAIM].outcome == "passed"


def test_a_docstring_that_a_learner_has_changed_changes_nothing(checked):
    changed = solution("update_rule", "    2.8\n", "    28\n")
    assert checked("update_rule", changed)[CLAIM].outcome == "passed"


def pytest_in(folder, *arguments):
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist", "-q", *arguments]
    environment = os.environ | {"PYTHONPATH": str(PACKAGE.parent), "COLUMNS": "150"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False).stdout


def test_pytest_says_once_why_a_file_cannot_be_run(tmp_path):
    exercise = COURSE.by_slug["update_rule"]
    checks = tmp_path / exercise.public_checks.name
    checks.write_bytes(exercise.public_checks.read_bytes())
    (tmp_path / "update_rule.py").write_text("def update(:\n", encoding="utf-8")
    printed = pytest_in(tmp_path).partition("short test summary")[0]  # which in CI repeats whole messages
    assert printed.count("SyntaxError: invalid syntax") == printed.count("raised    ") == 1
    assert "Your file cannot be run: the first failure says why." in printed


def test_pytest_in_the_exercises_folder_tries_the_examples_too_unless_single_checks_are_named(tmp_path):
    exercise = COURSE.by_slug["update_rule"]
    checks = tmp_path / exercise.public_checks.name
    checks.write_bytes(exercise.public_checks.read_bytes())
    (tmp_path / "update_rule.py").write_text(solution("update_rule", *SLIPS["update_rule"][:2]), encoding="utf-8")
    printed = pytest_in(tmp_path)
    assert "1 failed, 4 passed" in printed
    assert "the example in the docstring of `descend_until`" in printed
    assert "1 passed" in pytest_in(tmp_path, f"{checks.name}::test_update_moves_against_the_gradient")
