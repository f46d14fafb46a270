"""Makes namespaces of its own, in which it would be root, and enters those of other processes."""

import ctypes

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("unshare", "setns", "drop every capability")
SHOWS = ("error", "killed")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
KINDS = (0x10000000, 0x00020000, 0x20000000, 0x40000000, 0x08000000, 0x04000000, 0x02000000, 0x00000080)
libc = ctypes.CDLL(None, use_errno=True)
descriptor = libc.syscall(434, int("@CANARY_PID@"), 0)  # pidfd_open
entered = [libc.unshare(kind) for kind in KINDS] + [libc.setns(descriptor, kind) for kind in KINDS]
assert set(entered) == {-1}, f"LEAK: {entered}"
