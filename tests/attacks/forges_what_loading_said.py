"""Answers to the loading of its module with failures that are nested nine hundred deep."""

import sys

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("malformed frames", "bounded in nodes and digits")
SHOWS = ("error", "killed")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
deep = []
for _ in range(900):
    deep = [deep]
msgpack = sys.modules["msgpack"]
plain_pack = msgpack.packb
msgpack.packb = lambda reply: plain_pack([reply[0], "ok", [[[deep, "message", None, None, "own"]], ["update"]], "", []])
