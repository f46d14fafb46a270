import numpy as np
import sympy as sp


def average_slope(f, a, b):
    return (f(b) - f(a)) / (b - a)


def numerical_derivative(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / (2 * h)


def polynomial_derivative(coefficients):
    result = []
    for k in range(1, len(coefficients)):
        result.append(k * coefficients[k])
    if result == []:
        result = [0.0]
    return result


def symbolic_derivative(expression, variable):
    return expression.diff(variable)


def derivative_function(expression, variable):
    f = sp.lambdify(variable, sp.diff(expression, variable))

    def df(x):
        if isinstance(x, np.ndarray):
            return np.array([f(xi) for xi in x.flatten()], dtype=float).reshape(x.shape)
        return f(x)

    return df
