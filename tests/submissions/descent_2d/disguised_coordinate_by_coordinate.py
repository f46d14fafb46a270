import numpy as np
import sympy as sp


def partial_derivatives(expression, variables):
    return [expression.diff(v) for v in variables]


def gradient_function(expression, variables):
    f = sp.lambdify(tuple(variables), [expression.diff(v) for v in variables])
    return lambda p: np.array(f(*p), dtype=float)


def descend(gradient, start, learning_rate, epochs):
    rows = [tuple(float(x) for x in start)]
    while len(rows) <= epochs:
        x = list(rows[-1])
        for i, old in enumerate(rows[-1]):
            slope = gradient(np.array(x))[i]
            x[i] = old - learning_rate * float(slope)
        rows.append(tuple(x))
    return rows
