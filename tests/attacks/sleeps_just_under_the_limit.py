"""Sleeps a little less than a call may take, in each call."""

import time

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("a sleep just under the limit", "one per submission")
SHOWS = ("timeout", "killed")


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
    time.sleep(2.7)
    return plain_update(parameter, gradient, learning_rate)
