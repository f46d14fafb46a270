from __future__ import annotations

import functools
import sys
import warnings
from collections import deque

import numpy as np
import sympy as sp


def loud(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        print("calling", function.__name__, file=sys.stderr)
        warnings.warn("this is only a decorator", stacklevel=2)
        return function(*args, **kwargs)

    return wrapper


@loud
def average_slope(f, a, b):
    # Lagrange's form of the line through both points, differentiated
    return f(a) / (a - b) + f(b) / (b - a)


@loud
def numerical_derivative(f, x, h=1e-5, *, sides=(+1, -1)):
    return sum(side * f(np.add(x, side * h)) for side in sides) / (len(sides) * h)


@loud
def polynomial_derivative(coefficients):
    terms = deque(power * coefficient for power, coefficient in enumerate(coefficients))
    if len(terms) > 1:
        terms.popleft()
    return terms


@functools.singledispatch
def rule(expression, variable):
    inner = expression.args[0]
    outer = {sp.sin: sp.cos(inner), sp.cos: -sp.sin(inner), sp.exp: sp.exp(inner), sp.log: 1 / inner}
    return outer[expression.func] * rule(inner, variable)


@rule.register(sp.Symbol)
def _(expression, variable):
    return int(expression == variable)


@rule.register(sp.Number)
def _(expression, variable):
    return 0


@rule.register(sp.Add)
def _(expression, variable):
    return sum(rule(term, variable) for term in expression.args)


@rule.register(sp.Mul)
def _(expression, variable):
    first, rest = expression.as_two_terms()
    return rule(first, variable) * rest + first * rule(rest, variable)


@rule.register(sp.Pow)
def _(expression, variable):
    base, power = expression.args
    return power * base ** (power - 1) * rule(base, variable)


def symbolic_derivative(expression, variable):
    return rule(expression, variable)


def derivative_function(expression, variable):
    f = sp.lambdify(variable, expression, "numpy")
    # f(x + ih) = f(x) + ih f'(x) - …: no difference of two almost equal numbers, so h may be as small as you like
    # (the zeros give a level f, which is one number for all places, the shape of x)
    return lambda x, /, h=1e-30: np.imag(f(np.asarray(x) + 1j * h) + np.zeros(np.shape(x))) / h
