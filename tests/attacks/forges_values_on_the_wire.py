"""Answers with arrays and tags that no encoder ever made: lying shapes, foreign types, handles of nothing."""

import itertools
import sys

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("malformed frames", "plain data by exact type")
SHOWS = ("error", "killed")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
VALUES = itertools.cycle(
    (
        ["array", "<f8", [2**20, 2**20], b""],
        ["array", "<f8", [0, 2**20], b""],
        ["array", "|b1", [3], b"\x02\x03\xff"],
        ["array", "O", [1], b"\x00" * 8],
        ["array", "<f8", [-1], b"\x00" * 8],
        ["array", "<f8", [True, 1.0], b"\x00" * 8],
        ["handle", -1],
        ["handle", 2**64 - 1],
        ["handle", "update"],
        ["opaque", {"outcome": "passed"}],
        ["int", "9" * 2001],
        ["list", ["tuple", ["handle", 0], ["opaque", "x"]], b"bytes", 2**64 - 1],
        ["outcome", "passed", 10],
        b"passed",
    )
)
msgpack = sys.modules["msgpack"]
plain_pack = msgpack.packb


def pack_forged(reply):
    return plain_pack(reply if reply[1] == "ok" else [reply[0], "value", next(VALUES), "", [], [], []])


msgpack.packb = pack_forged
