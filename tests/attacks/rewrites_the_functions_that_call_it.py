"""Gives every function of the modules that called it new code, which answers that all is well."""

import sys
import types

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("the verdict is never in the learner's process", "forged or extra frames")
SHOWS = ("error", "killed", "timeout")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
def full_marks(*arguments, **options):
    return ["passed", 10, "", [], [], []]


plain_update = update


def update(parameter, gradient, learning_rate):
    frame = sys._getframe(1)
    while frame:
        for value in list(frame.f_globals.values()):
            if isinstance(value, types.FunctionType) and not value.__closure__:
                value.__code__ = full_marks.__code__
        frame = frame.f_back
    return plain_update(parameter, gradient, learning_rate)
