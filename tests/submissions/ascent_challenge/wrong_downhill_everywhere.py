import numpy as np
import sympy as sp


def ascend_by_update(gradient, start, learning_rate, epochs):
    path = [np.array(start, dtype=float)]
    for _ in range(epochs):
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return -np.array(path)


def negated(function):
    return lambda p: function(-p)


def ascend_by_objective(descend, gradient, start, learning_rate, epochs):
    return -descend(gradient, start, learning_rate, epochs)


def find_local_maximum(expression, variables, start, learning_rate, epochs):
    g = sp.lambdify(variables, [sp.diff(expression, v) for v in variables])
    path = ascend_by_update(lambda p: np.array(g(*p)), start, learning_rate, epochs)
    return path
