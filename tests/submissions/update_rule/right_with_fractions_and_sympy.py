# Exact numbers where they are at hand: each is a number as good as a float.
from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import reduce

import numpy as np
import sympy as sp


def update(parameter, gradient, learning_rate):
    if np.ndim(parameter) == 2:
        return sp.Matrix(parameter) - learning_rate * sp.Matrix(gradient)
    if np.ndim(parameter) == 1:
        return [update(p, g, learning_rate) for p, g in zip(parameter, gradient)]
    return Decimal(float(parameter)) - Decimal(learning_rate) * Decimal(float(gradient))


def descend(gradient, start, learning_rate, epochs):
    def step(path, _):
        here = float(path[-1])
        return (*path, Fraction(here) - Fraction(learning_rate) * Fraction(float(gradient(here))))

    return reduce(step, range(epochs), (start,))


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    path = [sp.Float(float(start), 17)]
    for _ in range(max_epochs):
        slope = gradient(float(path[-1]))
        if max(slope, -slope) < tolerance:
            break
        path.append(sp.Float(float(path[-1]) - learning_rate * float(slope), 17))
    return sp.Tuple(*path)
