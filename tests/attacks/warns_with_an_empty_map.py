"""What should be a list in a reply is a map, which is cut without an exception in one Python and with one in the next."""

import sys

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("malformed frames",)
SHOWS = ("killed",)


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
msgpack = sys.modules["msgpack"]
plain_pack = msgpack.packb
msgpack.packb = lambda reply: plain_pack(reply if reply[1] == "ok" else [*reply[:5], {}, *reply[6:]])
