# No NumPy: nested lists, math and Jacobi rotations.
import math


def each(f, x):
    if hasattr(x, "__len__"):
        return [each(f, item) for item in x]
    return f(float(x))


def objective(x):
    return each(lambda t: math.cos(2 * math.pi * t) + t * t, x)


def slope(x):
    return each(lambda t: -2 * math.pi * math.sin(2 * math.pi * t) + 2 * t, x)


def descend(start, learning_rate=0.01, epochs=150):
    x = start
    i = 0
    while i < epochs:
        x = x - learning_rate * slope(x)
        i = i + 1
    return x


def best_of_restarts(starts, learning_rate=0.01, epochs=150):
    best_x = None
    best_f = math.inf
    for s in starts:
        x = descend(s, learning_rate, epochs)
        f = objective(x)
        if f < best_f:
            best_x, best_f = x, f
    return [best_x, best_f]


def eigenvalues(matrix):
    a = [[float(v) for v in row] for row in matrix]
    n = len(a)
    for _ in range(60):
        for p in range(n - 1):
            for q in range(p + 1, n):
                if a[p][q] == 0.0:
                    continue
                theta = 0.5 * math.atan2(2 * a[p][q], a[q][q] - a[p][p])
                c, s = math.cos(theta), math.sin(theta)
                for k in range(n):
                    a[k][p], a[k][q] = c * a[k][p] - s * a[k][q], s * a[k][p] + c * a[k][q]
                for k in range(n):
                    a[p][k], a[q][k] = c * a[p][k] - s * a[q][k], s * a[p][k] + c * a[q][k]
    return [a[i][i] for i in range(n)]


def classify_critical_point(hessian):
    values = eigenvalues(hessian)
    largest = 0.0
    for v in values:
        largest = max(largest, abs(v))
    ups = 0
    downs = 0
    for v in values:
        if abs(v) <= 1e-9 * largest:
            return "degenerate"
        if v > 0:
            ups += 1
        else:
            downs += 1
    if downs == 0:
        return "minimum"
    if ups == 0:
        return "maximum"
    return "saddle"
