import numpy as np


def loss_gradient(parameters, X, y):
    total = np.zeros(len(parameters))
    for row, value in zip(X, y):
        total += row * (sum(a * b for a, b in zip(row, parameters)) - value)
    return total


def minibatches(n, batch_size, rng):
    return np.split(rng.permutation(n), range(batch_size, n, batch_size))


def mean_pull(place, rows, values):
    return np.mean([row * (np.inner(row, place) - value) for row, value in zip(rows, values)], axis=0)


def stochastic_descent(X, y, start, learning_rate, epochs, batch_size, rng):
    batches = minibatches(len(X), batch_size, rng)
    place, path = tuple(map(float, start)), []
    for epoch in range(epochs + 1):
        path.append(place)
        for batch in batches:
            place = place - learning_rate * mean_pull(place, X[batch], y[batch])
    return path
