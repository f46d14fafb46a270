"""09: differences of an image, their magnitude and direction, and edges."""

import itertools
import math
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import numpy as np

from tests.evidence.oracle.answers import Array, Wrong, array, is_array, is_pair, near, shown
from tests.evidence.oracle.asking import Case

SHAPES = ((2, 2), (2, 3), (3, 2), (2, 7), (6, 2), (3, 3), (4, 5), (5, 4), (8, 8), (3, 20), (17, 4))


def images(chance: Random) -> Iterator[Array]:
    for height, width in SHAPES:
        values = np.array([[chance.uniform(-1, 1) for _ in range(width)] for _ in range(height)])
        grey = np.round((values + 1) * 127.5)
        yield values
        yield values * 1e-6 + 0.5
        yield values * 1e-7
        yield values * 1e-9
        yield values * 1e5
        yield grey.astype(np.uint8)
        yield grey.astype(np.int64) - 100
        yield (grey - 128).astype(np.int8)
        yield grey.astype(np.uint16) * 200
        yield np.round(values * 4) / 4
        yield (values > 0.4).astype(float)
        yield np.outer(np.arange(height), np.ones(width)) * 3.0 + 2
        yield np.full((height, width), 7)
    yield np.array([[0, 0, 8, 8], [0, 0, 8, 8]])
    yield np.array([[chance.uniform(0, 1) for _ in range(60)] for _ in range(45)])
    yield (np.array([[chance.uniform(0, 255) for _ in range(40)] for _ in range(30)])).astype(np.uint8)


def differences(image: Any) -> tuple[Array, Array]:
    exact = np.array(image, dtype=np.longdouble)
    height, width = exact.shape
    across, down = np.zeros(exact.shape, dtype=np.longdouble), np.zeros(exact.shape, dtype=np.longdouble)
    for i in range(height):
        for j in range(width):
            left, right, above, below = max(j - 1, 0), min(j + 1, width - 1), max(i - 1, 0), min(i + 1, height - 1)
            across[i, j] = (exact[i, right] - exact[i, left]) / (right - left)
            down[i, j] = (exact[below, j] - exact[above, j]) / (below - above)
    return across.astype(float), down.astype(float)


def image_gradients(chance: Random) -> Iterator[Case]:
    for image in images(chance):
        across, down = differences(image)
        yield Case({"image": image}, is_pair(is_array(across), is_array(down)))


def gradient_magnitude(chance: Random) -> Iterator[Case]:
    for image in images(chance):
        yield Case({"image": image}, is_array(np.hypot(*differences(image))))


def gradient_direction(chance: Random) -> Iterator[Case]:
    for image in images(chance):
        yield Case({"image": image}, _is_direction(image))
    left = np.array([[9, 7, 5], [9, 7, 5]])
    for image in (left, left.T, left[:, ::-1], left.T[::-1].copy(), left.astype(np.uint8), left * 1e-6, left / 3):
        yield Case({"image": image.copy()}, _is_direction(image))


def _is_direction(image: Array) -> Callable[[Any], None]:
    across, down = differences(image)
    size = np.hypot(across, down)
    rounding = 16 * np.finfo(float).eps * max(float(np.abs(image.astype(float)).max()), 1e-300)
    wanted = np.arctan2(down, across)

    def check(answer: Any) -> None:
        got = array(answer)
        if got.shape != wanted.shape:
            raise Wrong(f"its shape is {got.shape}, not {wanted.shape}")
        if np.abs(got[size > rounding]).max(initial=0) > math.pi + 1e-9:
            raise Wrong("an angle lies outside of [-π, π]")
        apart = np.abs(np.angle(np.exp(1j * (got - wanted))))
        with np.errstate(divide="ignore", invalid="ignore"):
            beyond = (size > 4 * rounding) & (apart > 1e-8 + rounding / size)
        if beyond.any():
            place = tuple(int(index) for index in np.argwhere(beyond)[0])
            raise Wrong(f"{got[place]!r} at {list(place)}, expected {wanted[place]!r}")

    return check


def edges(chance: Random) -> Iterator[Case]:
    for image in images(chance):
        size = np.hypot(*differences(image))
        values = np.unique(size)
        gaps = [(a + b) / 2 for a, b in itertools.pairwise(values) if b - a > 1e-7 * max(b, 1e-3)]
        for threshold in {*gaps[:2], *gaps[-2:], *gaps[len(gaps) // 2 :][:2]}:
            yield from _marked(image, size, threshold)
        yield from _marked(image, size, float(values[-1]) * 2 + 1)
        if np.array_equal(image, np.round(image * 4) / 4) and np.abs(image).max() < 1e5:
            yield from _marked(image, size, 0)
    # Planes that rise by multiples of (3, 4): the magnitude is exact, by any formula.
    for scale, dtype in ((1, int), (0.25, float), (4, np.uint8), (100, float)):
        plane = ((3 * np.arange(5)[None, :] + 4 * np.arange(4)[:, None]) * scale).astype(dtype)
        size = np.full(plane.shape, 5.0 * scale)
        for threshold in (5 * scale, 5 * scale - 1e-9, 5 * scale + 1e-9, 0, 5.0 * scale * 0.9, 5 * scale * 1.1):
            yield from _marked(plane, size, threshold)
    step = np.array([[0, 0, 8, 8, 8, 2], [0, 0, 8, 8, 8, 2], [0, 0, 8, 8, 8, 2]])
    for threshold in (4, 3, 4.0, 6, 5.999999999, 0, 3.999999999):
        yield from _marked(step, np.hypot(*differences(step)), threshold)


def _marked(image: Array, size: Array, threshold: float) -> Iterator[Case]:
    wanted = size > threshold

    def check(answer: Any) -> None:
        got = np.asarray(answer)
        if not isinstance(answer, np.ndarray) and (not isinstance(answer, list | tuple) or got.dtype == object):
            raise Wrong(f"{shown(answer)} is no mask")
        if got.dtype.kind not in "biuf":
            raise Wrong(f"an array of dtype {got.dtype} is no mask")
        if got.dtype.kind != "b" and not np.isin(got, (0, 1)).all():
            raise Wrong(f"{shown(answer)} holds other values than 0 and 1")
        near(got.astype(float), wanted.astype(float))

    yield Case({"image": image, "threshold": threshold}, check)
