from __future__ import annotations

from collections import namedtuple
from dataclasses import dataclass

import numpy as np

Batch = namedtuple("Batch", ["samples", "measured"])


@dataclass(frozen=True)
class Model:
    parameters: np.ndarray

    def guess(self, X: np.ndarray) -> np.ndarray:
        return X.dot(self.parameters)

    def slopes(self, batch: Batch) -> np.ndarray:
        return np.einsum("ij,i->j", batch.samples, self.guess(batch.samples) - batch.measured) / batch.measured.size

    def trained(self, batch: Batch, rate: float) -> Model:
        return Model(self.parameters - rate * self.slopes(batch))


class Deck:
    def __init__(self, n: int, rng: np.random.Generator) -> None:
        self.cards = np.arange(n)
        rng.shuffle(self.cards)

    def hands(self, size: int):
        for first in range(0, self.cards.size, size):
            yield self.cards[first : first + size]


def loss_gradient(parameters, X, y):
    return Model(np.asarray(parameters)).slopes(Batch(X, y))


def minibatches(n: int, batch_size: int, rng: np.random.Generator) -> list[np.ndarray]:
    return list(Deck(n, rng).hands(batch_size))


def stochastic_descent(X, y, start, learning_rate, epochs, batch_size, rng):
    history = [Model(np.asarray(start, dtype=float))]
    while len(history) <= epochs:
        model = history[-1]
        for hand in Deck(len(X), rng).hands(batch_size):
            model = model.trained(Batch(X[hand], y[hand]), learning_rate)
        history.append(model)
    return np.stack([model.parameters for model in history])
