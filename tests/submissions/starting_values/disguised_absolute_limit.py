import numpy as np


def objective(x):
    return np.cos(2 * np.pi * x) + x**2


def slope(x):
    return -2 * np.pi * np.sin(2 * np.pi * x) + 2 * x


def descend(start, learning_rate=0.01, epochs=150):
    for _ in range(epochs):
        start = start - learning_rate * slope(start)
    return start


def best_of_restarts(starts, learning_rate=0.01, epochs=150):
    return min(((x, objective(x)) for x in (descend(s, learning_rate, epochs) for s in starts)), key=lambda p: p[1])


def classify_critical_point(hessian):
    signs = set()
    for value in np.linalg.eigh(np.array(hessian, dtype=float))[0]:
        if -1e-9 < value < 1e-9:
            return "degenerate"
        signs.add(value > 0)
    if len(signs) == 2:
        return "saddle"
    return "minimum" if signs.pop() else "maximum"
