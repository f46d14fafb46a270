import math

import numpy as np


def loss_gradient(parameters, X, y):
    missing = [value - row.dot(parameters) for row, value in zip(X, y)]
    return [math.fsum(m * row[j] for m, row in zip(missing, X)) / len(missing) for j in range(X.shape[1])]


def minibatches(n, batch_size, rng):
    deck = np.arange(n)
    rng.shuffle(deck)
    count = math.ceil(n / batch_size)
    share, rest = divmod(n, count)
    hands, taken = [], 0
    for hand in range(count):
        size = share + (hand < rest)
        hands.append(deck[taken : taken + size].tolist())
        taken += size
    return hands


def stochastic_descent(X, y, start, learning_rate, epochs, batch_size, rng):
    path = [np.array(start, dtype=float)]
    for _ in range(epochs):
        here = path[-1]
        deck = rng.permutation(len(X))
        for first in range(0, len(X), batch_size):
            hand = deck[first : first + batch_size]
            here = here - learning_rate * np.mean(X[hand].T * (X[hand] @ here - y[hand]), axis=1)
        path.append(here)
    return np.array(path)
