import numpy as np


def along(table, spacing):
    # the derivative along the rows of a table
    n = table.shape[1]
    places = np.arange(n)
    ahead = np.clip(places + 1, 0, n - 1)
    behind = np.clip(places - 1, 0, n - 1)
    return (table[:, ahead] - table[:, behind]) / spacing / 2


def gradient_field(field, dx, dy):
    table = field.astype("float64")
    return along(table, dx), along(table.T, dy).T


def pressure_acceleration(pressure, density, dx, dy):
    gy, gx = np.gradient(pressure, dy, dx)
    return -gx / density, -gy / density


def directional_derivative(field, direction, dx, dy):
    gy, gx = np.gradient(field, dy, dx)
    u, v = direction / np.linalg.norm(direction)
    return u * gx + v * gy


def trace(gradient, start, step, n_steps):
    x, y = map(float, start)
    rows = [[x, y]]
    while len(rows) < n_steps + 1:
        gx, gy = gradient(np.array([x, y]))
        scale = step / (1e-12 + (gx * gx + gy * gy) ** 0.5)
        x += scale * gx
        y += scale * gy
        rows.append([x, y])
    return np.array(rows)
