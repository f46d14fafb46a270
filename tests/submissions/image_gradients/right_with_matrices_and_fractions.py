from fractions import Fraction

import numpy as np


def matrix(n):
    d = np.diag(np.full(n - 1, 0.5), 1) - np.diag(np.full(n - 1, 0.5), -1)
    d[0, 0], d[0, 1] = -1, 1
    d[n - 1, n - 2], d[n - 1, n - 1] = -1, 1
    return d


def image_gradients(image):
    height, width = image.shape
    gx = [[Fraction(value) for value in row] for row in (image @ matrix(width).T).tolist()]
    gy = np.einsum("ij,jk->ik", matrix(height), image)
    return gx, gy


def gradient_magnitude(image):
    gx, gy = image_gradients(image)
    magnitude = np.empty(image.shape)
    for index, value in np.ndenumerate(gy):
        magnitude[index] = float(gx[index[0]][index[1]] ** 2 + Fraction(value) ** 2) ** 0.5
    return magnitude


def gradient_direction(image):
    gx, gy = image_gradients(image)
    return np.arctan2(gy, np.array(gx, dtype=float))


def edges(image, threshold):
    gx, gy = image_gradients(image)
    squares = np.array(gx, dtype=float) ** 2 + gy**2
    return [[bool(square > threshold * threshold) for square in row] for row in squares]
