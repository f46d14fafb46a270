"""How the right numbers were kept, or put together: as integers, rounded, in fewer digits, in another order.

A learner whose array holds integers only is told just that: what a path of such numbers looks like explains nothing. This
room goes to learners.
"""

from dataclasses import replace
from typing import Any

import numpy as np

from grader.checking.outcomes import Finding
from grader.wire.rows import SharedRows

Array = np.ndarray[Any, np.dtype[np.float64]]

MOST_PLACES = 8  # decimal places to which an answer may be rounded and still be called so
ROUNDING = 1e-9  # how far a number that was rounded to some place may be off, in units of that place
CUT = 1e-3  # the same for a number that was cut off: it has many places left
# How far a right answer that was kept in fewer digits may be off, relative to its largest number: many roundings' worth.
SINGLE_OFF, HALF_OFF = 1e-4, 3e-2


INTEGERS = Finding(
    "What you return is made of integers, which keep no fraction. An array takes its type from what it is made of: make "
    "it one of floats (`dtype=float`); and `int(…)` and `//` cut a fraction off."
)
ROUNDED = Finding("Your numbers are rounded: keep all their digits, and leave the rounding to those who print.")
SINGLE = Finding(
    "Your numbers are kept in single precision (`float32`), which has 7 digits. Use Python's and NumPy's usual floats, "
    "which have 16."
)
HALF = Finding(
    "Your numbers are kept in half precision (`float16`), which has 3 digits. Use Python's and NumPy's usual floats, which "
    "have 16."
)
LAST_ROW = Finding(
    "Rows of your path that should differ are one and the same, the last, as happens when one array is put into the path "
    "again and again, and each update changes it (`-=`, `+=`): put in a copy, `point.copy()`."
)
SHARED = Finding(
    "Points of your path share their memory, so that to change one is to change another. Give each point its own array: "
    "put `point.copy()` into the path; `np.broadcast_to` and slices make no copies."
)
REVERSED = Finding("Your numbers are the right ones in the reverse order.")
TRANSPOSED = Finding("Your numbers are the right ones, but rows and columns are exchanged.")
DEGREES = Finding("Your numbers are the right ones in degrees: radians are asked for.")


@np.errstate(all="ignore")
def kept(value: Any, got: Array, expected: Array, path: bool = False) -> Finding | None:
    """Return what is wrong with how right numbers were kept, or were put together; None where that is not seen.

    Parameters
    ----------
    value
        What was returned.
    got, expected
        It as numbers, and what it should be: of the same shape, and not equal.
    path
        Whether its rows are the points of a path.
    """
    if of_integers(value) and (expected != np.round(expected)).any():
        return INTEGERS
    if path and len(got) > 1 and _close(got[-1], expected[-1]):
        # One array is equal to itself in every digit; rows that came near each other are others.
        same = bool((got[1:] == got[-1:]).all()) and not _close(expected[1:], got[-1:])
        if same or ((got == got[-1:]).all() and not _close(expected, got[-1:])):
            return LAST_ROW
    if path and isinstance(value, SharedRows):
        return SHARED
    off, size = float(np.abs(got - expected).max(initial=0.0)), float(np.abs(expected).max(initial=0.0))
    for kind, finding, limit, short in ((np.float16, HALF, HALF_OFF, 3), (np.float32, SINGLE, SINGLE_OFF, 5)):
        if off > limit * size or _fits(expected, kind):
            continue
        # A short decimal fraction, such as 0.5, may be one that fewer digits can hold as well.
        if _is_of(value, kind) or (_fits(got, kind) and not has_places(got, short)):
            return finding
    # One number of few digits, or the same one everywhere, may have any other reason.
    places, several = rounded(got, expected), len(set(got[got != 0].tolist())) > 1
    if places is not None and (several or (places and np.abs(got).max() * 10**places >= 100)):
        return rounded_to(places)
    if _close(got, expected):
        return None  # in any order, and in this one
    if got.ndim and _close(got[::-1], expected):
        return REVERSED
    if got.ndim == 2 and got.shape[0] == got.shape[1] and _close(got.T, expected):
        return TRANSPOSED
    return DEGREES if got.any() and _close(got, np.degrees(expected)) else None


def rounded(got: Array, right: Array) -> int | None:
    """Return to how many places the right numbers are rounded, or cut, in `got`; None if they are not."""
    return next((places for places in range(MOST_PLACES + 1) if _rounded(got, right, places)), None)


def _rounded(got: Array, right: Array, places: int) -> bool:
    scale = 10.0**places
    if not has_places(got, places):
        return False
    nearest = (np.abs(got - right) * scale <= 0.5 + ROUNDING).all()
    # Cut off: just that, for a number that is a unit of the last place off for another reason is common.
    return bool(nearest) or any((np.abs(got * scale - cut(right * scale)) < CUT).all() for cut in (np.trunc, np.floor))


def has_places(numbers: Array, places: int) -> bool:
    """Tell whether numbers have no more than so many decimal places."""
    scaled = numbers * 10.0**places
    near = np.round(scaled)
    # What is tiny and not 0 is no 0 that was rounded.
    return bool(((np.abs(scaled - near) < ROUNDING * (1 + np.abs(scaled))) & ((near != 0) | (numbers == 0))).all())


def rounded_to(places: int) -> Finding:
    """Return the finding that numbers are rounded to so many decimal places."""
    digits = f"They have {places} decimal place{'s' * (places != 1)}." if places else "They are whole."
    return replace(ROUNDED, detail=digits)


def all_the_last(path: Array) -> bool:
    """Tell whether every row of a path after the first is the last one, digit by digit, and there are two or more."""
    return path.ndim > 0 and len(path) > 2 and bool((path[1:] == path[-1:]).all())


def of_integers(value: Any) -> bool:
    """Tell whether an answer holds integers and nothing else."""
    if isinstance(value, np.ndarray):
        return value.dtype.kind in "iu"
    if isinstance(value, list | tuple):
        return len(value) > 0 and all(map(of_integers, value))
    return type(value) is int


def _is_of(value: Any, kind: type[np.floating[Any]]) -> bool:
    """Tell whether an answer is made of arrays of one kind of float alone."""
    if isinstance(value, list | tuple):
        return len(value) > 0 and all(_is_of(item, kind) for item in value)
    return isinstance(value, np.ndarray) and value.dtype == kind


def _fits(numbers: Array, kind: type[np.floating[Any]]) -> bool:
    """Tell whether numbers are all ones that a shorter kind of float can hold."""
    with np.errstate(all="ignore"):
        return bool((numbers.astype(kind) == numbers).all())


def _close(one: Any, other: Any) -> bool:
    return bool(np.allclose(one, other, rtol=1e-6, atol=1e-9))
