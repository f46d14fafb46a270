import cmath

import numpy as np


def image_gradients(image):
    gy, gx = np.gradient(image * 1.0)
    return gx, gy


def gradient_magnitude(image):
    return np.hypot(*image_gradients(image))


def gradient_direction(image):
    gx, gy = image_gradients(image)
    return [[cmath.phase(complex(b, a)) for a, b in zip(*rows)] for rows in zip(gx, gy)]


def edges(image, threshold):
    flat = [[value < threshold for value in row] for row in gradient_magnitude(image)]
    return np.array([[not value for value in row] for row in flat])
