from __future__ import annotations

from dataclasses import dataclass, field
from typing import Callable

import numpy as np


@dataclass
class Optimizer:
    learning_rate: float
    count: int = field(default=0, init=False)
    state: dict[str, np.ndarray] = field(default_factory=dict, init=False)

    def remember(self, name: str, keep: float, gain: float, value: np.ndarray) -> np.ndarray:
        self.state[name] = keep * self.state.get(name, np.zeros_like(value)) + gain * value
        return self.state[name]

    def ahead(self, x: np.ndarray) -> np.ndarray:
        return x

    def move(self, g: np.ndarray) -> np.ndarray:
        raise NotImplementedError

    def walk(self, gradient: Callable, start, epochs: int) -> np.ndarray:
        points = [np.array(start, dtype=np.float64)]
        for self.count in range(1, epochs + 1):
            points.append(points[-1] - self.move(gradient(self.ahead(points[-1]))))
        return np.stack(points)


@dataclass
class Momentum(Optimizer):
    decay: float = 0.9

    def move(self, g):
        return self.remember("u", self.decay, self.learning_rate, g)


class Nesterov(Momentum):
    def ahead(self, x):
        return x - self.decay * self.state.get("u", 0.0)


@dataclass
class Adaptive(Optimizer):
    epsilon: float = 1e-8

    def scaled(self, g, v):
        return self.learning_rate * g / (np.sqrt(v) + self.epsilon)


class Adagrad(Adaptive):
    def move(self, g):
        return self.scaled(g, self.remember("v", 1.0, 1.0, g**2))


@dataclass
class RMSProp(Adaptive):
    decay: float = 0.9

    def move(self, g):
        return self.scaled(g, self.remember("v", self.decay, 1 - self.decay, g**2))


@dataclass
class Adam(Adaptive):
    beta1: float = 0.9
    beta2: float = 0.999

    def move(self, g):
        m = self.remember("m", self.beta1, 1 - self.beta1, g) / (1 - self.beta1**self.count)
        v = self.remember("v", self.beta2, 1 - self.beta2, g**2) / (1 - self.beta2**self.count)
        return self.scaled(m, v)


def momentum(gradient, start, learning_rate, epochs, decay=0.9):
    return Momentum(learning_rate, decay=decay).walk(gradient, start, epochs)


def nesterov(gradient, start, learning_rate, epochs, decay=0.9):
    return Nesterov(learning_rate, decay=decay).walk(gradient, start, epochs)


def adagrad(gradient, start, learning_rate, epochs, epsilon=1e-8):
    return Adagrad(learning_rate, epsilon).walk(gradient, start, epochs)


def rmsprop(gradient, start, learning_rate, epochs, decay=0.9, epsilon=1e-8):
    return RMSProp(learning_rate, epsilon, decay).walk(gradient, start, epochs)


def adam(gradient, start, learning_rate, epochs, beta1=0.9, beta2=0.999, epsilon=1e-8):
    return Adam(learning_rate, epsilon, beta1, beta2).walk(gradient, start, epochs)
