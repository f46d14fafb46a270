"""Makes a process by the call that hides its flags in memory, where a filter cannot look."""

import ctypes
import errno
import os

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("clone3", "no fork")
SHOWS = ("error", "killed")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
CLONE3, SIGCHLD = 435, 17
libc = ctypes.CDLL(None, use_errno=True)
arguments = (ctypes.c_uint64 * 11)(0, 0, 0, 0, SIGCHLD, 0, 0, 0, 0, 0, 0)
child = libc.syscall(CLONE3, arguments, ctypes.sizeof(arguments))
if child == 0:
    os._exit(0)
assert child == -1 and ctypes.get_errno() == errno.ENOSYS, f"LEAK: clone3 gave {child}, {ctypes.get_errno()}"
