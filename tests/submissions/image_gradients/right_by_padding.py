import numpy as np

# Beyond the border the image goes on as steeply as it ended.


def image_gradients(image):
    padded = np.pad(image.astype(float), 1, mode="reflect", reflect_type="odd")
    gx = 0.5 * padded[1:-1, 2:] - 0.5 * padded[1:-1, :-2]
    gy = 0.5 * padded[2:, 1:-1] - 0.5 * padded[:-2, 1:-1]
    return np.stack((gx, gy))


def gradient_magnitude(image):
    return np.linalg.norm(image_gradients(image), axis=0)


def gradient_direction(image):
    gx, gy = image_gradients(image)
    magnitude = np.hypot(gx, gy)
    cosine = np.divide(gx, magnitude, out=np.ones_like(gx), where=magnitude > 0)
    angle = np.arccos(np.clip(cosine, -1, 1))
    return np.where(gy < 0, -angle, angle)


def edges(image, threshold):
    return np.where(gradient_magnitude(image) > threshold, 1.0, 0.0)
