import numpy as np
import sympy as sp


def partial_derivatives(expression, variables):
    if len(variables) == 0:
        return ()
    return (sp.Derivative(expression, variables[0]), *partial_derivatives(expression, variables[1:]))


def gradient_function(expression, variables):
    partials = [d.doit() for d in partial_derivatives(expression, tuple(variables))]
    compiled = [sp.lambdify(variables, d, "math") for d in partials]
    return lambda point: [f(*map(float, point)) for f in compiled]


def descend(gradient, start, learning_rate, epochs):
    here = [float(x) for x in start]
    if epochs == 0:
        return [here]
    slopes = gradient(np.array(here))
    there = [x - learning_rate * float(s) for x, s in zip(here, slopes)]
    return [here] + descend(gradient, there, learning_rate, epochs - 1)
