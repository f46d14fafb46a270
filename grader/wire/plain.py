"""Plain data: what may cross the wire, in both directions, and nothing else.

Numbers, strings, booleans and None cross as themselves. Everything else is a list whose first item is a tag:
`["list", …]`, `["tuple", …]`, `["array", dtype, shape, bytes]`, `["shared", …]` around one of these whose rows share
memory, and tags that only one side makes (a callable of the learner's, a function of ours). No pickle, no `eval`:
decoding builds exact built-in types and arrays of numbers. Every size is checked before anything of that size is made.
"""

import math
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

import numpy as np

from grader.wire.bounds import MAX_BYTES, MAX_DEPTH, MAX_DIGITS, MAX_ITEMS, MAX_SIZE, MAX_TEXT
from grader.wire.rows import SharedRows

# All that an array may hold, each with its size in bytes. Integers keep their size, because arithmetic in small ones wraps
# around, and so do short floats, for they have fewer digits; longer ones than 8 bytes cross as 8.
DTYPES = {"<f2", "<f4", "<f8", "|b1", "|i1", "<i2", "<i4", "<i8", "|u1", "<u2", "<u4", "<u8"}

Special = Callable[[Any], Any]


class PlainError(ValueError):
    """A value cannot cross; the message says why, in a learner's words."""


class Encoder:
    """Turns objects into plain data; `special` is asked about what is not a built-in value or an array."""

    def __init__(self, special: Special) -> None:
        self._special = special
        self._items_left = MAX_ITEMS

    def encode(self, value: Any, depth: int = 0) -> Any:
        """Return `value` as plain data.

        Raises
        ------
        PlainError
            If it is too large or nested too deeply.
        """
        kind = type(value)
        if value is None or kind is bool or kind is float:
            return value
        if kind is int:
            return value if -(2**63) <= value < 2**63 else ["int", self._digits(value)]
        if kind is str:
            if len(value) > MAX_TEXT:
                raise PlainError(f"a string of {len(value)} characters is too long")
            # A lone surrogate is no Unicode and has no bytes: it crosses as a question mark.
            return value.encode("utf-8", "replace").decode("utf-8")
        if kind is list or kind is tuple:
            return self._sequence(kind.__name__, value, depth)
        if kind is np.ndarray:
            return self._array(value)
        if kind is SharedRows:
            return ["shared", self._sequence("list", value, depth)]
        return self._special(value)

    def _sequence(self, tag: str, value: Any, depth: int) -> list[Any]:
        if depth >= MAX_DEPTH:
            raise PlainError(f"lists are nested more than {MAX_DEPTH} deep")
        self._items_left -= len(value)
        if self._items_left < 0:
            raise PlainError(f"there are more than {MAX_ITEMS} items")
        return [tag, *[self.encode(item, depth + 1) for item in value]]

    def _array(self, value: Any) -> list[Any]:
        if value.dtype.kind == "O":
            special: list[Any] = self._special(value)
            return special
        if value.dtype.kind not in "fiub":
            return ["opaque", f"array of {value.dtype.name[:40]}"]
        if size_of(value.shape) > MAX_SIZE:
            raise PlainError(f"an array of shape {value.shape} is too large")
        long = value.dtype.kind == "f" and value.dtype.itemsize > 8
        dtype = "<f8" if long else value.dtype.newbyteorder("<").str
        return ["array", dtype, list(value.shape), value.astype(dtype, copy=False).tobytes()]

    @staticmethod
    def _digits(value: int) -> str:
        if value.bit_length() > MAX_DIGITS * 3.33:
            raise PlainError("an integer has too many digits")
        return str(value)


def size_of(shape: Sequence[int]) -> int:
    """Return how many numbers an array of this shape has, an axis without any counted as one.

    NumPy multiplies like that before it makes a copy, and refuses, though there is nothing to be copied.
    """
    return math.prod(max(1, length) for length in shape)


class Decoder:
    """Turns plain data into exact built-in types and arrays; `special` is asked about tags it does not know.

    Attributes
    ----------
    weight : int
        How many bytes what was decoded takes, about: eight for each item of a list, and those of arrays and texts.
    """

    def __init__(self, special: Special) -> None:
        self._special = special
        self._items_left = MAX_ITEMS
        self.weight = 0

    def decode(self, data: Any, depth: int = 0) -> Any:
        """Return the value that `data` describes.

        Raises
        ------
        PlainError
            If `data` is not what an `Encoder` makes.
        """
        kind = type(data)
        if data is None or kind in (bool, int, float):
            return data
        if kind is str:
            if len(data) > MAX_TEXT:
                raise PlainError("a string is too long")
            self.weight += len(data)
            return data
        if kind is not list or not data or type(data[0]) is not str:
            raise PlainError("the answer is malformed")
        tag = data[0]
        if tag in ("list", "tuple"):
            self._items_left -= len(data) - 1
            self.weight += 8 * len(data)
            if depth >= MAX_DEPTH or self._items_left < 0:
                raise PlainError("the answer is too large")
            items = [self.decode(item, depth + 1) for item in data[1:]]
            return items if tag == "list" else tuple(items)
        if tag == "array":
            return self._array(*data[1:]) if len(data) == 4 else self._malformed()
        if tag == "int":
            return self._integer(*data[1:]) if len(data) == 2 else self._malformed()
        if tag == "shared":
            return self._shared(data[1], depth + 1) if len(data) == 2 else self._malformed()
        return self._special(data)

    def _shared(self, data: Any, depth: int) -> SharedRows:
        rows = self.decode(data, depth)
        if not isinstance(rows, list | tuple | np.ndarray) or (isinstance(rows, np.ndarray) and rows.ndim == 0):
            self._malformed()
        self._items_left -= len(rows)
        if depth > MAX_DEPTH or self._items_left < 0:
            raise PlainError("the answer is too large")
        return SharedRows(rows)

    @staticmethod
    def _malformed() -> NoReturn:
        raise PlainError("the answer is malformed")

    def _array(self, dtype: Any, shape: Any, content: Any) -> Any:
        if type(dtype) is not str or dtype not in DTYPES or type(content) is not bytes:
            self._malformed()
        if type(shape) is not list or len(shape) > 8 or not all(type(n) is int and 0 <= n <= MAX_BYTES for n in shape):
            self._malformed()
        if math.prod(shape) * int(dtype[-1]) != len(content) or size_of(shape) > MAX_SIZE:
            self._malformed()
        self.weight += len(content)
        return np.frombuffer(content, dtype).reshape(shape).copy()

    def _integer(self, digits: Any) -> int:
        if type(digits) is not str or len(digits) > MAX_DIGITS + 1 or not digits.isascii():
            self._malformed()
        if not digits.removeprefix("-").isdigit():
            self._malformed()
        return int(digits)
