"""What may stand in a formula of the course: names, how many arguments each takes, and what it means in numbers."""

import operator
from collections.abc import Callable
from functools import reduce
from typing import Any

import numpy as np

MANY = 20_000  # arguments: as many as a formula may have parts


def _piecewise(*arguments: Any) -> Any:
    # Arguments alternate: value, condition. The first condition that holds chooses the value; nan where none does.
    result: Any = np.nan
    for value, condition in reversed(list(zip(arguments[::2], arguments[1::2], strict=True))):
        result = np.where(np.asarray(condition).astype(bool), value, result)
    return result


# Every function that may stand in an expression, with its floating-point meaning for real and complex arrays.
FUNCTIONS: dict[str, Callable[..., Any]] = {
    # Operators, for they take a scalar four times as fast as NumPy's functions; the constants are NumPy's.
    "Add": lambda *terms: reduce(operator.add, terms),
    "Mul": lambda *factors: reduce(operator.mul, factors),
    "Pow": operator.pow,
    "exp": np.exp,
    "log": np.log,
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "cot": lambda x: 1 / np.tan(x),
    "sec": lambda x: 1 / np.cos(x),
    "csc": lambda x: 1 / np.sin(x),
    "asin": np.arcsin,
    "acos": np.arccos,
    "atan": np.arctan,
    "atan2": lambda y, x: np.arctan2(np.real(y), np.real(x)),
    "sinh": np.sinh,
    "cosh": np.cosh,
    "tanh": np.tanh,
    "coth": lambda x: 1 / np.tanh(x),
    "sech": lambda x: 1 / np.cosh(x),
    "csch": lambda x: 1 / np.sinh(x),
    "asinh": np.arcsinh,
    "acosh": np.arccosh,
    "atanh": np.arctanh,
    "Abs": np.abs,
    "sign": np.sign,
    "re": np.real,
    "im": np.imag,
    "conjugate": np.conjugate,
    "Min": lambda *values: reduce(np.minimum, [np.real(value) for value in values]),
    "Max": lambda *values: reduce(np.maximum, [np.real(value) for value in values]),
    "floor": lambda x: np.floor(np.real(x)),
    "ceiling": lambda x: np.ceil(np.real(x)),
    "Heaviside": lambda x, at_zero=0.5: np.heaviside(np.real(x), np.real(at_zero)),
    "Piecewise": _piecewise,
    "StrictLessThan": lambda a, b: np.real(a) < np.real(b),
    "LessThan": lambda a, b: np.real(a) <= np.real(b),
    "StrictGreaterThan": lambda a, b: np.real(a) > np.real(b),
    "GreaterThan": lambda a, b: np.real(a) >= np.real(b),
    "Equality": np.equal,
    "Unequality": np.not_equal,
    "And": lambda *values: reduce(np.logical_and, values),
    "Or": lambda *values: reduce(np.logical_or, values),
    "Not": np.logical_not,
}
CONSTANTS: dict[str, Any] = {
    "Pi": np.pi,
    "Exp1": np.e,
    "ImaginaryUnit": 1j,
    "Infinity": np.inf,
    "NegativeInfinity": -np.inf,
    "ComplexInfinity": np.inf,
    "NaN": np.nan,
    "GoldenRatio": (1 + 5**0.5) / 2,
    "EulerGamma": float(np.euler_gamma),
    "BooleanTrue": True,
    "BooleanFalse": False,
}
# How many arguments each function takes; the others take one.
ARITIES: dict[str, tuple[int, int]] = {
    **dict.fromkeys(("Add", "Mul", "Min", "Max", "And", "Or"), (1, MANY)),
    **dict.fromkeys(("Pow", "atan2", "Equality", "Unequality"), (2, 2)),
    **dict.fromkeys(("StrictLessThan", "LessThan", "StrictGreaterThan", "GreaterThan"), (2, 2)),
    "Heaviside": (1, 2),
    "Piecewise": (2, MANY),
}
