"""Stage 1, collect: by what two hand-ins are known to be the same code, however it is laid out and its variables are called.

Comments, docstrings, formatting and the names of local variables make no difference; all else does, the order of statements
too. What the stub gives is left out, so an exercise that nobody has worked on is like no other. Nothing is run or compiled: a
learner could make that as dear as they like.
"""

import ast
import hashlib
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from grader.collect.untouched import MOST, defining, is_text

LEAST = 120  # parts of a syntax tree: for less there are few ways to write it, and many find the same
_Piece = tuple[str, ...]
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_WITH_TEXT = (*_FUNCTIONS, ast.ClassDef)
_UNTOLD = ("ctx", "kind", "type_comment")  # what a parent says already, or is how it is written
_FIELDS = {
    kind: [field for field in reversed(kind._fields) if field not in _UNTOLD]
    for kind in vars(ast).values()
    if isinstance(kind, type) and issubclass(kind, ast.AST)
}


def likeness(sources: Iterable[str], stub: str) -> str:
    """Return what is the same for the same code; nothing for code that is too short, too long or no Python.

    Parameters
    ----------
    sources : iterable of str
        The file's pieces: the text of a script, or of each code cell of a notebook.
    stub : str
        The stub as it was handed out.
    """
    sources = list(sources)
    if sum(map(len, sources)) > MOST:
        return ""
    given = _of_stub(stub)
    written = [piece for source in sources for piece in _pieces(source) if piece not in given]
    if sum(map(len, written)) < LEAST:
        return ""
    return hashlib.sha256(repr(written).encode("utf-8", "surrogatepass")).hexdigest()[:12]


@lru_cache(maxsize=64)
def _of_stub(stub: str) -> frozenset[_Piece]:
    return frozenset(_pieces(stub))


@lru_cache(maxsize=256)  # of a notebook's cells most are as they were handed out
def _pieces(source: str) -> tuple[_Piece, ...]:
    return tuple(map(_normal, defining(source) or ()))


def _normal(statement: ast.stmt) -> _Piece:
    """Return the parts of a statement in order, each local variable by the place where it first appears."""
    parts: list[str] = []
    names: list[int] = []  # the places that hold names
    local: set[str] = set()
    left: list[Any] = [statement]
    while left:
        part = left.pop()
        kind = part.__class__
        if kind is ast.Name:
            names.append(len(parts))
            parts.append(part.id)
            if part.ctx.__class__ is not ast.Load:
                local.add(part.id)
        elif kind is ast.arg:
            names.append(len(parts))
            parts.append(part.arg)
            local.add(part.arg)
        elif kind is list:
            parts.append(f"[{len(part)}")
            left += reversed(part)
        elif kind in _FIELDS:
            parts.append(kind.__name__)
            for field in _FIELDS[kind]:
                value = getattr(part, field)
                left.append(value[1:] if field == "body" and kind in _WITH_TEXT and is_text(value[0]) else value)
        else:
            parts.append(repr(part))
    if isinstance(statement, _FUNCTIONS):
        numbers: dict[str, str] = {}
        for place in names:
            if parts[place] in local:
                parts[place] = numbers.setdefault(parts[place], f"${len(numbers)}")
    return tuple(parts)
