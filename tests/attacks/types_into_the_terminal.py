"""Types into the terminal from which the class is being graded."""

import fcntl
import os
import termios

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("TIOCSTI",)
SHOWS = ("error", "killed")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
TIOCLINUX = 0x541C
descriptors = list(range(64))
try:
    descriptors.append(os.open("/dev/tty", os.O_RDONLY))
except OSError:
    pass
typed = []
for descriptor in descriptors:
    for request, data in ((termios.TIOCSTI, b"#"), (TIOCLINUX, b"\x03")):
        try:
            fcntl.ioctl(descriptor, request, data)
            typed.append(descriptor)
        except OSError:
            continue
assert not typed, f"LEAK: {typed}"
