import numpy as np
import sympy as sp


def partial_derivatives(expression, variables):
    return sp.Matrix([expression]).jacobian(list(variables))


def gradient_function(expression, variables, h=1e-5):
    f = sp.lambdify([tuple(variables)], expression, "math")

    def slope(point, axis):
        right, left = list(map(float, point)), list(map(float, point))
        right[axis] += h
        left[axis] -= h
        return (f(right) - f(left)) / (2 * h)

    return lambda point: np.array([slope(point, axis) for axis in range(len(point))])


def descend(gradient, start, learning_rate, epochs):
    here = start if isinstance(start, np.ndarray) and start.dtype == np.float64 else np.array(start, dtype=float)
    path = np.zeros((epochs + 1, here.size))
    for k in range(epochs + 1):
        path[k] = here
        if k < epochs:
            np.subtract(here, learning_rate * gradient(here), out=here)
    return path
