import numpy as np


def sigmoid(x, w, b):
    return 0.5 * (1 + np.tanh(0.5 * (w * x + b)))


def loss(w, b, X, Y):
    return 0.5 * np.sum((sigmoid(X, w, b) - Y) ** 2)


def grad_w(w, b, X, Y):
    # measured, not differentiated
    h = 1e-5
    return (loss(w + h, b, X, Y) - loss(w, b, X, Y)) / h


def grad_b(w, b, X, Y):
    f = sigmoid(X, w, b)
    return np.sum((f - Y) * f * (1 - f))


def fit(X, Y, w, b, learning_rate=1.0, epochs=1000):
    raise NotImplementedError("sigmoid_neuron: implement fit")
