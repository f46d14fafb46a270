"""How a program is asked: in a process of its own, each function with cases from its contract, first in order, then shuffled."""

import __future__

import ast
import builtins
import contextlib
import copy
import importlib
import io
import itertools
import os
import pickle
import random
import signal
import sys
import time
import types
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import sympy as sp

from grader.manifest.contract import contract
from tests.evidence.oracle.answers import Array, Wrong, is_sequence, shown

PATIENCE_S = 10  # of computing time for one function; the right programs take a second or two
SEED = "oracle"


@dataclass(frozen=True)
class Case:
    """One call, and what its answer must be."""

    given: dict[str, Any]  # by name, in the order of the parameters
    check: Callable[[Any], None]


@dataclass(frozen=True)
class Scene:
    """Several calls that belong together; it raises `Wrong` by itself."""

    play: Callable[[Callable[..., Any]], None]


Source = Iterable[str]  # a program's cells


def judged(cells: Source, slug: str, functions: Iterable[str] | None = None) -> dict[str, str]:
    """Return what is wrong in which function: one sentence each; a function that is right is not there.

    Parameters
    ----------
    functions
        Which ones are asked; all of the contract's if left out.
    """
    functions = list(contract(slug) if functions is None else functions)
    for name in functions:
        cases_of(slug, name)  # once, and not in each process
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            with os.fdopen(writing, "wb") as pipe:
                pickle.dump(_ask_all(list(cells), slug, functions), pipe)
        finally:
            os._exit(0)
    os.close(writing)
    os.set_blocking(reading, False)
    said = _heard(reading, child, time.monotonic() + 10 * PATIENCE_S * (len(functions) + 1))
    os.close(reading)
    return pickle.loads(said) if said else dict.fromkeys(functions, "its process ended without an answer")


def _heard(pipe: int, child: int, deadline: float) -> bytes:
    """Return all that a child writes until it ends; a child that never ends is ended."""
    said = b""
    while True:
        with contextlib.suppress(BlockingIOError):
            piece = os.read(pipe, 65536)
            said += piece
            if not piece:
                os.waitpid(child, 0)
                return said
        if time.monotonic() > deadline:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return b""
        time.sleep(0.001)


def _ask_all(cells: list[str], slug: str, functions: list[str]) -> dict[str, str]:
    warnings.simplefilter("ignore")
    np.seterr(all="ignore")
    sys.stdout = sys.stderr = io.StringIO()
    signal.signal(signal.SIGPROF, _time_is_up)
    sys.setrecursionlimit(20_000)  # how deep a recursion may go, the contract does not say
    statements = list(_statements(cells, slug))
    found = {}
    for name in functions:
        signal.setitimer(signal.ITIMER_PROF, PATIENCE_S)
        try:
            module = types.ModuleType(slug)
            module.__dict__["__builtins__"] = builtins
            sys.modules[slug] = module  # dataclasses and annotations look their module up
            for statement in statements:
                with contextlib.suppress(Exception):  # as the grader: what fails is left out, and the rest is asked
                    exec(statement, module.__dict__)
            _ask(module.__dict__[name], cases_of(slug, name), contract(slug)[name].parameters)
        except Wrong as wrong:
            found[name] = str(wrong)
        except _Endless:
            found[name] = f"it takes longer than {PATIENCE_S} s"
        except BaseException as error:  # whatever a learner's code raises while it is loaded
            found[name] = f"{type(error).__name__}: {error}"
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    return found


def _statements(cells: list[str], slug: str) -> Iterator[types.CodeType]:
    """Yield a program's statements, one by one; a cell that cannot be compiled defines nothing."""
    for cell in cells:
        flags = __future__.annotations.compiler_flag if "from __future__ import annotations" in cell else 0
        with contextlib.suppress(SyntaxError):
            for statement in ast.parse(cell).body:
                yield compile(ast.Module([statement], []), slug, "exec", flags=flags)


@cache
def cases_of(slug: str, name: str) -> list[Case | Scene]:
    module = importlib.import_module(f"tests.evidence.oracle.contract.{slug}")
    return list(getattr(module, name)(random.Random(f"{SEED} {name}")))


class _Endless(BaseException):
    pass


def _time_is_up(*_: object) -> None:
    raise _Endless


def _ask(function: Callable[..., Any], cases: list[Case | Scene], parameters: Sequence[str]) -> None:
    """Ask all cases in order by position, then all again in another order by keyword: no call may depend on earlier ones."""
    for case in cases:
        _one(function, case, parameters)
    for case in random.Random(SEED).sample(cases, len(cases)):
        _one(function, case, ())


def _one(function: Callable[..., Any], case: Case | Scene, by_position: Sequence[str]) -> None:
    """Ask one case; the first arguments go by position as long as their names are these."""
    if isinstance(case, Scene):
        case.play(function)
        return
    given = {name: copied(value) for name, value in case.given.items()}
    call = ", ".join(f"{name}={_named(value)}" for name, value in case.given.items())
    try:
        leading = list(itertools.takewhile(lambda pair: pair[0] == pair[1], zip(given, by_position, strict=False)))
        options = {name: value for name, value in given.items() if (name, name) not in leading}
        answer = function(*(given[name] for name, _ in leading), **options)
        for name, value in case.given.items():
            if not unchanged(given[name], value):
                raise Wrong(f"it changes `{name}` to {shown(given[name])}")
        case.check(answer)
    except Exception as error:
        kind = "" if isinstance(error, Wrong) else f"{type(error).__name__}: "
        raise Wrong(f"({call}): {kind}{error}") from None


def _named(value: Any) -> str:
    return str(value.__doc__ or value.__name__) if isinstance(value, types.FunctionType) else shown(value)


def copied(value: Any) -> Any:
    """Return a copy to be handed in; formulas are immutable, and functions keep what they keep."""
    if isinstance(value, sp.Basic | types.FunctionType):
        return value
    if isinstance(value, list | tuple):
        return type(value)(map(copied, value))
    return copy.deepcopy(value)


def unchanged(given: Any, before: Any) -> bool:
    if isinstance(before, np.random.Generator):
        return True  # drawing from it is what it is for
    if isinstance(before, np.ndarray):
        return _same(given, before)
    if is_sequence(before) and not isinstance(before, sp.Basic):
        return len(given) == len(before) and all(map(unchanged, given, before))
    return given is before or bool(given == before)


def _same(given: Array, before: Array) -> bool:
    return given.shape == before.shape and given.dtype == before.dtype and np.array_equal(given, before)
