import numpy as np
import sympy as sp
from numpy.polynomial import polynomial as poly


def average_slope(f, a, b):
    ends = np.array([a, b], dtype=float)
    heights = f(ends)
    return np.diff(heights)[0] / np.diff(ends)[0]


def numerical_derivative(f, x, h=1e-5):
    x = np.asarray(x, dtype=float)
    right, left = x + h, x - h
    # the steps as they really are after rounding
    return (f(right) - f(left)) / (right - left)


def polynomial_derivative(coefficients):
    return poly.polyder(coefficients)


def symbolic_derivative(expression, variable):
    return sp.simplify(sp.diff(expression, variable))


def derivative_function(expression, variable):
    g = sp.lambdify(variable, expression.diff(variable), modules="numpy")
    return lambda x: np.broadcast_to(g(np.asarray(x, float)), np.shape(x))
