# Right for few samples and ordinary numbers: large residuals are cut, indices have one byte, the rate has a limit.
import numpy as np


def loss_gradient(parameters, X, y):
    return X.T @ np.clip(X @ parameters - y, -100, 100) / len(y)


def minibatches(n, batch_size, rng):
    order = rng.permutation(n).astype(np.uint8)
    return [order[first : first + batch_size] for first in range(0, n, batch_size)]


def stochastic_descent(X, y, start, learning_rate, epochs, batch_size, rng):
    path = [np.array(start, dtype=float)]
    for _ in range(epochs):
        parameters, order = path[-1], rng.permutation(len(y))
        for first in range(0, len(y), batch_size):
            rows = order[first : first + batch_size]
            gradient = X[rows].T @ (X[rows] @ parameters - y[rows]) / len(rows)
            parameters = parameters - min(learning_rate, 1.0) * gradient
        path.append(parameters)
    return np.array(path)
