import numpy as np
import sympy as sp


def ascend_by_update(gradient, start, learning_rate, epochs):
    point = sp.Matrix([float(x) for x in start])
    rows = [point]
    for _ in range(epochs):
        slopes = gradient(np.array(point.tolist(), dtype=float).ravel())
        point = point + learning_rate * sp.Matrix(slopes.tolist())
        rows.append(point)
    return rows


def negated(function):
    def below(p):
        value = function(p)
        return -sp.Float(float(value), 17) if np.ndim(value) == 0 else -sp.Matrix(value.tolist())

    return below


def ascend_by_objective(descend, gradient, start, learning_rate, epochs):
    path = descend(lambda p: np.array([-float(slope) for slope in gradient(p)]), list(start), learning_rate, epochs)
    return sp.Matrix(path.tolist()) if min(path.shape) > 1 else path


def find_local_maximum(expression, variables, start, learning_rate, epochs):
    slopes = sp.lambdify([tuple(variables)], [expression.diff(v) for v in variables], "math")
    point = sp.Matrix([float(x) for x in start])
    for _ in range(epochs):
        point += learning_rate * sp.Matrix(slopes([float(x) for x in point]))
    return sp.Tuple(point, expression.subs(dict(zip(variables, point))).evalf())
