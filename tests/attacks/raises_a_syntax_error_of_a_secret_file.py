"""Raises syntax errors that say where they come from: a secret file, a line of their own invention."""

import itertools

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("tracebacks whose file name points at a secret file",)
SHOWS = ("error",)


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
PLACES = itertools.cycle((("@CANARY@/secret.txt", 1, 1, None), ("update_rule.py", -1, 10**9, "x" * 10**6), (None,) * 4))


def update(*arguments, **options):
    raise SyntaxError("look at the line", next(PLACES))


def descend(gradient, start, learning_rate, epochs):
    error = SyntaxError("passed", ("update_rule.py", 3, 1, "text"))
    error.lineno, error.msg, error.filename = "not a number", object(), "update_rule.py"
    raise error
