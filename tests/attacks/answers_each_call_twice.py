"""Sends each answer twice, so that the second is taken for the answer to the next question."""

import os

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("forged or extra frames",)
SHOWS = ("error", "killed")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
plain_write = os.write


def write_twice(descriptor, data):
    size = plain_write(descriptor, data)
    plain_write(descriptor, data)
    return size


os.write = write_twice
