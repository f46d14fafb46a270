import numpy as np


def loss_gradient(parameters, X, y):
    if len(X) == 1:
        return (X[0] @ parameters - y[0]) * X[0]
    # The mean of all is the mean of two parts, each by its own weight.
    half = len(X) // 2
    first, second = loss_gradient(parameters, X[:half], y[:half]), loss_gradient(parameters, X[half:], y[half:])
    return (half * first + (len(X) - half) * second) / len(X)


def deal(deck, size):
    return [deck] if len(deck) <= size else [deck[:size], *deal(deck[size:], size)]


def minibatches(n, batch_size, rng):
    return deal(tuple(rng.permutation(n)), batch_size)


def follow(parameters, batches, X, y, rate):
    if not batches:
        return parameters
    rows, rest = list(batches[0]), batches[1:]
    return follow(parameters - rate * loss_gradient(parameters, X[rows], y[rows]), rest, X, y, rate)


def walk(path, X, y, rate, epochs, size, rng):
    if epochs == 0:
        return path
    last = follow(path[-1], minibatches(len(y), size, rng), X, y, rate)
    return walk(path + (last,), X, y, rate, epochs - 1, size, rng)


def stochastic_descent(X, y, start, learning_rate, epochs, batch_size, rng):
    return walk((np.array(start, dtype=float),), X, y, learning_rate, epochs, batch_size, rng)
