"""Sends one byte too many before each answer, so that all that follows is out of step."""

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
plain_update, turn = update, 0


def update(parameter, gradient, learning_rate):
    global turn
    turn += 1
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, bytes([turn * 37 % 256]))
        except OSError:
            continue
    return plain_update(parameter, gradient, learning_rate)
