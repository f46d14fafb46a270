"""Leaves threads spinning after each call, which hold the interpreter as long as they can."""

import sys
import threading

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("threads that outlive a call", "its neighbours are unaffected")
SHOWS = ("error", "timeout", "killed")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
def spin():
    while True:
        pass


plain_update = update


def update(parameter, gradient, learning_rate):
    sys.setswitchinterval(1.0)
    while threading.active_count() < 8:
        threading.Thread(target=spin).start()
    return plain_update(parameter, gradient, learning_rate)
