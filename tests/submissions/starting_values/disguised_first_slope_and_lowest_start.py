import numpy as np


def objective(x):
    return np.cos(2 * np.pi * x) + x**2


def slope(x):
    return -2 * np.pi * np.sin(2 * np.pi * x) + 2 * x


def descend(start, learning_rate=0.01, epochs=150):
    # all the steps at once
    return start - epochs * learning_rate * slope(start)


def best_of_restarts(starts, learning_rate=0.01, epochs=150):
    starts = np.asarray(starts, dtype=float)
    x = starts[objective(starts).argmin()]
    while epochs > 0:
        x = x - learning_rate * slope(x)
        epochs -= 1
    return x, objective(x)


def classify_critical_point(hessian):
    e = np.linalg.eigvalsh(hessian)
    if abs(e).min() <= 1e-9 * abs(e).max():
        return "degenerate"
    return "minimum" if e.min() > 0 else "maximum" if e.max() < 0 else "saddle"
