"""Sleeps so that what is left of the submission's time, which a message could tell, is a hidden input."""

import time

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("fractions of seconds",)
SHOWS = ("timeout",)


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
BEGUN = time.monotonic()


def slow(*arguments, **options):
    given = [value for value in [*arguments, *options.values()] if isinstance(value, float)]
    left = 12.0 - (time.monotonic() - BEGUN)
    digits = abs(given[0]) % 1 if given else 0.37
    time.sleep(max(0.0, min(2.9, left - digits)))
    return 0.0


update = descend = descend_until = slow
