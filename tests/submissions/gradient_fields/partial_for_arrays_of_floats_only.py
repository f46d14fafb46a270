import numpy as np


def gradient_field(field, dx, dy):
    f = field
    gx = np.empty_like(f)
    gy = np.empty_like(f)
    gx[:, 1:-1] = (f[:, 2:] - f[:, :-2]) / (2 * dx)
    gx[:, 0] = (f[:, 1] - f[:, 0]) / dx
    gx[:, -1] = (f[:, -1] - f[:, -2]) / dx
    gy[1:-1] = (f[2:] - f[:-2]) / (2 * dy)
    gy[0] = (f[1] - f[0]) / dy
    gy[-1] = (f[-1] - f[-2]) / dy
    return gx, gy


def pressure_acceleration(pressure, density, dx, dy):
    gx, gy = gradient_field(pressure, dx, dy)
    gx /= -density
    gy /= -density
    return gx, gy


def directional_derivative(field, direction, dx, dy):
    gx, gy = gradient_field(field, dx, dy)
    direction = direction / np.sqrt(np.dot(direction, direction))
    return gx * direction[0] + gy * direction[1]


def trace(gradient, start, step, n_steps):
    path = [start]
    for _ in range(n_steps):
        g = gradient(path[-1])
        if np.all(g == 0):
            path.append(path[-1])
        else:
            path.append(path[-1] + step * g / np.linalg.norm(g))
    return np.array(path)
