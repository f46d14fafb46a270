import numpy as np


class Word(str):
    pass


def objective(x):
    y = np.cos(2 * np.pi * np.asarray(x)) + np.asarray(x) * np.asarray(x)
    return np.array(y)  # 0-d for a number


def slope(x):
    x = np.asarray(x, dtype=np.float64)
    out = np.empty_like(x)
    for index in np.ndindex(x.shape):
        out[index] = 2 * x[index] - 2 * np.pi * np.sin(2 * np.pi * x[index])
    return out


def descend(start, learning_rate=0.01, epochs=150):
    path = np.zeros(epochs + 1)
    path[0] = start
    for k in range(epochs):
        path[k + 1] = path[k] - learning_rate * slope(path[k])
    return path[-1]


def best_of_restarts(starts, learning_rate=0.01, epochs=150):
    ends = np.array([descend(start, learning_rate, epochs) for start in np.asarray(starts)])
    order = np.argsort(objective(ends))
    return ends[order][0], objective(ends)[order][0]


def classify_critical_point(hessian):
    # how many eigenvalues are positive, negative, zero
    values = np.linalg.eigvalsh(np.array(hessian, dtype=np.float64))
    counted = np.where(np.abs(values) > 1e-9 * np.linalg.norm(values, np.inf), np.sign(values), 0).astype(int)
    up, level, down = (np.count_nonzero(counted == sign) for sign in (1, 0, -1))
    words = np.array(["minimum", "maximum", "saddle"])
    if level:
        return Word("degenerate")
    return words[0 if down == 0 else 1 if up == 0 else 2]
