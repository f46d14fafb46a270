import numpy as np


def gradient_field(field, dx, dy):
    f = np.array(field, dtype=np.float64)
    g = np.empty((2, *f.shape))
    g[0, :, 1:-1] = 0.5 * (f[:, 2:] - f[:, :-2]) / dx
    g[0, :, 0] = (f[:, 1] - f[:, 0]) / dx
    g[0, :, -1] = (f[:, -1] - f[:, -2]) / dx
    g[1, 1:-1] = 0.5 * (f[2:] - f[:-2]) / dy
    g[1, 0] = (f[1] - f[0]) / dy
    g[1, -1] = (f[-1] - f[-2]) / dy
    return g


def pressure_acceleration(pressure, density, dx, dy):
    return -gradient_field(pressure, dx, dy) / density


def directional_derivative(field, direction, dx, dy):
    u = np.asarray(direction, dtype=float)
    u = u / np.sqrt(u @ u)
    return np.einsum("k,kij->ij", u, gradient_field(field, dx, dy))


def trace(gradient, start, step, n_steps):
    path = np.zeros((n_steps + 1, 2))
    path[0] = start
    for k in range(n_steps):
        g = gradient(path[k])
        norm = np.linalg.norm(g)
        if norm == 0:
            path[k + 1 :] = path[k]
            break
        path[k + 1] = path[k] + step / norm * g
    return path
