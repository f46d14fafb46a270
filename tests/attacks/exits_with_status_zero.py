"""Ends its process with the status of success as soon as it is asked for something."""

import os

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("its neighbours are unaffected", "the verdict is never in the learner's process")
SHOWS = ("killed",)


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
update = descend = descend_until = lambda *arguments, **options: os._exit(0)
