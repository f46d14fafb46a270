import numpy as np
import sympy as sp


def ascend_by_update(gradient, start, learning_rate, epochs):
    start = [float(x) for x in start]
    if epochs == 0:
        return [start]
    step = gradient(np.array(start))
    return [start] + ascend_by_update(gradient, [x + learning_rate * s for x, s in zip(start, step)], learning_rate, epochs - 1)


def negated(function):
    return lambda p: 0 - function(p)


def ascend_by_objective(descend, gradient, start, learning_rate, epochs):
    return descend(lambda p: -1.0 * gradient(p), start, learning_rate, epochs).tolist()


def find_local_maximum(expression, variables, start, learning_rate, epochs):
    variables = list(variables)
    if epochs == 0:
        return np.array(start, dtype=float), float(expression.subs(list(zip(variables, start))))
    here = dict(zip(variables, start))
    step = [float(expression.diff(v).subs(here)) for v in variables]
    there = [float(x) + learning_rate * s for x, s in zip(start, step)]
    return find_local_maximum(expression, variables, there, learning_rate, epochs - 1)
