"""The contract's functions by name, parameters and defaults, as the pristine stubs define them.

A learner's own file, which was the stub once, cannot tell what a parameter should be called.
"""

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from grader.manifest.course import load_course

# Of a learner's function: its name, its kind as `inspect` calls it, whether it has a default.
Parameter = tuple[str, str, bool]


@dataclass(frozen=True)
class Signature:
    """How the contract has a function called."""

    text: str  # such as "descend(gradient, start, learning_rate, epochs)"
    name: str
    parameters: tuple[str, ...]
    optional: tuple[str, ...]  # those of them, the last ones, that have a default


def signatures(source: str) -> list[str]:
    """Return the signatures of a module's public functions, as messages quote them."""
    return [
        f"{node.name}({ast.unparse(node.args)})"
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]


def contract(slug: str) -> dict[str, Signature]:
    """Return the functions of an exercise by name; none of one that the course does not know."""
    exercise = load_course().by_slug.get(slug)
    return {} if exercise is None else _of_stub(exercise.stub)


@cache
def _of_stub(stub: Path) -> dict[str, Signature]:
    return {one.name: one for one in map(_read, signatures(stub.read_text(encoding="utf-8")))}


def misfit(wanted: Signature, parameters: Sequence[Parameter]) -> str:
    """Return why a function cannot be called as the contract says, and what to do; nothing if it can."""
    told = [name for name, _, _ in parameters]
    if any(kind.startswith("VAR") for _, kind, _ in parameters):
        return ""  # `*arguments` and `**options` take what comes
    for sign, kind in (("/", "POSITIONAL_ONLY"), ("*", "KEYWORD_ONLY")):
        if any(kind == one for name, one, _ in parameters if name in wanted.parameters):
            return f"take the `{sign}` out of its parameters"
    if len(told) < len(wanted.parameters):
        missing = [name for name in wanted.parameters if name not in told] or list(wanted.parameters)
        return f"its parameter `{missing[-1]}` is missing"
    if told[: len(wanted.parameters)] != list(wanted.parameters):
        pairs = zip(wanted.parameters, told, strict=False)
        renamed = [f"`{name}`, not `{other}`" for name, other in pairs if name not in told]
        return f"name its parameter {', and '.join(renamed)}" if renamed else "its parameters come in another order"
    beyond = [name for name, _, optional in parameters[len(wanted.parameters) :] if not optional]
    if beyond:
        return f"its parameter `{beyond[0]}` is one too many"
    fixed = [name for name, _, optional in parameters if name in wanted.optional and not optional]
    return f"give its parameter `{fixed[0]}` the default" if fixed else ""


def _read(text: str) -> Signature:
    (function,) = ast.parse(f"def {text}: ...").body
    assert isinstance(function, ast.FunctionDef)
    parameters = tuple(argument.arg for argument in function.args.args)
    required = len(parameters) - len(function.args.defaults)
    return Signature(text, function.name, parameters, parameters[required:])
