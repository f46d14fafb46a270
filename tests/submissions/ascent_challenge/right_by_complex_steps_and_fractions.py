from fractions import Fraction
from functools import reduce

import numpy as np
import sympy as sp


def ascend_by_update(gradient, start, learning_rate, epochs):
    steps = [np.array(start, dtype=float)]
    for _ in range(epochs):
        steps.append(learning_rate * gradient(np.sum(steps, axis=0)))
    return np.cumsum(steps, axis=0)


class negated:
    def __init__(self, function):
        self.function = function

    def __call__(self, place):
        value = self.function(place)
        if np.ndim(value):
            return (-value).tolist()
        return -Fraction(float(value))


def ascend_by_objective(descend, gradient, start, learning_rate, epochs):
    print("down on the other side of the mirror")
    return descend(lambda p: gradient(p) - 2.0 * gradient(p), np.array(start, dtype=float), learning_rate, epochs)


def find_local_maximum(expression, variables, start, learning_rate, epochs, *, h=1e-40):
    height = sp.lambdify([*variables], expression, "numpy")
    sides = 1j * h * np.eye(len(variables))
    uphill = lambda p: np.array([np.imag(height(*(p + side))) / h for side in sides])
    end = reduce(lambda p, _: p + learning_rate * uphill(p), range(epochs), np.array(start, dtype=float))
    return [end.tolist(), Fraction(float(np.real(height(*end))))]
