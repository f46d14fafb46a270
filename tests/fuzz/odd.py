"""Odd values, each by its name, and the ways in which a function may come to return one.

This text stands in front of the solution in every fuzzed submission, so it runs in the sandbox, where it may be as slow
or as hostile as it likes; the fuzzer itself only reads the names.
"""

import array
import builtins
import collections
import dataclasses
import decimal
import enum
import fractions
import functools
import itertools
import math
import struct
import sys
import types
import warnings

import numpy as np
import sympy as sp

x, y = sp.symbols("x y")
SHAPES = [(), (0,), (1,), (2,), (3,), (2, 2), (0, 2), (1, 1), (1, 0, 3), (1,) * 9]
NAN_WITH_A_PAYLOAD = struct.unpack("<d", bytes.fromhex("efbeadde0000f4ff"))[0]
NUMBERS = {
    "zero": 0,
    "minus one": -1,
    "a number beyond int64": 2**63,
    "a number beyond float64": 10**400,
    "a number of 2,000 digits": -(10**1999),
    "a number of 10,000 digits": 10**9999,
    "minus zero": -0.0,
    "the smallest subnormal": 5e-324,
    "a subnormal": -1e-310,
    "the smallest normal": 2.2250738585072014e-308,
    "the largest float": 1.7976931348623157e308,
    "minus 1e308": -1e308,
    "1e160": 1e160,
    "1e-200": 1e-200,
    "1e17": 1e17,
    "infinity": math.inf,
    "minus infinity": -math.inf,
    "nan": math.nan,
    "nan with a payload": NAN_WITH_A_PAYLOAD,
    "an imaginary number": 1j,
    "a complex nan": complex(math.nan, 1.0),
    "true": True,
    "a fraction": fractions.Fraction(1, 3),
    "a fraction beyond float64": fractions.Fraction(10**400),
    "a decimal": decimal.Decimal("0.1"),
    "a decimal nan": decimal.Decimal("nan"),
    "a signalling nan": decimal.Decimal("snan"),
    "a decimal beyond float64": decimal.Decimal("1e999999"),
    "a long double": np.longdouble("1e4000"),
    "a float16": np.float16(65504),
    "the smallest int64": np.int64(-(2**63)),
    "the largest uint64": np.uint64(2**64 - 1),
    "a date": np.datetime64("2026-11-30"),
    "not a time": np.datetime64("NaT"),
    "a time span": np.timedelta64(3, "D"),
}


class Angry(float):
    """A float whose every method raises."""

    def _raise(self, *_arguments, **_options):
        raise ZeroDivisionError("<b>no</b>")

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __bool__ = __float__ = __add__ = __mul__ = _raise
    __hash__ = __repr__ = __str__ = __len__ = __iter__ = __array__ = _raise


class Endless(list):
    """A list that is longer whenever it is looked at."""

    def __len__(self):
        return 2**62

    def __iter__(self):
        return itertools.repeat(0.0)


class Liar:
    """An object that says yes to everything."""

    __class__ = float

    def __getattr__(self, name):
        return lambda *_arguments, **_options: self


class Arrayish(np.ndarray):
    """An array whose shape, type and bytes are not what they are."""

    shape = (2**40, 2**40)
    size = -1

    def tobytes(self, *_):
        return b"\xff" * 24

    def astype(self, *_arguments, **_options):
        return self


class Claims:
    """An object that claims to be an array and gives something else."""

    def __init__(self, given):
        self.given = given

    def __array__(self, *_arguments, **_options):
        return self.given


class Unlucky:
    """An object that raises when it is made a number, is called, or is written."""

    def __float__(self):
        raise KeyError("\ud800")

    __call__ = __repr__ = __array__ = __float__


class Colour(enum.Enum):
    RED = 1.0


class Number(enum.IntEnum):
    ONE = 1


Point = collections.namedtuple("Point", "x y")  # as learners write it


@dataclasses.dataclass
class Pair:
    first: float = 1.0
    second: float = 2.0


class Markup(Exception):
    """An exception whose name and text are markup."""

    __name__ = "<script>"


def nested(inner, depth, kind=list):
    for _ in range(depth):
        inner = kind([inner])
    return inner


def endless_list():
    found = []
    found.append(found)
    return found


