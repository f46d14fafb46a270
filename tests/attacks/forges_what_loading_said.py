"""Answers to the loading of its module with failures that are nested a thousand deep."""

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
for _ in range(1000):
    deep = [deep]
msgpack, template = sys.modules["msgpack"], sys.modules["grader.sandbox.template"]
plain_write = template._write


def write_forged(data):
    number = msgpack.unpackb(data[4:])[0]
    body = msgpack.packb([number, "ok", [[[deep, "message", None, None, "own"]], [["update", []]]], "", [], [], []])
    plain_write(len(body).to_bytes(4, "big") + body)


template._write = write_forged
