"""Looks at every descriptor it was born with, and reads those that are files."""

import os
import stat

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("no inherited descriptors but the wire",)


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
learned = []
for descriptor in range(64):
    try:
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISREG(mode):
            learned.append(os.pread(descriptor, 40, 0))
        elif stat.S_ISDIR(mode):
            learned.append(os.listdir(descriptor)[:3])
    except OSError:
        continue
assert not learned, f"LEAK: {learned}"
