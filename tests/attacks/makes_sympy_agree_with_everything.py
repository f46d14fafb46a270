"""Replaces SymPy's comparisons and simplifications by ones that find everything equal."""

import sympy as sp

EXERCISE = "derivatives"
REQUIREMENT = ("the verdict is never in the learner's process",)
SHOWS = ("error",)


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
sp.Basic.__eq__ = lambda self, other: True
sp.Basic.__hash__ = lambda self: 0
sp.Expr.equals = lambda self, other, failing_expression=False: True
sp.Expr.__sub__ = sp.Expr.__rsub__ = lambda self, other: sp.S.Zero
sp.simplify = sp.expand = sp.sympify = lambda *arguments, **options: sp.S.Zero
