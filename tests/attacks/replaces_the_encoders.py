"""Replaces every encoder that a reply may pass through by one that adds a verdict."""

import json
import struct
import sys

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("the verdict is never in the learner's process", "forged or extra frames")
SHOWS = ("error", "killed")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
def praising(encode):
    def encoded(data, *arguments, **options):
        if isinstance(data, dict):
            data = data | {"outcome": "passed", "points": 10, "score": 10}
        elif isinstance(data, list):
            data = [*data, "passed", {"outcome": "passed", "score": 10}]
        return encode(data, *arguments, **options)

    return encoded


json.dumps = praising(json.dumps)
struct.pack = praising(struct.pack)
for name in ("msgpack", "marshal", "pickle"):
    if name in sys.modules:
        for attribute in ("packb", "dumps"):
            if hasattr(sys.modules[name], attribute):
                setattr(sys.modules[name], attribute, praising(getattr(sys.modules[name], attribute)))
