import numpy as np


def sigmoid(x, w, b):
    z = np.array(w * x + b, dtype=float)
    f = np.empty_like(z)
    right = z > 0
    f[right] = 1 / (1 + np.exp(-z[right]))
    f[~right] = 1 - 1 / (1 + np.exp(z[~right]))
    return f


def loss(w, b, X, Y):
    return np.array(np.square(Y - sigmoid(X, w, b)).sum() / 2)


def grad_w(w, b, X, Y):
    f = sigmoid(X, w, b)
    return np.array(-((Y - f) * f * (1 - f) * X).sum())


def grad_b(w, b, X, Y):
    f = sigmoid(X, w, b)
    return np.add.reduce(f * (f - 1) * (Y - f), keepdims=False)


def fit(X, Y, w, b, learning_rate=1.0, epochs=1000):
    path = [np.array([w, b])]
    for _ in range(epochs):
        gradient = np.array([grad_w(*path[-1], X, Y), grad_b(*path[-1], X, Y)])
        path.append(path[-1] - learning_rate * gradient)
    return path
