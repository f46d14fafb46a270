"""Returns paths whose points no picture can hold: the largest numbers, the smallest, and none."""

import itertools

import numpy as np

EXERCISE = "descent_2d"
REQUIREMENT = ("paths of 1e308 or NaN",)


# --- baseline
def partial_derivatives(expression, variables):
    return tuple(variables)


def gradient_function(expression, variables):
    return lambda point: np.zeros(len(point))


def descend(gradient, start, learning_rate, epochs):
    return np.zeros((epochs + 1, len(start)))


# --- attack
VALUES = itertools.cycle((1.7e308, -1.7e308, 5e-324, float("nan"), float("inf"), -float("inf")))


def descend(gradient, start, learning_rate, epochs):
    path = np.empty((epochs + 1, len(start)))
    for row in range(epochs + 1):
        path[row] = next(VALUES)
    return path


def gradient_function(expression, variables):
    return lambda point: np.full(len(variables), next(VALUES))
