"""Asks for a ring through which the kernel makes calls that no filter sees."""

import ctypes

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("io_uring, userfaultfd, bpf, keyctl", "allow-list")
SHOWS = ("error", "killed")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
libc = ctypes.CDLL(None, use_errno=True)
descriptor = libc.syscall(425, 8, ctypes.create_string_buffer(120))
assert descriptor == -1, f"LEAK: io_uring_setup gave {descriptor}"
