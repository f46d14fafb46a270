"""Takes a classmate's submission as its own."""

import os

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("its neighbours are unaffected", "nothing else of the disk")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
learned = []
try:
    learned += os.listdir(os.path.dirname(os.path.dirname("@CLASSMATE@")))
except OSError:
    pass
try:
    exec(open("@CLASSMATE@").read())
except OSError:
    pass
assert not learned, f"LEAK: {learned[:5]}"