def array_of_itself():
    found = np.empty(2, dtype=object)
    found[:] = [found, found]
    return found


def swapped(values):
    return np.array(values, dtype=">f8")


def unaligned():
    return np.frombuffer(b"\0" + np.arange(3.0).tobytes(), dtype="u1")[1:].view("f8")


VALUES = {
    **{name: functools.partial(lambda value: value, value) for name, value in NUMBERS.items()},
    **{f"{name} of SymPy": functools.partial(sp.sympify, value) for name, value in list(NUMBERS.items())[:18]},
    **{f"an array of {name}": functools.partial(np.full, 3, value) for name, value in NUMBERS.items()},
    **{
        f"an array of type {code} and shape {shape}": functools.partial(np.zeros, shape, code)
        for code in np.typecodes["All"]
        for shape in SHAPES
    },
    "nothing": lambda: None,
    "an ellipsis": lambda: ...,
    "not implemented": lambda: NotImplemented,
    # Arrays that are larger than they look, or look larger than they are.
    "no byte of shape 2**60": lambda: np.zeros((0, 2**20, 2**20, 2**20), np.uint8),
    "no byte of eight dimensions": lambda: np.zeros((0, *[2**8] * 7), np.int8),
    "no float of shape 2**59": lambda: np.zeros((2**20, 0, 2**20, 2**19)),
    "no truth of shape 2**60": lambda: np.zeros((2**20, 2**20, 2**20, 0), bool),
    "a long nothing": lambda: np.zeros((2**20, 0)),
    "a long nothing of int8": lambda: np.zeros((2**20, 0), np.int8),
    "zero strides over 10**12": lambda: np.broadcast_to(0.0, (10**12,)),
    "zero strides over the allowed size": lambda: np.broadcast_to(np.uint8(1), (2**17,)),
    "seven small arrays of the allowed size": lambda: [np.zeros(2**17, np.int8)] * 7,
    "a column of the allowed size": lambda: np.zeros((2**17 - 1, 1), np.bool_),
    "a path of the allowed size": lambda: np.arange(2.0**17 - 16).reshape(-1, 2) * 1e300,
    "a hundred thousand rows": lambda: [np.zeros(0)] * 20_000,
    "thousands of small arrays": lambda: [np.zeros((1, 1), np.int8)] * 30_000,
    # Arrays that lie otherwise in memory, or hold what is no number.
    "big endian": lambda: swapped([1.0, 2.0, 3.0]),
    "unaligned": unaligned,
    "backwards": lambda: np.arange(6.0)[::-2],
    "a transposed view": lambda: np.asfortranarray(np.arange(6.0).reshape(2, 3)).T,
    "a matrix": lambda: np.matrix([[1.0, 2.0], [3.0, 4.0]]),
    "a masked array": lambda: np.ma.masked_array([1.0, 2.0, 3.0], [True, False, True]),
    "masked": lambda: np.ma.masked,
    "a structured array": lambda: np.zeros(3, [("x", "f8"), ("y", "O")]),
    "a record array": lambda: np.rec.array([(1.0, 2)], dtype=[("x", "f8"), ("y", "i8")]),
    "a structured scalar": lambda: np.zeros(1, "f8,i8")[0],
    "an object array of numbers": lambda: np.array([1.0, 2, True], dtype=object),
    "an object array of everything": lambda: np.array([None, print, [1.0], x], dtype=object),
    "an object array without dimensions": lambda: np.array({}, dtype=object),
    "an object array of formulas": lambda: np.array([x, y + 1], dtype=object),
    "an object array of itself": array_of_itself,
    "an array of texts": lambda: np.array(["minimum", "1.0"]),
    "an array of bytes": lambda: np.array([b"1", b""]),
    "an array of both infinities": lambda: np.array([np.inf, -np.inf, np.nan]),
    "an array of the largest": lambda: np.array([1e308, -1e308, 1e308]),
    "an array of subnormals": lambda: np.array([5e-324, 0.0, -5e-324]),
    "a dtype": lambda: np.dtype("f8"),
    "a ufunc": lambda: np.add,
    "an iterator of NumPy": lambda: np.nditer(np.zeros(3)),
    "a polynomial": lambda: np.polynomial.Polynomial([1, 2]),
    # Containers.
    "an empty tuple": lambda: (),
    "an empty list": list,
    "a tuple of one": lambda: (1.0,),
    "a tuple of three": lambda: (1.0, 2.0, 3.0),
    "arrays in tuples in tuples": lambda: ((np.zeros(2), (np.ones(2),)), (np.zeros((2, 2)), ())),
    "three arrays": lambda: (np.zeros((2, 2)), np.ones((2, 2)), np.zeros((3, 1))),
    "a ragged list": lambda: [[1.0], [1.0, 2.0], []],
    "a ragged list of arrays": lambda: [np.zeros(1), np.zeros(2), np.zeros((0, 3))],
    "truths and numbers": lambda: [True, 1.0, None],
    "numbers and texts": lambda: [1.0, "1.0", b"1.0"],
    "a list fifteen deep": lambda: nested(1.0, 15),
    "a list seventeen deep": lambda: nested(1.0, 17),
    "a tuple thousands deep": lambda: nested(1.0, 5_000, tuple),
    "a list that holds itself": endless_list,
    "100,000 nothings": lambda: [None] * 100_000,
    "99,999 empty lists": lambda: [[]] * 99_999,
    "100,000 floats": lambda: [0.5] * 100_000,
    "tuples of tuples": lambda: ((((), ()),) * 100,) * 100,
    "a generator": lambda: (number for number in (1.0, 2.0)),
    "an endless iterator": itertools.count,
    "a map": lambda: map(float, "12"),
    "a dictionary": lambda: {"x": 1.0},
    "a view of keys": {1.0: 2.0}.keys,
    "a view of values": {1.0: np.zeros(2)}.values,
    "a view of items": {1.0: 2.0}.items,
    "a set": lambda: {1.0, 2.0},
    "a frozen set": frozenset,
    "a memory view": lambda: memoryview(np.zeros((2, 2))),
    "bytes": lambda: b"\0\xff",
    "a byte array": lambda: bytearray(8),
    "an array of the standard library": lambda: array.array("d", [1.0, 2.0]),
    "a range": lambda: range(3),
    "a long range": lambda: range(10**9),
    "a deque": lambda: collections.deque([1.0, 2.0], maxlen=2),
    "a named tuple": lambda: Point(1.0, 2.0),
    "a user list": lambda: collections.UserList([1.0, 2.0]),
    "a counter": lambda: collections.Counter("ab"),
    "a chain map": lambda: collections.ChainMap({"a": 1}),
    "an enumeration": lambda: Colour,
    "a member": lambda: Colour.RED,
    "a numeric member": lambda: Number.ONE,
    "a dataclass": Pair,
    "a class": lambda: Pair,
    "a module": lambda: math,
    "a namespace": lambda: types.SimpleNamespace(real=1.0),
    "a slice": lambda: slice(1, 2),
    "a type": lambda: type,
    "a frame": sys._getframe,
    "a function": lambda: lambda *_arguments, **_options: 1.0,
    "a function that returns itself": lambda: _returns_itself,
    "a built-in function": lambda: print,
    "a method": lambda: [].append,
    "an exception": lambda: ValueError("returned, not raised"),
    # Texts.
    "an empty text": str,
    "a text of a number": lambda: "1.0",
    "a kind of point": lambda: "saddle",
    "a text of 10,000 letters": lambda: "a" * 10_000,
    "a text of 10,001 letters": lambda: "a" * 10_001,
    "a lone surrogate": lambda: "\ud800",
    "null bytes": lambda: "\0\0",
    "markup": lambda: "<script>alert(1)</script>[red]\x1b[31m\u202e",
    "one long text and 90,000 empty ones": lambda: ["a" * 10_000] + [""] * 90_000,
    "a long text among numbers": lambda: ["a" * 10_000] + [0] * 90_000,
    "one long text in rows": lambda: [["a" * 10_000] + [""] * 299] * 90,
    "a hundred long texts": lambda: ["ab" * 5_000] * 100,
    # Formulas and their kin.
    "a symbol": lambda: x,
    "another symbol": lambda: sp.Symbol("z" * 100),
    "an assumed symbol": lambda: sp.Symbol("x", positive=True, integer=True),
    "a dummy": lambda: sp.Dummy("x"),
    "a formula": lambda: x**2 + sp.sin(y),
    "a formula over zero": lambda: 1 / x,
    "complex infinity": lambda: sp.zoo,
    "nan of SymPy": lambda: sp.nan,
    "a huge integer of SymPy": lambda: sp.Integer(10) ** 900,
    "a large power": lambda: sp.Pow(sp.Integer(9), sp.Pow(9, 99, evaluate=False), evaluate=False),
    "a float of 1,000 digits": lambda: sp.pi.evalf(1_000),
    "a factorial": lambda: sp.factorial(x) + sp.gamma(y),
    "a derivative": lambda: sp.Derivative(x**2, x),
    "a derivative of nothing known": lambda: sp.Derivative(sp.Function("f")(x), x),
    "an integral": lambda: sp.Integral(sp.exp(-(x**2)), (x, 0, y)),
    "a sum": lambda: sp.Sum(x**2, (x, 1, y)),
    "a limit": lambda: sp.Limit(sp.sin(x) / x, x, 0),
    "a piecewise formula": lambda: sp.Piecewise((x, x > 0), (0, True)),
    "a piecewise formula without an end": lambda: sp.Piecewise((x, x > 10)),
    "a truth of SymPy": lambda: sp.true,
    "a relation": lambda: x < 1,
    "an equation": lambda: sp.Eq(x, y),
    "a sum of truths": lambda: sp.Max(x, sp.Min(y, 3), sp.Abs(x)),
    "the empty set": lambda: sp.S.EmptySet,
    "a finite set": lambda: sp.FiniteSet(1, 2),
    "an interval": lambda: sp.Interval(0, 1),
    "the reals": lambda: sp.S.Reals,
    "an image of a set": lambda: sp.ImageSet(sp.Lambda(x, x**2), sp.S.Integers),
    "a tuple of SymPy": lambda: sp.Tuple(x, 1),
    "a matrix of SymPy": lambda: sp.Matrix([[1, x], [y, 2]]),
    "a column of SymPy": lambda: sp.Matrix([1.0, 2.0]),
    "an empty matrix of SymPy": lambda: sp.zeros(0, 3),
    "an immutable matrix": lambda: sp.ImmutableMatrix([[1, 2]]),
    "a symbol for a matrix": lambda: sp.MatrixSymbol("A", 2, 2),
    "an array of SymPy": lambda: sp.Array([[1, x], [y, 2]]),
    "a polynomial of SymPy": lambda: sp.Poly(x**2 + 1, x),
    "a function of SymPy": lambda: sp.Lambda(x, x**2),
    "an undefined function": lambda: sp.Function("f")(x),
    "a class of SymPy": lambda: sp.sin,
    "an order": lambda: sp.Order(x**2),
    "a root": lambda: sp.rootof(x**5 - x + 1, 0),
    "40,000 symbols": lambda: [x] * 40_000,
    "40,000 numbers of SymPy": lambda: [sp.Integer(1)] * 40_000,
    "60,000 constants": lambda: [sp.pi] * 60_000,
    "20,000 sines": lambda: [sp.sin(x)] * 20_000,
    "a sum of 6,000 symbols": lambda: sp.Add(*sp.symbols("x:6000")),
    "a deep formula": lambda: functools.reduce(lambda inner, _: sp.sin(inner), range(140), x),
    "a deeper formula": lambda: functools.reduce(lambda inner, _: sp.sin(inner), range(160), x),
    "a broad formula": lambda: functools.reduce(lambda inner, _: sp.Add(inner**2, inner, evaluate=False), range(11), x),
    # Malice.
    "an angry float": lambda: Angry(1.0),
    "a list of angry floats": lambda: [Angry(1.0)] * 3,
    "an endless list": Endless,
    "a liar": Liar,
    "an array that lies": lambda: np.zeros(3).view(Arrayish),
    "a claim of an array": lambda: Claims(np.zeros(3)),
    "a claim of nothing": lambda: Claims(None),
    "an unlucky object": Unlucky,
    "a text subclass": lambda: type("<b>", (str,), {})("minimum"),
    "an integer subclass": lambda: type("N" * 10_000, (int,), {"__add__": lambda *_: "no"})(3),
}


