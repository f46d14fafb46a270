import numpy as np


def sigmoid(x, w, b):
    z = np.multiply(w, x) + b
    e = np.exp(-np.abs(z))  # never larger than 1
    return np.where(z >= 0, 1.0, e) / (1.0 + e)


def loss(w, b, X, Y):
    r = sigmoid(X, w, b) - Y
    return r @ r / 2


def _pull(w, b, X, Y):
    f = sigmoid(X, w, b)
    return (f - Y) * (f - f**2)


def grad_w(w, b, X, Y):
    return np.dot(_pull(w, b, X, Y), X)


def grad_b(w, b, X, Y):
    return _pull(w, b, X, Y).sum()


def fit(X, Y, w, b, learning_rate=1.0, epochs=1000):
    theta = np.array([w, b], dtype=float)
    design = np.column_stack([X, np.ones(len(X))])
    path = np.zeros((epochs + 1, 2))
    path[0] = theta
    for k in range(1, epochs + 1):
        theta = theta - learning_rate * design.T @ _pull(*theta, X, Y)
        path[k] = theta
    return path
