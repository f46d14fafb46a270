"""Arrays without a number whose other axes are so long that NumPy refuses to copy them."""

import itertools

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("astype of zero-stride shapes",)
SHOWS = ("error",)


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
SHAPES = itertools.cycle([(0, 2**20, 2**20, 2**20), (2**40, 0), (0,) * 32, (2**31, 2**31, 0, 1)])
update = descend = descend_until = lambda *arguments, **options: np.zeros(next(SHAPES), np.uint8)
