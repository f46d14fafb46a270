"""Returns a sum of a million terms, and a product that doubles at each of a hundred levels."""

import itertools

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
def doubled(variable):
    part = variable
    for _ in range(100):
        part = sp.Add._from_args((part, part))
    return part


KINDS = itertools.cycle((lambda variable: sp.Add._from_args((variable,) * 10**6), doubled))


def symbolic_derivative(expression, variable):
    return next(KINDS)(variable)
