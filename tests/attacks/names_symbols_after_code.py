"""Returns expressions whose symbols and functions are named after code, for whoever turns text into expressions."""

import itertools

import sympy as sp

EXERCISE = "derivatives"
REQUIREMENT = ("evaluate=False", "type-checked before they are rebuilt")
SHOWS = ("error",)


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
NAMES = itertools.cycle(
    (
        "__import__('pathlib').Path('@CANARY@/made-by-eval').touch()",
        "x') or __import__('pathlib').Path('@CANARY@/made-by-eval').touch() or Symbol('",
        "\"\"\"'''\\",
        "x\n__import__('pathlib').Path('@CANARY@/made-by-eval').touch()\n",
        "lambda: 0",
        "\x00",
        "x; import os",
        "<script>attack_payload()</script>",
    )
)


def symbolic_derivative(expression, variable):
    return sp.Symbol(next(NAMES)) + sp.Function(next(NAMES))(variable) * sp.Symbol(next(NAMES))


def polynomial_derivative(coefficients):
    return [sp.Symbol(next(NAMES))] * len(coefficients)
