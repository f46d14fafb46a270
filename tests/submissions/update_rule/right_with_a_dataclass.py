from __future__ import annotations

from dataclasses import dataclass
from typing import Callable

import numpy as np


@dataclass
class Walker:
    gradient: Callable[[float], float]
    position: float
    learning_rate: float

    def __post_init__(self) -> None:
        self.path: list[float] = [self.position]

    def step(self) -> None:
        self.position = update(self.position, self.gradient(self.position), self.learning_rate)
        self.path.append(self.position)

    def is_level(self, tolerance: float) -> bool:
        return bool(-tolerance < self.gradient(self.position) < tolerance)


def update(parameter: float | np.ndarray, gradient: float | np.ndarray, learning_rate: float) -> float | np.ndarray:
    return parameter - gradient * learning_rate


def descend(gradient: Callable, start: float, learning_rate: float, epochs: int) -> np.ndarray:
    walker = Walker(gradient, start, learning_rate)
    for _ in range(epochs):
        walker.step()
    return np.asarray(walker.path)


def descend_until(
    gradient: Callable, start: float, learning_rate: float, tolerance: float, max_epochs: int = 1000
) -> np.ndarray:
    walker = Walker(gradient, start, learning_rate)
    for _ in range(max_epochs):
        if walker.is_level(tolerance):
            break
        walker.step()
    return np.asarray(walker.path)
