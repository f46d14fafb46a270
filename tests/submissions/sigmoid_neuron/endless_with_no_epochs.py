import numpy as np


def sigmoid(x, w, b):
    return 0.5 * (1 + np.tanh(0.5 * (w * x + b)))


def loss(w, b, X, Y):
    return 0.5 * np.sum((sigmoid(X, w, b) - Y) ** 2)


def grad_w(w, b, X, Y):
    f = sigmoid(X, w, b)
    return np.sum((f - Y) * f * (1 - f) * X)


def grad_b(w, b, X, Y):
    f = sigmoid(X, w, b)
    return np.sum((f - Y) * f * (1 - f))


def fit(X, Y, w, b, learning_rate=1.0, epochs=1000):
    path = [(w, b)]
    while True:
        w, b = w - learning_rate * grad_w(w, b, X, Y), b - learning_rate * grad_b(w, b, X, Y)
        path.append((w, b))
        epochs -= 1
        if epochs == 0:
            return np.array(path)
