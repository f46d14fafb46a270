"""Returns what equals nothing, exceeds everything, or is zero with a sign."""

import itertools

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("its neighbours are unaffected",)


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
NUMBERS = itertools.cycle((float("nan"), float("inf"), -float("inf"), -0.0, np.float32("nan"), 5e-324, None, 1j, "2.8"))
update = descend = descend_until = lambda *arguments, **options: next(NUMBERS)
