from functools import partial, reduce
from itertools import accumulate, repeat
import operator

import numpy as np
import sympy as sp


def ascend_by_update(gradient, start, learning_rate, epochs):
    step = lambda p, _: p + learning_rate * gradient(p)
    return list(accumulate(repeat(None, epochs), step, initial=np.array(start, dtype=float)))


def compose(f, g, p):
    return f(g(p))


def negated(function):
    return partial(compose, operator.neg, function)


def ascend_by_objective(descend, gradient, start, learning_rate, epochs):
    path = descend(partial(compose, operator.neg, gradient), list(start), learning_rate, epochs)
    return tuple(map(tuple, path))


def find_local_maximum(expression, variables, start, learning_rate, epochs):
    variables = tuple(variables)
    slopes = sp.lambdify(variables, sp.Matrix([expression]).jacobian(variables), "numpy")
    step = lambda p, _: p + learning_rate * slopes(*p)[0]
    end = reduce(step, range(epochs), np.array(start, dtype=float))
    return end, np.array(sp.lambdify(variables, expression)(*end))
