import numpy as np

TWO_PI = 2 * np.pi


def objective(x):
    return np.add(np.cos(np.multiply(TWO_PI, x)), np.square(x))


def slope(x):
    return -TWO_PI * np.sin(TWO_PI * x) + 2 * x


def descend(start, learning_rate=0.01, epochs=150):
    x = np.array(start, dtype=np.float64)  # 0-d
    for _ in np.arange(epochs):
        x = x - learning_rate * slope(x)
    return x


def best_of_restarts(starts, learning_rate=0.01, epochs=150):
    # all walks side by side
    ends = descend(starts, learning_rate=learning_rate, epochs=epochs)
    heights = objective(ends)
    return np.array([ends[np.argmin(heights)], heights.min()])


def classify_critical_point(hessian):
    e = np.linalg.eigvalsh(np.asarray(hessian, dtype=float))
    size = np.max(np.abs(e))
    if np.any(np.abs(e) <= 1e-9 * size):
        return "degenerate"
    return {(True, False): "maximum", (False, True): "minimum"}.get((bool((e < 0).all()), bool((e > 0).all())), "saddle")
