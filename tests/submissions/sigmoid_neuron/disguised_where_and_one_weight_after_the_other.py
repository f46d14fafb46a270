import numpy as np


class Trainer:
    def __init__(self, X, Y, rate):
        self.X, self.Y, self.rate = X, Y, rate
        self.weights = {}

    def answers(self):
        return sigmoid(self.X, self.weights["w"], self.weights["b"])

    def improve(self, name, factor):
        f = self.answers()
        self.weights[name] -= self.rate * sum((f - self.Y) * f * (1 - f) * factor)


def sigmoid(x, w, b):
    z = w * x + b
    return np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))


def loss(w, b, X, Y):
    return sum((sigmoid(X, w, b) - Y) ** 2) / 2


def grad_w(w, b, X, Y):
    f = sigmoid(X, w, b)
    return (X * (f - Y) * f * (1 - f)).sum()


def grad_b(w, b, X, Y):
    f = sigmoid(X, w, b)
    return ((f - Y) * f * (1 - f)).sum()


def fit(X, Y, w, b, learning_rate=1.0, epochs=1000):
    trainer = Trainer(X, Y, learning_rate)
    trainer.weights = {"w": w, "b": b}
    rows = [[w, b]]
    for _ in range(epochs):
        for name, factor in (("w", X), ("b", 1)):
            trainer.improve(name, factor)
        rows.append(list(trainer.weights.values()))
    return rows
