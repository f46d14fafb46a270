import numpy as np
import sympy as sp


def partial_derivatives(expression, variables):
    return tuple(sp.diff(expression, v) for v in variables)


def gradient_function(expression, variables):
    g = sp.lambdify(tuple(variables), partial_derivatives(expression, variables))
    return lambda point: np.array(g(*point))


def descend(gradient, start, learning_rate, epochs):
    point = np.array(start, dtype=float)
    path = [point]
    for _ in range(epochs):
        point -= learning_rate * gradient(point)
        path.append(point)
    return np.array(path)
