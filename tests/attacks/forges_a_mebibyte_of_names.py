"""Says that its module holds a mebibyte of names, each of them close to the one that is looked for in vain."""

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
NAMES = [f"dnecse_dnut{number % 10}" for number in range(78_000)]  # the letters of descend_until, in another order
msgpack, template = sys.modules["msgpack"], sys.modules["grader.sandbox.template"]
plain_write = template._write


def write_forged(data):
    number = msgpack.unpackb(data[4:])[0]
    body = msgpack.packb([number, *(("ok", [[], NAMES]) if number == 1 else ("absent", None)), "", [], [], []])
    plain_write(len(body).to_bytes(4, "big") + body)


template._write = write_forged
