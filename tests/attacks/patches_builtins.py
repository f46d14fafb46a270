"""Replaces the built-ins that a comparison might use by ones that always agree."""

import builtins

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
plain_isinstance = builtins.isinstance
builtins.abs = lambda value: 0.0
builtins.round = lambda value, digits=None: 0
builtins.max = builtins.min = lambda *values, **options: 0.0
builtins.all = builtins.any = lambda values: True
builtins.isinstance = lambda value, kind: True if kind in (int, float) else plain_isinstance(value, kind)
builtins.float = type("float", (float,), {"__eq__": lambda self, other: True, "__hash__": float.__hash__})
builtins.AssertionError = type("AssertionError", (Exception,), {})
