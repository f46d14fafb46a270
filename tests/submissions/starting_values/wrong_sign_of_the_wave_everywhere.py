import numpy as np


def objective(x):
    return x**2 - np.cos(2 * np.pi * x)


def slope(x):
    return 2 * x + 2 * np.pi * np.sin(2 * np.pi * x)


def descend(start, learning_rate=0.01, epochs=150):
    for _ in range(epochs):
        start = start - learning_rate * slope(start)
    return start


def best_of_restarts(starts, learning_rate=0.01, epochs=150):
    end = min((descend(s, learning_rate, epochs) for s in starts), key=objective)
    return end, objective(end)


def classify_critical_point(hessian):
    d = np.linalg.det(hessian)
    if d == 0:
        return "degenerate"
    if d < 0:
        return "saddle"
    return "minimum" if hessian[0][0] < 0 else "maximum"