def _returns_itself(*_arguments, **_options):
    return _returns_itself


EXCEPTIONS = {
    name: kind
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, BaseException) and "Group" not in name
} | {"Markup": Markup, "Angry": type("Angry\nValueError", (Exception,), {"__str__": lambda _: 1 / 0})}
UNICODE = {
    "UnicodeDecodeError": ("utf-8", b"\xff", 0, 1, "odd"),
    "UnicodeEncodeError": ("utf-8", "\ud800", 0, 1, "odd"),
}
UNICODE["UnicodeTranslateError"] = ("\ud800", 0, 1, "odd")


def _in_place_of_one(right, odd):
    """Return a right result whose first item is an odd one."""
    if isinstance(right, (list, tuple)) and right:
        return type(right)([odd, *right[1:]])
    if isinstance(right, np.ndarray) and right.ndim:
        return [odd, *right[1:]]
    return odd


def _in_its_shape(right, odd):
    """Return a result of the right shape that holds nothing but an odd number."""
    if isinstance(right, (list, tuple)):
        return type(right)(_in_its_shape(part, odd) for part in right)
    return np.full(np.shape(right), odd)


def _last_row(right, odd):
    """Return a right path whose last row is an odd one."""
    changed = np.array(right)
    changed[-1] = odd
    return changed


