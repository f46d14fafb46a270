"""The contract's functions by name, parameters and defaults: `contract.json`, made from the stubs by `make stubs`.

A learner's kit has it too. Their own file, which was the stub once, cannot tell what a parameter should be called.
"""

import ast
import json
from dataclasses import dataclass
from functools import cache

from grader.course import PACKAGE

FILE = PACKAGE / "contract.json"


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


@cache
def contract(exercise: str) -> dict[str, Signature]:
    """Return the functions of an exercise by name; none of one that `contract.json` does not know."""
    known: dict[str, list[str]] = json.loads(FILE.read_text(encoding="utf-8"))
    return {one.name: one for one in map(_read, known.get(exercise, []))}


def _read(text: str) -> Signature:
    (function,) = ast.parse(f"def {text}: ...").body
    assert isinstance(function, ast.FunctionDef)
    parameters = tuple(argument.arg for argument in function.args.args)
    required = len(parameters) - len(function.args.defaults)
    return Signature(text, function.name, parameters, parameters[required:])
