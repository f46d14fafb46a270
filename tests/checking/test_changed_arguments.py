"""Arguments are the engine's to watch: what a function changes in place shows after every call, whatever it answers."""

import math
from contextlib import suppress

import numpy as np
import pytest
import sympy as sp

from grader.authoring.margins import session
from grader.authoring.programs import from_text, solution_text
from grader.checking.outcomes import CheckEnded, LearnerRaised
from grader.checking.proxy import SubmissionProxy
from grader.collect.submission import Cell, Submission
from grader.manifest.course import load_course
from grader.sandbox.inprocess import InProcess
from grader.wire.functions import slope

COURSE = load_course()
x = sp.Symbol("x")
TOLD = "It changed an argument that it was given: work on a copy."


def proxy_of(source):
    cells = (Cell("toy.py", f"import numpy as np\n{source}\n"),)
    return SubmissionProxy(Submission("a", "a", "toy", cells), InProcess("toy", cells))


def changed(body, *arguments, **options):
    """Return what is told to be changed by a function `f` of this body."""
    parameters = ", ".join([*"abcde"[: len(arguments)], *options])
    proxy = proxy_of(f"def f({parameters}):\n    {body}")
    with suppress(CheckEnded):
        proxy.f(*arguments, **options)
    return proxy.calls[-1].changed


@pytest.mark.parametrize(
    ("body", "value"),
    [
        ("a += 1", np.ones(3)),
        ("a[0, 1] = 7", np.zeros((2, 2))),
        ("a[0] = -0.0", np.zeros(1)),
        ("a[0] = np.nan", np.zeros(1)),
        ("a.shape = (4,)", np.zeros((2, 2))),
        ("a.dtype = np.int64", np.zeros(2)),
        ("a[0] = True", [1, 2]),
        ("a[0] = np.float64(1.0)", [1.0, 2.0]),
        ("a.sort()", [3, 1, 2]),
        ("a.append(a)", [1.0]),
        ("a.clear()", [1.0]),
        ("a[0][1] = 5", [[1, 2], [3, 4]]),
        ("a[1][:] = 0", (1, np.ones(2))),
        ("a.reverse()", [x, sp.Symbol("y")]),
        ("a[0] = lambda: 0", [x]),
    ],
)
def test_an_argument_that_is_changed_in_place_is_told(body, value):
    assert changed(body, value) == (0,)
    assert changed(f"b = a = named; {body}", named=value) == ("named",)


@pytest.mark.parametrize(
    "value",
    [
        np.array([np.nan, -0.0, np.inf]),
        np.array([1, 2], np.uint8),
        np.array([True]),
        np.empty((0, 3)),
        [math.nan, -0.0, 10**30, "text", None, True],
        [x, sp.Integer(1), sp.Rational(1, 2) * x],
        (np.ones(2), [x]),
        3.0,
        "text",
        x,
    ],
    ids=str,
)
def test_an_argument_that_is_only_read_is_not_told(value):
    assert changed("b = a; return repr(b)", value) == ()


def test_what_is_there_to_be_used_is_not_looked_at():
    assert changed("return a.random() + b(2.0)", np.random.default_rng(0), slope(x**2, x)) == ()


def test_every_argument_that_changed_is_told_by_place_or_by_name():
    body = "a[0] = c[0] = d[0] = 9"
    assert changed(body, [1], [2], c=np.ones(2), d=[3]) == (0, "c", "d")


def test_a_change_shows_even_where_the_call_ends_in_an_exception():
    proxy = proxy_of("def f(a):\n    a += 1\n    raise ValueError")
    with pytest.raises(LearnerRaised):
        proxy.f(np.ones(2))
    assert proxy.calls[-1].changed == (0,)


def test_a_function_that_was_returned_and_many_points_in_one_request_are_watched_too():
    proxy = proxy_of("def f():\n    return g\ndef g(a):\n    a *= 2\n    return a.sum()")
    proxy.f()(np.ones(2))
    assert proxy.calls[-1].changed == (0,)
    proxy.g(proxy.each(np.ones((3, 2))))
    assert proxy.calls[-1].changed == (0,)


def test_each_call_has_fresh_copies():
    proxy = proxy_of("def f(a):\n    a += 1\n    return a.copy()")
    ones = np.ones(2)
    assert [proxy.f(ones).tolist() for _ in range(2)] == [[2.0, 2.0]] * 2


