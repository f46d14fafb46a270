"""One more question: what is asked of a function that failed, what its answers prove, and what they may not."""

import itertools

import numpy as np
import pytest

from grader.authoring.margins import session
from grader.authoring.programs import from_text, golden, solution_text
from grader.checking.report import CheckResult
from grader.checking.seeds import learner_seed
from grader.collect.submission import Cell, Submission
from grader.diagnosis import asking
from grader.diagnosis.asking import MOST_CALLS, ask, to_ask
from grader.diagnosis.mistakes import of_exercise, source
from grader.diagnosis.questions import different, meaning, questions_of, remembers
from grader.diagnosis.replay import _explains
from grader.grading.session import check_here
from grader.manifest.contract import contract
from grader.manifest.course import load_course
from grader.sandbox.inprocess import InProcess
from tests.diagnosis.test_look_alikes import update, walk, wrapped

COURSE = load_course()
EXERCISES = pytest.mark.parametrize("exercise", COURSE.exercises, ids=lambda exercise: exercise.slug)


def of_source(slug, source):
    """Return a submission of the solution with `source` behind it, and a session of it in this process."""
    cells = (Cell(f"{slug}.py", f"{solution_text(COURSE.by_slug[slug])}\nimport numpy as np\n{source}"),)
    return Submission("you", "you", slug, cells), InProcess(slug, cells)


def answers_of(slug, function, source):
    answers = {}
    ask(*of_source(slug, source), {function: ()}, answers)
    return answers[function]


def said(slug, function, source):
    """Return what the answers to all questions about one function show."""
    answers = answers_of(slug, function, source)
    return str(remembers(answers) or meaning(different(answers)) or "")


@pytest.mark.filterwarnings("ignore")
@EXERCISES
def test_every_right_program_answers_every_question_rightly(exercise, monkeypatch):
    monkeypatch.setattr(asking, "MOST_CALLS", 100)
    asked_of = dict.fromkeys(contract(exercise.slug), ())
    for program in golden(exercise):
        if program.kind != "right":
            continue
        answers = {}
        cells = program.submission.cells
        ask(program.submission, InProcess(exercise.slug, cells, program.submission.others), asked_of, answers)
        assert set(answers) == set(asked_of)
        for function, given in answers.items():
            assert [(one.question.about, one.text) for one in given if one.kind != "right"] == [], (
                program.name,
                function,
            )
            assert remembers(given) is None


@EXERCISES
def test_each_further_question_differs_from_another_in_one_argument_alone(exercise):
    for function in contract(exercise.slug):
        first, *others = questions_of(exercise.slug, function)
        assert len(others) >= 3
        assert sum(bool(other.parts_from(first)) for other in others) >= 2, function
        assert len({one.about for one in (first, *others)}) == len(others) + 1


