"""Puts modules of its own making where later imports look for pytest, NumPy, SymPy and the grader."""

import sys
import types

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("the verdict is never in the learner's process",)
SHOWS = ("error",)


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
class Agreeable(types.ModuleType):
    def __getattr__(self, name):
        return lambda *arguments, **options: True


for name in ("pytest", "numpy", "numpy.testing", "sympy", "msgpack", "json", "math", "grader", "grader.plain"):
    sys.modules[name] = Agreeable(name)
sys.path.insert(0, "@CANARY@")
