"""Raises an error that says what it was called with."""

import os

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("whatever it prints or raises during a hidden check",)
SHOWS = ("error",)


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
MARK, RUN = "INPUT" + "-MARKER", os.urandom(4).hex()
calls = 0


def update(*arguments, **options):
    global calls
    calls += 1
    raise ValueError(f"{MARK} now {RUN}:{calls} {arguments!r} {options!r}")


def descend(gradient, start, learning_rate, epochs):
    update(gradient(start), start, learning_rate, epochs)
