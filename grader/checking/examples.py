"""Stage 3: the examples of an exercise's docstrings, tried on a learner's functions: what is shown there must be so.

Text and values come from the pristine stub, never from the learner's copy. An example runs where the learner's code
runs, and its value is compared here. It costs no points.
"""

import ast
import doctest
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import sympy as sp

from grader.checking.expect import as_numbers, excess, expect
from grader.checking.outcomes import CheckFailed, LearnerRaised
from grader.checking.proxy import UNTRIED, SubmissionProxy
from grader.wire.show import show

RTOL, ATOL = 1e-6, 1e-8  # NumPy prints eight digits, and single precision keeps seven
# Where an array that was printed has blanks between its elements, Python wants commas.
_BETWEEN = re.compile(r"(?<=[\w.\]])\s+(?=-?[\w.\[])")


@dataclass(frozen=True)
class Example:
    """One value that a docstring shows."""

    function: str  # whose docstring it is
    text: str  # as it stands there
    setup: str  # what has to run before
    expression: str  # whose value is shown
    shown: str  # that value, as it stands there


def try_out(submission: SubmissionProxy, stub: Path, told: Collection[str]) -> tuple[int, list[str]]:
    """Compare what the examples give with what the docstrings show.

    Parameters
    ----------
    submission : SubmissionProxy
        The learner's functions.
    stub : Path
        The pristine stub.
    told : collection of str
        Functions that a check has found not to be right: nothing more is said of these.

    Returns
    -------
    tried : int
        How many could be tried.
    waiting : list of str
        The functions of which none was, for they are among those told of, or are not written yet.

    Raises
    ------
    CheckFailed
        If one gives something else.
    LearnerRaised
        If the learner's own code raises an exception.
    NoAnswer
        If it does not end, or its process dies.
    """
    tried, waiting = 0, list[str]()
    for example in examples(stub):
        if example.function in told:
            waiting.append(example.function)
            continue
        try:
            got = submission.example(example.function, example.text, example.setup, example.expression)
        except LearnerRaised as raised:
            if not told or not raised.said.startswith(NotImplementedError.__name__):
                raise
            waiting.append(example.function)
            continue
        if got is not UNTRIED:
            tried += 1
            printed = type(got) is str and got == example.shown
            if not printed and not agrees(got, value_of(example.shown)):
                nothing = "It returned nothing: is `return` missing? " * (got is None)
                sentence = f"{nothing}That is the example in the docstring of `{example.function}`."
                failed = CheckFailed(sentence, got, show(got), " ".join(example.shown.split()))
                failed.public = f"{example.text}\n{failed.public}"
                raise failed
    return tried, waiting


@cache
def examples(stub: Path) -> tuple[Example, ...]:
    """Return the examples in the docstrings of a stub's functions, in order."""
    tree = ast.parse(stub.read_text(encoding="utf-8"))
    imports = "".join(f"{ast.unparse(node)}\n" for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom))
    found = []
    for function in tree.body:
        if not isinstance(function, ast.FunctionDef):
            continue
        text, setup = "", imports
        for example in doctest.DocTestParser().get_examples(ast.get_docstring(function) or ""):
            text += example.source
            if example.want:
                expression = _shown_in(example.source.strip())
                found.append(Example(function.name, text.rstrip(), setup, expression, example.want.strip()))
                text = ""
            else:
                setup += example.source
    return tuple(found)


def _shown_in(source: str) -> str:
    """Return the expression whose value is shown: of `print(a)` it is `a`, and of `print(a, b)` it is `(a, b)`."""
    call = ast.parse(source, mode="eval").body
    if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "print":
        return f"({', '.join(map(ast.unparse, call.args))})"
    return source


class _Names(dict[str, Any]):
    """What a value's text may name: NumPy's array, and any other name for a symbol."""

    def __missing__(self, name: str) -> Any:
        return sp.Symbol(name)


def value_of(shown: str) -> Any:
    """Return the value that a docstring shows, or its text where it is no more than that."""
    try:
        return eval(_BETWEEN.sub(", ", shown), {"__builtins__": {}}, _Names(array=np.array))  # noqa: S307  # the course's own
    except (SyntaxError, TypeError):
        return shown


def agrees(got: Any, expected: Any) -> bool:
    """Return whether a learner's value is what is shown, in any form that the contract takes."""
    if isinstance(expected, str | bool):
        return type(got) is type(expected) and bool(got == expected)
    if isinstance(expected, sp.Basic):
        symbols = dict.fromkeys(sorted(expected.free_symbols, key=str), (0.5, 2.0))
        try:
            expect(got).expression(expected, symbols, np.random.default_rng(0))
        except CheckFailed:
            return False
        return True
    numbers = as_numbers(expected, truths=True)
    if numbers is None:  # formulas, or numbers and arrays beside each other
        same = isinstance(got, list | tuple) and len(got) == len(expected)
        return same and all(agrees(*pair) for pair in zip(got, expected, strict=True))
    found = as_numbers(got, truths=True)
    return found is not None and found.shape == numbers.shape and excess(found, numbers, RTOL, ATOL) <= 1
