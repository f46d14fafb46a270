import numpy as np
import sympy as sp


def ascend_by_update(gradient, start, learning_rate, epochs):
    x = [float(c) for c in start]
    path = [list(x)]
    for _ in range(epochs):
        for i in range(len(x)):
            x[i] += learning_rate * float(gradient(np.array(x))[i])
        path.append(x[:])
    return path


def negated(function):
    return lambda p: -function(p)


def ascend_by_objective(descend, gradient, start, learning_rate, epochs):
    return descend(lambda p: -gradient(p), start, learning_rate, epochs)


def find_local_maximum(expression, variables, start, learning_rate, epochs):
    here = {v: float(c) for v, c in zip(variables, start)}
    slopes = {v: sp.lambdify([tuple(variables)], expression.diff(v), "math") for v in variables}
    for _ in range(epochs):
        for v, slope in slopes.items():
            here[v] = here[v] + learning_rate * slope(tuple(here.values()))
    return list(here.values()), np.float64(expression.subs(here))
