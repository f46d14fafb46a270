"""Sends an answer that is always about to be complete: one byte at a time, and never the last."""

import os
import time

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("a slow drip", "on reads and writes")
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
    os.write(3, (1_000_000).to_bytes(4, "big"))
    while True:
        os.write(3, b"\x00")
        time.sleep(0.05)
