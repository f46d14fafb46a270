from array import array
from collections import namedtuple
from collections.abc import Sequence
from fractions import Fraction
from functools import partial, reduce
from itertools import count

import numpy as np
import sympy as sp

exact = lambda value: Fraction(float(value))


def average_slope(f, a, b):
    return (exact(f(b)) - exact(f(a))) / (exact(b) - exact(a))


def numerical_derivative(f, x, h=1e-5):
    forward, backward = (f(x + h) - f(x)) / h, (f(x) - f(x - h)) / h
    mean = (forward + backward) / 2
    return array("d", mean) if np.ndim(mean) == 1 else mean


class Coefficients(Sequence):
    def __init__(self, values):
        self.values = tuple(values)

    def __len__(self):
        return len(self.values)

    def __getitem__(self, place):
        return self.values[place]


def polynomial_derivative(coefficients):
    if len(coefficients) == 1:
        return Coefficients([0])
    values = [power * exact(coefficient) for power, coefficient in zip(count(1), coefficients[1:])]
    Derivative = namedtuple("Derivative", [f"c{k}" for k, _ in enumerate(values)])
    return Derivative._make(values)


def symbolic_derivative(expression, variable):
    step = sp.Symbol("a_small_step")
    moved = expression.xreplace({variable: variable + step})
    return sp.diff(moved, step).xreplace({step: sp.S.Zero})


def evaluate(x, *, compiled):
    values = [compiled(part) for part in np.ravel(x).tolist()]
    return reduce(np.reshape, [np.shape(x)], np.array(values, dtype=float))


def derivative_function(expression, variable):
    return partial(evaluate, compiled=sp.lambdify(variable, symbolic_derivative(expression, variable), "math"))
