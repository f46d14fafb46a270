"""10: gradients on a grid, what they push, the slope along a way, and streamlines."""

import itertools
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import numpy as np

from tests.evidence.oracle.answers import RTOL, Array, is_array, is_pair, is_path
from tests.evidence.oracle.asking import Case
from tests.evidence.oracle.handed import Slopes, bowl, hills, itself, named, plane, starts

SHAPES = ((2, 2), (2, 3), (3, 2), (2, 7), (6, 2), (3, 3), (4, 5), (5, 4), (8, 8), (3, 20), (17, 4))
SPACINGS = (
    (1.0, 1.0),
    (1, 1),
    (0.5, 2.0),
    (2.0, 0.5),
    (3, 2),
    (0.1, 0.1),
    (1e-3, 10.0),
    (25, 4),
    (1.0, 3.0),
    (5e3, 4e3),
    (0.7123456789, 1.3123456789),
)


def fields(chance: Random) -> Iterator[tuple[Array, float, float]]:
    spacings = itertools.cycle(SPACINGS)
    for height, width in SHAPES:
        values = np.array([[chance.uniform(-1, 1) for _ in range(width)] for _ in range(height)])
        grey = np.round((values + 1) * 127.5)
        ramp = np.add.outer(2.0 * np.arange(height), 3.0 * np.arange(width))
        dx, dy = next(spacings)
        for field in (values, values[::-1].copy(), values + 1e-4):
            yield field, dx, dy
        for field in (values * 1e-4, values * 1e-7, values * 1e-9, 101_300 + 900 * values, grey.astype(np.uint8), grey.astype(np.int64) - 100,
                      (grey - 128).astype(np.int8), ramp, np.full((height, width), 3), grey.astype(np.int32)):  # fmt: skip
            yield field, *next(spacings)
    yield np.array([[chance.uniform(0, 1) for _ in range(60)] for _ in range(45)]), 0.5, 0.25


def slopes(field: Any, dx: float, dy: float) -> tuple[Array, Array]:
    exact = np.array(field, dtype=np.longdouble)
    height, width = exact.shape
    across, down = np.zeros(exact.shape, dtype=np.longdouble), np.zeros(exact.shape, dtype=np.longdouble)
    for i, j in np.ndindex(height, width):
        left, right, above, below = max(j - 1, 0), min(j + 1, width - 1), max(i - 1, 0), min(i + 1, height - 1)
        across[i, j] = (exact[i, right] - exact[i, left]) / (right - left) / np.longdouble(dx)
        down[i, j] = (exact[below, j] - exact[above, j]) / (below - above) / np.longdouble(dy)
    return across.astype(float), down.astype(float)


def _rounding(field: Array, *spacings: float) -> float:
    return 1e-14 * float(np.abs(field.astype(float)).max()) / min(spacings)


def gradient_field(chance: Random) -> Iterator[Case]:
    for field, dx, dy in fields(chance):
        across, down = slopes(field, dx, dy)
        check = is_pair(is_array(across, _rounding(field, dx)), is_array(down, _rounding(field, dy)))
        yield Case({"field": field, "dx": dx, "dy": dy}, check)


def pressure_acceleration(chance: Random) -> Iterator[Case]:
    for field, dx, dy in fields(chance):
        across, down = slopes(field, dx, dy)
        table = np.array([[chance.uniform(0.5, 3) for _ in range(field.shape[1])] for _ in range(field.shape[0])])
        densities: list[Any] = [1.2, 2, 1000.0, 0.01, table, np.round(table * 3).astype(int) + 1]
        for density in densities:
            less = 1 / float(np.min(density))
            check = is_pair(
                is_array(-across / density, _rounding(field, dx) * less),
                is_array(-down / density, _rounding(field, dy) * less),
            )
            yield Case({"pressure": field, "density": density, "dx": dx, "dy": dy}, check)


