import numpy as np


def gradient_field(field, dx, dy):
    gy, gx = np.gradient(field, dy, dx)
    return gx, gy


def pressure_acceleration(pressure, density, dx, dy):
    gx, gy = gradient_field(pressure, dx, dy)
    return -gx / density, -gy / density)
