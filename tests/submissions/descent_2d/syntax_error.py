import numpy as np
import sympy as sp


def partial_derivatives(expression, variables):
    return tuple(sp.diff(expression, v) for v in variables)


def gradient_function(expression, variables):
partials = partial_derivatives(expression, variables)
    g = sp.lambdify(variables, partials)
    return lambda point: np.array(g(*point))
