"""Comparisons for checks: each stops at the first of type, shape, finite, value, and says what it found.

What is mathematically right passes: numbers of any kind that convert to float64, arrays as arrays, lists or tuples,
formulas in any equivalent form. Booleans, strings, objects, complex numbers, NaN and infinities are no numbers.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import sympy as sp

from grader.checking.kept import SHARED, kept
from grader.checking.kinds import came_back, no_numbers, where_not_finite, which_shape
from grader.checking.outcomes import AMONG, SPELT, CheckFailed, Finding
from grader.checking.proxy import Later, RemoteFunction
from grader.wire.expression import Boxed, Expression, ExpressionError, encode
from grader.wire.rows import SharedRows
from grader.wire.show import apart, clean, show

RTOL = 1e-8  # two right formulas for the same number part by a few roundings of 1e-16, and may cancel some digits
ATOL = 1e-11
SAMPLES = 7  # points at which two formulas are compared, and as many drawn ones: of those a learner's code cannot know

MAX_DEPTH = 8  # axes of an array that can cross
GIVING = {"callable", "integers", "numbers", "pair", "sequence"}  # expectations of which a check uses what they return

Array = np.ndarray[Any, np.dtype[np.float64]]


def expect(value: Any, because: str = "") -> "Expectation":
    """Return what can be expected of `value`; `because` is added to the message when it is not so."""
    # What is expected of a call in a batch is asked when its answer is there: the class says which method there is.
    return _Postponed(value, because) if isinstance(value, Later) else Expectation(value, because)  # type: ignore[return-value]


def repeated(inputs: Iterable[Any], because: str) -> Iterator[tuple[Any, str]]:
    """Yield each input with what is to be added to a message: `because` where it came before, nothing where it is new.

    A wrong answer to a new input has nothing to do with an earlier call; one to the same input again may have.
    """
    before: list[tuple[Any, Any]] = []
    for one in inputs:
        numbers = as_numbers(one)
        again = any(one is other or (numbers is not None and np.array_equal(numbers, known)) for other, known in before)
        yield one, because if again else ""
        before.append((one, () if numbers is None else numbers))


class Expectation:
    """One value of a learner's, about to be judged."""

    def __init__(self, value: Any, because: str) -> None:
        self._value = value
        self._because = because

    def _fail(
        self, sentence: str, expected: str = "", detail: str = "", differs: str = "", finding: Finding | None = None
    ) -> CheckFailed:
        if self._value is None:  # whatever was asked of it: there is nothing to be asked
            return CheckFailed("It returned nothing: is `return` missing?", None, "None", expected)
        sentence = f"{sentence} {self._because[:1].upper() + self._because[1:]}".rstrip()
        sentence = sentence if sentence.endswith((".", "!", "?")) else sentence + "."
        failed = CheckFailed(sentence, self._value, _shown(self._value), expected, detail, differs)
        failed.finding = finding
        return failed

    def number(self, expected: float, rtol: float = RTOL, atol: float = ATOL) -> float:
        """Expect a finite number within `atol + rtol * |expected|` of `expected`; return it."""
        got = as_numbers(self._value)
        if got is None or got.ndim != 0:
            raise self._fail("It did not return a number.", show(float(expected)), no_numbers(self._value))
        if not np.isfinite(got):
            detail = where_not_finite(got)
            raise self._fail("It returned a number that is not finite.", show(float(expected)), detail)
        if excess(got, expected, rtol, atol) > 1:
            differs = apart(got, np.asarray(expected, dtype=float), tolerance(expected, rtol, atol))
            finding = kept(self._value, got, np.array(expected, dtype=float))
            sentence = "It returned another number than it should."
            raise self._fail(sentence, show(float(expected)), differs=differs, finding=finding)
        return float(got)

    def array(self, expected: Any, rtol: float = RTOL, atol: float = ATOL, shape: str = "") -> Array:
        """Expect an array of the shape of `expected`, close to it everywhere; return it.

        `shape` says the shape in the contract's words, such as `"(epochs + 1,)"`.
        """
        expected = np.asarray(expected, dtype=float)
        got = self._finite(expected.shape, shape, expected)
        if excess(got, expected, rtol, atol) > 1:
            differs = apart(got, expected, tolerance(expected, rtol, atol))
            # In the contract's words the shape of a path has one row more than there are updates.
            finding = kept(self._value, got, expected, path=" + 1" in shape)
            sentence = "It returned other numbers than it should."
            raise self._fail(sentence, show(expected + 0.0), differs=differs, finding=finding)
        self._separate(shape)
        return got

    def numbers(self, size: tuple[int, ...], shape: str = "") -> Array:
        """Expect an array of finite numbers of the shape `size`, whatever they are; return it.

        `shape` says the shape in the contract's words.
        """
        got = self._finite(size, shape, None)
        self._separate(shape)
        return got

    def _separate(self, shape: str) -> None:
        """Expect that no two points of a path share memory: its shape, in the contract's words, has one row more."""
        if " + 1" in shape and isinstance(self._value, SharedRows):
            raise self._fail("Two points of the path that it returned share their memory.", finding=SHARED)

    def _finite(self, size: tuple[int, ...], shape: str, expected: Array | None) -> Array:
        got = as_numbers(self._value)
        if got is None:
            sentence, detail = "It did not return an array of numbers.", no_numbers(self._value)
        elif got.shape != size:
            words = f" The shape must be {shape}." if shape else ""
            sentence = f"It returned an array of another shape than it should.{words}"
            detail = which_shape(got, size, expected)
        elif not np.isfinite(got).all():
            sentence, detail = "It returned numbers that are not finite.", where_not_finite(got)
        else:
            return got
        shown = show(expected + 0.0) if expected is not None else ""  # -0.0 is shown as 0
        fits = got is not None and got.shape == size and shown
        raise self._fail(sentence, shown if fits else ", ".join(filter(None, (f"shape {size}", shown))), detail)

    def integers(self) -> list[int]:
        """Expect a sequence of whole numbers (of an integer type: indices); return them, in its order."""
        got = self._value
        if isinstance(got, np.ndarray) and got.ndim == 1 and got.dtype.kind in "iu":
            got = got.tolist()
        if not isinstance(got, list | tuple) or any(type(item) is not int for item in got):
            detail = no_numbers(self._value)
            raise self._fail("It did not return a sequence of integers.", "a sequence of integers", detail)
        return list(got)

    def mask(self, expected: Any, shape: str = "") -> None:
        """Expect an array of True and False (0 and 1 count) equal to `expected`."""
        expected = np.asarray(expected, dtype=bool)
        got = as_numbers(self._value, truths=True)
        if got is None or not np.isin(got, (0.0, 1.0)).all():
            detail = no_numbers(self._value) if got is None else "It holds other numbers than 0 and 1."
            raise self._fail("It did not return an array of True and False.", show(expected), detail)
        if got.shape != expected.shape:
            words = f" The shape must be {shape}." if shape else ""
            detail = which_shape(got, expected.shape, expected)
            raise self._fail(f"It returned an array of another shape than it should.{words}", show(expected), detail)
        if (got != expected).any():
            differs = apart(got.astype(bool), expected, np.zeros(expected.shape))
            sentence = "It is True and False in other places than it should be."
            raise self._fail(sentence, show(expected), differs=differs)

    def expression(
        self,
        expected: Any,
        ranges: Mapping[sp.Symbol, tuple[float, float]],
        rng: np.random.Generator,
        rtol: float = RTOL,
    ) -> None:
        """Expect a formula equal to `expected` as a function on `ranges`: in any form, and a number counts as one.

        `rng` is the check's own: a formula made for places that everybody can work out agrees nowhere else.
        """
        if not isinstance(expected, Expression):
            expected = Expression(encode(expected))
        got = self._value
        if isinstance(got, int | float) and not isinstance(got, bool) and abs(got) < 1e300:
            got = Expression(("Float", float(got)))
        if not isinstance(got, Expression):
            raise self._fail("It did not return a SymPy expression.", expected.text, came_back(got))
        # Points spread by the golden ratio, a different stride for each variable: no symmetry of a formula hides in them.
        steps = np.arange(1, SAMPLES + 1)[:, None] * (0.618034 + 0.414214 * np.arange(len(ranges)))
        shares = np.vstack([steps % 1.0, rng.random(steps.shape)])
        values = {
            symbol.name: low + (high - low) * shares[:, index]
            for index, (symbol, (low, high)) in enumerate(ranges.items())
        }
        wanted = expected.evaluate(**values)
        try:
            found = got.evaluate(**values)
        except ExpressionError:
            raise self._fail("It contains a symbol that it should not, or has no value.", expected.text) from None
        if not np.isfinite(found).all():
            raise self._fail("It has no finite value where it should.", expected.text)
        if excess(found, wanted, rtol, ATOL + rtol * np.abs(wanted).max(initial=0.0)) > 1:
            raise self._fail("It returned another expression than it should.", expected.text)

    def sequence(self, length: int, what: str) -> list[Any]:
        """Expect a list or tuple of `length` items, called `what` in the message; return the items."""
        got = self._value
        if isinstance(got, np.ndarray) and got.ndim > 0:
            got = list(got)
        if not isinstance(got, list | tuple):
            raise self._fail(f"It did not return a list or tuple: {what}.", detail=came_back(got))
        if len(got) != length:
            detail = f"It returned {len(got)} item{'s' * (len(got) != 1)}."
            raise self._fail(f"It returned another number of items than it should: {what}.", f"{length} items", detail)
        if any(item is None for item in got):
            raise self._fail(f"It returned `None`, which is nothing, for one of the items: {what}.")
        return list(got)

    def pair(self, what: str, first: Any, second: Any) -> list[Any]:
        """Expect two items, called `what`, as `sequence` does; say so where they are `first` and `second` the other way round.

        For public checks, which alone show so much: whether the items are right, is asked of each.
        """
        items = self.sequence(2, what)
        one, other = map(as_numbers, items)
        right = [np.asarray(value, dtype=float) for value in (first, second)]
        turned = one is not None and other is not None and _alike(one, right[1]) and _alike(other, right[0])
        if turned and not _alike(*right):
            sentence = f"The two results are exchanged: they are {what}, in this order."
            raise self._fail(sentence, show((first, second)))
        return items

    def callable(self) -> RemoteFunction:
        """Expect a function; return it, to be called."""
        if not isinstance(self._value, RemoteFunction):
            raise self._fail("It did not return a function.", "a function", came_back(self._value))
        return self._value

    def text(self, expected: str) -> None:
        """Expect this very string."""
        if not isinstance(self._value, str):
            raise self._fail("It did not return a text.", repr(expected), came_back(self._value))
        if type(self._value) is not str or self._value != expected:
            words = re.findall(r"\w+", self._value[:200].lower())
            spelt = SPELT if _letters(self._value) == _letters(expected) else AMONG if expected in words else ""
            sentence = "It returned another text than it should."
            raise self._fail(sentence, repr(expected), spelt)

    def that(self, condition: Any, sentence: str) -> None:
        """Expect `condition`; `sentence` says which property is violated, without any input."""
        if not condition:
            raise self._fail(sentence)


