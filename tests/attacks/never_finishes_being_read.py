"""Returns an object that takes for ever to be looked at: its class, its length, its number."""

import itertools
import time

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("one deadline per call", "plain data by exact type")
SHOWS = ("timeout", "killed", "error")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
def slow(self, *arguments):
    time.sleep(3600)


KINDS = itertools.cycle(
    (
        type("SlowFloat", (), {"__float__": slow}),
        type("SlowArray", (), {"__array__": slow}),
        type("SlowClass", (), {"__class__": property(slow)}),
        type("SlowException", (Exception,), {"__str__": slow}),
    )
)


def update(parameter, gradient, learning_rate):
    thing = next(KINDS)()
    if type(thing).__name__ == "SlowException":
        raise thing
    return thing
