from functools import partial

import numpy as np
import sympy as sp


def ascend_by_update(gradient, start, learning_rate, epochs):
    if epochs == 0:
        return [np.array(start, dtype=float)]
    path = ascend_by_update(gradient, start, learning_rate, epochs - 1)
    return [*path, path[-1] + learning_rate * gradient(path[-1])]


def negated(function):
    return lambda p: -1.0 * function(p)


def constant(value, _place):
    return value.copy()


def ascend_by_objective(descend, gradient, start, learning_rate, epochs):
    down = np.negative(gradient(np.asarray(start, dtype=float)))
    return descend(partial(constant, down), start=start, learning_rate=learning_rate, epochs=epochs)


def find_local_maximum(expression, variables, start, learning_rate, epochs):
    variables = tuple(variables)
    objective = -1 * expression
    slopes = sp.lambdify([variables], [objective.diff(v) for v in variables], "math")
    point = [float(x) for x in start]
    for _ in range(epochs):
        point = [x - learning_rate * s for x, s in zip(point, slopes(point))]
    return point, float(objective.subs(dict(zip(variables, point))))
