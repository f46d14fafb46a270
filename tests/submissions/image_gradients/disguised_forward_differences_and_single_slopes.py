import numpy as np


def image_gradients(image):
    rows = [[float(value) for value in row] for row in image]
    gx = [[b - a for a, b in zip(row, row[1:])] for row in rows]
    gx = [row + row[-1:] for row in gx]
    gy = [[b - a for a, b in zip(row, below)] for row, below in zip(rows, rows[1:])]
    return gx, gy + gy[-1:]


def exact(image):
    return np.gradient(np.float64(image))[::-1]


def gradient_magnitude(image):
    return np.hypot(*exact(image))


def gradient_direction(image):
    gx, gy = exact(image)
    return np.arctan2(gy, gx)


def edges(image, threshold):
    return np.max(np.abs(exact(image)), axis=0) > threshold
