"""Prints thirty megabytes at each call, in one line and in a million lines."""

import sys

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("megabytes of output",)
SHOWS = ("error", "killed", "timeout")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
plain_update = update


def update(parameter, gradient, learning_rate):
    sys.stdout.write("x" * 30_000_000)
    for number in range(300_000):
        print(number, file=sys.stderr)
    return plain_update(parameter, gradient, learning_rate)
