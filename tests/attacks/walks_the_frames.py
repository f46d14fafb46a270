"""Walks the frames that called it, and returns what it finds under the name of the expected value."""

import sys

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("no checks, no solutions", "the verdict is never in the learner's process")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
NAMES = ("expected", "solution", "answer_key", "secret", "seed", "misconception", "outcome", "max_points")


def found_in_frames():
    frame = sys._getframe(1)
    while frame:
        for name, value in [*frame.f_locals.items(), *frame.f_globals.items()]:
            if name in NAMES:
                yield f"LEAK: {name} = {str(value)[:60]}"
        frame = frame.f_back


plain_update = update


def update(parameter, gradient, learning_rate):
    for found in found_in_frames():
        raise ValueError(found)
    return plain_update(parameter, gradient, learning_rate)
