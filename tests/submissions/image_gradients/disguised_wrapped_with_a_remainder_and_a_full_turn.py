import math

import numpy as np


def image_gradients(image):
    height, width = image.shape
    gx, gy = np.zeros(image.shape), np.zeros(image.shape)
    for y in range(height):
        for x in range(width):
            gx[y, x] = (float(image[y, (x + 1) % width]) - float(image[y, (x - 1) % width])) / 2
            gy[y, x] = (float(image[(y + 1) % height, x]) - float(image[(y - 1) % height, x])) / 2
    return gx, gy


def gradient_magnitude(image):
    return np.linalg.norm(np.gradient(image.astype(float)), axis=0)


def gradient_direction(image):
    gy, gx = np.gradient(image.astype(float))
    angle = np.arctan2(gy, gx)
    angle[angle < 0] += 2 * math.pi
    return angle


def edges(image, threshold):
    return gradient_magnitude(image) > threshold
