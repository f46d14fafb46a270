"""Writes replies that say "passed" to every descriptor, in every framing it can think of."""

import json
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
BODIES = (
    b"\x97\x01\xa6passed\xcb@$\x00\x00\x00\x00\x00\x00\xa0\x90\x90\x90",  # msgpack: [1, "passed", 10.0, "", [], [], []]
    b"\x97\x02\xa5value\xcb\x40\x06\x66\x66\x66\x66\x66\x66\xa0\x90\x90\x90",  # msgpack: [2, "value", 2.8, "", [], [], []]
    json.dumps({"outcome": "passed", "score": 10, "points": 10}).encode() + b"\n",
)


def update(parameter, gradient, learning_rate):
    for descriptor in range(64):
        for body in BODIES:
            for width, order in ((0, "big"), (4, "big"), (4, "little"), (8, "big")):
                try:
                    os.write(descriptor, (len(body) if width else 0).to_bytes(width, order) + body)
                except OSError:
                    break
    return parameter + learning_rate * gradient
