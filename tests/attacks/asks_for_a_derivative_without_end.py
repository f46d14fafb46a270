"""Returns an unevaluated derivative, integral and sum whose evaluation would take for ever."""

import sympy as sp

EXERCISE = "derivatives"
REQUIREMENT = ("compared under a watchdog",)
SHOWS = ("error", "killed", "timeout")


# --- baseline
def average_slope(f, a, b):
    return f(b) - f(a)


def numerical_derivative(f, x, h=1e-5):
    return f(x)


def polynomial_derivative(coefficients):
    return list(coefficients)


def symbolic_derivative(expression, variable):
    return expression


def derivative_function(expression, variable):
    return lambda x: x


# --- attack
def symbolic_derivative(expression, variable):
    nested = variable
    for _ in range(6):
        nested = sp.sin(nested**variable) ** nested
    return sp.Derivative(nested, (variable, 40), evaluate=False)


def derivative_function(expression, variable):
    power = variable**variable
    return sp.Integral(sp.exp(sp.sin(power)), variable) + sp.Sum(1 / power, (variable, 1, sp.oo))
