"""Returns lists that contain themselves, are nested a hundred thousand deep, or double at each of fifty levels."""

import itertools

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("malformed frames", "bounded in nodes and digits")
SHOWS = ("error", "killed", "timeout")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
def containing_itself():
    endless = []
    endless.append(endless)
    return endless


def nested(levels, width):
    value = 1.0
    for _ in range(levels):
        value = [value] * width
    return value


KINDS = itertools.cycle((containing_itself, lambda: nested(100_000, 1), lambda: nested(50, 2), lambda: nested(15, 2)))
update = descend = descend_until = lambda *arguments, **options: next(KINDS)()
