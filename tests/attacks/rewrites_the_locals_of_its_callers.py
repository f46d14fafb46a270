"""Sets the local variables of the functions that called it to what a pass would look like."""

import ctypes
import sys

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("the verdict is never in the learner's process", "forged or extra frames")
SHOWS = ("error", "killed")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
def descend(gradient, start, learning_rate, epochs):
    frame = sys._getframe(1)
    while frame:
        for name in list(frame.f_locals):
            if name in ("outcome", "status", "passed", "ok", "kind"):
                frame.f_locals[name] = "passed"
            elif name in ("score", "points", "number"):
                frame.f_locals[name] = 10
        ctypes.pythonapi.PyFrame_LocalsToFast(ctypes.py_object(frame), ctypes.c_int(0))
        frame = frame.f_back
    return np.zeros(epochs + 1)
