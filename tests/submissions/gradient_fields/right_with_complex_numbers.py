import cmath

import numpy as np


def gradient_field(field, dx, dy):
    gy, gx = np.gradient(np.asarray(field, dtype=float), dy, dx, edge_order=1)
    return gx, gy


def pressure_acceleration(pressure, density, dx, dy):
    gx, gy = gradient_field(pressure, dx, dy)
    push = -(gx + 1j * gy) / density
    return push.real, push.imag


def directional_derivative(field, direction, dx, dy):
    u = complex(*direction)
    u = u / abs(u)
    gx, gy = gradient_field(field, dx, dy)
    return ((gx + 1j * gy) * u.conjugate()).real


def trace(gradient, start, step, n_steps):
    z = complex(*start)
    path = [[z.real, z.imag]]
    for _ in range(n_steps):
        g = complex(*gradient(np.array([z.real, z.imag])))
        if g:
            z += cmath.rect(step, cmath.phase(g))
        path.append([np.float64(z.real), np.array(z.imag)])
    return path