# The words, the exercise, its function, the slip that brings them, and a program that looks like it and is another.
MEANT = [
    ("the right ones with the wrong sign", "starting_values", "slope", wrapped("slope", "return -r"), wrapped("slope", "return -r if np.ndim(r) else r")),
    ("times one and the same factor. The factor is 3.", "starting_values", "slope", wrapped("slope", "return 3 * r"), wrapped("slope", "return 3 * r if abs(r) < 5 else r")),
    ("one and the same number added. The number is 0.25", "starting_values", "objective", wrapped("objective", "return r + 0.25"), wrapped("objective", "return r + 0.25 * np.sign(r)")),
    ("the two results are the right ones, exchanged", "image_gradients", "image_gradients", wrapped("image_gradients", "return r[1], r[0]"), wrapped("image_gradients", "return r[1], r[1]")),
    ("your function returns the same, whatever is handed in", "derivatives", "average_slope", "def average_slope(f, a, b): return 2.5\n", "def average_slope(f, a, b): return min(f(b) - f(a), 2.5)\n"),
    ("With another `b` your answer stays the same, and should not", "derivatives", "average_slope", "def average_slope(f, a, b): return f(a) + 1\n", "def average_slope(f, a, b): return (f(b) - f(a)) / b\n"),
    ("With twice the rate your answer stays the same, and should not", "update_rule", "descend", walk("x = x - 0.3 * gradient(x)", start="start"), walk("x = start", start="start")),
    ("is right at 0.5, and at 1".replace(", and at", ", at"), "starting_values", "objective", "import math\ndef objective(x): return math.cos(2 * math.pi * x) + x**2\n", wrapped("objective", "return r + 1")),
    ("ends in an exception at an array", "starting_values", "objective", "import math\ndef objective(x): return math.cos(2 * math.pi * x) + x**2\n", "def objective(x): return x / 'a'\n"),
    ("returns nothing for diag(1, -3)", "starting_values", "classify_critical_point", wrapped("classify_critical_point", "if r != 'saddle': return r"), wrapped("classify_critical_point", "pass")),
    ("has another type or shape for one update", "optimizers", "adam", wrapped("adam", "return r[1:] if len(r) == 2 else r"), wrapped("adam", "return r + 1")),
    ("something is kept from call to call", "starting_values", "objective", "_n = []\n" + wrapped("objective", "_n.append(0)", "return r + len(_n)"), wrapped("objective", "return r + np.nan")),
]  # fmt: skip


@pytest.mark.parametrize(("words", "slug", "function", "slip", "alike"), MEANT, ids=[one[0][:50] for one in MEANT])
def test_answers_prove_what_is_said_and_not_of_what_only_looks_like_it(words, slug, function, slip, alike):
    assert words in said(slug, function, slip)
    assert words not in said(slug, function, alike)


def test_one_answer_alone_is_no_sign_and_no_factor():
    """All answers are wrong, and only one of them is the right one times -1."""
    alone = wrapped("slope", "return -r if np.ndim(r) == 0 and abs(r) == 2.0 else r - 0.1 - r**2")
    assert "Tried: " in said("starting_values", "slope", alone)
    assert not said("starting_values", "slope", alone).startswith("In each simple case")


def test_of_a_function_that_returns_nothing_or_always_ends_in_an_exception_its_message_says_all():
    for body in ("return None", "raise ValueError('no')", "return 'text'"):
        assert said("starting_values", "slope", wrapped("slope", body)) == ""
    for body in ("return 7", "return [[float('inf')]]", "return [print]", "return 'text'"):  # in place of batches
        assert "our function is right" not in said("stochastic_descent", "minibatches", wrapped("minibatches", body))


def test_a_right_function_that_failed_in_a_rare_case_is_told_what_was_right():
    rare = wrapped("slope", "return r + (np.abs(x := np.asarray(a[0])) > 2.5) * 1.0")
    assert said("starting_values", "slope", rare).startswith("Your function is right in each simple case")


# Pairs of misconceptions that checks part, and simple numbers do not.
PARTED_BY_CHECKS = {
    ("keeps the end nearest to 0", "looks for the leftmost end"),
    ("keeps the factor 2", "takes the answer for its slope"),
    ("divides the slopes", "divides, but not by zero"),
    ("compares each slope alone", "looks along the columns only"),
    ("compares each slope alone", "misses falling slopes"),
    ("looks along the columns only", "misses falling slopes"),
    ("adds a little to the length", "takes a small gradient for zero"),
}


@pytest.mark.filterwarnings("ignore")
@EXERCISES
def test_a_misconception_is_not_taken_for_another_one_of_the_same_function(exercise):
    """Each of the others looks like it: it gives other answers to the questions, so it is not called by its name."""
    known = [one for one in of_exercise(exercise) if not one.slow]
    given = {one: answers_of(exercise.slug, one.function, source(one)) for one in known}
    alike = set()
    for one, other in itertools.combinations(known, 2):
        mistaken = any(answer.kind != "right" for answer in given[one])
        if one.function == other.function and mistaken:
            answered = all(_explains(one, exercise, answer.calls, False) for answer in given[other])
            alike |= {tuple(sorted((one.name, other.name)))} if answered else set()
    assert alike <= PARTED_BY_CHECKS


