"""Issues warnings and log records that say what it was called with."""

import logging
import os
import warnings

import numpy as np

EXERCISE = "descent_2d"
REQUIREMENT = ("whatever it prints or raises during a hidden check",)


# --- baseline
def partial_derivatives(expression, variables):
    return tuple(variables)


def gradient_function(expression, variables):
    return lambda point: np.zeros(len(point))


def descend(gradient, start, learning_rate, epochs):
    return np.zeros((epochs + 1, len(start)))


# --- attack
MARK, RUN = "INPUT" + "-MARKER", os.urandom(4).hex()
plain_descend, calls = descend, 0


def descend(gradient, start, learning_rate, epochs):
    global calls
    calls += 1
    text = f"{MARK} now {RUN}:{calls} {start!r} {learning_rate!r} {epochs!r}"
    warnings.warn(text, stacklevel=1)
    logging.getLogger().error(text)
    return plain_descend(gradient, start, learning_rate, epochs)
