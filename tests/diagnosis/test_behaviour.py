"""Failures that nothing explains are known to be of one kind by what the functions answer, whatever the inputs were."""

import pytest

from grader.authoring.margins import session
from grader.authoring.programs import from_text, solution_text
from grader.checking.seeds import learner_seed
from grader.manifest.course import load_course

EXERCISE = load_course().by_slug["sigmoid_neuron"]
# The error to the power of three: no misconception of the course.
CUBED = """
def grad_w(w, b, X, Y):
    Z = sigmoid(X, w, b)
    return float(np.sum((Z - Y) ** 3 * Z * (1 - Z) * X))
"""
CUBED_TOO = """
def grad_w(w, b, X, Y):
    total = 0.0
    for x, y, z in zip(X, Y, sigmoid(X, w, b)):
        error = z - y
        total = total + error * error * error * (z - z * z) * x
    return total
"""
SHIFTED = """
def grad_w(w, b, X, Y):
    Z = sigmoid(X, w, b)
    return float(np.sum((Z - Y) * Z * (1 - Z) * X + X**2))
"""


@pytest.fixture(scope="module")
def observed():
    """Return how a learner's hand-in fails: the solution with something behind it."""
    with session(EXERCISE) as checking:

        def of(learner, source):
            text = f"{solution_text(EXERCISE)}\n{source}"
            submission = from_text("wrong", EXERCISE, "wrong", text).handed_in_by(learner)
            report, faults = checking.check(submission, learner_seed("secret", learner, EXERCISE.slug))
            assert not faults
            found = checking.behaviours(report)
            assert set(found) <= {one.name for one in report.checks if one.outcome == "failed"}
            return found

        yield of


def test_the_same_behaviour_is_known_with_other_inputs_and_in_other_words(observed):
    first = observed("learner-001", CUBED)
    assert first
    assert observed("learner-002", CUBED_TOO) == first


def test_all_checks_of_one_function_have_the_same(observed):
    found = observed("learner-001", CUBED)
    assert len(found) > 1
    assert len(set(found.values())) == 1


def test_another_behaviour_is_told_apart_though_the_messages_are_the_same(observed):
    first, other = observed("learner-001", CUBED), observed("learner-001", SHIFTED)
    assert other
    assert not set(first.values()) & set(other.values())


def test_right_work_leaves_none(observed):
    assert observed("learner-001", "") == {}
