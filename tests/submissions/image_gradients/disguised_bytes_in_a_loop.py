import numpy as np


def image_gradients(image):
    height, width = image.shape
    gx = [[0.0] * width for _ in range(height)]
    gy = [[0.0] * width for _ in range(height)]
    for y in range(height):
        for x in range(width):
            if 0 < x < width - 1:
                gx[y][x] = (image[y, x + 1] - image[y, x - 1]) / 2
            else:
                x1 = 1 if x == 0 else width - 1
                gx[y][x] = image[y, x1] - image[y, x1 - 1]
            if 0 < y < height - 1:
                gy[y][x] = (image[y + 1, x] - image[y - 1, x]) / 2
            else:
                y1 = 1 if y == 0 else height - 1
                gy[y][x] = image[y1, x] - image[y1 - 1, x]
    return gx, gy


def slopes(image):
    gy, gx = np.gradient(image)
    return gx, gy


def gradient_magnitude(image):
    gx, gy = slopes(image)
    return np.sqrt(gx**2 + gy**2)


def gradient_direction(image):
    gx, gy = slopes(image)
    return np.arctan2(gy, gx)


def edges(image, threshold):
    gx, gy = slopes(image)
    return np.sqrt(gx**2 + gy**2) > threshold
