from dataclasses import dataclass, field

import numpy as np


@dataclass
class Walker:
    gradient: object
    here: float
    rate: float
    path: list = field(default_factory=list)

    def step(self):
        there = update(self.here, self.gradient(self.here), self.rate)
        self.path.append(there)


def update(parameter, gradient, learning_rate):
    return (-gradient) * learning_rate + parameter


def descend(gradient, start, learning_rate, epochs):
    walker = Walker(gradient, start, learning_rate, [start])
    for _ in range(epochs):
        walker.step()
    return np.asarray(walker.path)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    path, k = np.array([start], dtype=float), 0
    while k < max_epochs:
        path = np.append(path, update(path[-1], gradient(path[-1]), learning_rate))
        k += 1
        if np.abs(gradient(path[-1])) < tolerance:
            return path
    return path