@pytest.fixture(scope="module")
def in_class():
    """Give a function that grades the solution of exercise 2 with `source` behind it; the checks that it does not pass, by name."""
    exercise = COURSE.by_slug["update_rule"]
    with session(exercise) as checks:

        def graded(source):
            program = from_text("wrong", exercise, "a", f"{solution_text(exercise)}\n{source}")
            report, faults = checks.check(
                program.handed_in_by("learner-001"), learner_seed("q", "learner-001", exercise.slug)
            )
            assert faults == []
            return report, {one.name: one for one in report.checks if one.outcome not in ("passed", "skipped")}

        yield graded


def test_where_hidden_checks_alone_failed_no_question_is_shown(in_class, monkeypatch):
    monkeypatch.setattr("grader.diagnosis.replay.of_exercise", lambda _slug: ())
    first_alone = update("np.ravel(parameter - learning_rate * gradient)[0]")
    _, lost = in_class(first_alone)
    own = [one for name, one in lost.items() if name.startswith("test_update_")]
    assert own
    assert all(one.hidden and "Tried: " not in one.diagnosis for one in own)
    assert any("another type or shape for arrays" in one.diagnosis for one in own)
    _, lost = in_class(update("parameter + learning_rate * gradient"))
    assert "Tried: " in lost["test_update_moves_against_the_gradient"].diagnosis
    assert not any("Tried: " in one.diagnosis for one in lost.values() if one.hidden)


def test_the_same_hand_in_is_asked_the_same_and_told_the_same(in_class):
    source = walk("x = x - 0.1 * gradient(x)", start="start")
    reports = [in_class(source)[0] for _ in range(2)]
    assert [one.diagnosis for one in reports[0].checks] == [one.diagnosis for one in reports[1].checks]


def test_a_question_without_an_answer_costs_itself_and_no_verdict(in_class, monkeypatch):
    monkeypatch.setattr(asking, "LIMIT_S", 0.5)
    monkeypatch.setattr("grader.diagnosis.replay.of_exercise", lambda _slug: ())
    endless = walk("x = x + learning_rate * gradient(x)", start="start").replace(
        "    path =", "    while gradient(0.0) == 2.0:\n        pass\n    path ="
    )  # of all gradients only that of a question is 2 at 0
    report, lost = in_class(endless)
    assert report.status == "graded"
    assert report.left_out == ()  # which would be a fault of the grader's
    assert lost["test_descend_slides_into_the_bowl"].diagnosis.startswith("Your path climbs: each step")


def test_a_reason_that_fits_the_check_and_not_the_answers_is_none():
    """Both lead from 3 to 1, where the slope is 2: as the whole gradient does, and as half its square."""
    exercise = COURSE.by_slug["update_rule"]
    for body, whole in (("parameter - gradient", True), ("parameter - gradient**2 / 2", False)):
        report, _ = check_here(
            exercise, *of_source("update_rule", update(body)), learner_seed("", "you", "update_rule")
        )
        (lost,) = [one for one in report.checks if one.outcome == "failed"]
        assert lost.diagnosis.startswith("Your step is the whole gradient, whatever the rate is") == whole


def test_a_step_that_is_right_once_is_not_always_twice_as_long():
    """From 3, the check's own parameter, the step is twice as long; in all simple cases but one it is right."""
    exercise = COURSE.by_slug["update_rule"]
    now_and_then = "parameter - learning_rate * gradient * (2 if np.all(abs(parameter) == 3.0) else 1)"
    for body, always in (("parameter - 2 * learning_rate * gradient", True), (now_and_then, False)):
        report, _ = check_here(
            exercise, *of_source("update_rule", update(body)), learner_seed("", "you", "update_rule")
        )
        (lost,) = [one for one in report.checks if one.outcome == "failed"]
        assert lost.diagnosis.startswith("Each of your steps is twice as long as it should be.") == always


