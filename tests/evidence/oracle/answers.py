"""What passes for a number, an array, a path or a formula, as the contract's conventions say, and how they are compared."""

import decimal
import fractions
import itertools
import math
import numbers
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import sympy as sp

RTOL, ATOL = 1e-8, 1e-11  # the contract's, where no derivation says more

Array = np.ndarray[Any, np.dtype[Any]]
Check = Callable[[Any], None]


class Wrong(Exception):
    """An answer that the contract does not allow; the message says what it is."""


def number(value: Any) -> float:
    """Return a number as a float.

    Raises
    ------
    Wrong
        If it is none: a bool, a complex number, a text, an array of any shape but (), nothing finite.
    """
    if isinstance(value, np.ndarray | np.generic):
        if value.shape != () or value.dtype.kind not in "iuf":
            raise Wrong(f"an array of shape {value.shape} and dtype {value.dtype} is no number")
    elif isinstance(value, sp.Basic):
        value = value.doit()
        if not (value.is_number and value.is_real):
            raise Wrong(f"{shown(value)} is no number")
    elif isinstance(value, bool) or not isinstance(value, numbers.Real | fractions.Fraction | decimal.Decimal):
        raise Wrong(f"{type(value).__name__} {shown(value)} is no number")
    result = float(value)
    if not math.isfinite(result):
        raise Wrong(f"{result} is not finite")
    return result


def array(value: Any, dimensions: int | None = None) -> Array:
    """Return an array, or a sequence that stands for one, as floats.

    Parameters
    ----------
    dimensions
        How many are wanted.

    Raises
    ------
    Wrong
        If it is none: of dtype object, bool, complex or text, ragged, no sequence, not finite.
    """
    if isinstance(value, np.ndarray | np.generic):
        if value.dtype.kind not in "iuf":
            raise Wrong(f"an array of dtype {value.dtype} holds no numbers")
        result = np.array(value, dtype=float)
    elif isinstance(value, sp.MatrixBase | sp.NDimArray):
        flat = np.array([number(item) for item in value])
        result = (
            flat if min(value.shape) == 1 and dimensions != 0 else flat.reshape(value.shape)
        )  # a sequence of its numbers
    elif is_sequence(value):
        parts = [array(item, None if dimensions is None else dimensions - 1) for item in value]
        if len({part.shape for part in parts}) > 1:
            raise Wrong("its parts have different shapes")
        result = np.array(parts, dtype=float)
    else:
        return np.array(number(value))
    if not np.isfinite(result).all():
        raise Wrong("it holds a value that is not finite")
    return result


def is_sequence(value: Any) -> bool:
    return (
        not isinstance(value, str | bytes | dict | set | frozenset)
        and hasattr(value, "__len__")
        and hasattr(value, "__getitem__")
    ) or isinstance(value, Sequence | sp.Tuple)


def near(got: Array | float, wanted: Any, allowed: Any = 0.0) -> None:
    """Compare values.

    Parameters
    ----------
    allowed
        What rounding may do beyond the contract's tolerances.

    Raises
    ------
    Wrong
        If shape or values differ.
    """
    got, wanted = np.asarray(got), np.asarray(wanted, dtype=float)
    if got.shape != wanted.shape:
        raise Wrong(f"its shape is {got.shape}, not {wanted.shape}")
    beyond = np.abs(got - wanted) > ATOL + RTOL * np.abs(wanted) + allowed
    if beyond.any():
        place = tuple(int(index) for index in np.argwhere(beyond)[0])
        where = f" at {list(place)}" if place else ""
        raise Wrong(f"{got[place]!r}{where}, expected {wanted[place]!r}")


def is_number(wanted: float, allowed: float = 0.0) -> Check:
    return lambda answer: near(number(answer), wanted, allowed)


def is_array(wanted: Any, allowed: Any = 0.0) -> Check:
    """Return a check for an array, or for a number where the expected value has no dimension."""
    wanted = np.asarray(wanted, dtype=float)
    return lambda answer: near(array(answer, wanted.ndim) if wanted.ndim else number(answer), wanted, allowed)


def is_pair(first: Check, second: Check) -> Check:
    def check(answer: Any) -> None:
        if not is_sequence(answer) or len(answer) != 2 or np.dtype(getattr(answer, "dtype", float)).kind == "O":
            raise Wrong(f"{shown(answer)} is no pair")
        first(answer[0])
        second(answer[1])

    return check


def is_path(wanted: Any) -> Check:
    """Return a check for a path: its values, each within the tolerance of its own row, and rows that share no memory."""
    wanted = np.asarray(wanted, dtype=float)
    sizes = np.abs(wanted) if wanted.ndim == 1 else np.abs(wanted).max(axis=1, keepdims=True)

    def check(answer: Any) -> None:
        near(array(answer, wanted.ndim), wanted, RTOL * sizes)
        rows = [row for row in answer if not isinstance(row, sp.Basic | float)] if is_sequence(answer) else []
        if isinstance(answer, np.ndarray):
            rows = [answer[index : index + 1] for index in range(len(answer))]
        for one, other in itertools.islice(itertools.combinations(rows[:40], 2), 800):
            mutable = isinstance(one, list | np.ndarray | sp.MatrixBase)
            if mutable and (one is other or np.shares_memory(*_memory(one, other))):
                raise Wrong("two of its rows share memory")

    return check


def _memory(*rows: Any) -> list[Array]:
    return [row if isinstance(row, np.ndarray) else np.empty(0) for row in rows]


def shown(value: Any) -> str:
    text = " ".join(repr(value).split())
    return text if len(text) <= 120 else f"{text[:117]}..."
