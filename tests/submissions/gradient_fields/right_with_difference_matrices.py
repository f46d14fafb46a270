import numpy as np


def differences(n, spacing):
    D = (np.eye(n, k=1) - np.eye(n, k=-1)) / (2 * spacing)
    D[0, :2] = -1 / spacing, 1 / spacing
    D[-1, -2:] = -1 / spacing, 1 / spacing
    return D


def gradient_field(field, dx, dy):
    rows, columns = field.shape
    return field @ differences(columns, dx).T, differences(rows, dy) @ field


def pressure_acceleration(pressure, density, dx, dy):
    specific_volume = np.broadcast_to(1 / np.asarray(density), np.shape(pressure))
    gx, gy = gradient_field(pressure, dx, dy)
    return np.array([-gx * specific_volume, -gy * specific_volume])


def directional_derivative(field, direction, dx, dy):
    unit = np.array(direction, dtype=float).reshape(2, 1, 1)
    unit /= np.linalg.norm(unit)
    return (np.array(gradient_field(field, dx, dy)) * unit).sum(axis=0)


def trace(gradient, start, step, n_steps):
    path = np.array([start], dtype=float)
    while len(path) <= n_steps:
        g = np.array(gradient(path[-1]))
        squared = g @ g
        move = g * (step * squared**-0.5) if squared else 0 * g
        path = np.concatenate([path, [path[-1] + move]])
    return path
