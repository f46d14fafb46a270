import numpy as np


def image_gradients(image):
    image = np.array(image, dtype=float)
    gx, gy = np.empty_like(image), np.empty_like(image)
    gx[:, 0] = image[:, 1] - image[:, 0]
    gx[:, -1] = image[:, -1] - image[:, -2]
    gx[:, 1:-1] = (image[:, 2:] - image[:, :-2]) / 2
    gy[0] = image[1] - image[0]
    gy[-1] = image[-1] - image[-2]
    gy[1:-1] = (image[2:] - image[:-2]) / 2
    return gx, gy


def gradient_magnitude(image):
    raise NotImplementedError("image_gradients: implement gradient_magnitude")


def gradient_direction(image):
    gx, gy = image_gradients(image)
    return np.arctan(gy / gx)


def edges(image, threshold):
    pass
