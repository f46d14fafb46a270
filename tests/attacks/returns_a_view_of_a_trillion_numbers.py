"""Returns an array of a trillion numbers that takes eight bytes, until someone copies it."""

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("malformed frames", "rlimits")
SHOWS = ("error", "killed")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
update = descend = descend_until = lambda *arguments, **options: np.broadcast_to(2.8, (10**6, 10**6))
