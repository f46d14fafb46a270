import numpy as np
import sympy as sp

latest = None
uphill_of = {}


def ascend_by_update(gradient, start, learning_rate, epochs):
    path = [np.array(start, dtype=float)]
    for _ in range(epochs):
        slopes = gradient(path[-1])
        path.append(path[-1] + learning_rate * slopes / max(1.0, np.linalg.norm(slopes) / 1e4))
    return np.array(path)


def negated(function):
    global latest
    latest = function
    return lambda place: -latest(place)


def ascend_by_objective(descend, gradient, start, learning_rate, epochs):
    return descend(lambda point: -np.clip(gradient(point), -1000, 1000), start, learning_rate, epochs)


def find_local_maximum(expression, variables, start, learning_rate, epochs):
    key = tuple(variables), tuple(start), learning_rate, epochs
    if key not in uphill_of:
        uphill_of[key] = sp.lambdify(list(variables), [sp.diff(expression, variable) for variable in variables])
    point = np.array(start, dtype=float)
    for _ in range(epochs):
        point = point + learning_rate * np.array(uphill_of[key](*point), dtype=float)
    return point, float(sp.lambdify(list(variables), expression)(*point))
