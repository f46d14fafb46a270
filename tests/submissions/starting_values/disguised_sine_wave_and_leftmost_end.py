from math import pi, sqrt

import numpy as np


def objective(x):
    # a wave of length 1, drawn with the imaginary part
    return x * x + np.imag(np.exp(2j * pi * x))


def slope(x):
    return 2 * x - 2 * pi * np.sin(2 * pi * x)


def descend(start, learning_rate=0.01, epochs=150):
    for _ in range(epochs):
        start -= learning_rate * slope(start)
    return start


def best_of_restarts(starts, learning_rate=0.01, epochs=150):
    ends = np.array([descend(float(s), learning_rate, epochs) for s in starts])
    x = np.sort(ends)[0]
    return x, np.cos(2 * pi * x) + x**2


def classify_critical_point(hessian):
    e = np.linalg.eigvalsh(hessian)
    if abs(e).min() <= 1e-9 * abs(e).max():
        return "degenerate"
    return "minimum" if e.min() > 0 else "maximum" if e.max() < 0 else "saddle"
