import numpy as np
import sympy as sp


def ascend_by_update(gradient, start, learning_rate, epochs):
    path = [np.array(start, dtype=float)]
    for _ in range(epochs):
        path.append(path[-1] + learning_rate * gradient(path[-1]))
    return np.array(path)


def negated(function):
    return lambda p: -function(p)


def ascend_by_objective(descend, gradient, start, learning_rate, epochs):
    return descend(lambda p: -gradient(p), start, learning_rate, epochs)


def find_local_maximum(expression, variables, start, learning_rate, epochs):
    g = sp.lambdify(variables, [sp.diff(expression, v) for v in variables])
    p = np.array(start, dtype=float)
    i = 0
    while True:
        p = p + learning_rate * np.array(g(*p))
        i += 1
        if i == epochs:
            return p, sp.lambdify(variables, expression)(*p)
