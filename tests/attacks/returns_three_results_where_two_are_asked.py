"""An honest slip: the magnitude comes along with the two fields, so a result is compared with one of another length."""

import numpy as np

EXERCISE = "gradient_fields"
REQUIREMENT = ("== on containers of arrays",)
SHOWS = ("error",)


# --- baseline
def gradient_field(field, dx, dy):
    return np.zeros_like(field), np.zeros_like(field)


def pressure_acceleration(pressure, density, dx, dy):
    return np.zeros_like(pressure), np.zeros_like(pressure)


# --- attack
def gradient_field(field, dx, dy):
    gy, gx = np.gradient(np.asarray(field, dtype=float), dy, dx)
    return gx, gy, np.hypot(gx, gy)


def pressure_acceleration(pressure, density, dx, dy):
    return [[gradient_field(pressure, dx, dy)], None, "text", {}, np.zeros(3), (np.zeros(2), np.zeros((2, 2)))]