def directional_derivative(chance: Random) -> Iterator[Case]:
    ways: list[Any] = [
        (1, 0),
        (0, 1),
        (1.0, 1.0),
        [3, 4],
        np.array([-1.0, 2.0]),
        np.array([500, 500]),
        (-2, 0),
        (0.0, -0.25),
    ]
    ways += [
        [1e-3, -2e-3],
        (1e-9, 1e-9),
        [3e5, -4e5],
        np.array([2, -1]),
        (5, 12),
        [0.6, 0.8],
        (0.3, -0.2),
        (1.5, -2.7),
        (0.4, 2.25),
        (1e-30, 2e-30),
        (1e-90, -1e-90),
        (1e-160, 1e-160),
        (2e160, 1e160),
    ]
    for field, dx, dy in fields(chance):
        across, down = slopes(field, dx, dy)
        for way in chance.sample(ways, 9):
            if max(map(abs, way)) > 1e100 or max(map(abs, way)) < 1e-100:
                continue  # beyond what the square of a number can hold: the contract does not say
            x, y = (float(one) for one in way)
            length = float(np.hypot(x, y))
            wanted = across * (x / length) + down * (y / length)
            allowed = _rounding(field, dx, dy) + RTOL * 0.01 * (np.abs(across) + np.abs(down))
            yield Case({"field": field, "direction": way, "dx": dx, "dy": dy}, is_array(wanted, allowed))


def trace(chance: Random) -> Iterator[Case]:
    for gradient in _arrows():
        places: list[Any] = [
            starts(chance, 2),
            tuple(starts(chance, 2)),
            np.array(starts(chance, 2)),
            [1, 0],
            np.array([2, -1]),
            (3, 2),
        ]
        places += [[0.0, 0.0], np.array([150.0, -320.5]), [0, 0]]
        for start, (step, moves) in zip(
            places,
            ((0.5, 0), (0.25, 1), (0.1, 6), (0.01, 40), (1, 3), (2.5, 4), (0.3, 2), (7.0, 5), (1.0371234567e-3, 9)),
            strict=True,
        ):
            if (path := streamline(gradient, start, step, moves)) is not None:
                yield Case({"gradient": gradient, "start": start, "step": step, "n_steps": moves}, is_path(path))
    for gradient in (plane([3.0, 4.0]), plane([-1e-100, 2e-100])):
        for step in (25.5, 250.0, 4e4):
            path = streamline(gradient, (1e3, -2.5), step, 3)
            yield Case({"gradient": gradient, "start": (1e3, -2.5), "step": step, "n_steps": 3}, is_path(path))
    for gradient in (plane([3.0, 4.0]), plane([-1e-100, 2e-100]), bowl([1.0, 1.0], [500.0, 400.0])):
        for moves in (130, 1100):
            path = streamline(gradient, [1, 2.0], 0.05, moves)
            yield Case({"gradient": gradient, "start": [1, 2.0], "step": 0.05, "n_steps": moves}, is_path(path))


def _arrows() -> list[Slopes]:
    return [
        plane([3.0, 4.0]), plane([-1.0, 0.5]), plane([0.0, 0.0]), plane([0.0, -2.0]), plane([5.0, 0.0]),
        plane([1e-100, 0.0]), plane([-3e-100, 4e-100]), plane([1e-30, 1e-31]), plane([1e-9, 2e-9]), plane([1e-17, -1e-16]),
        plane([1e8, -1e8]), plane([-1e-5, 3e3]), bowl([1.0, 1.0], [40.0, 30.0]), bowl([2.0, 0.5], [60.0, -80.0]), hills(2), itself(),
        bowl([1e-100, 3e-100], [900.0, -700.0]),
        named(lambda point: np.array([1.0, 0.0]) if point[0] < 1.5 else np.zeros(2), "point -> (1, 0) left of 1.5, else (0, 0)"),
    ]  # fmt: skip


def streamline(gradient: Callable[[Any], Any], start: Any, step: float, moves: int) -> Any:
    """Return the streamline, or None where rounding turns it: where it comes near a place at which the gradient vanishes."""
    path = [np.array(start, dtype=float)]
    for _ in range(moves):
        arrow = np.array(gradient(path[-1].copy()), dtype=float)
        largest = float(np.abs(arrow).max())
        if largest > 0:
            arrow = arrow / largest
            arrow = arrow / np.hypot(*arrow)
        path.append(path[-1] + step * arrow)
        if "cos" in str(gradient.__doc__) and np.hypot(*np.array(gradient(path[-1].copy()))) < step:
            return None
        if 0 < np.abs(path[-1]).max() < 1e-9:
            return None
    return path
