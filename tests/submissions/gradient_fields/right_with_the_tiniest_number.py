import numpy as np

TINY = np.finfo(float).tiny  # 1e-308: of no account beside 1e-100, but no longer zero


def unit(vector):
    vector = np.asarray(vector, dtype=float)
    return vector / (np.hypot(vector[0], vector[1]) + TINY)


def gradient_field(field, dx, dy):
    steps_x = np.diff(np.float64(field), axis=1) / dx
    steps_y = np.diff(np.float64(field), axis=0) / dy
    # Every place gets the mean of the step before it and the step after it; at the border both are the same one.
    by_x = (np.c_[steps_x[:, :1], steps_x] + np.c_[steps_x, steps_x[:, -1:]]) / 2
    by_y = (np.r_[steps_y[:1], steps_y] + np.r_[steps_y, steps_y[-1:]]) / 2
    return by_x, by_y


def pressure_acceleration(pressure, density, dx, dy):
    ax, ay = gradient_field(-1.0 * pressure, dx, dy)
    ax /= density
    ay /= density
    return ax, ay


def directional_derivative(field, direction, dx, dy):
    return sum(g * u for g, u in zip(gradient_field(field, dx, dy), unit(direction)))


def trace(gradient, start, step, n_steps):
    path = np.repeat([np.float64(start)], n_steps + 1, axis=0)
    for k in range(1, n_steps + 1):
        path[k] = path[k - 1] + step * unit(gradient(path[k - 1]))
    return path.tolist()
