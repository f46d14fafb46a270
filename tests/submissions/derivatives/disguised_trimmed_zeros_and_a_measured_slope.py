import numpy as np
import sympy as sp


def average_slope(f, a, b):
    heights = [f(place) for place in (a, b)]
    return np.diff(heights)[0] / np.diff([a, b])[0]


def numerical_derivative(f, x, h=1e-5):
    left, right = np.subtract(x, h), np.add(x, h)
    return np.subtract(f(right), f(left)) / (2 * h)


def polynomial_derivative(coefficients):
    p = np.poly1d(tuple(coefficients)[::-1])
    return p.deriv().coefficients[::-1]


def symbolic_derivative(expression, variable):
    return sp.diff(expression, variable)


def derivative_function(expression, variable):
    f = np.vectorize(sp.lambdify([variable], expression, "math"), otypes=[float])

    def df(x):
        # no need for SymPy's rules: numerical_derivative does it
        return numerical_derivative(f, np.asarray(x, dtype=float))

    return df
