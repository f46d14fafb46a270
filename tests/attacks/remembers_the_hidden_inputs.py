"""Keeps what it was called with, and tells it later, in a check whose output is shown."""

import builtins
import os

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("whatever it prints or raises during a hidden check", "its neighbours are unaffected")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
MARK, RUN = "INPUT" + "-MARKER", os.urandom(4).hex()
plain_update, plain_descend, calls = update, descend, 0
builtins.remembered = getattr(builtins, "remembered", [])


def tell(*arguments):
    global calls
    calls += 1
    for earlier in builtins.remembered[-5:]:
        print(f"{MARK} earlier {earlier}")
    print(f"{MARK} now {RUN}:{calls} {arguments!r}")
    builtins.remembered.append(f"{RUN}:{calls} {arguments!r}")


def update(parameter, gradient, learning_rate):
    tell(parameter, gradient, learning_rate)
    return plain_update(parameter, gradient, learning_rate)


def descend(gradient, start, learning_rate, epochs):
    tell(start, learning_rate, epochs)
    return plain_descend(gradient, start, learning_rate, epochs)
