from functools import reduce

import numpy as np
import sympy as sp


def average_slope(f, a, b):
    return (f(a) - f(b)) / (a - b)


def numerical_derivative(f, x, h=1e-5):
    return 0.5 / h * (f(x + h) - f(x - h))


def polynomial_derivative(coefficients):
    # the power rule, as it looks after the shift
    rest = list(coefficients)[1:]
    if not rest:
        return [0.0]
    return [power * rest[power] for power in range(len(rest))]


def symbolic_derivative(expression, variable):
    return reduce(sp.diff, [variable] * 2, expression)


def derivative_function(expression, variable):
    g = sp.lambdify(variable, sp.diff(expression, variable))
    return lambda x: g(x) + np.zeros(np.shape(x))
