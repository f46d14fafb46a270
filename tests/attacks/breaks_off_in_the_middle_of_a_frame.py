"""Sends half an answer and closes every descriptor."""

import os

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("malformed frames",)
SHOWS = ("error", "killed")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
def update(parameter, gradient, learning_rate):
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, b"\x00\x00\x00\x20\x97\x01\xa5value\x93")
        except OSError:
            continue
    os.closerange(0, 64)
    return parameter
