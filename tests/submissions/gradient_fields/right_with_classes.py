from __future__ import annotations

from dataclasses import dataclass, field as attribute
from typing import NamedTuple

import numpy as np


class Arrows(NamedTuple):
    x: np.ndarray
    y: np.ndarray

    def scaled(self, factor) -> Arrows:
        return Arrows(self.x * factor, self.y * factor)

    def dot(self, u: float, v: float) -> np.ndarray:
        return self.x * u + self.y * v


@dataclass
class Grid:
    values: np.ndarray
    dx: float
    dy: float

    def __post_init__(self) -> None:
        self.values = np.asarray(self.values, dtype=float)

    def _along(self, axis: int, spacing: float) -> np.ndarray:
        n = self.values.shape[axis]
        right = np.minimum(np.arange(n) + 1, n - 1)
        left = np.maximum(np.arange(n) - 1, 0)
        distance = np.expand_dims((right - left) * spacing, 1 - axis)
        return (self.values.take(right, axis) - self.values.take(left, axis)) / distance

    @property
    def gradient(self) -> Arrows:
        return Arrows(self._along(1, self.dx), self._along(0, self.dy))


@dataclass
class Leaf:
    place: np.ndarray
    trail: list = attribute(default_factory=list)

    def drift(self, arrow: np.ndarray, step: float) -> None:
        self.trail.append(tuple(self.place.tolist()))
        largest = np.abs(arrow).max()
        if largest > 0:
            arrow = arrow / largest
            self.place = self.place + arrow * (step / np.sqrt(np.sum(arrow**2)))


def gradient_field(field, dx, dy):
    return Grid(field, dx, dy).gradient


def pressure_acceleration(pressure, density, dx, dy):
    return Grid(pressure, dx, dy).gradient.scaled(-1.0 / density)


def directional_derivative(field, direction, dx, dy):
    u, v = direction
    length = (u * u + v * v) ** 0.5
    return Grid(field, dx, dy).gradient.dot(u / length, v / length)


def trace(gradient, start, step, n_steps):
    leaf = Leaf(np.array(start, dtype=float))
    for _ in range(n_steps):
        leaf.drift(gradient(leaf.place), step)
    return leaf.trail + [tuple(leaf.place.tolist())]
