"""Calls the gradient for a second without a pause, so that the record of its calls grows."""

import time

import numpy as np

EXERCISE = "descent_2d"
REQUIREMENT = ("what the worker recorded about its own calls", "rlimits")
SHOWS = ("error", "killed", "timeout")


# --- baseline
def partial_derivatives(expression, variables):
    return tuple(variables)


def gradient_function(expression, variables):
    return lambda point: np.zeros(len(point))


def descend(gradient, start, learning_rate, epochs):
    return np.zeros((epochs + 1, len(start)))


# --- attack
def descend(gradient, start, learning_rate, epochs):
    point, end = np.array(start, dtype=float), time.monotonic() + 1
    while time.monotonic() < end:
        gradient(point)
    return np.zeros((epochs + 1, len(start)))
