import numpy as np


def image_gradients(image):
    return tuple(reversed(np.gradient(image.astype(np.float64))))


def arrows(image):
    gx, gy = image_gradients(image)
    return gx + 1j * gy


def gradient_magnitude(image):
    return np.abs(arrows(image))


def gradient_direction(image):
    return np.angle(arrows(image))


def edges(image, threshold):
    return np.greater(abs(arrows(image)), threshold)
