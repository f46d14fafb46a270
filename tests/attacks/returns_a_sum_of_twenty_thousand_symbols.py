"""Returns a sum of as many different symbols as may cross the wire, for whoever looks each of them up."""

import sympy as sp

EXERCISE = "derivatives"
REQUIREMENT = ("compared under a watchdog", "one per submission", "bounded in nodes and digits")
SHOWS = ("error", "killed")


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
SUM = sp.Add._from_args(tuple(sp.symbols("s:19000")))


def symbolic_derivative(expression, variable):
    return SUM


def polynomial_derivative(coefficients):
    return [SUM]
