import numpy as np


def sigmoid(x, w, b):
    return np.reciprocal(np.exp(np.logaddexp(0, -(w * x + b)).clip(max=700)))


def loss(w, b, X, Y):
    return float(np.linalg.norm(sigmoid(X, w, b) - Y) ** 2 / 2)


def grad_w(w, b, X, Y):
    """Error times input."""
    return float(X @ sigmoid(X, w, b) - X @ Y)


def grad_b(w, b, X, Y):
    total = 0.0
    for x, y in zip(X, Y):
        f = float(sigmoid(x, w, b))
        total += f * (1 - f) * (y - f)
    return total


def fit(X, Y, w, b, learning_rate=1.0, epochs=1000):
    path = np.empty((epochs + 1, 2))
    path[0] = (w, b)
    for k in range(epochs):
        f = sigmoid(X, *path[k])
        delta = (f - Y) * f * (1 - f)
        path[k + 1, 0] = path[k, 0] - learning_rate * (delta @ X)
        path[k + 1, 1] = path[k, 1] - learning_rate * delta.sum()
    return path
