"""Makes pairs of sockets, through which descriptors can be kept or passed on."""

import socket

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("socketpair", "no socket")
SHOWS = ("error", "killed")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
made = []
for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET):
    try:
        socket.socketpair(socket.AF_UNIX, kind)
        made.append(kind.name)
    except OSError:
        continue
assert not made, f"LEAK: {made}"
