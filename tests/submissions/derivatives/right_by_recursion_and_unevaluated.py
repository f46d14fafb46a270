import numpy as np
import sympy as sp


def average_slope(f, a, b):
    if b < a:
        return average_slope(f, b, a)
    return f(b) / (b - a) - f(a) / (b - a)


def numerical_derivative(f, x, h=1e-5):
    if np.ndim(x) > 0:
        return [numerical_derivative(f, part, h) for part in x]
    return (f(x + h) / h - f(x - h) / h) / 2


def polynomial_derivative(coefficients):
    def rest(k):
        if k == len(coefficients):
            return ()
        return (k * coefficients[k],) + rest(k + 1)

    return rest(1) or (0.0,)


def symbolic_derivative(expression, variable):
    return sp.Derivative(expression, variable)


def derivative_function(expression, variable):
    derivative = sp.Derivative(expression, variable).doit()

    def df(x):
        if np.ndim(x) > 0:
            return [df(part) for part in x]
        return derivative.subs(variable, float(x)).evalf()

    return df
