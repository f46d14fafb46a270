"""Reads the questions away from under the grader's own loop, from threads of its own."""

import os
import threading

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("a worker that never reads", "one deadline per call")
SHOWS = ("error", "killed", "timeout")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
def swallow(descriptor):
    try:
        while os.read(descriptor, 65_536):
            pass
    except OSError:
        pass


for number in range(3, 16):
    threading.Thread(target=swallow, args=(number,), daemon=True).start()
