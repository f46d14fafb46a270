"""Takes memory until there is none, catches the refusal, and keeps what it has. (At most four gigabytes.)"""

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("rlimits", "its neighbours are unaffected")
SHOWS = ("error", "killed", "timeout")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
hoard = []


def update(parameter, gradient, learning_rate):
    try:
        while len(hoard) < 64:
            hoard.append(bytearray(b"\x01" * 2**26))
    except MemoryError:
        pass
    return parameter + learning_rate * gradient
