"""Attaches attributes to a file and a folder, by every call that does."""

import ctypes
import os

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("setxattr",)
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
changed = []
for target in (b"@CANARY@/target.txt", b"@CANARY@"):
    changed += [
        libc.setxattr(target, b"user.attack", b"1", 1, 0),
        libc.lsetxattr(target, b"user.attack", b"1", 1, 0),
        libc.fsetxattr(libc.open(target, os.O_RDONLY), b"user.attack", b"1", 1, 0),
        libc.removexattr(target, b"user.canary"),
        libc.syscall(463, -100, target, 0, b"user.attack", (ctypes.c_uint64 * 2)(0, 1), 16),  # setxattrat
        libc.ioctl(libc.open(target, os.O_RDONLY), 0x40086602, (ctypes.c_int * 2)(0x80, 0)),  # FS_IOC_SETFLAGS: noatime
    ]
assert set(changed) == {-1}, f"LEAK: {changed}"
