"""Never finishes loading."""

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("one deadline per call", "except BaseException")
SHOWS = ("timeout", "killed", "error")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
while True:
    try:
        sum(range(1000))
    except BaseException:
        pass
