"""Returns functions that return functions, lists of a hundred thousand functions, and a call that never comes back."""

import itertools

import numpy as np

EXERCISE = "derivatives"
REQUIREMENT = ("malformed frames", "plain data by exact type")
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
def again(*arguments, **options):
    return again


again.__name__ = "<script>attack_payload()</script>"
KINDS = itertools.cycle((again, [again] * 99_000, np.sin, print, type, exec, {}.get))


def derivative_function(expression, variable):
    return next(KINDS)


def symbolic_derivative(expression, variable):
    return again
