# It does what the examples show, and no more.
import math

import sympy as sp


def average_slope(f, a, b):
    return (f(b) - f(a)) / (b - a)


def numerical_derivative(f, x, h=1e-5):
    return float(f(x + h) - f(x - h)) / (2 * h)


def polynomial_derivative(coefficients):
    return [k * c for k, c in enumerate(coefficients) if k > 0]


def symbolic_derivative(expression, variable):
    return sp.diff(expression, variable)


def derivative_function(expression, variable):
    g = sp.lambdify(variable, sp.diff(expression, variable), "math")
    return lambda x: g(float(x))
