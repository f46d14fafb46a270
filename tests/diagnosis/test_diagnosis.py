"""Which misconception explains what was seen: one that fits speaks, two that fit say what they have in common."""

import time

import pytest

from grader.authoring.margins import session
from grader.authoring.programs import from_text
from grader.collect.submission import Cell
from grader.diagnosis import replay as diagnosis
from grader.diagnosis.mistakes import _found, misconception
from grader.diagnosis.words import without_trial
from grader.manifest.course import load_course
from grader.sandbox.inprocess import InProcess

EXERCISE = load_course().find("update_rule")
SCALES = "test_update_scales_the_step_with_rate_and_slope"
RIGHT = "def update(parameter, gradient, learning_rate):\n    return parameter - learning_rate * gradient\n"


@misconception("update", "one", lesson="lessons/update_rule/#the-path", loses=(SCALES,))
def triples(parameter, gradient, learning_rate):
    """You go three times as far."""
    return parameter - 3 * learning_rate * gradient


@misconception("update", "two", lesson="lessons/update_rule/#the-path", loses=(SCALES,))
def adds_three_times(parameter, gradient, learning_rate):
    """You take the step three times."""
    return parameter - learning_rate * (gradient + gradient + gradient)


@misconception("update", "three", lesson="lessons/update_rule/#learning-rate", loses=(SCALES,))
def triples_the_rate(parameter, gradient, learning_rate):
    """You triple the rate."""
    return parameter - (3 * learning_rate) * gradient


@misconception("update", "raises", lesson="lessons/update_rule/#the-path", loses=(SCALES,))
def takes_a_sequence(parameter, gradient, learning_rate):
    """You ask a number for its length."""
    return [value - learning_rate * gradient for value in range(len(parameter))]


@misconception("update", "slow", lesson="lessons/update_rule/#the-path", loses=(SCALES,), slow=True)
def takes_its_time(parameter, gradient, learning_rate):
    """You are slow."""
    time.sleep(60)


ONE, TWO, THREE, RAISES, SLOW = _found[-5:]


@pytest.fixture(scope="module")
def checks():
    with session(EXERCISE) as checks:
        yield checks


@pytest.fixture
def diagnose(checks, monkeypatch):
    def diagnose(source, *known):
        monkeypatch.setattr(diagnosis, "of_exercise", lambda _slug: known)
        program = from_text("wrong", EXERCISE, "a", f"import numpy as np\n\n{source}")
        report, faults = checks.check(program.handed_in_by("learner-001"), "0" * 16)
        assert faults == []
        return {check.name: check.diagnosis for check in report.checks if check.outcome not in ("passed", "skipped")}

    return diagnose


WRONG = RIGHT.replace("learning_rate *", "learning_rate * 3 *")


def test_the_one_that_fits_speaks_and_says_where_to_read_on(diagnose):
    assert diagnose(WRONG, ONE)[SCALES] == "You go three times as far. Read on: lessons/update_rule/#the-path"


def test_what_was_tried_is_told_in_public_checks_before_where_to_read_on(diagnose):
    said = diagnose(WRONG, ONE)
    public = said["test_update_moves_against_the_gradient"]
    assert public.startswith(
        "You go three times as far. Tried: `update(10.0, 4.0, 0.25)` gives 7.0, where 9.0 is right."
    )
    assert public.endswith(". Read on: lessons/update_rule/#the-path")
    assert without_trial(public) == said[SCALES] == ONE.told
    assert without_trial("Tried: `f(1)` gives\n2.") == ""


def test_a_mistake_that_fits_all_checks_and_answers_no_question_is_not_named(diagnose):
    """It differs from the mistake at a parameter of 10, which no check has and a question asks for."""
    rarely = WRONG.replace("    return", "    if np.all(parameter == 10.0):\n        return parameter\n    return")
    assert diagnose(WRONG, ONE)[SCALES] == ONE.told
    assert not diagnose(rarely, ONE)[SCALES].startswith(ONE.explanation)


def test_what_the_path_shows_stands_before_two_that_fit(diagnose):
    assert diagnose(WRONG, ONE, TWO)[SCALES].startswith("Each of your steps is the right one times a factor")


def test_two_that_fit_and_no_path_say_what_they_have_in_common(diagnose, monkeypatch):
    monkeypatch.setattr("grader.grading.session.describe", lambda _slug, checks, _calls: checks)
    said = diagnose(WRONG, ONE, TWO)[SCALES]
    assert said.startswith("More than one common mistake")
    assert said.endswith("Read on: lessons/update_rule/#the-path")
    assert diagnose(WRONG, ONE, TWO, THREE)[SCALES] == ""  # nothing in common


def test_the_same_exception_in_the_same_call_fits_and_another_does_not(diagnose):
    same = """
def update(parameter, gradient, learning_rate):
    size, moved = len(parameter), []
    while len(moved) < size:
        moved.append(len(moved) - learning_rate * gradient)
    return moved
"""
    assert diagnose(same, RAISES)[SCALES].startswith("You ask a number for its length.")
    other = RIGHT.replace("return", "raise TypeError('no numbers')\n    return")
    assert diagnose(other, RAISES)[SCALES] == ""


def test_what_runs_out_of_time_just_where_time_is_measured_is_slow_and_a_loop_without_end_is_not(diagnose):
    late = RIGHT.replace("    return", "    while learning_rate > 1.4:\n        pass\n    return")
    said = diagnose(late, SLOW)
    assert {name for name, told in said.items() if told.startswith("You are slow.")} == {SCALES}
    assert set(diagnose("def update(*_):\n    while True:\n        pass\n", SLOW).values()) == {""}


def test_what_is_not_written_yet_is_no_mistake(diagnose):
    assert set(diagnose(RIGHT.replace("return", "raise NotImplementedError('update')\n    return"), ONE).values()) == {
        ""
    }


def test_two_mistakes_in_two_functions_are_both_told(diagnose):
    source = f"""{WRONG}
def descend(gradient, start, learning_rate, epochs):
    path = [start]
    for _ in range(epochs):
        path.append(path[-1] + learning_rate * gradient(path[-1]))
    return path
"""
    said = diagnose(source, ONE)
    assert said[SCALES].startswith("You go three times as far.")
    assert any(text.startswith("Your path climbs") for text in said.values())


def test_what_a_replayed_misconception_handed_out_is_let_go():
    cells = (Cell("toy.py", "def f():\n    return lambda x: x\n"),)
    session = InProcess("toy", cells)
    session.load()
    status, payload = session.request(["call", "f", [], {}])[1:3]
    assert (status, payload) == ("value", ["handle", 0, "function"])
    assert session.request(["call", 0, [1.0], {}])[1] == "value"
    session.forget()
    assert session.request(["call", 0, [1.0], {}])[1] == "raised"
