import numpy as np
import sympy as sp


def partial_derivatives(expression, variables):
    return list(sp.derive_by_array(expression, list(variables)))


def gradient_function(expression, variables):
    variables = tuple(variables)

    def slopes(point):
        slope_of = [sp.lambdify([variables], partial) for partial in partial_derivatives(expression, variables)]
        return np.array([float(slope(tuple(point))) for slope in slope_of])

    return slopes


def descend(gradient, start, learning_rate, epochs):
    path = np.empty((epochs + 1, len(start)))
    path[0] = start
    for row in range(epochs):
        path[row + 1] = path[row] - learning_rate * gradient(path[row])
    return path
