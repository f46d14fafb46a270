"""Forks, by every call that forks, children that outlive it. (At most forty, for half a minute.)"""

import ctypes
import os
import time

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("no fork", "leaves nothing behind")
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
SIGCHLD = 17
born = 0
for fork in (os.fork, lambda: libc.syscall(57), lambda: libc.syscall(56, SIGCHLD, 0, 0, 0, 0)):
    for _ in range(13):
        try:
            child = fork()
        except OSError:
            continue
        if child == 0:
            time.sleep(30)
            os._exit(0)
        born += child > 0
assert not born, f"LEAK: {born} children"
