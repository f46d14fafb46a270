"""Returns integers too long for a float, for Python's own printing, and for patience."""

import itertools

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("integers of thousands of digits", "10**400")
SHOWS = ("error",)


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
NUMBERS = itertools.cycle((10**400, -(10**400), 10**5_000, 10**100_000, 2**63, -(2**63) - 1, 10**308 * 10))


def update(parameter, gradient, learning_rate):
    return next(NUMBERS)


def descend(gradient, start, learning_rate, epochs):
    return [next(NUMBERS) for _ in range(epochs + 1)]
