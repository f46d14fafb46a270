from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Sequence

import numpy as np


class Kind(StrEnum):
    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    SADDLE = "saddle"
    DEGENERATE = "degenerate"


class End(NamedTuple):
    x: float
    height: float


@dataclass
class Walker:
    x: float
    learning_rate: float

    def step(self) -> None:
        self.x = self.x - self.learning_rate * slope(self.x)

    def walk(self, epochs: int) -> Walker:
        for _ in range(epochs):
            self.step()
        return self


class Landscape:
    """A wave on a parabola, as the real part of a complex exponential."""

    frequency = 2j * np.pi

    def height(self, x):
        return np.exp(self.frequency * x).real + x**2

    def slope(self, x):
        return (self.frequency * np.exp(self.frequency * x)).real + 2 * x


land = Landscape()


def objective(x: float | np.ndarray) -> float | np.ndarray:
    return land.height(x)


def slope(x: float | np.ndarray) -> float | np.ndarray:
    return land.slope(x)


def descend(start: float, learning_rate: float = 0.01, epochs: int = 150) -> float:
    return Walker(start, learning_rate).walk(epochs).x


def best_of_restarts(starts: Sequence[float], learning_rate: float = 0.01, epochs: int = 150) -> End:
    walkers = [Walker(start, learning_rate).walk(epochs) for start in starts]
    lowest = min(walkers, key=lambda walker: objective(walker.x))
    return End(lowest.x, objective(lowest.x))


def classify_critical_point(hessian: Sequence[Sequence[float]]) -> Kind:
    values, _ = np.linalg.eigh(hessian)
    if min(abs(values)) <= 1e-9 * max(abs(values)):
        return Kind.DEGENERATE
    if all(values > 0):
        return Kind.MINIMUM
    if all(values < 0):
        return Kind.MAXIMUM
    return Kind.SADDLE
