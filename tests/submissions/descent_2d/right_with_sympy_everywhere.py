import numpy as np
import sympy as sp


def partial_derivatives(expression, variables):
    # by the total differential: the factor of each dx
    steps = [sp.Symbol(f"step_of_{v}") for v in variables]
    moved = sum(sp.Derivative(expression, v).doit() * step for v, step in zip(variables, steps))
    return sp.Tuple(*[sp.Derivative(moved, step) for step in steps])


class Gradient:
    __slots__ = ("_column",)

    def __init__(self, expression, variables):
        column = sp.Matrix([expression]).jacobian(list(variables)).T
        self._column = sp.lambdify([sp.Matrix(variables)], column, "numpy", cse=True)

    def __call__(self, point, /):
        return np.squeeze(self._column(np.array(point, dtype=float)), axis=1)


def gradient_function(expression, variables):
    return Gradient(expression, variables)


def descend(gradient, start, learning_rate, epochs):
    point = sp.Matrix([sp.Float(float(x), 17) for x in start])
    path = [point]
    for _ in range(epochs):
        slopes = gradient(np.array(point.tolist(), dtype=float).ravel())
        point = point - learning_rate * sp.Matrix(slopes.tolist())
        path.append(point)
    return path
