"""Says that its module holds a hundred thousand names, all of them close to the ones that are looked for in vain."""

import sys

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("one per submission", "bounded in nodes and digits")
SHOWS = ("error", "killed")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
NAMES = [f"{('updat', 'descen')[number % 2]}{number % 10}" for number in range(99_000)]
msgpack = sys.modules["msgpack"]
plain_pack = msgpack.packb


def pack_forged(reply):
    if reply[1] == "ok":
        return plain_pack([reply[0], "ok", [[], NAMES], "", []])
    return plain_pack([reply[0], "absent", None, "", []])


msgpack.packb = pack_forged
