"""Answers with trees of formulas that no SymPy ever made: truths as numbers, zero denominators, foreign types."""

import itertools
import sys

EXERCISE = "derivatives"
REQUIREMENT = ("type-checked before they are rebuilt", "malformed frames")
SHOWS = ("error", "killed")


# --- baseline
def average_slope(f, a, b):
    return f(b) - f(a)


def numerical_derivative(f, x, h=1e-5):
    return f(x)


def polynomial_derivative(coefficients):
    return list(coefficients)


def symbolic_derivative(expression, variable):
    return expression


def derivative_function(expression, variable):
    return lambda x: x


# --- attack
TREES = itertools.cycle(
    (
        ["sign", ["BooleanTrue"]],
        ["Pow", ["BooleanTrue"], ["sign", ["Equality", ["Symbol", "x"], ["Integer", "2"]]]],
        ["Rational", "1", "0"],
        ["Mul", ["Not", ["Float", float("nan")]], ["Heaviside", ["ImaginaryUnit"], ["BooleanFalse"]]],
        ["Piecewise", ["Symbol", "x"], ["sin", ["Symbol", "x"]], ["Integer", "-" + "9" * 1000], ["Infinity"]],
        ["Integer", "-"],
        ["Symbol", "x", ["real"]],
        ["Add", None, True, 3],
        ["atan2", ["Symbol", "x"]],
        ["__import__", ["Symbol", "os"]],
        [],
    )
)
msgpack = sys.modules["msgpack"]
plain_pack = msgpack.packb


def pack_forged(reply):
    return plain_pack(reply if reply[1] == "ok" else [reply[0], "value", ["expression", next(TREES)], "", [], [], []])


msgpack.packb = pack_forged
