import numpy as np
import sympy as sp


def average_slope(f, a, b):
    return (f(b) - f(a)) / (b - a)


def numerical_derivative(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / (2 * h)


def polynomial_derivative(coefficients):
    raise NotImplementedError("derivatives: implement polynomial_derivative")


def symbolic_derivative(expression, variable):
    return sp.diff(expression, variable)
