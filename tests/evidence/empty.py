"""Programs that do nothing of their task: the right form of every answer, and no meaning in it.

Each is made of the solution, whose answers say which form is asked for: how many rows, a tuple of which length, a function.
"""

import ast
from collections.abc import Iterator

from grader.authoring.programs import Program, from_text, solution_text
from grader.manifest.course import Exercise

# How the parts of an answer are replaced; what a kind does not know it makes zero.
KINDS = ("zeros", "ones", "start", "first", "noise", "noise after the start", "frozen noise", "empty")
WRAPPER = '''
import functools, inspect
import numpy as np
import sympy as sp

RIGHT = {{"__name__": "right"}}
exec({solution!r}, RIGHT)
KIND, TEXT = {kind!r}, {text!r}
CHANCE = np.random.default_rng(0)


def numbers(value, given):
    """Return meaningless numbers of the shape of `value`."""
    path = value.ndim > 0 and {{"epochs", "max_epochs", "n_steps"}} & set(given)
    if KIND == "ones":
        return np.ones(value.shape)
    if KIND == "start":
        return np.repeat(value[:1], len(value), axis=0) if path else np.zeros(value.shape)
    if KIND == "first":
        first = next(iter(given.values()), None)
        if isinstance(first, (int, float, list, tuple, np.ndarray)):
            first = np.array(first, dtype=float)
            if first.shape == value.shape:
                return first
    if "noise" in KIND:
        chance = np.random.default_rng(1) if KIND == "frozen noise" else given.get("rng", CHANCE)
        if value.dtype.kind in "iu":
            return chance.integers(0, value.max(initial=0) + 1, size=value.shape)
        drawn = chance.normal(size=value.shape)
        if KIND == "noise after the start" and path:
            drawn[0] = value[0]
        return drawn
    return np.zeros(value.shape)


def empty(value, given):
    """Return what has the form of `value`, and no meaning."""
    if KIND == "right":
        return value
    first = next(iter(given.values()), None)
    if isinstance(value, (tuple, list)):
        return type(value)(() if KIND == "empty" else (empty(part, given) for part in value))
    if isinstance(value, str):
        return TEXT
    if callable(value) and not isinstance(value, sp.Basic):
        if KIND == "first" and callable(first):
            return first
        return wrapped(value, {{}})
    if isinstance(value, sp.Basic):
        if KIND == "empty":
            return None
        return first if KIND == "first" else sp.Float(float(numbers(np.array(1.0), {{}})))
    if isinstance(value, np.ndarray):
        if KIND == "empty":
            return value[:0]
        made = numbers(value, given)
        return made > 0.5 if value.dtype.kind == "b" else made.astype(int) if value.dtype.kind in "iu" else made
    return None if KIND == "empty" else float(numbers(np.array(float(value)), given))


def wrapped(function, more):
    @functools.wraps(function)
    def call(*arguments, **options):
        try:
            bound = inspect.signature(function).bind(*arguments, **options)
            bound.apply_defaults()
            given = dict(bound.arguments)
        except (TypeError, ValueError):
            given = dict(enumerate(arguments))
        chance = given.get("rng")
        if chance is not None and KIND != "right":  # the solution draws from another one
            arguments = [np.random.default_rng(0) if one is chance else one for one in arguments]
            options = {{key: np.random.default_rng(0) if one is chance else one for key, one in options.items()}}
        return empty(function(*arguments, **options), given)
    return call


for NAME in {names!r}:
    globals()[NAME] = wrapped(RIGHT[NAME], {{}})
'''


def emptied(exercise: Exercise, kind: str, text: str = "") -> Program:
    """Return the program of one kind, whose texts are all `text`; of the kind "right" it is the solution, wrapped."""
    solution = solution_text(exercise)
    names = [node.name for node in ast.parse(solution).body if isinstance(node, ast.FunctionDef)]
    source = WRAPPER.format(solution=solution, kind=kind, text=text, names=names)
    return from_text("empty", exercise, f"{kind} {text}".strip(), source)


def empty_programs(exercise: Exercise) -> Iterator[Program]:
    """Yield a program of each kind, and one for each text that the solution may answer with."""
    tree = ast.parse(solution_text(exercise))
    texts = sorted(
        node.value
        for function in tree.body
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier()
    )
    yield from (emptied(exercise, kind) for kind in KINDS)
    yield from (emptied(exercise, "zeros", text) for text in texts)
