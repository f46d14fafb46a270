from itertools import accumulate, repeat

import numpy as np
import sympy as sp


def ascend_by_update(gradient, start, learning_rate, epochs):
    def step(point, _):
        return tuple(x - learning_rate * float(s) for x, s in zip(point, gradient(np.array(point))))

    return list(accumulate(repeat(None, epochs), step, initial=tuple(float(x) for x in start)))


def negated(function):
    return lambda p: np.negative(function(p))


def ascend_by_objective(descend, gradient, start, learning_rate, epochs):
    return descend(negated(gradient), start, learning_rate, epochs)


def find_local_maximum(expression, variables, start, learning_rate, epochs):
    f = sp.lambdify([tuple(variables)], expression)
    g = sp.lambdify([tuple(variables)], [expression.diff(v) for v in variables])
    path = ascend_by_update(lambda p: g(p), start, learning_rate, epochs)
    return path[-1], f(path[-1])
