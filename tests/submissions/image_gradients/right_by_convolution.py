import numpy as np


def slopes_of(line):
    middle = np.convolve(line, [0.5, 0.0, -0.5], mode="valid")
    return np.concatenate(([line[1] - line[0]], middle if len(line) > 2 else [], [line[-1] - line[-2]]))


def image_gradients(image):
    numbers = np.asarray(image, dtype=float)
    gx = np.apply_along_axis(slopes_of, 1, numbers)
    gy = np.apply_along_axis(slopes_of, 0, numbers)
    return gx, gy


def gradient_magnitude(image):
    gx, gy = image_gradients(image)
    large, small = np.maximum(abs(gx), abs(gy)), np.minimum(abs(gx), abs(gy))
    ratio = np.zeros_like(large)
    np.divide(small, large, out=ratio, where=large > 0)
    return large * np.sqrt(1 + ratio**2)


def gradient_direction(image):
    gx, gy = image_gradients(image)
    angle = 2 * np.arctan2(gy, np.hypot(gx, gy) + gx)
    angle[(gy == 0) & (gx < 0)] = -np.pi
    return angle


def edges(image, threshold):
    gx, gy = image_gradients(image)
    return gx**2 + gy**2 > threshold**2
