"""Paths whose points differ by the smallest numbers there are, and by the largest."""

import itertools

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("subnormal steps in a scale", "paths of 1e308 or NaN")
SHOWS = ("failed",)


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
SMALL = itertools.cycle([5e-324, 1e-310, 2.2e-308, -5e-324, 1e-200, 1.7e308, 1e99])


def descend(gradient, start, learning_rate, epochs):
    return np.arange(epochs + 1) * next(SMALL)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([next(SMALL) for _ in range(5)])
