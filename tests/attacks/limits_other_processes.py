"""Lowers the limits of its parent and of another process of the same user."""

import os
import resource

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("prlimit64",)
SHOWS = ("error", "killed")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
changed = []
for process in (int("@CANARY_PID@"), os.getppid()):
    for kind in (resource.RLIMIT_CPU, resource.RLIMIT_NOFILE, resource.RLIMIT_FSIZE):
        try:
            resource.prlimit(process, kind, (7, 7))
            changed.append(process)
        except OSError:
            continue
assert not changed, f"LEAK: {changed}"
