"""Why a check failed: the learner's recorded behaviour, compared with each misconception on the same inputs.

A misconception explains a function when it gives the learner's own results for every call, in every check that the
function failed. Where two explain equally well, only what they have in common is said. One that is merely slow explains a
function that ran out of time in just the checks that are there to measure it, and failed no other.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from grader.checking.expect import as_numbers
from grader.checking.kept import of_integers
from grader.checking.outcomes import CheckEnded, LearnerRaised
from grader.checking.proxy import Call, Each, RemoteFunction, SubmissionProxy
from grader.checking.report import CheckResult
from grader.collect.submission import Cell, Submission
from grader.diagnosis.asking import UNWRITTEN
from grader.diagnosis.dynamics import DIAGNOSED
from grader.diagnosis.mistakes import Misconception, of_exercise, source
from grader.diagnosis.questions import Answer, different, tried
from grader.manifest.course import Exercise
from grader.sandbox.inprocess import InProcess
from grader.wire.expression import Expression, ExpressionError

MAX_SYMBOLS = 20  # of a formula that is compared: no exercise has as many
NO_INDICES = "It did not return a sequence of integers."  # of `grader.checking.expect`
RTOL = 1e-8  # wrong code may order its roundings otherwise than the misconception does, and no more
MOST_POINTS = 20  # of those that a call was made with one by one: a misconception may be slow


def diagnose(
    exercise: Exercise,
    checks: Sequence[CheckResult],
    calls: dict[str, list[Call]],
    answers: Mapping[str, Sequence[Answer]],
) -> tuple[CheckResult, ...]:
    """Return the checks with a diagnosis where misconceptions explain what a function did.

    What is there already, from the dynamics, gives way to the one misconception that explains.

    Parameters
    ----------
    calls
        What each check that failed had called, in order.
    answers
        What the functions that failed have answered to further questions: a misconception must give the same to each.
    """
    late, failed = _by_function(checks, calls, ("timeout",)), _by_function(checks, calls, DIAGNOSED)
    explained: dict[str, str] = {}
    not_passed = {check.name for check in checks if check.outcome != "passed"}
    for function, lost in (late | failed).items():
        known = [misconception for misconception in of_exercise(exercise) if misconception.function == function]
        if function in failed:
            of_integers_only = any(NO_INDICES in check.message for check in lost)
            fitting = [
                misconception
                for misconception in known
                if set(misconception.loses) <= not_passed  # it would have lost these too
                and all(_explains(misconception, exercise, calls[check.name], of_integers_only) for check in lost)
                and all(
                    _explains(misconception, exercise, one.calls, of_integers_only) for one in answers.get(function, ())
                )
            ]
        else:
            fitting = [one for one in known if one.slow and set(one.loses) == {check.name for check in lost}]
        said = _in_common(fitting)
        proved = fitting[0].told_with(tried(different(answers.get(function, ())))) if len(fitting) == 1 else said
        for check in lost:
            if said and (len(fitting) == 1 or not check.diagnosis):
                explained[check.name] = said if check.hidden else proved
    return tuple(replace(check, diagnosis=explained.get(check.name, check.diagnosis)) for check in checks)


def prepare(exercise: Exercise) -> None:
    """Load the misconceptions of an exercise, which are kept: not while a clock runs that may stop it half-way."""
    for misconception in of_exercise(exercise):
        _run(misconception, exercise)


def _by_function(
    checks: Sequence[CheckResult], calls: dict[str, list[Call]], outcomes: Sequence[str]
) -> dict[str, list[CheckResult]]:
    """Return the checks that ended so, by the function that they tried; none of one that is not written yet."""
    found: dict[str, list[CheckResult]] = {}
    for check in checks:
        made = calls.get(check.name)
        if check.outcome in outcomes and made and not made[-1].raised.startswith(UNWRITTEN):
            found.setdefault(made[0].target.origin, []).append(check)
    return found


def _in_common(fitting: Sequence[Misconception]) -> str:
    """Return what the misconceptions that fit say together: one speaks for itself, several name the lesson they share."""
    if len(fitting) == 1:
        return fitting[0].told
    lessons = {misconception.lesson for misconception in fitting}
    if len(lessons) != 1 or "" in lessons:
        return ""
    said = "More than one common mistake gives just these results; all of them belong to the same section."
    return f"{said} Read on: {lessons.pop()}"


@cache
def _run(misconception: Misconception, exercise: Exercise) -> tuple[SubmissionProxy, InProcess]:
    """Return the misconception as a submission, the solution with its one function replaced, and where it runs."""
    solution = exercise.solution
    text = solution.read_text(encoding="utf-8") if solution.exists() else "import numpy as np\nimport sympy as sp\n"
    cells = (Cell(f"{exercise.slug}.py", f"{text}\n{source(misconception)}\n"),)
    submission = Submission("misconception", "misconception", exercise.slug, cells)
    session = InProcess(f"misconception_{exercise.slug}", cells)
    proxy = SubmissionProxy(submission, session)
    with suppress(CheckEnded):  # which each call then says
        proxy.load()
    return proxy, session


def _explains(misconception: Misconception, exercise: Exercise, calls: Sequence[Call], of_integers_only: bool) -> bool:
    proxy, session = _run(misconception, exercise)
    proxy.begin_check(hidden=True)  # it serves a whole class: the calls of the learner before are forgotten
    session.forget()
    returned: dict[RemoteFunction, RemoteFunction] = {}  # the learner's returned functions, and this run's

    def here(value: Any) -> Any:
        return returned.get(value, value) if isinstance(value, RemoteFunction) else value

    for call in calls:
        function = returned.get(
            call.target, RemoteFunction(proxy, call.target.target, call.target.text, call.target.origin)
        )
        options = {name: here(value) for name, value in call.options.items()}
        arguments, seen = tuple(map(here, call.arguments)), call.result
        if not call.raised and (not call.answered or seen is None):
            return False  # a function that is not there, or returned nothing, has no other mistake to be told
        if any(isinstance(one, Each) for one in (*arguments, *options.values())):
            arguments, options = tuple(map(_few, arguments)), {name: _few(one) for name, one in options.items()}
            seen = (
                seen[:MOST_POINTS] if isinstance(seen, list) or (isinstance(seen, np.ndarray) and seen.ndim) else seen
            )
        try:
            result = proxy.call(function, arguments, options)
        except LearnerRaised as raised:
            return raised.said.split() == call.raised.split()  # the check ended there; public ones tell it in one line
        except CheckEnded:
            return False
        if call.raised or not _categories(proxy.warned()) <= _categories(call.warned):
            return False
        if not set(proxy.calls[-1].changed) <= set(call.changed):  # what else they change in place is told anyway
            return False
        if isinstance(seen, RemoteFunction) and isinstance(result, RemoteFunction):
            returned[seen] = result
        elif not same(seen, result) or (of_integers_only and of_integers(seen) != of_integers(result)):
            return False  # floats in place of indices are another mistake
    return True


def _few(value: Any) -> Any:
    return Each(value.points[:MOST_POINTS]) if isinstance(value, Each) else value


def _categories(warned: Sequence[str]) -> set[str]:
    return {text.partition(":")[0] for text in warned}


def same(one: Any, other: Any) -> bool:
    """Tell whether two results are the same value, up to rounding and to the form of a number or a formula."""
    numbers, others = as_numbers(one), as_numbers(other)
    if numbers is not None or others is not None:
        return numbers is not None and others is not None and _close(numbers, others)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(same(a, b) for a, b in zip(one, other, strict=True))
    if isinstance(one, Expression) and isinstance(other, Expression):
        names = sorted(one.symbols | other.symbols)
        if len(names) > MAX_SYMBOLS:
            return False
        values = {name: 0.3 + 0.17 * index + np.linspace(0.1, 1.0, 5) for index, name in enumerate(names)}
        try:
            return _close(one.evaluate(**values), other.evaluate(**values))
        except ExpressionError:
            return False
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):  # of True and False
        return one.dtype == other.dtype and np.array_equal(one, other)
    # Of two values whose type cannot cross nothing is known but that type. Python's own `==` may be asked about no others.
    return type(one) is type(other) and isinstance(one, bool | str | None) and one == other


def _close(one: Any, other: Any) -> bool:
    return one.shape == other.shape and bool(np.allclose(one, other, rtol=RTOL, atol=1e-11, equal_nan=True))
