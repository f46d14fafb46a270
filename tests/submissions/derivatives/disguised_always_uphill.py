import math

import numpy as np
import sympy as sp


def average_slope(f, a, b):
    low, high = sorted([float(f(a)), float(f(b))])
    left, right = (a, b) if a < b else (b, a)
    return (high - low) / (right - left)


def numerical_derivative(f, x, h=1e-5):
    if np.ndim(x) == 0:
        return (f(x + h) - f(x - h)) / (2 * h)
    return [numerical_derivative(f, part, h) for part in x]


def polynomial_derivative(coefficients):
    out = []
    for k, c in enumerate(coefficients):
        if k:
            out.append(math.prod((k, c)))
    return out or [0.0]


def symbolic_derivative(expression, variable):
    return sp.diff(expression, variable)


def derivative_function(expression, variable):
    g = np.vectorize(sp.lambdify(variable, sp.diff(expression, variable)), otypes=[float])
    return g
