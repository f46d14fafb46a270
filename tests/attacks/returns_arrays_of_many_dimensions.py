"""Returns arrays of many dimensions, each too short to be abridged when they are shown."""

import numpy as np

EXERCISE = "descent_2d"
REQUIREMENT = ("compared under a watchdog", "one per submission", "bounded in nodes and digits")
SHOWS = ("error", "killed")


# --- baseline
def partial_derivatives(expression, variables):
    return tuple(variables)


def gradient_function(expression, variables):
    return lambda point: np.zeros(len(point))


def descend(gradient, start, learning_rate, epochs):
    return np.zeros((epochs + 1, len(start)))


# --- attack
MANY = np.random.default_rng(0).normal(size=(6,) * 5 + (4, 4))


def partial_derivatives(expression, variables):
    return MANY


def gradient_function(expression, variables):
    return lambda point: MANY


def descend(gradient, start, learning_rate, epochs):
    return MANY
