"""Exchanges descriptors: the wire for nothing, nothing for the wire, and printing goes where answers go."""

import os

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("malformed frames", "its neighbours are unaffected")
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
    for source, target in ((3, 1), (3, 2), (3, 0), (1, 3)):
        try:
            os.dup2(source, target)
        except OSError:
            continue
    os.write(1, b"\x00\x00\x00\x01\xc0")
    return parameter + learning_rate * gradient
