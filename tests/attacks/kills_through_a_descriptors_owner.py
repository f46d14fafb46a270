"""Makes another process the owner of a pipe, and SIGKILL the signal that the pipe sends its owner."""

import fcntl
import os

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("fcntl owner signals", "scoped signals")
SHOWS = ("error", "killed")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
F_SETOWN, F_SETSIG = 8, 10
readable, writable = os.pipe()
worked = []
for descriptor in (readable, 3):
    for command, value in ((F_SETOWN, int("@CANARY_PID@")), (F_SETSIG, 9), (fcntl.F_SETFL, os.O_ASYNC)):
        try:
            fcntl.fcntl(descriptor, command, value)
            worked += [command] if command != fcntl.F_SETFL else []
        except OSError:
            continue
os.write(writable, b"now")
assert not worked, f"LEAK: {worked}"
