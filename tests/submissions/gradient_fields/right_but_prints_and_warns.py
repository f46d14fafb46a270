import sys
import warnings

import numpy as np

print("gradient fields", np.arange(6).reshape(2, 3))


def gradient_field(field, dx, dy):
    print("field", field)
    warnings.warn("slopes ahead")
    rows, columns = field.shape
    by_x, by_y = np.zeros((rows, columns)), np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            a, b = max(j - 1, 0), min(j + 1, columns - 1)
            by_x[i, j] = (int(field[i, b]) - int(field[i, a]) if field.dtype.kind in "iu" else field[i, b] - field[i, a]) / (dx * (b - a))
            a, b = max(i - 1, 0), min(i + 1, rows - 1)
            by_y[i, j] = (int(field[b, j]) - int(field[a, j]) if field.dtype.kind in "iu" else field[b, j] - field[a, j]) / (dy * (b - a))
    return by_x, by_y


def pressure_acceleration(pressure, density, dx, dy):
    gx, gy = gradient_field(pressure, dx, dy)
    print("density", density, file=sys.stderr)
    return np.array([gx, gy]) * -1 / density


def directional_derivative(field, direction, dx, dy):
    np.log(np.zeros(1))
    direction = np.array(direction) / np.linalg.norm(direction)
    return np.tensordot(direction, gradient_field(field, dx, dy), axes=1)


def trace(gradient, start, step, n_steps):
    points = [np.array(start, dtype=float)]
    for k in range(n_steps):
        g = gradient(points[-1])
        unit = np.nan_to_num(g / np.linalg.norm(g))  # warns on level ground
        points.append(points[-1] + step * unit)
        print(k, points[-1])
    return points
