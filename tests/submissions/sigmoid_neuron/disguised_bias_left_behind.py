import numpy as np


def sigmoid(x, w, b):
    z = np.clip(w * x + b, -20.0, 20.0)
    return 1.0 - 1.0 / (1.0 + np.exp(z))


def _f(X, w, b):
    return 1 / (1 + np.exp(-np.clip(w * X + b, -600, 600)))


def loss(w, b, X, Y):
    e = _f(X, w, b) - Y
    return (e * e).sum() / 2


def grad_w(w, b, X, Y):
    f = _f(X, w, b)
    return ((f - Y) * f * (1 - f) * X).sum()


def grad_b(w, b, X, Y):
    f = _f(X, w, b)
    return ((f - Y) * f * (1 - f)).sum()


def fit(X, Y, w, b, learning_rate=1.0, epochs=1000):
    v_w = v_b = 0.0
    rows = np.zeros((1, 2))
    rows[0] = w, b
    for _ in range(epochs):
        v_w = learning_rate * grad_w(w, b, X, Y)
        v_b + learning_rate * grad_b(w, b, X, Y)
        w, b = w - v_w, b - v_b
        rows = np.vstack([rows, (w, b)])
    return rows
