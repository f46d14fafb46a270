import numpy as np
import sympy as sp


def descend(gradient, start, learning_rate, epochs):
    path = [np.array(start, dtype=float)]
    for _ in range(epochs):
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return np.array(path)


def negated(function):
    return lambda *args: np.negative(function(*args))


def ascend_by_objective(descend, gradient, start, learning_rate, epochs):
    return descend(gradient=negated(gradient), start=start, learning_rate=learning_rate, epochs=epochs)


def ascend_by_update(gradient, start, learning_rate, epochs):
    return ascend_by_objective(descend, gradient, start, learning_rate, epochs)


def find_local_maximum(expression, variables, start, learning_rate, epochs):
    upside_down = -expression
    partials = [sp.lambdify([tuple(variables)], upside_down.diff(v)) for v in variables]
    path = descend(lambda p: np.array([d(p) for d in partials], dtype=float), start, learning_rate, epochs)
    value = -upside_down.subs(dict(zip(variables, path[-1]))).evalf()
    return [path[-1].tolist(), value]
