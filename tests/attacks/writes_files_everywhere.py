"""Leaves a file wherever a learner's program might: here, at home, in /tmp, in shared memory, beside NumPy."""

import os
import sys

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("nothing else of the disk", "leaves nothing behind")
SHOWS = ("error", "killed")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
FOLDERS = [
    os.getcwd(),
    os.path.expanduser("~"),
    "/tmp",
    "/var/tmp",
    "/dev/shm",
    os.path.dirname(np.__file__),
    *sys.path,
]
FOLDERS += ["@CANARY@", "@OUT@", "@GRADER_ROOT@", os.path.dirname("@CLASSMATE@")]
written = []
for folder in FOLDERS:
    for flags in (os.O_CREAT | os.O_WRONLY, os.O_CREAT | os.O_RDWR | os.O_TRUNC, os.O_TMPFILE | os.O_RDWR):
        try:
            path = folder if flags & os.O_DIRECTORY else os.path.join(folder, "attack-was-here")
            os.close(os.open(path, flags, 0o600))
            written.append(folder)
        except OSError:
            continue
assert not written, f"LEAK: {written}"
