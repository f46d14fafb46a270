import numpy as np
import sympy as sp


def average_slope(f, a, b):
    return (f(b) - f(a)) / (b - a)


def numerical_derivative(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / (2 * h)


def polynomial_derivative(coefficients):
    result, k = [], 1
    while k < len(coefficients) or not result:
        if k < len(coefficients):
            result.append(k * coefficients[k])
            k += 1
    return result


def symbolic_derivative(expression, variable):
    return sp.diff(expression, variable)


def derivative_function(expression, variable):
    g = sp.lambdify(variable, sp.diff(expression, variable))
    return lambda x: g(x) + 0.0 * np.asarray(x)
