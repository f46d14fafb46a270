import numpy as np
import sympy as sp


def partial_derivatives(expression, variables):
    result = []
    for v in variables:
        result.append(sp.diff(expression, v))
    return tuple(result)


def gradient_function(expression, variables):
    functions = []
    for d in partial_derivatives(expression, variables):
        functions.append(sp.lambdify(variables, d))

    def gradient(point):
        g = np.zeros(len(point))
        for i in range(len(point)):
            g[i] = functions[i](*point)
        return g

    return gradient


def descend(gradient, start, learning_rate, epochs):
    n = len(start)
    path = np.zeros((epochs + 1, n))
    for j in range(n):
        path[0, j] = start[j]
    for i in range(epochs):
        g = gradient(path[i])
        for j in range(n):
            path[i + 1, j] = path[i, j] - learning_rate * g[j]
    return path
