import math

import numpy as np


def objective(x):
    return np.cos(2 * np.pi * x) + x**2


def slope(x):
    return -2 * np.pi * np.sin(2 * np.pi * x) + 2 * x


def descend(start, learning_rate=0.01, epochs=150):
    x, k = float(start), 0
    g = 2 * x - 2 * math.pi * math.sin(2 * math.pi * x)
    while k < epochs and g * g >= 1e-6:
        x -= learning_rate * g
        g = 2 * x - 2 * math.pi * math.sin(2 * math.pi * x)
        k += 1
    return x


def best_of_restarts(starts, learning_rate=0.01, epochs=150):
    x = np.array(starts, dtype=float)
    for _ in range(epochs):
        x = x - learning_rate * slope(x)
    i = objective(x).argmin()
    return x[i], objective(x[i])


def classify_critical_point(hessian):
    n = len(hessian)
    bends = [hessian[i][i] for i in range(n)]
    biggest = max(max(bends), -min(bends))
    up = sum(1 for b in bends if b > 1e-9 * biggest)
    down = sum(1 for b in bends if -b > 1e-9 * biggest)
    if up + down < n:
        return "degenerate"
    if down == 0:
        return "minimum"
    return "saddle" if up else "maximum"
