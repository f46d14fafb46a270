"""Starts threads until no more can be started, and keeps them. (At most three thousand.)"""

import threading
import time

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("rlimits", "threads that outlive a call")
SHOWS = ("error", "killed", "timeout")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
def update(parameter, gradient, learning_rate):
    while threading.active_count() < 3_000:
        threading.Thread(target=time.sleep, args=(30,), daemon=True).start()
    return parameter + learning_rate * gradient
