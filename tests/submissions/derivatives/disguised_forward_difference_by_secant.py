import numpy as np
import sympy as sp


class Secant:
    def __init__(self, f, first, second):
        self.run = np.subtract(second, first)
        self.rise = np.subtract(f(second), f(first))

    def slope(self):
        return np.divide(self.rise, self.run)


def average_slope(f, a, b):
    return Secant(f, a, b).slope()


def numerical_derivative(f, x, h=1e-5):
    # the secant from x to a very close neighbour is nearly the tangent
    neighbour = np.add(x, h)
    return (f(neighbour) - f(x)) * (1.0 / h)


def polynomial_derivative(coefficients):
    c = np.asarray(coefficients, dtype=float)
    return c[1:] * np.arange(1, c.size) if c.size > 1 else np.zeros(1)


def symbolic_derivative(expression, variable):
    return expression.diff(variable)


def derivative_function(expression, variable):
    g = sp.lambdify(variable, expression.diff(variable))
    return lambda x: np.broadcast_to(g(x), np.shape(x))
