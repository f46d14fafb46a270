"""Of what kind an answer is, in words: what came back in place of numbers, of a function or of an array of that shape.

All of it is for public checks: of a hidden one nothing is said that a learner's code could choose. This room goes to
learners.
"""

import re
from typing import Any

import numpy as np

from grader.checking.proxy import Opaque, RemoteFunction
from grader.wire.expression import Boxed, Expression, ExpressionError
from grader.wire.show import clean

Array = np.ndarray[Any, np.dtype[np.float64]]


def came_back(value: Any) -> str:
    """Return in a sentence what came back in place of what was asked for."""
    return f"What came back is {_what(value, 2)}."


def no_numbers(value: Any) -> str:
    """Return in a sentence what came back in place of numbers, or of what is made of them."""
    uncalled = isinstance(value, RemoteFunction) and value.type_name in _FUNCTIONS
    return came_back(value) + " To get what a function computes, call it: write round brackets after it." * uncalled


def where_not_finite(got: Array) -> str:
    """Return in a sentence where the first number is that is not finite, and what such a number comes from."""
    place = np.argwhere(~np.isfinite(got))[0]
    where = f"The first such number, at index {', '.join(map(str, place))}, is" if got.ndim else "It is"
    if np.isnan(got[tuple(place)]):
        return (
            f"{where} `nan`, not a number, as 0/0 and infinity less infinity are, and all that is computed from them."
        )
    return f"{where} infinite, as a division by zero is, and what has grown without end."


@np.errstate(all="ignore")
def which_shape(got: Array, size: tuple[int, ...], expected: Array | None) -> str:
    """Return in a sentence what is the matter with the shape of an answer."""
    if got.ndim == 0:
        return "It is one number, not an array."
    turned = got.ndim > 1 and got.shape == size[::-1]
    if turned and expected is not None and np.allclose(got.T, expected, rtol=1e-6, atol=1e-9):
        return f"Its shape is {got.shape}: rows and columns are exchanged, and `np.transpose(...)` of it is right."
    same = [n for n in got.shape if n != 1] == [n for n in size if n != 1]
    if same and got.ndim != len(size):
        return f"Its shape is {got.shape}: it has an axis too {'many' if got.ndim > len(size) else 'few'}."
    return f"Its shape is {got.shape}."


def _what(value: Any, depth: int) -> str:
    if value is None:
        return "`None`, which is nothing"
    if isinstance(value, bool):
        return f"`{value}`, a truth value"
    if isinstance(value, str):
        quoted = (
            ": leave out the quotation marks, `str` or `f` that make a text of it" if _reads_like_numbers(value) else ""
        )
        return f"a text (`str`){quoted}"
    if isinstance(value, RemoteFunction):
        return _function(value)
    if isinstance(value, Opaque):
        return _opaque(value.type_name)
    if isinstance(value, Expression):
        names = ", ".join(clean(name, 40) for name in sorted(value.symbols)[:5])
        if names:
            return f"a formula in {names}"
        return f"the number {value.text}" if _is_real(value) else "a formula that is no real number"
    if isinstance(value, np.ndarray):
        if value.ndim == 0:
            return "one truth value" if value.dtype.kind == "b" else "one number"
        return f"an array of {_ITEMS[value.dtype.kind]}, of shape {value.shape}"
    return _sequence(value, depth) if isinstance(value, list | tuple) else "one number"


def _is_real(value: Expression) -> bool:
    try:
        number = value.evaluate()
    except ExpressionError:
        return False
    return bool(number.ndim == 0 and number.imag == 0 and np.isfinite(number))


