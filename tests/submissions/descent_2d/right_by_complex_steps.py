from __future__ import annotations

from functools import cache, partial

import numpy as np
import sympy as sp


def partial_derivatives(expression, variables):
    return [*map(partial(sp.diff, expression), variables)]


def gradient_function(expression, variables):
    height = sp.lambdify([*variables], expression, "numpy")

    def gradient(point, *, step=1e-30):
        # each row moves one coordinate, by an imaginary step: no digits cancel
        moved = np.asarray(point)[:, None] + 1j * step * np.eye(len(point))
        return np.imag(height(*moved)) / step

    return gradient


def descend(gradient, start, learning_rate, epochs):
    @cache
    def row(k):
        if k == 0:
            return np.array(start, dtype=float)
        return row(k - 1) - np.multiply(learning_rate, gradient(row(k - 1)))

    return [row(k) for k in range(epochs + 1)]