class _Postponed:
    """What is expected of an answer that has not come: it is asked when the answer comes. Where it gives one, that is now."""

    def __init__(self, later: Later, because: str) -> None:
        self._later = later
        self._because = because

    def __getattr__(self, name: str) -> Callable[..., Any]:
        method = getattr(Expectation, name)

        def ask(*arguments: Any, **options: Any) -> Any:
            return self._later.ask(
                lambda value: method(Expectation(value, self._because), *arguments, **options), now=name in GIVING
            )

        return ask


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text[:200].lower()))


def _alike(one: Array, other: Array) -> bool:
    return one.shape == other.shape and bool(np.allclose(one, other, rtol=1e-6, atol=1e-9))


def _shown(value: Any) -> str:
    """Return a value as text; of a function its type, for its text is the call that returned it."""
    return f"<{clean(value.type_name, 80)}>" if isinstance(value, RemoteFunction) else show(value)


def excess(got: Any, expected: Any, rtol: float, atol: float) -> float:
    """Return the largest error of `got` in units of what is tolerated: right up to 1, and infinite beyond all numbers."""
    with np.errstate(over="ignore"):
        return float((np.abs(got - expected) / tolerance(expected, rtol, atol)).max(initial=0.0))


def tolerance(expected: Any, rtol: float, atol: float) -> Any:
    """Return how far from each expected number one may be off."""
    return atol + rtol * np.abs(expected)


