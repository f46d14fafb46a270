import numpy as np
import sympy as sp


def average_slope(f, a, b):
    return np.array((f(b) - f(a)) / (b - a))


def numerical_derivative(f, x, h=1e-5):
    return np.float64(0.5 / h) * np.subtract(f(x + h), f(x - h))


def polynomial_derivative(coefficients):
    if len(coefficients) == 1:
        return (np.float32(0),)
    return [np.float64(k * c) for k, c in enumerate(coefficients) if k > 0]


def symbolic_derivative(expression, variable):
    # the limit of the secant's slope is too slow, so by the definition only for the way it looks
    return sp.together(sp.diff(expression, variable))


def derivative_function(expression, variable):
    derivative = sp.diff(expression, variable)
    f = np.vectorize(sp.lambdify(variable, derivative), otypes=[float])
    return f
