"""Each formula is small, and each is looked at once a check and once a misconception."""

import numpy as np
import sympy as sp

EXERCISE = "descent_2d"
REQUIREMENT = ("bounded in nodes and digits",)
SHOWS = ("failed",)


# --- baseline
def partial_derivatives(expression, variables):
    return tuple(variables)


def gradient_function(expression, variables):
    return lambda point: np.zeros(len(point))


def descend(gradient, start, learning_rate, epochs):
    return np.zeros((epochs + 1, len(start)))


# --- attack
x = sp.Symbol("x")


def partial_derivatives(expression, variables):
    return [sp.sin(x)] * 40_000


def descend(gradient, start, learning_rate, epochs):
    return [[sp.Integer(row), sp.Rational(1, 3)] for row in range(20_000)]
