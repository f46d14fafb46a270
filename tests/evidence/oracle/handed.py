"""Gradients that are handed to a program."""

from collections.abc import Callable
from typing import Any

import numpy as np

from tests.evidence.oracle.answers import Array, Wrong

Slopes = Callable[[Any], Any]


def named(function: Slopes, text: str) -> Slopes:
    function.__doc__ = text
    return function


def bowl(weights: Any, centre: Any) -> Slopes:
    """Return the gradient of a bowl: `weights * (point - centre)`."""
    weights, centre = np.array(weights, dtype=float), np.array(centre, dtype=float)
    text = f"point -> {weights.tolist()} * (point - {centre.tolist()})"
    return named(lambda point: _point(point, weights.size) * weights - weights * centre, text)


def hills(size: int, height: float = 1.0) -> Slopes:
    """Return the gradient of a landscape with curvature: a wave along each coordinate, and a bowl around them."""
    pull = np.arange(1.0, size + 1.0)
    text = f"point -> {height} * (cos(point) + 0.25 * point * {pull.tolist()})"
    return named(lambda point: height * (np.cos(point := _point(point, size)) + 0.25 * point * pull), text)


def plane(slopes: Any) -> Slopes:
    """Return a constant gradient; each answer is a fresh array, which a walk may scale in place."""
    slopes = np.array(slopes, dtype=float)
    return named(lambda point: slopes.copy(), f"point -> {slopes.tolist()}")


def itself() -> Slopes:
    """Return the gradient of half the square of the distance: the point, in a fresh array."""
    return named(lambda point: np.array(point, dtype=float), "point -> a copy of it")


def _point(point: Any, size: int) -> Array:
    point = np.asarray(point)  # whether a learner's code may hand a list to a gradient, the contract leaves open
    if point.shape != (size,):
        raise Wrong(f"it hands a point of shape {point.shape} to a function of {size} dimensions")
    return point


def walked(gradient: Slopes, start: Any, learning_rate: float, epochs: int, sign: float = -1.0) -> Array:
    """Return the path that the plain rule gives: downhill, or uphill with the sign 1."""
    path = [np.array(start, dtype=float)]
    for _ in range(epochs):
        path.append(path[-1] + sign * learning_rate * np.array(gradient(path[-1].copy()), dtype=float))
    return np.array(path)


def starts(chance: Any, size: int, reach: float = 2.0) -> list[float]:
    return [chance.uniform(-reach, reach) for _ in range(size)]
