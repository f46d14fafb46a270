from collections import deque

import numpy as np


def loss_gradient(parameters, X, y):
    return np.array([np.mean(column * (X @ parameters - y)) for column in X.T])


def minibatches(n, batch_size, rng):
    ring = deque(range(n))
    ring.rotate(-int(rng.integers(n)))
    batches = []
    while ring:
        batches.append([ring.popleft() for _ in range(min(batch_size, len(ring)))])
    return batches


class Trainer:
    def __init__(self, X, y, rate):
        self.X, self.y, self.rate = X, y, rate

    def epoch(self, parameters, order, size):
        steps = []
        while len(order):
            now, order = order[:size], order[size:]
            steps.append(self.rate * loss_gradient(parameters, self.X[now], self.y[now]))
        return parameters - np.sum(steps, axis=0)


def stochastic_descent(X, y, start, learning_rate, epochs, batch_size, rng):
    trainer = Trainer(X, y, learning_rate)
    path = [np.asarray(start, dtype=float)]
    while len(path) <= epochs:
        path.append(trainer.epoch(path[-1], rng.choice(len(X), len(X), replace=False), batch_size))
    return path
