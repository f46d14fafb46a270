import numpy as np

KERNEL = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])


def filtered(image, kernel):
    padded = np.pad(np.asarray(image, dtype=float), 1, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, (3, 3))
    return (windows * kernel).sum(axis=(2, 3))


def image_gradients(image):
    return filtered(image, KERNEL), filtered(image, KERNEL.T)


def gradient_magnitude(image):
    gx, gy = image_gradients(image)
    return np.hypot(gx, gy)


def gradient_direction(image):
    gx, gy = image_gradients(image)
    return np.rad2deg(np.arctan2(gy, gx))


def edges(image, threshold):
    steepness = gradient_magnitude(image)
    return steepness / steepness.max() > threshold
