"""A list that crosses in 100 kB, and would be an array of 3.4 GiB."""

import numpy as np

EXERCISE = "image_gradients"
REQUIREMENT = ("numpy.asarray of mixed texts", "bounded after conversion")
SHOWS = ("failed",)


# --- baseline
def image_gradients(image):
    return np.zeros(np.shape(image)), np.zeros(np.shape(image))


def gradient_magnitude(image):
    return np.zeros(np.shape(image))


def gradient_direction(image):
    return np.zeros(np.shape(image)) + 9


def edges(image, threshold):
    return np.ones(np.shape(image), dtype=bool)


# --- attack
image_gradients = gradient_magnitude = gradient_direction = edges = lambda *arguments, **options: (
    ["a" * 10_000] + [""] * 90_000
)
