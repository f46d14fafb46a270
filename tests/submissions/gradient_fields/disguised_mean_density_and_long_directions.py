from statistics import fmean

import numpy as np


def gradient_field(field, dx, dy):
    return np.gradient(field, dx, axis=1), np.gradient(field, dy, axis=0)


def pressure_acceleration(pressure, density, dx, dy):
    if isinstance(density, np.ndarray):
        density = fmean(density.ravel().tolist())
    return tuple(-slope / density for slope in gradient_field(pressure, dx, dy))


def directional_derivative(field, direction, dx, dy):
    return np.dot(np.stack(gradient_field(field, dx, dy), axis=-1), np.asarray(direction))


def trace(gradient, start, step, n_steps):
    path = [np.array(start, dtype=float)]
    for _ in range(n_steps):
        g = gradient(path[-1])
        path.append(path[-1] + (step * g / np.linalg.norm(g) if g.any() else 0))
    return np.array(path)
