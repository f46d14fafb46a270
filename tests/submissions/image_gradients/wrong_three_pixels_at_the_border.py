import numpy as np


def image_gradients(image):
    gy, gx = np.gradient(image.astype(float), edge_order=2)
    return gx, gy


def gradient_magnitude(image):
    gx, gy = image_gradients(image)
    return np.sqrt(gx**2 + gy**2)


def gradient_direction(image):
    gx, gy = image_gradients(image)
    return np.arctan2(gy, gx)


def edges(image, threshold):
    return gradient_magnitude(image) > threshold
