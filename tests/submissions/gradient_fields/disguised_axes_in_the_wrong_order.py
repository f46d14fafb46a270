import numpy as np


def gradient_field(field, dx, dy):
    f = [[float(v) for v in row] for row in field]
    h, w = len(f), len(f[0])
    first = [[0.0] * w for _ in range(h)]
    second = [[0.0] * w for _ in range(h)]
    for i in range(h):
        for j in range(w):
            up, down = max(i - 1, 0), min(i + 1, h - 1)
            left, right = max(j - 1, 0), min(j + 1, w - 1)
            first[i][j] = (f[down][j] - f[up][j]) / (dy * (down - up))
            second[i][j] = (f[i][right] - f[i][left]) / (dx * (right - left))
    return first, second


def pressure_acceleration(pressure, density, dx, dy):
    by_y, by_x = gradient_field(pressure, dx, dy)
    return np.divide(by_x, density) * -1.0, np.divide(by_y, density) * -1.0


def directional_derivative(field, direction, dx, dy):
    by_y, by_x = gradient_field(field, dx, dy)
    u, v = direction
    length = (u**2 + v**2) ** 0.5
    return [[(u * a + v * b) / length for a, b in zip(r, s)] for r, s in zip(by_x, by_y)]


def trace(gradient, start, step, n_steps):
    path = [[float(c) for c in start]]
    for _ in range(n_steps):
        a, b = gradient(path[-1])
        length = (a**2 + b**2) ** 0.5 or 1.0
        path.append([path[-1][0] + step * a / length, path[-1][1] + step * b / length])
    return path
