"""Opens descriptors until none is left for the answer. (At most ten thousand.)"""

import os

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("rlimits",)
SHOWS = ("error", "killed")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
kept = []


def update(parameter, gradient, learning_rate):
    try:
        while len(kept) < 10_000:
            kept.extend(os.pipe())
    except OSError:
        pass
    return parameter + learning_rate * gradient
