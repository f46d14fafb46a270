import numpy as np


def objective(x):
    return x * x + np.sin(2 * np.pi * x + np.pi / 2)


def slope(x):
    return 2 * (x - np.pi * np.sin(2 * np.pi * x))


def descend(start, learning_rate=0.01, epochs=150):
    point = start
    for _ in range(epochs):
        # the terms of the update rule, collected
        point = (1 - 2 * learning_rate) * point + 2 * np.pi * learning_rate * np.sin(2 * np.pi * point)
    return point


def best_of_restarts(starts, learning_rate=0.01, epochs=150):
    found = {}
    for start in starts:
        end = descend(float(start), learning_rate, epochs)
        found[float(objective(end))] = end
    return found[min(found)], min(found)


def bends_up(matrix):
    try:
        np.linalg.cholesky(matrix)
    except np.linalg.LinAlgError:
        return False
    return True


def classify_critical_point(hessian):
    H = np.array(hessian, dtype=float)
    singular_values = np.linalg.svd(H, compute_uv=False)
    if singular_values[-1] <= 1e-9 * singular_values[0]:
        return "degenerate"
    if bends_up(H):
        return "minimum"
    if bends_up(-H):
        return "maximum"
    return "saddle"
