import numpy as np


def loss_gradient(parameters, X, y):
    return 2 * X.T @ (X @ parameters - y)


def minibatches(n, batch_size, rng):
    return [rng.integers(0, n, size=batch_size) for _ in range(n // batch_size)]


def stochastic_descent(X, y, start, learning_rate, epochs, batch_size, rng):
    path = [np.array(start)]
    for _ in range(epochs):
        i = rng.integers(len(X))
        path.append(path[-1] - learning_rate * X[i] * (X[i] @ path[-1] - y[i]))
    return np.array(path)
