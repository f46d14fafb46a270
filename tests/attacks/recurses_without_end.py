"""Recurses, with no limit to stop it, until the stack runs out."""

import sys

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("rlimits", "its neighbours are unaffected")
SHOWS = ("error", "killed", "timeout")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
sys.setrecursionlimit(2**31 - 1)


class Deep:
    def __repr__(self):
        return repr([self])


def update(parameter, gradient, learning_rate):
    return repr(Deep())


def descend(gradient, start, learning_rate, epochs):
    return descend(gradient, start, learning_rate, epochs)
