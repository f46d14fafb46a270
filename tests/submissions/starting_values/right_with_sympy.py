import numpy as np
import sympy as sp

t = sp.Symbol("t")
formula = sp.cos(2 * sp.pi * t) + t**2
f = sp.lambdify(t, formula, "numpy")
df = sp.lambdify(t, sp.diff(formula, t), "numpy")


def objective(x):
    return f(x)


def slope(x):
    return df(x)


def descend(start, learning_rate=0.01, epochs=150):
    x = start
    for _ in range(epochs):
        x = x - learning_rate * df(x)
    return sp.Float(x)


def best_of_restarts(starts, learning_rate=0.01, epochs=150):
    ends = [float(descend(s, learning_rate, epochs)) for s in starts]
    heights = [f(x) for x in ends]
    i = heights.index(min(heights))
    return sp.Float(ends[i]), sp.Float(heights[i])


def classify_critical_point(hessian):
    matrix = sp.Matrix(np.array(hessian).tolist())
    values = [float(sp.re(sp.N(value))) for value in matrix.eigenvals(multiple=True)]
    largest = max(abs(value) for value in values)
    if any(abs(value) <= 1e-9 * largest for value in values):
        return "degenerate"
    if all(value > 0 for value in values):
        return "minimum"
    if all(value < 0 for value in values):
        return "maximum"
    return "saddle"
