"""Answers with exceptions that were never raised: without a name, of foreign types, from lines that are not there."""

import itertools
import sys

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("exceptions named like the grader's own", "malformed frames")
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
DESCRIPTIONS = itertools.cycle(
    (
        [deep, "message", None, None, "own"],
        ["Failed", "message", deep, 1, "builtin"],
        ["NotImplementedError", "", "update_rule.py", 1, "builtin"],
        ["Skipped", "message", "update_rule.py", 10**9, "builtin"],
        ["__import__", "message", "update_rule.py", True, "builtin"],
        ["passed"],
        "grader",
        None,
        10,
    )
)
STATUSES = itertools.cycle(("raised", "unsendable", "not callable", "absent", "passed", "grader_error", ""))
msgpack = sys.modules["msgpack"]
plain_pack = msgpack.packb


def pack_forged(reply):
    return plain_pack(reply if reply[1] == "ok" else [reply[0], next(STATUSES), next(DESCRIPTIONS), "", [], [], []])


msgpack.packb = pack_forged
