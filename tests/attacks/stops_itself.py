"""Stops its own process, which then neither answers nor ends."""

import os
import signal

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("one deadline per call", "every signal call by name")
SHOWS = ("timeout", "killed", "error")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
def update(parameter, gradient, learning_rate):
    os.kill(os.getpid(), signal.SIGSTOP)
    return parameter + learning_rate * gradient
