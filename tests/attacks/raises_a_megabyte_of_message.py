"""Raises exceptions with a megabyte of text, of type name and of notes, at the end of a deep stack."""

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("megabytes of output", "bounded in nodes and digits")
SHOWS = ("error", "killed")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
Big = type("Big" * 300_000, (Exception,), {})


def deep(levels):
    if levels:
        return deep(levels - 1)
    error = Big("message " * 130_000)
    error.__notes__ = ["note " * 200_000]
    raise error


def update(*arguments, **options):
    return deep(900)


def descend(gradient, start, learning_rate, epochs):
    raise ExceptionGroup("group " * 100_000, [ValueError("part " * 1_000)] * 1_000)
