"""Kills its whole process group, which it shares with whatever started it."""

import os
import signal

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("scoped signals", "every signal call by name")
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
    os.killpg(0, signal.SIGKILL)
    return parameter + learning_rate * gradient
