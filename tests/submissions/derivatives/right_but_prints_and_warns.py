import sys
import warnings

import numpy as np
import sympy as sp

print("loading", "derivatives" * 10)
warnings.warn("this module is under construction")


def average_slope(f, a, b):
    print("average_slope", a, b)
    rise = f(b) - f(a)
    warnings.warn(f"the rise is {rise}", RuntimeWarning)
    return rise / (b - a)


def numerical_derivative(f, x, h=1e-5):
    np.array([1.0]) / np.array([0.0])  # NumPy warns too
    print("x =", x, file=sys.stderr)
    return (f(x + h) - f(x - h)) / (2 * h)


def polynomial_derivative(coefficients):
    print(coefficients)
    *_, = coefficients
    return [k * c for k, c in enumerate(coefficients)][1:] or [0.0]


def symbolic_derivative(expression, variable):
    sp.pprint(expression)
    return sp.diff(expression, variable)


def derivative_function(expression, variable):
    g = sp.lambdify(variable, sp.diff(expression, variable))

    def df(x):
        print("df", x)
        warnings.warn("slow", DeprecationWarning)
        return g(x) + 0.0 * x

    return df


print("done")
