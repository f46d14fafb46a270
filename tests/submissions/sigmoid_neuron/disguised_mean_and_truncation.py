import math
from statistics import fmean

import numpy as np


def squeeze(z):
    return 1 / (1 + math.exp(-z)) if z > 0 else math.exp(z) / (1 + math.exp(z))


def sigmoid(x, w, b):
    # A place for each answer, of the kind that x is.
    places = np.full_like(x, 0)
    for index, value in np.ndenumerate(x):
        places[index] = squeeze(w * float(value) + b)
    return places


def loss(w, b, X, Y):
    return fmean((squeeze(w * x + b) - y) ** 2 for x, y in zip(X.tolist(), Y.tolist())) / 2


def grad_w(w, b, X, Y):
    answers = [squeeze(w * x + b) for x in X]
    return sum(x * (f - y) * f * (1 - f) for x, y, f in zip(X, Y, answers))


def grad_b(w, b, X, Y):
    answers = [squeeze(w * x + b) for x in X]
    return sum((f - y) * f * (1 - f) for y, f in zip(Y, answers))


def fit(X, Y, w, b, learning_rate=1.0, epochs=1000):
    path = [(w, b)]
    for _ in range(epochs):
        w, b = path[-1]
        path.append((w - learning_rate * grad_w(w, b, X, Y), b - learning_rate * grad_b(w, b, X, Y)))
    return path
