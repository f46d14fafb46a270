"""Returns expressions with text, nothing, or themselves where SymPy holds expressions and numbers."""

import itertools

import sympy as sp

EXERCISE = "derivatives"
REQUIREMENT = ("type-checked before they are rebuilt",)
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
def with_attribute(number, name, value):
    setattr(number, name, value)
    return number


def cyclic():
    part = sp.Add._from_args((sp.S.One, sp.S.One))
    part._args = (part, part)
    return part


KINDS = itertools.cycle(
    (
        lambda: sp.Basic.__new__(sp.Add, "not an expression", None),
        lambda: with_attribute(sp.Integer(10**20), "p", "12"),
        lambda: with_attribute(sp.Rational(10**20, 3), "q", 0),
        lambda: with_attribute(sp.Float("1.5"), "_mpf_", (0, 1, 10**9, -5)),
        lambda: with_attribute(sp.Symbol("other"), "name", 12),
        lambda: sp.Basic.__new__(sp.sin),
        lambda: sp.Basic.__new__(sp.Pow, sp.S.One),
        lambda: sp.Basic.__new__(sp.Piecewise, sp.S.One),
        cyclic,
    )
)


def symbolic_derivative(expression, variable):
    return next(KINDS)()
