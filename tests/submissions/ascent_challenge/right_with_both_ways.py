import numpy as np
import sympy as sp


def ascend_by_update(gradient, start, learning_rate, epochs):
    path = np.zeros((epochs + 1, len(start)))
    path[0] = start
    for i in range(epochs):
        path[i + 1] = path[i] + learning_rate * gradient(path[i])
    return path


def negated(function):
    def f(p):
        return -function(p)

    return f


def ascend_by_objective(descend, gradient, start, learning_rate, epochs):
    return descend(negated(gradient), start, learning_rate, epochs)


def find_local_maximum(expression, variables, start, learning_rate, epochs):
    g = sp.lambdify(variables, [sp.diff(expression, v) for v in variables])
    f = sp.lambdify(variables, expression)
    path = ascend_by_update(lambda p: np.array(g(*p)), start, learning_rate, epochs)
    return path[-1], f(*path[-1])
