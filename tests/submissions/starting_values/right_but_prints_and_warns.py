import sys
import warnings

import numpy as np

print("f = cos(2 pi x) + x**2")
np.log(0.0)


def objective(x):
    warnings.warn("how high?")
    return np.cos(2 * np.pi * x) + x**2


def slope(x):
    print("slope at", x)
    return -2 * np.pi * np.sin(2 * np.pi * x) + 2 * x


def descend(start, learning_rate=0.01, epochs=150):
    for epoch in range(epochs):
        print(epoch, start, file=sys.stderr)
        start = start - learning_rate * slope(start)
    return start


def best_of_restarts(starts, learning_rate=0.01, epochs=150):
    best = None
    for s in starts:
        end = descend(s, learning_rate, epochs)
        print(f"from {s} to {end}")
        if best is None or objective(end) < objective(best):
            best = end
    return best, objective(best)


def classify_critical_point(hessian):
    print(hessian)
    values = np.linalg.eigvalsh(hessian)
    with np.errstate(all="warn"):
        condition = np.max(np.abs(values)) / np.min(np.abs(values))  # warns of a division by zero
    if not condition < 1e9:
        return "degenerate"
    return "minimum" if np.all(values > 0) else "maximum" if np.all(values < 0) else "saddle"


if __name__ == "__main__":
    print(descend(2.0))
