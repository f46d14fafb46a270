import numpy as np


def loss_gradient(parameters, X, y):
    return (X.T @ X @ parameters - X.T @ y) / len(y)


def minibatches(n, batch_size, rng):
    deck = list(range(n))
    rng.shuffle(deck)
    count = n // batch_size
    return np.reshape(deck[: count * batch_size], (count, batch_size))


def stochastic_descent(X, y, start, learning_rate, epochs, batch_size, rng):
    path = [np.array(start, dtype=float)]
    for _ in range(epochs):
        here = path[-1]
        for rows in np.split(rng.permutation(len(y)), range(batch_size, len(y), batch_size)):
            here = here - learning_rate * loss_gradient(here, X[rows], y[rows])
        path.append(here)
    return np.array(path)
