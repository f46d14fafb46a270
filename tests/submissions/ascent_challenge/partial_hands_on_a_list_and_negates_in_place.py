import numpy as np
import sympy as sp


def ascend_by_update(gradient, start, learning_rate, epochs):
    path = [np.array(start, dtype=float)]
    for _ in range(epochs):
        step = gradient(path[-1])
        step *= learning_rate  # a fresh answer may be changed in place
        path.append(path[-1] + step)
    return np.array(path)


def negated(function):
    def upside_down(point):
        value = function(point)
        value *= -1
        return value

    return upside_down


def ascend_by_objective(descend, gradient, start, learning_rate, epochs):
    return descend(lambda point: [-slope for slope in gradient(point)], start, learning_rate, epochs)


def find_local_maximum(expression, variables, start, learning_rate, epochs):
    uphill = sp.lambdify([variables], [sp.diff(expression, variable) for variable in variables])
    path = ascend_by_update(lambda point: np.array(uphill(point), dtype=float), start, learning_rate, epochs)
    return path[-1], float(expression.subs(dict(zip(variables, path[-1]))))
