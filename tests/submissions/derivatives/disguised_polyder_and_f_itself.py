import sympy as sp
import numpy as np


def average_slope(f, a, b):
    return np.polyfit([a, b], [f(a), f(b)], 1)[0]


def numerical_derivative(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / (h + h)


def polynomial_derivative(coefficients):
    # as in school: the first coefficient is that of the highest power
    degree = len(coefficients) - 1
    result = []
    power = degree
    for c in coefficients:
        if power == 0:
            break
        result.append(c * power)
        power -= 1
    return result


def symbolic_derivative(expression, variable):
    return sp.Derivative(expression, variable).doit()


def derivative_function(expression, variable):
    def df(t):
        if isinstance(t, np.ndarray):
            flat = [float(expression.subs(variable, u)) for u in t.flatten()]
            return np.array(flat).reshape(t.shape)
        return float(expression.subs(variable, t))

    return df
