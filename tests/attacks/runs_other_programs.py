"""Starts programs by everything in the standard library that starts programs."""

import os
import pty
import subprocess

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("no exec", "no fork")
SHOWS = ("error", "killed")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
COMMAND = ["/usr/bin/touch", "@CANARY@/made-by-a-program"]
for start in (
    lambda: subprocess.run(COMMAND),
    lambda: subprocess.run(COMMAND, close_fds=False),
    lambda: os.system(" ".join(COMMAND)),
    lambda: os.posix_spawn(COMMAND[0], COMMAND, {}),
    lambda: os.popen(" ".join(COMMAND)).read(),
    lambda: pty.spawn(COMMAND),
    lambda: os.execv(COMMAND[0], COMMAND),
):
    try:
        start()
    except OSError:
        continue
