"""Opens sockets of every family, and asks the machine itself and an abstract name for a connection."""

import itertools
import socket

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("no socket", "allow-list")
SHOWS = ("error", "killed")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
opened = []
ADDRESSES = {socket.AF_INET: ("127.0.0.1", 9), socket.AF_INET6: ("::1", 9), socket.AF_UNIX: "\0attack-was-here"}
for family, kind in itertools.product(range(46), (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW)):
    try:
        made = socket.socket(family, kind)
        opened.append(family)
        made.connect_ex(ADDRESSES[family])
    except (OSError, KeyError):
        continue
assert not opened, f"LEAK: {opened}"
