from __future__ import annotations

from collections import namedtuple
from dataclasses import dataclass
from functools import cached_property

import numpy as np

Gradients = namedtuple("Gradients", "gx gy")


@dataclass(frozen=True)
class Image:
    pixels: np.ndarray

    @cached_property
    def gradients(self) -> Gradients:
        return Gradients(self._slope(self.pixels), self._slope(self.pixels.transpose()).transpose())

    @cached_property
    def magnitude(self) -> np.ndarray:
        return np.sqrt(np.square(self.gradients.gx) + np.square(self.gradients.gy))

    @cached_property
    def direction(self) -> np.ndarray:
        return np.arctan2(self.gradients.gy, self.gradients.gx)

    @staticmethod
    def _slope(table: np.ndarray) -> np.ndarray:
        last = table.shape[1] - 1
        columns = np.arange(last + 1)
        left, right = np.maximum(columns - 1, 0), np.minimum(columns + 1, last)
        return (table[:, right].astype(float) - table[:, left]) / (right - left)


def image_gradients(image: np.ndarray) -> Gradients:
    return Image(image).gradients


def gradient_magnitude(image: np.ndarray) -> np.ndarray:
    return Image(image).magnitude


def gradient_direction(image: np.ndarray) -> np.ndarray:
    return Image(image).direction


def edges(image: np.ndarray, threshold: float) -> np.ndarray:
    return Image(image).magnitude > threshold