def _each(right, odd, change):
    if isinstance(right, (list, tuple)):
        return type(right)(_each(part, odd, change) for part in right)
    return change(np.asarray(right), odd)


# In which ways an odd value may stand in what a function returns; where one does not apply, the value stands alone.
MANNERS = {
    "returns": lambda _right, odd: odd,
    "in place of one": _in_place_of_one,
    "in its shape": _in_its_shape,
    "in the last row": _last_row,
    "times": lambda right, odd: _each(right, odd, np.multiply),
    "plus": lambda right, odd: _each(right, odd, np.add),
    "as its type": lambda right, odd: _each(right, odd, lambda part, like: part.astype(np.asarray(like).dtype)),
    "beside": lambda right, odd: (right, odd),
    "before": lambda right, odd: (odd, right),
    "twice": lambda _right, odd: [odd, odd],
    "as a pair": lambda _right, odd: (odd, odd),
    "with the right one thrice": lambda right, _odd: (right, right, right),
    "in a list": lambda right, _odd: [right],
    "as a function": lambda _right, odd: lambda *_arguments, **_options: odd,
    "as a function of functions": lambda _right, odd: lambda *_: lambda *_: odd,
}


def spoil(namespace, name, manner, oddity):
    """Put in place of a function one that returns, raises, prints or does something odd."""
    original, counted = namespace[name], itertools.count()
    odd = functools.cache(VALUES.get(oddity, lambda: None))

    def spoiled(*arguments, **options):
        if manner == "raises":
            raise EXCEPTIONS[oddity](*UNICODE.get(oddity, ("<i>odd</i>\x1b[31m\ud800",)))
        if manner == "now and then":
            return original(*arguments, **options) if next(counted) % 2 else odd()
        if manner == "prints and warns":
            warnings.warn(f"{oddity}\x1b[2J<script>{next(counted)}", RuntimeWarning, stacklevel=1)
            print("\ud800", oddity * 50, "\x1b]0;\a", file=sys.stderr)
        if manner == "changes its arguments":
            _change(arguments, odd())
        try:
            right = original(*arguments, **options)
        except Exception:  # noqa: BLE001  # the function was given something odd by another one
            right = 1.0
        if callable(right) and manner not in ("returns", "as a function", "as a function of functions"):
            made = right
            return lambda *inner: _combined(manner, made(*inner), odd())
        return _combined(manner, right, odd())

    namespace[name] = spoiled


def _combined(manner, right, odd):
    if manner not in MANNERS:
        return right
    with warnings.catch_warnings(action="ignore"):
        try:
            return MANNERS[manner](right, odd)
        except Exception:  # noqa: BLE001  # whatever such values raise in one another
            return odd


def _change(arguments, odd):
    for argument in arguments:
        try:
            argument[...] = odd
        except Exception:  # noqa: BLE001  # the same
            if isinstance(argument, list):
                argument.append(odd)


OTHER_MANNERS = ("now and then", "prints and warns", "changes its arguments")
