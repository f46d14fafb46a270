"""The same code is known as the same, whatever it looks like; and what is not the same is not."""

import pytest

from grader.authoring.programs import golden, solution_text
from grader.collect.likeness import LEAST, likeness
from grader.collect.untouched import MOST
from grader.manifest.course import load_course

EXERCISE = load_course().by_slug["update_rule"]
STUB = EXERCISE.stub.read_text(encoding="utf-8")
WORK = """
import numpy as np

def update(parameter, gradient, learning_rate):
    return parameter - learning_rate * gradient

def descend(gradient, start, learning_rate, epochs):
    path = [float(start)]
    for epoch in range(epochs):
        here = path[-1]
        path.append(update(here, gradient(here), learning_rate))
    return np.array(path)

def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    path = [float(start)]
    while abs(gradient(path[-1])) >= tolerance and len(path) <= max_epochs:
        path.append(update(path[-1], gradient(path[-1]), learning_rate=learning_rate))
    return np.array(path)
"""
DISGUISED = """
# All my own work.
import numpy as np
def update(p, g, lr):
    "Take a step."
    return (p
            - lr * g)

def descend(g, x0, lr, n):
    '''Walk.'''
    points = [float(x0)]  # the start
    for k in range(n):
        x = points[-1]
        points.append(update(x, g(x), lr))
    return np.array(points)
def descend_until(g, x0, lr, eps, most=1000):

    points = [float(x0)]
    while abs(g(points[-1])) >= eps and len(points) <= most:
        points.append(update(points[-1], g(points[-1]), learning_rate=lr))
    return np.array(points)

print(descend(lambda x: 2 * x, 1.0, 0.1, 3))
if __name__ == "__main__":
    print("done")
"""


def of(*sources: str) -> str:
    return likeness(sources, STUB)


def test_comments_docstrings_layout_demos_and_the_names_of_variables_make_no_difference():
    assert of(WORK) == of(DISGUISED) != ""


def test_a_notebooks_cells_are_as_the_script_of_them():
    assert of(*WORK.split("\n\n")) == of(WORK)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("parameter - learning_rate", "parameter + learning_rate"),
        (">= tolerance", "> tolerance"),
        ("max_epochs=1000", "max_epochs=999"),
        ("<= max_epochs", "<= tolerance"),
        ("float(start)", "int(start)"),
        ("np.array(path)", "np.asarray(path)"),
        ("learning_rate=learning_rate", "rate=learning_rate"),
        ("        here = path[-1]\n", ""),
        ("def update", "@property\ndef update"),
        ("import numpy as np\n", "import numpy as np\nSTEPS = 3\n"),
        ("parameter - learning_rate * gradient", "gradient - learning_rate * parameter"),
    ],
)
def test_all_else_makes_one(before, after):
    assert before in WORK
    assert of(WORK.replace(before, after, 1)) != of(WORK)


def test_the_order_of_the_functions_counts():
    head, first, second, third = WORK.split("\n\n")
    assert of(head, second, first, third) != of(WORK)


def test_the_stub_is_like_nothing_and_what_it_gives_does_not_count():
    assert of(STUB) == ""
    assert of(STUB, WORK) == of(WORK)


def test_what_is_short_is_like_nothing():
    head, first, *_ = WORK.split("\n\n")
    assert of(head, first) == ""
    assert LEAST > 20


@pytest.mark.parametrize(
    "source",
    [
        "def update(:",
        "\0",
        "x = " + "(" * 5_000,
        "x = " + "-" * 20_000 + "1",
        "x = " + "+".join(["1"] * 9_000),
        "x = 1;" * MOST,
        "\ud800 = 1",
        "x = '\\ud800'\n" + WORK,
        "def f():\n" + "".join(" " * depth + "if x:\n" for depth in range(1, 150)),
    ],
    ids=range(9),
)
def test_what_is_no_python_or_beyond_all_measure_does_no_harm(source):
    assert isinstance(of(source), str)


def test_the_right_programs_that_we_know_are_different_from_one_another():
    known = [
        likeness((cell.source for cell in program.submission.cells), STUB)
        for program in golden(EXERCISE)
        if program.kind == "right"
    ]
    known = [one for one in known if one]
    assert len(known) > 5
    assert known.count(likeness([solution_text(EXERCISE)], STUB)) <= 2  # one hand-in is the solution as a notebook
    assert len(set(known)) >= len(known) - 1
