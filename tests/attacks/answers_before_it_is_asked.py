"""Sends answers to the next ten questions while its module is loaded."""

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
# [number, "value", 0.0, "", [], [], []] for numbers to come: to each `update(…)` whose right answer is zero
for number in range(2, 12):
    body = b"\x97" + bytes([number]) + b"\xa5value\xcb" + bytes(8) + b"\xa0\x90\x90\x90"
    try:
        os.write(3, len(body).to_bytes(4, "big") + body)
    except OSError:
        break
