from __future__ import annotations

from dataclasses import dataclass, field
from typing import Callable, NamedTuple

import numpy as np
import sympy as sp


class Point(NamedTuple):
    x: float
    y: float


@dataclass(frozen=True)
class Secant:
    start: Point
    end: Point

    @property
    def slope(self) -> float:
        return (self.end.y - self.start.y) / (self.end.x - self.start.x)


@dataclass
class Slope:
    expression: sp.Expr
    variable: sp.Symbol
    compiled: Callable = field(init=False)

    def __post_init__(self) -> None:
        self.compiled = sp.lambdify(self.variable, self.expression, "numpy")

    def __call__(self, x: float | np.ndarray) -> np.ndarray:
        return np.full(np.shape(x), self.compiled(x), dtype=float)


def average_slope(f: Callable, a: float, b: float) -> float:
    return Secant(Point(a, f(a)), Point(b, f(b))).slope


def numerical_derivative(f: Callable, x: float | np.ndarray, h: float = 1e-5) -> float | np.ndarray:
    return average_slope(f, x - h, x + h)


def polynomial_derivative(coefficients: list[float]) -> np.ndarray:
    derivative = np.zeros(max(1, len(coefficients) - 1))
    for power, coefficient in enumerate(coefficients):
        if power:
            derivative[power - 1] = power * coefficient
    return derivative


def symbolic_derivative(expression: sp.Expr, variable: sp.Symbol) -> sp.Expr:
    return sp.expand(sp.diff(expression, variable))


def derivative_function(expression: sp.Expr, variable: sp.Symbol) -> Slope:
    return Slope(symbolic_derivative(expression, variable), variable)
