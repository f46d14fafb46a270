"""Returns paths with far more points than updates were asked for."""

import itertools

import numpy as np

EXERCISE = "descent_2d"
REQUIREMENT = ("million-point pictures",)
SHOWS = ("error", "killed")


# --- baseline
def partial_derivatives(expression, variables):
    return tuple(variables)


def gradient_function(expression, variables):
    return lambda point: np.zeros(len(point))


def descend(gradient, start, learning_rate, epochs):
    return np.zeros((epochs + 1, len(start)))


# --- attack
ROWS = itertools.cycle((60_000, 1_000_000, 0))


def descend(gradient, start, learning_rate, epochs):
    return np.linspace(-3.0, 3.0, next(ROWS) * len(start)).reshape(-1, len(start))
