"""Sets the times of a file to 1970, by every call that does."""

import ctypes

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("utimensat",)
SHOWS = ("error", "killed")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
TARGET = b"@CANARY@/target.txt"
libc = ctypes.CDLL(None, use_errno=True)
epoch = (ctypes.c_int64 * 4)(0, 0, 0, 0)
changed = [
    libc.utimensat(-100, TARGET, epoch, 0),
    libc.utime(TARGET, epoch),
    libc.utimes(TARGET, epoch),
    libc.lutimes(TARGET, epoch),
    libc.futimesat(-100, TARGET, epoch),
    libc.syscall(132, TARGET, None),
]
assert set(changed) == {-1}, f"LEAK: {changed}"
