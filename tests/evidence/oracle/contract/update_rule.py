"""02: one step, a path in one dimension, and a path that ends where the ground is level."""

from collections.abc import Iterator
from random import Random
from typing import Any

import numpy as np

from tests.evidence.oracle.answers import is_array, is_path
from tests.evidence.oracle.asking import Case
from tests.evidence.oracle.handed import Slopes, named


def update(chance: Random) -> Iterator[Case]:
    drawn = [chance.uniform(-5, 5) for _ in range(12)]
    pairs: list[tuple[Any, Any]] = [
        (3.0, 2.0),
        (3.0, 2.00004),
        (3, 2),
        (-1, 4),
        (0.0, 0.0),
        (2.0, -7.5),
        (1e-6, 1e-7),
        (1e6, -1e5),
    ]
    pairs += [(0, 1), (5, 0), (1e-9, 3e-9), (2, 0.5), (1.5, 3), (-250.0, 1e3), (drawn[0], drawn[1])]
    for shape in ((1,), (2,), (3,), (6,), (2, 3), (3, 2), (2, 2), (300,)):
        size = int(np.prod(shape))
        floats = np.array([chance.uniform(-5, 5) for _ in range(2 * size)]).reshape((2, *shape))
        pairs.append((floats[0], floats[1]))
        pairs.append((np.array(np.round(floats[0]), dtype=int), np.array(np.round(floats[1] * 3), dtype=int)))
        pairs.append((np.array(np.round(floats[0]), dtype=int), floats[1]))
        pairs.append((floats[0] * 1e3, np.zeros(shape)))
    for parameter, gradient in pairs:
        for rate in chance.sample((0.1, 1.0, 1, 2, 0.003, 25.0, 1e-6, 1e-9), 4):
            wanted = np.asarray(parameter, dtype=float) - rate * np.asarray(gradient, dtype=float)
            given = {"parameter": parameter, "gradient": gradient, "learning_rate": rate}
            yield Case(given, is_array(wanted, 1e-14 * (np.abs(parameter) + np.abs(rate * np.asarray(gradient)))))


def line(weight: float, centre: float) -> Slopes:
    return named(lambda x: weight * (x - centre), f"x -> {weight} * (x - {centre})")


def slopes() -> list[Slopes]:
    return [
        line(6.0, 0.5), line(1.0, -3.0), line(-0.5, 2.0), line(0.001, 0.0), line(1e4, 3.0), line(2, 1),
        named(lambda x: x, "x -> x itself"), named(lambda x: 3.0, "x -> 3.0"), named(lambda x: -2, "x -> -2"),
        named(lambda x: 0.0, "x -> 0.0"), named(lambda x: 0, "x -> 0"), named(lambda x: 1e-100, "x -> 1e-100"),
        named(lambda x: np.cos(x) + 0.2 * x, "x -> cos(x) + 0.2 * x"), named(lambda x: 4 * x * x * x, "x -> 4 * x**3"),
        named(lambda x: np.sign(x) * 1.0, "x -> sign(x)"), named(lambda x: 2e6 if x > 0 else -3e-6, "x -> 2e6 or -3e-6"),
    ]  # fmt: skip


def walk(gradient: Slopes, start: float, rate: float, epochs: int, tolerance: float = 0.0) -> list[float]:
    path = [float(start)]
    for _ in range(epochs):
        slope = float(gradient(path[-1]))
        if abs(slope) < tolerance:
            break
        path.append(path[-1] - rate * slope)
    return path


def descend(chance: Random) -> Iterator[Case]:
    for gradient in slopes():
        places = [2.0, -1, 0, 0.5, chance.uniform(-2, 2), 150, -1234.5, 1e-7]
        for rate, epochs in (
            (0.1, 0),
            (0.125, 1),
            (0.01, 7),
            (0.05, 40),
            (0.3, 3),
            (0.9, 6),
            (2, 4),
            (1e-3, 130),
            (0.0371234567, 5),
            (1e-7, 3),
            (1.2345678, 3),
        ):
            for start in chance.sample(places, 2):
                yield from _tried(gradient, start, rate, epochs)
    for gradient in (line(1.0, 2.0), line(0.5, 1.0), slopes()[7], slopes()[9]):
        yield from _tried(gradient, 5, 0.002, 1203)
        yield from _tried(gradient, 5.0, 0.5, 300)


def _tried(gradient: Slopes, start: float, rate: float, epochs: int) -> Iterator[Case]:
    path = walk(gradient, start, rate, epochs)
    if _steady(gradient, path):
        given = {"gradient": gradient, "start": start, "learning_rate": rate, "epochs": epochs}
        yield Case(given, is_path(path))


def _steady(gradient: Slopes, path: list[float]) -> bool:
    """Whether rounding cannot grow: the values stay in reach, and where they leave it, the slope is a straight line."""
    return max(map(abs, path)) < 1e12 and (
        "*" not in str(gradient.__doc__) or "(x -" in str(gradient.__doc__) or max(map(abs, path)) < 4
    )


def descend_until(chance: Random) -> Iterator[Case]:
    for gradient in slopes():
        for start in chance.sample((2.0, -1, 0, 0.5, chance.uniform(-2, 2), 150, -1234.5), 3):
            for rate, tolerance, most in ((0.125, 2.25, None), (0.125, 1.0, 1), (0.05, 1e-3, 400), (0.3, 1e-9, 60),
                                          (0.01, 0.5, 0), (0.1, 3.0, 12), (0.125, 3, 5), (0.9, 1e-6, 25), (0.2, 1e-13, 30), (1.7, 1e-3, 20), (0.0371234567, 12.3456789, 20), (1e-7, 0.1234567, 3), (0.01, 150.5, 30)):  # fmt: skip
                yield from _ended(gradient, start, rate, tolerance, most)
    exact = named(
        lambda x: x, "x -> x itself"
    )  # halved each time, exactly: the slope meets the tolerance without rounding
    for tolerance in (4.0, 2.0, 0.25, 0.25 + 1e-9, 0.25 - 1e-9, 2.0**-20):
        for start in (4.0, -4.0, 8):
            yield from _ended(exact, start, 0.5, tolerance, 50)
    faint = named(lambda x: 1e-100, "x -> 1e-100")  # no step moves, and none is level enough
    yield from _ended(faint, 2.0, 0.1, 1e-120, 5)
    for gradient in (line(1.0, 2.0), slopes()[7]):
        for most in (999, 1000, 1001, 1500, None):
            yield from _ended(gradient, 5, 0.003, 1e-4, most)


def _ended(gradient: Slopes, start: float, rate: float, tolerance: float, most: int | None) -> Iterator[Case]:
    path = walk(gradient, start, rate, 1000 if most is None else most, tolerance)
    exact = str(gradient.__doc__) == "x -> x itself" and rate == 0.5
    clear = all(
        exact or (abs(float(gradient(x))) != tolerance and abs(abs(float(gradient(x))) / tolerance - 1) > 1e-6)
        for x in path
    )
    if _steady(gradient, path) and (clear or ((rate, tolerance) == (0.125, 2.25) and start == 2.0)):
        given = {"gradient": gradient, "start": start, "learning_rate": rate, "tolerance": tolerance}
        yield Case(given | ({} if most is None else {"max_epochs": most}), is_path(path))
