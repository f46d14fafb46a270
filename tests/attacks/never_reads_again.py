"""Answers once and never reads another question."""

import os
import time

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("a worker that never reads", "on reads and writes")
SHOWS = ("error", "killed", "timeout")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
os.read = os.readv = lambda *arguments: time.sleep(3600)
