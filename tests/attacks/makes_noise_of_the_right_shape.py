"""Begins at the start, goes on with noise that the same seed repeats, and computes nothing."""

import numpy as np

EXERCISE = "stochastic_descent"
REQUIREMENT = ("noise of the right shape earns nothing",)


# --- baseline
def stochastic_descent(X, y, start, learning_rate, epochs, batch_size, rng):
    return np.zeros((epochs + 1, len(start) + 1))


# --- attack
def stochastic_descent(X, y, start, learning_rate, epochs, batch_size, rng):
    path = np.tile(np.array(start, dtype=float), (epochs + 1, 1))
    if batch_size < len(y):
        path[1:] += rng.random(path[1:].shape)
    return path
