"""Answers with records of calls that never were: of foreign types, of other functions, of a million points."""

import itertools
import sys

import numpy as np

EXERCISE = "descent_2d"
REQUIREMENT = ("what the worker recorded about its own calls", "malformed frames")
SHOWS = ("error", "killed")


# --- baseline
def partial_derivatives(expression, variables):
    return tuple(variables)


def gradient_function(expression, variables):
    return lambda point: np.zeros(len(point))


def descend(gradient, start, learning_rate, epochs):
    return np.zeros((epochs + 1, len(start)))


# --- attack
RECORDS = itertools.cycle(
    (
        [[0, ["array", "<f8", [0, 0], b""]]],
        [[0, ["array", "|b1", [2, 2], b"\x01" * 4]], [0, None], [7, "seven"]],
        [[0, ["list", "passed", ["opaque", "x"]]]],
        [[["unhashable"], 0.0]],
        [[0]],
        "passed",
        None,
        [[number, 0.0] for number in range(50_000)],
        [[0, ["array", "|b1", [2**19, 2], b"\x00" * 2**20]]],
    )
)
msgpack = sys.modules["msgpack"]
plain_pack = msgpack.packb
msgpack.packb = lambda reply: plain_pack([*reply[:4], next(RECORDS), *reply[5:]])
