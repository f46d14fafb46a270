from __future__ import annotations

from collections import namedtuple
from dataclasses import dataclass, replace

import numpy as np

Weights = namedtuple("Weights", "w b")


@dataclass(frozen=True)
class Neuron:
    w: float
    b: float

    def __call__(self, x: np.ndarray | float) -> np.ndarray | float:
        z = np.asarray(x, dtype=np.float64) * self.w + self.b
        return np.exp(-np.logaddexp(0.0, -z))

    def errors(self, X: np.ndarray, Y: np.ndarray) -> np.ndarray:
        return self(X) - Y

    def slopes(self, X: np.ndarray) -> np.ndarray:
        """f (1 - f), and 1 - f is the same curve seen from the other side."""
        return self(X) * replace(self, w=-self.w, b=-self.b)(X)

    def step(self, X: np.ndarray, Y: np.ndarray, learning_rate: float) -> Neuron:
        return Neuron(
            self.w - learning_rate * grad_w(self.w, self.b, X, Y), self.b - learning_rate * grad_b(self.w, self.b, X, Y)
        )

    @property
    def weights(self) -> Weights:
        return Weights(self.w, self.b)


def sigmoid(x, w, b):
    return Neuron(w, b)(x)


def loss(w: float, b: float, X: np.ndarray, Y: np.ndarray) -> float:
    return 0.5 * np.linalg.norm(Neuron(w, b).errors(X, Y)) ** 2


def grad_w(w: float, b: float, X: np.ndarray, Y: np.ndarray) -> float:
    neuron = Neuron(w, b)
    return np.einsum("i,i,i->", neuron.errors(X, Y), neuron.slopes(X), X)


def grad_b(w: float, b: float, X: np.ndarray, Y: np.ndarray) -> float:
    neuron = Neuron(w, b)
    return np.inner(neuron.errors(X, Y), neuron.slopes(X))


def fit(X, Y, w, b, learning_rate: float = 1.0, epochs: int = 1000) -> list[Weights]:
    neurons = [Neuron(w, b)]
    while len(neurons) <= epochs:
        neurons.append(neurons[-1].step(X, Y, learning_rate))
    return [neuron.weights for neuron in neurons]
