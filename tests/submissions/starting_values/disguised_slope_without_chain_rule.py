import sympy as sp
import numpy as np

X, U = sp.symbols("X U")
# differentiate by U = 2 pi X, then put it back
wave = sp.lambdify(X, sp.diff(sp.cos(U), U).subs(U, 2 * sp.pi * X))


def objective(x):
    return np.cos(2 * np.pi * x) + x**2


def slope(x):
    return np.vectorize(lambda v: float(wave(v)) + 2 * v, otypes=[float])(x)


def descend(start, learning_rate=0.01, epochs=150):
    for _ in range(epochs):
        start = start - learning_rate * (-2 * np.pi * np.sin(2 * np.pi * start) + 2 * start)
    return start


def best_of_restarts(starts, learning_rate=0.01, epochs=150):
    ends = [descend(s, learning_rate, epochs) for s in starts]
    heights = [objective(x) for x in ends]
    return ends[np.argmin(heights)], min(heights)


def classify_critical_point(hessian):
    e = np.linalg.eigvalsh(hessian)
    if abs(e).min() <= 1e-9 * abs(e).max():
        return "degenerate"
    return "minimum" if e.min() > 0 else "maximum" if e.max() < 0 else "saddle"