def _sequence(value: Any, depth: int) -> str:
    if any(isinstance(item, Boxed) for item in value):
        return _ADVICE["array of objects"]
    kind = "a tuple" if isinstance(value, tuple) else "a list"
    if not value:
        return f"{kind} without anything in it"
    for index, item in enumerate(value):
        if isinstance(item, list | tuple) and depth == 0:
            continue
        wrong = item is None or isinstance(item, bool | str | RemoteFunction | Opaque)
        wrong = wrong or (isinstance(item, Expression) and bool(item.symbols))
        if wrong or (isinstance(item, np.ndarray) and item.dtype.kind == "b"):
            return f"{kind} whose item {index} is {_what(item, depth - 1)}"
    shapes = [_shape(item) for item in value]
    other = next((index for index, shape in enumerate(shapes) if shape != shapes[0]), None)
    if other is not None:
        return f"{kind} whose items have different shapes: item 0 has {shapes[0]}, item {other} has {shapes[other]}"
    types = set(map(type, value))
    items = "float" if types == {float} else "integer" if types == {int} else "item"
    comma = ", as a comma at the end of a line makes" if isinstance(value, tuple) and len(value) == 1 else ""
    return f"{kind} of {len(value)} {items}{'s' * (len(value) != 1)}{comma}"


def _shape(item: Any) -> tuple[int, ...]:
    if isinstance(item, np.ndarray):
        return tuple(item.shape)
    return (len(item),) if isinstance(item, list | tuple) else ()


_FUNCTIONS = ("function", "builtin_function_or_method", "method", "ufunc", "partial")


def _function(value: RemoteFunction) -> str:
    if value.type_name in _FUNCTIONS:
        return "a function"
    if value.type_name == "type":
        return "a class, not an object made of it"
    if value.type_name == "poly1d":
        return "a `poly1d` object: its numbers are its `.coef`, those of the highest power first"
    if value.type_name == "Polynomial":
        return "a `Polynomial` object: its numbers are its `.coef`, the constant first"
    return f"an object of type `{clean(value.type_name, 80)}`"


_ITEMS = {"b": "truth values", "f": "floats", "i": "integers", "u": "integers"}
_ADVICE = {
    "generator": "a generator, which has computed nothing yet: make a list of it, `list(…)`",
    "coroutine": "a coroutine, which has computed nothing yet: leave out `async`",
    "map": "a `map` object, which has computed nothing yet: make a list of it, `list(…)`",
    "zip": "a `zip` object, which has computed nothing yet: make a list of it, `list(…)`",
    "dict": "a dictionary (`dict`): return its values alone, in the order that is asked for",
    "set": "a set, which has no order: return a list or an array",
    "complex": "a complex number",
    "array of objects": "an array of objects (`dtype=object`): its items are no plain numbers, or of different lengths",
    "ellipsis": "`...`, the place where your code belongs",
}


def _opaque(name: str) -> str:
    if name in _ADVICE:
        return _ADVICE[name]
    if name.startswith(("array of complex", "complex")):
        return "complex numbers"
    if name.startswith("array of str"):
        return "an array of texts"
    return clean(name, 80) if name.startswith("array of ") else f"an object of type `{clean(name, 80)}`"


_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
MOST_PRINTED = 2_000  # characters of printed text that are looked through


def numbers_in(text: str) -> list[float]:
    """Return the numbers that a text holds, in their order."""
    return [float(found) for found in _NUMBER.findall(text[:MOST_PRINTED])]


def _reads_like_numbers(text: str) -> bool:
    return bool(text[:200].strip(" []()\n").replace(",", " ").split()) and not re.sub(
        rf"{_NUMBER.pattern}|[\[\](), \n]", "", text[:200]
    )


def printed_instead(printed: str, expected: str) -> str:
    """Return what is said of a call that returned nothing and printed something: whether that is what it should return.

    Parameters
    ----------
    printed
        What the call printed.
    expected
        What it should have returned, as a message shows it.
    """
    if not printed.strip():
        return ""
    shown, wanted = numbers_in(printed), numbers_in(expected.partition("array(")[2] or expected)
    same = (
        bool(wanted) and len(shown) >= len(wanted) and np.allclose(shown[-len(wanted) :], wanted, rtol=1e-3, atol=1e-6)
    )
    if same or (not wanted and printed.strip() == expected.strip("'")):
        return "It prints its result: replace `print(…)` by `return …`."
    return "It prints something, but what is printed is only seen: give the result back with `return`."
