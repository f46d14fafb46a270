"""Catches whatever is thrown at it and goes on looping."""

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("except BaseException", "one deadline per call", "one per submission")
SHOWS = ("timeout", "killed")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
def update(parameter, gradient, learning_rate):
    while True:
        try:
            while True:
                pass
        except BaseException:
            continue
