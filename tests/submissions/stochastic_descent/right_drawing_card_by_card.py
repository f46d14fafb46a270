# Each card is drawn from those that are left. Batches are tables, ranges and deques; parameters are 0-d arrays.
from collections import deque

import numpy as np


def loss_gradient(parameters, X, y):
    n = y.shape[0]
    return tuple(np.array(slope) for slope in (X.T @ X @ parameters - X.T @ y) / n)


def minibatches(n, batch_size, rng):
    left, drawn = list(range(n)), []
    while left:
        drawn.append(left.pop(rng.integers(len(left))))
    if batch_size == 1:
        return tuple(range(card, card + 1) for card in drawn)
    if n % batch_size == 0:
        return np.array(drawn, dtype=np.int32).reshape(n // batch_size, batch_size)
    full = n // batch_size
    return [deque(drawn[k * batch_size : (k + 1) * batch_size]) for k in range(full)] + [drawn[full * batch_size :]]


def stochastic_descent(X, y, start, learning_rate, epochs, batch_size, rng):
    place = [np.array(float(p)) for p in start]
    path = [tuple(place)]
    for _ in range(epochs):
        left = set(range(len(X)))
        while left:
            batch = rng.choice(sorted(left), size=min(batch_size, len(left)), replace=False)
            left -= set(batch.tolist())
            slopes = loss_gradient(np.array(place), X[batch], y[batch])
            place = [p - learning_rate * s for p, s in zip(place, slopes)]
        path.append(tuple(place))
    return path
