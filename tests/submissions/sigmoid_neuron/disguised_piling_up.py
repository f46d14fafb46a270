from itertools import islice

import numpy as np


def sigmoid(x, w, b):
    return (1 + np.tanh((w * x + b) / 2)) / 2


def loss(w, b, X, Y):
    return np.sum((sigmoid(X, w, b) - Y) ** 2) / 2


def deltas(w, b, X, Y):
    f = sigmoid(X, w, b)
    return (f - Y) * f * (1 - f)


def grad_w(w, b, X, Y):
    return deltas(w, b, X, Y) @ X


def grad_b(w, b, X, Y):
    return deltas(w, b, X, Y) @ np.ones(len(X))


def states(X, Y, w, b, learning_rate):
    v_w = v_b = 0
    while True:
        yield w, b
        g_w, g_b = grad_w(w, b, X, Y), grad_b(w, b, X, Y)
        v_w += learning_rate * g_w
        v_b += learning_rate * g_b
        w -= v_w
        b -= v_b


def fit(X, Y, w, b, learning_rate=1.0, epochs=1000):
    return list(islice(states(X, Y, w, b, learning_rate), epochs + 1))
