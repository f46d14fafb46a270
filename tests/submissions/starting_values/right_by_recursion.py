import numpy as np


def objective(x):
    # cos 2t = 1 - 2 sin² t
    return 1 - 2 * np.sin(np.pi * x) ** 2 + x**2


def slope(x):
    # sin 2t = 2 sin t cos t
    return 2 * (x - 2 * np.pi * np.sin(np.pi * x) * np.cos(np.pi * x))


def descend(start, learning_rate=0.01, epochs=150):
    if epochs == 0:
        return start
    return descend(start - learning_rate * slope(start), learning_rate, epochs - 1)


def best_of_restarts(starts, learning_rate=0.01, epochs=150):
    first, *others = starts
    end = descend(first, learning_rate, epochs)
    if not others:
        return end, objective(end)
    other = best_of_restarts(others, learning_rate, epochs)
    return other if other[1] <= objective(end) else (end, objective(end))


def signs(values, limit):
    if not values:
        return set()
    head = values[0]
    return {0 if abs(head) <= limit else 1 if head > 0 else -1} | signs(values[1:], limit)


def classify_critical_point(hessian):
    values = np.linalg.eigvals(np.array(hessian)).real.tolist()
    found = signs(values, 1e-9 * max(map(abs, values)))
    if 0 in found:
        return "degenerate"
    if found == {1}:
        return "minimum"
    return "maximum" if found == {-1} else "saddle"
