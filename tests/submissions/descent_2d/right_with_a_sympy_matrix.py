import numpy as np
import sympy as sp


def partial_derivatives(expression, variables):
    return sp.Matrix([expression]).jacobian(sp.Matrix(variables))


def gradient_function(expression, variables):
    column = sp.lambdify([list(variables)], sp.Matrix([sp.diff(expression, v) for v in variables]), "numpy")
    return lambda point: column(point).astype(float).ravel()


def descend(gradient, start, learning_rate, epochs):
    path = np.array([start], dtype=float)
    for _ in range(epochs):
        path = np.vstack([path, path[-1] - learning_rate * gradient(path[-1])])
    return path
