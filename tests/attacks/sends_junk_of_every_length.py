"""Answers with frames whose length is right and whose content is noise, empty or of a foreign kind."""

import os

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("malformed frames",)
SHOWS = ("error", "killed")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
BODIES = (b"", b"\xc1", b"\xff" * 40, b"\x00" * 1000, os.urandom(500), b"\x80", b"\x93\x01\x02\x03", b"null")
turn = 0


def update(parameter, gradient, learning_rate):
    global turn
    body = BODIES[turn % len(BODIES)]
    turn += 1
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, len(body).to_bytes(4, "big") + body)
        except OSError:
            continue
    return parameter + learning_rate * gradient


descend = descend_until = update
