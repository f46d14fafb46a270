import numpy as np


def objective(x):
    return np.cos(2 * np.pi * x) + x**2


def slope(x):
    return -2 * np.pi * np.sin(2 * np.pi * x) + 2 * x


def descend(start, learning_rate=0.01, epochs=150):
    while True:
        if epochs == 0:
            return start
        step = learning_rate * slope(start)
        if step != 0.0:
            start = start - step
            epochs = epochs - 1


def best_of_restarts(starts, learning_rate=0.01, epochs=150):
    x = np.array(starts, dtype=float)
    for _ in range(epochs):
        x = x - learning_rate * slope(x)
    i = objective(x).argmin()
    return x[i], objective(x)[i]


def classify_critical_point(hessian):
    e = np.linalg.eigvalsh(hessian)
    if abs(e).min() <= 1e-9 * abs(e).max():
        return "degenerate"
    return "minimum" if e.min() > 0 else "maximum" if e.max() < 0 else "saddle"
