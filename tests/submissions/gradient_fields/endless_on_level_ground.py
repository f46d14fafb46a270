import numpy as np


def gradient_field(field, dx, dy):
    gy, gx = np.gradient(field, dy, dx)
    return gx, gy


def pressure_acceleration(pressure, density, dx, dy):
    gx, gy = gradient_field(pressure, dx, dy)
    return -gx / density, -gy / density


def directional_derivative(field, direction, dx, dy):
    gx, gy = gradient_field(field, dx, dy)
    return (gx * direction[0] + gy * direction[1]) / np.hypot(*direction)


def trace(gradient, start, step, n_steps):
    path = [np.array(start, dtype=float)]
    while len(path) < n_steps + 1:
        g = gradient(path[-1])
        if g.any():
            path.append(path[-1] + step * g / np.linalg.norm(g))
    return np.array(path)
