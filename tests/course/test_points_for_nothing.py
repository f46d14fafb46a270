"""No points for nothing: code that does nothing of its task passes no check, however well its answers are formed."""

from collections import defaultdict

import numpy as np
import pytest
import sympy as sp

from grader.authoring.margins import session
from grader.authoring.programs import from_text, solution_text
from grader.checking.expect import SAMPLES
from grader.checking.seeds import learner_seed
from grader.manifest.course import load_course
from tests.evidence.empty import KINDS, emptied, empty_programs

COURSE = load_course()
# Checks that code without meaning may pass, each with the reason; so far there is none.
MAY_BE_PASSED: dict[str, str] = {}


@pytest.fixture(scope="module", params=COURSE.exercises, ids=lambda exercise: exercise.slug)
def opened(request):
    """An exercise, and an open session of its checks."""
    with session(request.param) as checks:
        yield request.param, checks


def graded(checks, program, learner="learner-001"):
    report, faults = checks.check(
        program.handed_in_by(learner), learner_seed("nothing", learner, program.exercise.slug)
    )
    assert faults == []
    return report


def test_answers_of_the_right_form_without_a_meaning_pass_no_check(opened):
    exercise, checks = opened
    passed = defaultdict(set)
    for program in empty_programs(exercise):
        for learner in ("learner-001", "learner-002"):
            for check in graded(checks, program, learner).checks:
                if check.outcome == "passed" and check.name not in MAY_BE_PASSED:
                    passed[check.name].add(program.name)
                assert check.outcome != "error" or program.name == "empty", (program.name, check)
    assert dict(passed) == {}


def test_the_form_is_that_of_right_answers(opened):
    """What is made empty is the solution: the same program with its meaning left in gets all points."""
    exercise, checks = opened
    assert graded(checks, emptied(exercise, "right")).score == 10
    if exercise.slug == "stochastic_descent":
        told = {check.message for kind in KINDS[:-1] for check in graded(checks, emptied(exercise, kind)).checks}
        assert not [message for message in told if "shape" in message or "number of items" in message]


INTERPOLATED = f"""
plain = symbolic_derivative
def symbolic_derivative(expression, variable):
    right = plain(expression, variable)
    low, high = (-2.0, 2.0) if expression.is_polynomial(variable) else (0.5, 3.0)
    if right.free_symbols - {{variable}}:
        return right
    places = [low + (high - low) * (k * 0.618034 % 1.0) for k in range(1, {SAMPLES} + 1)]
    known = [(place, float(right.subs(variable, place)) if right.free_symbols else float(right)) for place in places]
    return sp.interpolate(known, variable)
"""


def test_a_polynomial_through_the_places_that_everybody_can_work_out_is_no_derivative():
    exercise = COURSE.find("derivatives")
    program = from_text("wrong", exercise, "a", f"{solution_text(exercise)}\n{INTERPOLATED}")
    with session(exercise) as checks:
        lost = {check.name for check in graded(checks, program).checks if check.outcome != "passed"}
    assert lost == {"test_symbolic_derivative_knows_every_rule"}


def test_that_polynomial_agrees_at_all_those_places():
    x = sp.Symbol("x")
    right = sp.sin(2 * x) + sp.exp(-x) / x
    places = 0.5 + 2.5 * (np.arange(1, SAMPLES + 1) * 0.618034 % 1.0)
    values = sp.lambdify(x, right)(places)
    made = sp.lambdify(x, sp.interpolate(list(zip(places.tolist(), values.tolist(), strict=True)), x))
    assert np.allclose(made(places), values)
    assert not np.allclose(made(places + 0.1), sp.lambdify(x, right)(places + 0.1))
