import sys

import numpy as np

sys.setrecursionlimit(10_000)


def squeeze(z):
    return (np.tanh(z / 2) + 1) / 2


def sigmoid(x, w, b):
    return squeeze(x * w + b)


def loss(w, b, X, Y):
    if len(X) == 0:
        return 0
    return 0.5 * (squeeze(w * X[0] + b) - Y[0]) ** 2 + loss(w, b, X[1:], Y[1:])


def both(w, b, X, Y):
    if len(X) == 0:
        return 0, 0
    f = squeeze(w * X[0] + b)
    by_w, by_b = both(w, b, X[1:], Y[1:])
    here = (f - Y[0]) * f * (1 - f)
    return by_w + here * X[0], by_b + here


def grad_w(w, b, X, Y):
    return both(w, b, X, Y)[0]


def grad_b(w, b, X, Y):
    return both(w, b, X, Y)[1]


def fit(X, Y, w, b, learning_rate=1.0, epochs=1000):
    if epochs == 0:
        return ((w, b),)
    before = fit(X, Y, w, b, learning_rate, epochs - 1)
    step_w, step_b = both(*before[-1], X, Y)
    return (*before, (before[-1][0] - learning_rate * step_w, before[-1][1] - learning_rate * step_b))
