import numpy as np


def lean(table, spacing):
    rows = [(table[1] - table[0]) / spacing]
    rows += [(below - above) / (2 * spacing) for above, below in zip(table, table[2:])]
    rows += [(table[-1] - table[-2]) / spacing]
    return np.array(rows)


def gradient_field(field, dx, dy):
    return lean(field.T, dx).T, lean(field, dy)


def pressure_acceleration(pressure, density, dx, dy):
    ax, ay = gradient_field(pressure.astype(float), dx, dy)
    return -ax / density, -ay / density


def directional_derivative(field, direction, dx, dy):
    gx, gy = gradient_field(field.astype(float), dx, dy)
    u, v = direction / np.hypot(*direction)
    return gx * u + gy * v


def trace(gradient, start, step, n_steps):
    start = np.array(start, dtype=float)
    way = gradient(start)
    if way.any():
        way = way / np.linalg.norm(way)
    return start + step * np.outer(np.arange(n_steps + 1), way)
