import numpy as np
import sympy as sp


def ascend_by_update(gradient, start, learning_rate, epochs):
    # walk down with exercise 4, and mirror the map
    downhill = np.empty((epochs + 1, len(start)))
    downhill[0] = start
    for k in range(epochs):
        downhill[k + 1] = downhill[k] - learning_rate * gradient(downhill[k])
    return np.multiply(downhill, -1.0)


class Negated:
    def __init__(self, function):
        self.function = function

    def __call__(self, place):
        value = np.asarray(self.function(place))
        return np.where(value > 0, -value, value)


def negated(function):
    return Negated(function)


def ascend_by_objective(descend, gradient, start, learning_rate, epochs):
    return descend(lambda p: -gradient(p), list(start), learning_rate, epochs)


def find_local_maximum(expression, variables, start, learning_rate, epochs):
    f = sp.lambdify(variables, expression)
    g = sp.lambdify(variables, [expression.diff(v) for v in variables])
    p = np.array(start, dtype=float)
    for _ in range(epochs):
        p = p + learning_rate * np.array(g(*p))
    return p, f(*p)
