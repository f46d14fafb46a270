"""Returns an expression nested ten thousand deep, which breaks whoever walks it by recursion."""

import sympy as sp

EXERCISE = "derivatives"
REQUIREMENT = ("bounded in nodes and digits",)
SHOWS = ("error", "killed", "timeout")


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
def symbolic_derivative(expression, variable):
    nested = variable
    for _ in range(10_000):
        nested = sp.Basic.__new__(sp.sin, nested)
    return nested


def polynomial_derivative(coefficients):
    nested = 1.0
    for _ in range(10_000):
        nested = [nested]
    return nested