class Counted(InProcess):
    """A session that counts its requests, and those that are made again."""

    def __init__(self, *own):
        super().__init__(*own)
        self.calls, self.fresh = [], []

    def again(self, _limit_s):
        self.fresh.append(Counted(*self._own))
        return self.fresh[-1]

    def request(self, request):
        self.calls += [request] if request[0] == "call" else []
        return super().request(request)


@pytest.mark.parametrize("slug", ["optimizers", "derivatives", "update_rule"])
def test_ten_calls_at_most_of_one_fresh_worker_and_none_where_nothing_failed(slug):
    exercise = COURSE.by_slug[slug]
    for wrong, fails in (("", False), ("".join(wrapped(name, "return 7.25") for name in contract(slug)), True)):
        submission, _ = of_source(slug, wrong)
        counted = Counted(slug, submission.cells)
        report, _ = check_here(exercise, submission, counted, learner_seed("", "you", slug))
        assert any(one.outcome != "passed" for one in report.checks) == fails
        assert len(counted.fresh) == fails
        assert all(0 < len(one.calls) <= MOST_CALLS for one in counted.fresh)


def test_a_function_that_calls_a_wrong_one_is_not_asked_and_those_of_public_checks_come_first():
    calls = {
        name: answers_of("update_rule", function, "")[0].calls
        for name, function in (("a", "descend"), ("b", "descend_until"), ("c", "update"), ("d", "update"))
    }

    def failed(name, hidden, outcome="failed"):
        return CheckResult(name, "", 0.0, 1.0, outcome, hidden)

    checks = [failed("a", hidden=True), failed("b", hidden=True), failed("c", hidden=False)]
    functions = to_ask(checks, calls, lambda _name: set())
    assert [(name, seen is not None) for name, seen in functions.items()] == [
        ("update", True),
        ("descend", False),
        ("descend_until", False),
    ]
    assert list(to_ask(checks, calls, lambda name: {"update"} - {name})) == ["update"]
    dear = [*checks, failed("d", hidden=True, outcome="timeout")]
    assert list(to_ask(dear, calls, lambda _name: set())) == ["descend", "descend_until"]


def test_what_a_public_check_had_asked_is_asked_alone_and_so_a_memory_shows(in_class, monkeypatch):
    """The second call of the function is wrong, and it is the one that the check makes."""
    monkeypatch.setattr("grader.diagnosis.replay.of_exercise", lambda _slug: ())
    first = "_n = []\n" + wrapped("descend", "_n.append(r)", "return _n[0]")
    other = wrapped("descend", "return r if k.get('epochs') != 2 else r[:-1]")
    for kind, keeps in ((first, True), (other, False)):
        _, lost = in_class(kind)
        said = lost["test_descend_slides_into_the_bowl"].diagnosis
        assert said.startswith("The same call does not always give the same answer") == keeps
        assert ("in the check, and gives array([0.1 , 0.4 , 0.475]) alone." in said) == keeps


def test_a_formula_or_an_array_that_is_equal_in_another_form_is_the_same_answer():
    forms = wrapped(
        "polynomial_derivative", "return tuple(map(float, r)) if len(r) > 2 else np.array(r, dtype=np.float32)"
    )
    assert {one.kind for one in answers_of("derivatives", "polynomial_derivative", forms)} == {"right"}
    expanded = wrapped("symbolic_derivative", "return sp.expand(r * 2) / 2")
    assert {one.kind for one in answers_of("derivatives", "symbolic_derivative", expanded)} == {"right"}
    assert np.isfinite(questions_of("optimizers", "adam")[4].right).all()
