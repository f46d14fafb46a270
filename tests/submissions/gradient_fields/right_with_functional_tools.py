import math
from functools import partial, reduce
from itertools import accumulate, repeat
from operator import add

import numpy as np

# Beyond the border the field goes on straight; then the central difference does everywhere.
extended = partial(np.pad, mode="reflect", reflect_type="odd")


def central(field, spacing, axis):
    widths = [(0, 0), (0, 0)]
    widths[axis] = (1, 1)
    table = extended(np.asarray(field).astype(float), widths)
    pairs = np.moveaxis(table, axis, 0)
    return np.moveaxis(pairs[2:] - pairs[:-2], 0, axis) / spacing / 2


gradient_field = lambda field, dx, dy: (central(field, dx, 1), central(field, dy, 0))


def pressure_acceleration(pressure, density, dx, dy):
    return [np.divide(np.negative(g), density) for g in gradient_field(pressure, dx, dy)]


def directional_derivative(field, direction, dx, dy):
    length = math.dist((0, 0), direction)
    return reduce(add, (g * (u / length) for g, u in zip(gradient_field(field, dx, dy), direction)))


def trace(gradient, start, step, n_steps):
    def move(p, _):
        g = gradient(p)
        return p + step * np.divide(g, math.hypot(*g), out=np.zeros(2), where=g.any())

    return np.stack(list(accumulate(repeat(None, n_steps), move, initial=np.array(start, dtype=float))))
