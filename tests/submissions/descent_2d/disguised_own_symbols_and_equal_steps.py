from itertools import accumulate

import numpy as np
import sympy as sp


def partial_derivatives(expression, variables):
    names = "x", "y"
    partials = []
    for name in names:
        partials.append(expression.diff(sp.Symbol(name)))
    return partials


def gradient_function(expression, variables):
    variables = list(variables)
    functions = [sp.lambdify([variables], sp.diff(expression, v)) for v in variables]
    return lambda p: np.array([f(p) for f in functions], dtype=float)


def unit(v):
    return v / np.sqrt(np.sum(np.square(v)))


def descend(gradient, start, learning_rate, epochs):
    steps = accumulate(range(epochs), lambda p, _: p - learning_rate * unit(gradient(p)), initial=np.array(start, float))
    return np.stack(list(steps))
