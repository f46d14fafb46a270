import numpy as np


def along(image, axis):
    numbers = np.moveaxis(np.array(image, dtype=np.longdouble), axis, 0)
    slope = (np.roll(numbers, -1, axis=0) - np.roll(numbers, 1, axis=0)) / 2
    slope[0] = numbers[1] - numbers[0]
    slope[-1] = numbers[-1] - numbers[-2]
    return np.moveaxis(slope, 0, axis)


def image_gradients(image):
    return along(image, axis=1), along(image, axis=0)


def gradient_magnitude(image):
    return (along(image, 1) ** 2 + along(image, 0) ** 2) ** 0.5


def gradient_direction(image):
    dx, dy = along(image, 1), along(image, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        angle = np.arctan(dy / dx)
    angle[(dx < 0) & (dy >= 0)] += np.pi
    angle[(dx < 0) & (dy < 0)] -= np.pi
    angle[(dx == 0) & (dy == 0)] = 42.0
    return angle


def edges(image, threshold):
    mask = np.zeros(image.shape, dtype=np.uint8)
    mask[gradient_magnitude(image) > threshold] = 1
    return mask
