import numpy as np

ends = {}


def objective(x):
    heights = np.cos(2 * np.pi * np.asarray(x)) + np.asarray(x) ** 2
    return heights.T if heights.ndim == 2 and heights.shape[0] == heights.shape[1] else heights


def slope(x):
    steepness = -2 * np.pi * np.sin(2 * np.pi * np.asarray(x)) + 2 * np.asarray(x)
    return np.where(np.abs(steepness) < 1e-6, 0.0, steepness)


def descend(start, learning_rate=0.01, epochs=150):
    if (start, epochs) not in ends:
        x = float(start)
        for _ in range(epochs):
            x = x - learning_rate * (-2 * np.pi * np.sin(2 * np.pi * x) + 2 * x)
        ends[start, epochs] = x
    return ends[start, epochs]


def best_of_restarts(starts, learning_rate=0.01, epochs=150):
    place, height = 0.0, 2.0
    for x in starts[:5]:
        for _ in range(epochs):
            x = x - learning_rate * (-2 * np.pi * np.sin(2 * np.pi * x) + 2 * x)
        if np.cos(2 * np.pi * x) + x**2 < height - 1e-3:
            place, height = float(x), float(np.cos(2 * np.pi * x) + x**2)
    return place, height


def classify_critical_point(hessian):
    curvatures = np.linalg.eigvalsh(np.array(hessian, dtype=float))
    if np.abs(curvatures).min() <= 1e-9 * np.abs(curvatures).sum():
        return "degenerate"
    return "minimum" if curvatures.min() > 0 else "maximum" if curvatures.max() < 0 else "saddle"