def as_numbers(value: Any, truths: bool = False, depth: int = 0) -> Array | None:
    """Return `value` as a float64 array, or None where it is not made of numbers alone.

    NumPy itself is not asked what a list is: of one long text and many short ones it makes as many long ones.

    Parameters
    ----------
    truths
        Whether True and False count as 1 and 0.
    depth
        How many lists it is in: below `MAX_DEPTH` of them nothing is a number, as no array has more axes.
    """
    if isinstance(value, np.ndarray | np.generic):
        return np.asarray(value).astype(float) if value.dtype.kind in ("fiub" if truths else "fiu") else None
    if isinstance(value, Expression):
        # SymPy's numbers count: 9/2 is 4.5; those in an array of objects do not.
        if value.symbols or isinstance(value, Boxed):
            return None
        try:
            number = value.evaluate()
        except ExpressionError:
            return None
        return number.real.astype(float) if number.ndim == 0 and number.imag == 0 else None
    if (isinstance(value, bool) and not truths) or not isinstance(value, int | float | list | tuple):
        return None
    if isinstance(value, list | tuple):
        if depth >= MAX_DEPTH:
            return None
        if set(map(type, value)) == {float}:
            return np.array(value)
        parts: list[Array] = []
        for item in value:
            part = as_numbers(item, truths, depth + 1)
            if part is None or (parts and part.shape != parts[0].shape):
                return None
            parts.append(part)
        return np.array(parts, dtype=float)
    try:
        return np.array(float(value))
    except OverflowError:
        return np.array(np.inf if value > 0 else -np.inf)
