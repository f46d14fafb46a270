"""Returns partial derivatives that become code when someone prints them as Python in order to evaluate them."""

import numpy as np
import sympy as sp

EXERCISE = "descent_2d"
REQUIREMENT = ("evaluate=False", "type-checked before they are rebuilt")
SHOWS = ("error",)


# --- baseline
def partial_derivatives(expression, variables):
    return tuple(variables)


def gradient_function(expression, variables):
    return lambda point: np.zeros(len(point))


def descend(gradient, start, learning_rate, epochs):
    return np.zeros((epochs + 1, len(start)))


# --- attack
CODE = "__import__('pathlib').Path('@CANARY@/made-by-lambdify').touch() or 0"


class Printed(sp.Expr):
    _numpycode = _pythoncode = _sympystr = _sympyrepr = _latex = lambda self, printer: CODE
    __str__ = __repr__ = lambda self: CODE


def partial_derivatives(expression, variables):
    return tuple(sp.Symbol(CODE) + Printed() + sp.Function(CODE)(variable) for variable in variables)
