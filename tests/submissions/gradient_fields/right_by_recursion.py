import numpy as np


def differences(values, spacing):
    # of the rows of a table: the first, the middle, the last
    def inside(k):
        if k > len(values) - 2:
            return []
        return [(values[k + 1] - values[k - 1]) / (spacing + spacing)] + inside(k + 1)

    first = (values[1] - values[0]) / spacing
    last = (values[-1] - values[-2]) / spacing
    return np.array([first, *inside(1), last])


def gradient_field(field, dx, dy):
    table = field * 1.0
    return tuple([differences(table.T, dx).T, differences(table, dy)])


def pressure_acceleration(pressure, density, dx, dy):
    return tuple(map(lambda slope: slope / -1.0 / density, gradient_field(pressure, dx, dy)))


def directional_derivative(field, direction, dx, dy):
    # by similar triangles: the component along x is cos, that along y is sin
    angle = np.arctan2(direction[1], direction[0])
    by_x, by_y = gradient_field(field, dx, dy)
    return np.cos(angle) * by_x + np.sin(angle) * by_y


def trace(gradient, start, step, n_steps):
    here = np.array([start[0], start[1]], dtype=float)
    if n_steps == 0:
        return [here]
    arrow = gradient(here)
    there = here
    if np.any(arrow):
        angle = np.arctan2(arrow[1], arrow[0])
        there = here + step * np.array([np.cos(angle), np.sin(angle)])
    return [here] + trace(gradient, there, step, n_steps - 1)
