"""Deletes, renames, empties, links and replaces files of its user."""

import os

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
TARGET, OTHER = "@CANARY@/target.txt", "@CANARY@/made-by-renaming"
done = []
for change in (
    lambda: os.link(TARGET, OTHER + "-hard"),
    lambda: os.symlink(TARGET, OTHER + "-soft"),
    lambda: os.truncate(TARGET, 0),
    lambda: os.mkdir(OTHER + "-folder"),
    lambda: os.mkfifo(OTHER + "-fifo"),
    lambda: os.rename(TARGET, OTHER),
    lambda: os.unlink(OTHER),
    lambda: os.unlink(TARGET),
    lambda: os.rmdir("@CANARY@"),
):
    try:
        change()
        done.append(change.__code__.co_names[-1])
    except OSError:
        continue
assert not done, f"LEAK: {done}"
