"""Pours a hundred megabytes into every descriptor."""

import os

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("malformed frames", "on reads and writes")
SHOWS = ("error", "killed", "timeout")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
def update(parameter, gradient, learning_rate):
    block = b"\x00" * 1_000_000
    for descriptor in range(64):
        for _ in range(100):
            try:
                os.write(descriptor, block)
            except OSError:
                break
    return parameter + learning_rate * gradient
