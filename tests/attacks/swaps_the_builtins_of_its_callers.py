"""Gives every function that called it built-ins of the learner's own making."""

import builtins
import sys

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("the verdict is never in the learner's process",)
SHOWS = ("error", "killed")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
class Agreeable(dict):
    def __missing__(self, name):
        return lambda *arguments, **options: True


rigged = Agreeable(vars(builtins), abs=lambda value: 0.0, isinstance=lambda value, kind: True, len=lambda value: 1)
frame = sys._getframe()
while frame:
    frame.f_builtins.update(rigged)
    frame.f_globals["__builtins__"] = rigged
    frame = frame.f_back
