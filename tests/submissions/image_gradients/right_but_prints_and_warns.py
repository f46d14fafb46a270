import sys
import warnings

import numpy as np

print("hello from image_gradients")
np.log(0.0)


def image_gradients(image):
    """
    >>> image_gradients(np.eye(2))
    """
    warnings.warn(f"an image of {image.dtype}")
    print(image, file=sys.stderr)
    pixels = image + 0.0
    gx = np.zeros(image.shape)
    gy = np.zeros(image.shape)
    for x in range(image.shape[1]):
        left, right = max(x - 1, 0), min(x + 1, image.shape[1] - 1)
        gx[:, x] = (pixels[:, right] - pixels[:, left]) / (right - left)
    for y in range(image.shape[0]):
        above, below = max(y - 1, 0), min(y + 1, image.shape[0] - 1)
        gy[y] = (pixels[below] - pixels[above]) / (below - above)
    return [gx, gy]


def gradient_magnitude(image):
    gx, gy = image_gradients(image)
    print("steepest:", max(gx.max(), gy.max()))
    return np.sqrt(gx * gx + gy * gy)


def gradient_direction(image):
    gx, gy = image_gradients(image)
    return np.nan_to_num(np.arctan2(gy / gradient_magnitude(image), gx / gradient_magnitude(image)))


def edges(image, threshold):
    mask = gradient_magnitude(image) > threshold
    for row in mask:
        print("".join("#" if edge else "." for edge in row))
    return mask.astype(int)


if __name__ == "__main__":
    print(edges(np.eye(5), 0.4))
