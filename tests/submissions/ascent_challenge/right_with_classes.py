from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable, NamedTuple

import numpy as np
import sympy as sp


@dataclass(frozen=True)
class Negated:
    function: Callable[[Any], Any]

    def __call__(self, point: Any) -> Any:
        return -self.function(point)


class Summit(NamedTuple):
    point: np.ndarray
    value: float


@dataclass
class Climber:
    gradient: Callable[[np.ndarray], np.ndarray]
    learning_rate: float

    def climb(self, start: Any, epochs: int) -> np.ndarray:
        path = [np.array(start, dtype=float)]
        for _ in range(epochs):
            path.append(path[-1] + self.learning_rate * np.asarray(self.gradient(path[-1])))
        return np.array(path)


def ascend_by_update(gradient, start, learning_rate, epochs):
    return Climber(gradient, learning_rate).climb(start, epochs)


def negated(function):
    return Negated(function)


def ascend_by_objective(descend, gradient, start, learning_rate, epochs):
    return np.array(descend(Negated(gradient), np.array(start, dtype=float), learning_rate, epochs))


def find_local_maximum(expression, variables, start, learning_rate, epochs) -> Summit:
    slopes = sp.lambdify([list(variables)], [sp.diff(expression, v) for v in variables])
    end = Climber(slopes, learning_rate).climb(start, epochs)[-1]
    return Summit(end, np.float64(expression.evalf(subs=dict(zip(variables, end)))))
