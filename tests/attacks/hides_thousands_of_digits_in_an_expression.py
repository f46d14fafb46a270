"""Returns expressions whose coefficients and exponents have thousands of digits."""

import itertools

import sympy as sp

EXERCISE = "derivatives"
REQUIREMENT = ("bounded in nodes and digits", "integers of thousands of digits", "10**400")
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
NUMBERS = itertools.cycle(
    (
        sp.Integer(10**400),
        sp.Integer(10**5000),
        sp.Rational(10**400 + 1, 10**399),
        sp.Rational(1, 3**9000),
        sp.Float("0.1", 20_000),
        sp.Pow(10, 400, evaluate=False),
        sp.Pow(sp.Integer(10**300), sp.Rational(10**300, 7), evaluate=False),
    )
)


def symbolic_derivative(expression, variable):
    return sp.Mul(next(NUMBERS), variable, evaluate=False)


def polynomial_derivative(coefficients):
    return [next(NUMBERS)] * max(1, len(coefficients) - 1)
