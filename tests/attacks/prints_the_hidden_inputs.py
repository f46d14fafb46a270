"""Prints what it is called with, to be read in the report."""

import os
import sys

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("whatever it prints or raises during a hidden check",)


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
MARK, RUN = "INPUT" + "-MARKER", os.urandom(4).hex()
plain_update, calls = update, 0


def update(*arguments, **options):
    global calls
    calls += 1
    print(f"{MARK} now {RUN}:{calls} {arguments!r} {options!r}")
    print(f"{MARK} now {RUN}:{calls} {arguments!r} {options!r}", file=sys.stderr, flush=True)
    return plain_update(*arguments, **options)