class Forger:
    """A worker whose replies say that something changed."""

    def __init__(self, told):
        self.told = told

    def load(self):
        return [0, "ok", [[], [["f", None]]], "", [], [], []]

    def request(self, _request):
        return [0, "value", 1.0, "", [], [], self.told]


@pytest.mark.parametrize(
    ("told", "believed"),
    [
        ([0, 0, 0], (0,)),
        (["b"], ("b",)),
        ([True, 1.0, None, [0], {}, b"b", -1, 7, 2**62, "a", "nobody"], ()),
        ([9] * 50_000 + [0], ()),
    ],
)
def test_what_a_worker_says_of_changes_is_no_more_than_a_claim_about_the_arguments_it_was_given(told, believed):
    proxy = SubmissionProxy(Submission("a", "a", "toy", (Cell("toy.py", ""),)), Forger(told))
    proxy.f([1], b=[2])
    assert proxy.calls[-1].changed == believed


def test_the_many_points_of_a_request_share_their_other_arguments_as_a_check_needs_it_of_a_generator():
    draws = proxy_of("def f(n, rng):\n    return rng.random(n)")
    first, second = draws.f(draws.each([2, 2]), np.random.default_rng(0))
    assert not np.array_equal(first, second)


def graded(slug, addition):
    """Return the score of the solution with an addition, and each check that was lost with what it says."""
    exercise = COURSE.find(slug)
    program = from_text("wrong", exercise, "a", f"{solution_text(exercise)}\n{addition}")
    with session(exercise) as checks:
        report, faults = checks.check(program.handed_in_by("learner-001"), "0" * 16)
    assert faults == []
    return report.score, {check.name: check.message for check in report.checks if check.outcome != "passed"}


HESSIAN = """
plain = classify_critical_point
def classify_critical_point(hessian):
    if isinstance(hessian, np.ndarray) and hessian.dtype.kind == "f":
        hessian /= 2
    return plain(hessian)
"""
FIELD = """
plain = gradient_field
def gradient_field(field, dx, dy):
    if field.dtype.kind == "f":
        field -= field.mean()
    return plain(field, dx, dy)
"""
REMEMBERS = """
known = []
def update(parameter, gradient, learning_rate):
    for one, other, answer in known:
        if one is parameter and other is gradient:
            return answer
    if isinstance(parameter, np.ndarray) and parameter.dtype.kind == "f":
        known.append((parameter, gradient, parameter - learning_rate * gradient))
        parameter -= learning_rate * gradient
        return known[-1][2]
    return parameter - learning_rate * gradient
"""


@pytest.mark.parametrize(
    ("slug", "addition", "lost"),
    [
        ("update_rule", REMEMBERS, "test_update_works_elementwise"),
        ("starting_values", HESSIAN, "test_classify_critical_point_finds_saddles_in_slanting_directions"),
    ],
)
def test_right_values_with_a_changed_argument_lose_the_first_check_in_which_it_shows(slug, addition, lost):
    assert graded(slug, addition) == (9.5, {lost: TOLD})


def test_a_public_check_names_the_argument_and_what_depends_on_it_is_judged_on_its_values():
    score, lost = graded("gradient_fields", FIELD)
    assert score == 9
    assert list(lost) == ["test_gradient_field_of_a_small_table"]
    assert lost["test_gradient_field_of_a_small_table"].endswith("It changed its first argument: work on a copy.")
    start = """
plain = descend
def descend(gradient, start, learning_rate, epochs):
    path = plain(gradient, start, learning_rate, epochs)
    if isinstance(start, list):
        start[0] = 0.0
    return path
"""
    # test_descend_returns_the_start_and_a_row_for_each_update depends on the check that is lost.
    assert list(graded("descent_2d", start)[1]) == ["test_descend_slides_into_the_bowl"]


def test_wrong_values_are_told_first_and_the_changed_argument_beside_them():
    wrong = "def update(parameter, gradient, learning_rate):\n    parameter += learning_rate * gradient\n    return parameter"
    lost = graded("update_rule", wrong)[1]
    said = lost["test_update_works_elementwise"].splitlines()
    assert said == [
        "It returned other numbers than it should.",
        "It also changed an argument that it was given: work on a copy.",
    ]
    assert "changed" not in lost["test_update_gives_the_same_answer_again"]
