import numpy as np
import sympy as sp


def partial_derivatives(expression, variables):
    return tuple(sp.Derivative(expression, v) for v in variables)


class Arrow:
    def __init__(self, formulas, variables):
        self.functions = [sp.lambdify(variables, formula, "math") for formula in formulas]

    def __call__(self, point):
        coordinates = [float(c) for c in point]
        return np.array([[f(*coordinates) for f in self.functions]])


def gradient_function(expression, variables):
    return Arrow([d.doit() for d in partial_derivatives(expression, variables)], tuple(variables))


def descend(gradient, start, learning_rate, epochs):
    path = np.empty((epochs + 1, len(start)))
    path[0] = start
    for before, after in zip(path[:-1], path[1:]):
        after[:] = before - learning_rate * gradient(before)
    return path
