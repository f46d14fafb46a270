from functools import reduce

import numpy as np
import sympy as sp


def partial_derivatives(expression, variables):
    return tuple(reduce(sp.diff, variables[: k + 1], expression) for k in range(len(variables)))


def gradient_function(expression, variables):
    by_name = {v.name: v for v in variables}
    order = [by_name[name] for name in sorted(by_name)]
    row = sp.lambdify([order], sp.Matrix([[expression.diff(v) for v in order]]), "numpy")
    return lambda p: row(p).astype(float)[0]


def descend(gradient, start, learning_rate, epochs):
    if epochs == 0:
        return np.array([start], dtype=float)
    before = descend(gradient, start, learning_rate, epochs - 1)
    return np.vstack([before, before[-1] - learning_rate * gradient(before[-1])])
