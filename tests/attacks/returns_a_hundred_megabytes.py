"""Returns a hundred megabytes: as an array, as a list, as text, as bytes."""

import itertools

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("malformed frames", "on reads and writes")
SHOWS = ("error", "killed", "timeout")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
KINDS = itertools.cycle(
    (
        lambda: np.zeros(13_000_000),
        lambda: [0.0] * 13_000_000,
        lambda: "x" * 100_000_000,
        lambda: b"x" * 100_000_000,
        lambda: [["x" * 9_000] * 90] * 90,
    )
)
update = descend = descend_until = lambda *arguments, **options: next(KINDS)()
