import math

import numpy as np


def image_gradients(image):
    values = image.tolist()
    height, width = image.shape
    down, right = np.zeros((height, width)), np.zeros((height, width))
    for i in range(height):
        for j in range(width):
            top, bottom = max(i - 1, 0), min(i + 1, height - 1)
            left, end = max(j - 1, 0), min(j + 1, width - 1)
            down[i, j] = (values[bottom][j] - values[top][j]) / (bottom - top)
            right[i, j] = (values[i][end] - values[i][left]) / (end - left)
    return down, right


def gradient_magnitude(image):
    down, right = image_gradients(image)
    return [[math.fabs(a) + math.fabs(b) for a, b in zip(*rows)] for rows in zip(down, right)]


def gradient_direction(image):
    down, right = image_gradients(image)
    return [[math.atan2(a, b) for a, b in zip(*rows)] for rows in zip(down, right)]


def edges(image, threshold):
    down, right = image_gradients(image)
    return [[math.hypot(a, b) > threshold for a, b in zip(*rows)] for rows in zip(down, right)]
