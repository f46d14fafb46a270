import math

import numpy as np


def image_gradients(image):
    gy, gx = np.gradient(image.astype(float))
    return gx, gy


def gradient_magnitude(image):
    return np.hypot(*image_gradients(image))


def gradient_direction(image):
    gx, gy = image_gradients(image)
    angle = np.zeros(image.shape)
    y = 0
    while y < image.shape[0]:
        for x in range(image.shape[1]):
            angle[y, x] = math.atan2(gy[y, x], gx[y, x])
    return angle


def edges(image, threshold):
    return gradient_magnitude(image) > threshold
