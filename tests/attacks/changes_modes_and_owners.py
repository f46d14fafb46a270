"""Makes a file of its user open to all, and gives it away, by every call that does either."""

import ctypes
import os

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("chmod", "chown")
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
descriptor = libc.open(TARGET, os.O_RDONLY)
changed = [
    libc.chmod(TARGET, 0o777),
    libc.fchmod(descriptor, 0o4777),
    libc.fchmodat(-100, TARGET, 0o777, 0),
    libc.syscall(452, -100, TARGET, 0o777, 0),  # fchmodat2
    libc.chown(TARGET, os.getuid(), os.getgid()),
    libc.lchown(TARGET, 65534, 65534),
    libc.fchown(descriptor, 65534, 65534),
    libc.fchownat(-100, TARGET, 65534, 65534, 0),
]
assert set(changed) == {-1}, f"LEAK: {changed}"
