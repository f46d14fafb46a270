"""Makes the wire non-blocking and half closed, so that the loop that answers trips over its own reads and writes."""

import fcntl
import os
import socket

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("malformed frames", "on reads and writes")
SHOWS = ("error", "killed", "timeout")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
for number in range(3, 16):
    try:
        fcntl.fcntl(number, fcntl.F_SETFL, os.O_NONBLOCK | os.O_ASYNC)
        socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, os.dup(number)).shutdown(socket.SHUT_RD)
    except OSError:
        continue
