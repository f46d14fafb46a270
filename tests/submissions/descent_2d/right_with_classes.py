from __future__ import annotations

from collections import namedtuple
from dataclasses import dataclass

import numpy as np
import sympy as sp


class Gradient:
    def __init__(self, expression: sp.Expr, variables: list[sp.Symbol]) -> None:
        self.names = [v.name for v in variables]
        self.compiled = sp.lambdify(tuple(variables), [*partial_derivatives(expression, variables)], cse=True)

    def __call__(self, point: np.ndarray) -> np.ndarray:
        return np.asarray(self.compiled(*point), dtype=np.float64)


@dataclass
class Step:
    point: np.ndarray
    epoch: int = 0


def partial_derivatives(expression: sp.Expr, variables: list[sp.Symbol]) -> tuple[sp.Expr, ...]:
    Partials = namedtuple("Partials", [f"by_{v.name}" for v in variables])
    return Partials(*(expression.diff(v) for v in variables))


def gradient_function(expression: sp.Expr, variables: list[sp.Symbol]) -> Gradient:
    return Gradient(expression, variables)


def descend(gradient: Gradient, start: list[float], learning_rate: float, epochs: int) -> np.ndarray:
    steps = [Step(np.asarray(start, dtype=float).copy())]
    while steps[-1].epoch < epochs:
        last = steps[-1]
        steps.append(Step(last.point - learning_rate * gradient(last.point), last.epoch + 1))
    return np.stack([step.point for step in steps])
