"""An exercise's checks in plain Python, for graders that know nothing of this one: as many tests, each with the same calls.

The checks are run once, on the solution. What they call, and what comes back, is written down: a test makes the calls of its
check and compares each answer with the solution's, which is as much as those checks do that work with numbers.
"""

from functools import cache
from typing import Any
from unittest import mock

import numpy as np

from grader.authoring.programs import from_text, solution_text
from grader.checking.proxy import Call, Each, SubmissionProxy
from grader.grading import session as sessions
from grader.grading.grade import Settings, open_session
from grader.manifest.contract import contract
from grader.manifest.course import load_course
from grader.sandbox import lock_name
from grader.wire.functions import Function

HELPERS = """
import numpy as np
from numpy import cos, exp, log, sin, sqrt


def agree(got, expected):
    got, expected = np.asarray(got, dtype=float), np.asarray(expected, dtype=float)
    assert got.shape == expected.shape
    assert np.allclose(got, expected, rtol=1e-8, atol=1e-11)
"""


@cache
def translated(slug: str) -> dict[str, list[str]]:
    """Return the statements of each test of an exercise, by the name of its check."""
    exercise = load_course().by_slug[slug]
    calls: list[list[Call]] = []

    class Recording(SubmissionProxy):
        def begin_check(self, *arguments: Any, **options: Any) -> None:
            super().begin_check(*arguments, **options)
            calls.append(self.calls)

    course = load_course()
    session, sandbox = open_session(course, Settings.of(course, lock_name(), (slug,)))
    with mock.patch.object(sessions, "SubmissionProxy", Recording):
        submission = from_text("right", exercise, "the solution", solution_text(exercise)).handed_in_by("learner-001")
        report, _ = session.verdict(submission, "0" * 16)
    session.close()
    sandbox.close()
    if report.score != report.max_score:
        raise RuntimeError(f"{slug}: the solution has no full marks, so its answers say nothing")
    return {check.name: list(map(_statement, some)) for check, some in zip(report.checks, calls, strict=True)}


def in_a_file(slug: str, head: str, function: str, above: str = "") -> str:
    """Return the tests as functions of a file.

    Parameters
    ----------
    slug
        The exercise.
    head
        How each function begins, `{name}` being its name: its `def`, and what must be done before the learner's functions
        can be had.
    function
        An expression for the learner's function `{name}`.
    above
        What stands first in the file.
    """
    names = list(contract(slug))
    taken = f"{', '.join(names)} = {', '.join(function.format(name=name) for name in names)}"
    parts = [f"{above}{HELPERS}"]
    for name, statements in translated(slug).items():
        parts.append("\n    ".join([head.format(name=name), taken, *statements]))
    return "\n\n\n".join(parts) + "\n"


def _statement(call: Call) -> str:
    each: list[str] = []

    def written(value: Any) -> str:
        if isinstance(value, Each):
            each.append(_literal(value.points))
            return f"each_{len(each)}"
        return _literal(value)

    arguments = [written(value) for value in call.arguments]
    arguments += [f"{name}={written(value)}" for name, value in call.options.items()]
    called = f"{call.target.target}({', '.join(arguments)})"
    if each:
        names = ", ".join(f"each_{number}" for number in range(1, len(each) + 1))
        called = f"[{called} for {names}, in zip({', '.join(each)})]"
    return f"agree({called}, {_literal(call.result)})"


def _literal(value: Any) -> str:
    if isinstance(value, Function) and value.form == "scalar":
        return f"lambda {value.variables[0]}: {value.expression.text}"
    if isinstance(value, np.ndarray):
        return f"np.array({value.tolist()!r})"
    if isinstance(value, np.generic):
        return repr(value.item())
    if isinstance(value, bool | int | float | str | list | tuple):
        return repr(value)
    raise TypeError(f"{type(value).__name__} cannot be handed to another grader's test")
