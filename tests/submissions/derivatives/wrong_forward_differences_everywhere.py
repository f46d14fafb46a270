import numpy as np
import sympy as sp


def average_slope(f, a, b):
    return (f(a) - f(b)) / (b - a)


def numerical_derivative(f, x, h=1e-5):
    return (f(x + h) - f(x)) / h


def polynomial_derivative(coefficients):
    return [k * c for k, c in enumerate(coefficients)]


def symbolic_derivative(expression, variable):
    return sp.integrate(expression, variable)


def derivative_function(expression, variable):
    return sp.lambdify(variable, expression)
