import numpy as np


class Field:
    def __init__(self, values, dx, dy):
        self.values, self.dx, self.dy = np.array(values, dtype=float), dx, dy

    def slopes(self):
        return np.gradient(self.values, self.dy, self.dx)[::-1]


def gradient_field(field, dx, dy):
    return tuple(Field(field, dx, dy).slopes())


def pressure_acceleration(pressure, density, dx, dy):
    return [np.true_divide(slope, density) for slope in Field(pressure, dx, dy).slopes()]


def directional_derivative(field, direction, dx, dy):
    u, v = direction
    gx, gy = Field(field, dx, dy).slopes()
    return (u * gx + v * gy) / np.sqrt(u * u + v * v)


def trace(gradient, start, step, n_steps):
    def follow(point, left):
        yield point
        if left:
            g = gradient(point)
            if not np.allclose(g, 0, atol=1e-12):
                point = point + step * g / np.linalg.norm(g)
            yield from follow(point, left - 1)

    return np.array(list(follow(np.array(start, dtype=float), n_steps)))
