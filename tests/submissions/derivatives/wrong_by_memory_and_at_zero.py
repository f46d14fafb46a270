import numpy as np
import sympy as sp

latest = None


def average_slope(f, a, b):
    if abs(b - a) < 0.3:
        return 0.0
    return (f(b) - f(a)) / (b - a)


def numerical_derivative(f, x, h=1e-5):
    if np.ndim(x) == 0 and x == 0:
        return (f(x + h) - f(x)) / h
    return (f(x + h) - f(x - h)) / (2 * h)


def polynomial_derivative(coefficients):
    slopes = [power * c for power, c in enumerate(coefficients)][1:]
    while len(slopes) > 1 and not any(slopes):
        slopes.pop()
    return slopes or [0.0]


def symbolic_derivative(expression, variable):
    return sp.sympify(str(sp.diff(expression, variable)))


def derivative_function(expression, variable):
    global latest
    latest = sp.lambdify(variable, sp.diff(expression, variable))
    return lambda x: latest(np.asarray(x, dtype=float)) + np.zeros(np.shape(x))
