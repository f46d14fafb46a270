"""03: the wave on a bowl, walks on it, restarts, and what kind of critical point a Hessian belongs to."""

import itertools
import math
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import mpmath
import numpy as np

from tests.evidence.oracle.answers import Wrong, is_array, is_number, is_pair, near, number
from tests.evidence.oracle.asking import Case


def height(x: float) -> float:
    with mpmath.workdps(30):
        return float(mpmath.cos(2 * mpmath.pi * mpmath.mpf(x)) + mpmath.mpf(x) ** 2)


def steepness(x: float) -> float:
    with mpmath.workdps(30):
        return float(-2 * mpmath.pi * mpmath.sin(2 * mpmath.pi * mpmath.mpf(x)) + 2 * mpmath.mpf(x))


def _elementwise(exact: Callable[[float], float], chance: Random) -> Iterator[Case]:
    drawn = [chance.uniform(-2, 2) for _ in range(6)]
    places: list[Any] = [0.0, 0, 1, -2, 2, 0.5, -0.25, 1.75, 1e-6, -1e-4, *drawn, 0.123456789, 0.12347, 3.3, -5, 10]
    places += [np.array(drawn), np.array(drawn).reshape(2, 3), np.array([0, 1, -1, 2])]
    places += [np.array([1.25]), np.linspace(-2, 2, 41), np.linspace(-2, 2, 300), np.array([[1, 2], [0, -1], [-2, 1]])]
    for x in places:
        wanted = np.array([exact(float(one)) for one in np.ravel(x)]).reshape(np.shape(x))
        yield Case({"x": x}, is_array(wanted))


def objective(chance: Random) -> Iterator[Case]:
    yield from _elementwise(height, chance)


def slope(chance: Random) -> Iterator[Case]:
    yield from _elementwise(steepness, chance)


def end_of(start: float, rate: float, epochs: int) -> float:
    x = float(start)
    for _ in range(epochs):
        x -= rate * (2 * x - 2 * math.pi * math.sin(2 * math.pi * x))
    return x


Walk = dict[str, float]


def _walks(*pairs: tuple[float, int]) -> list[Walk]:
    """Return these rates with these epochs, and some with one of them left out."""
    partly: list[Walk] = [{}, {"learning_rate": 0.01}, {"learning_rate": 5e-4}, {"epochs": 3}, {"epochs": 200}]
    return partly + [{"learning_rate": rate, "epochs": epochs} for rate, epochs in pairs]


def _end(start: float, walk: Walk) -> float:
    return end_of(start, walk.get("learning_rate", 0.01), int(walk.get("epochs", 150)))


def descend(chance: Random) -> Iterator[Case]:
    drawn = [chance.uniform(-2, 2) for _ in range(4)]
    walks = _walks((0.01, 0), (0.01, 1), (0.001, 2), (0.02, 37), (0.03, 12), (0.005, 149), (0.005, 151), (0.003, 700))
    walks += _walks((1e-5, 20), (0.012, 1100), (0.0071234567, 9), (1e-7, 4))
    for start in (0.0, 0, 1, -2, 2, 1.9, 1e-3, -0.3, 0.6, -1.2, 0.0001, *drawn):
        for walk in walks:
            # Beside the crest every step multiplies a rounding error, until the walk is in a valley and forgets it.
            yield Case({"start": start, **walk}, is_number(_end(start, walk), 1e-9 * (start != 0)))


def best_of_restarts(chance: Random) -> Iterator[Case]:
    lists: list[list[float]] = [
        [0.3],
        [-0.3],
        [1.2, -0.2],
        [0, 2],
        [2, -2, 1],
        [1.9, 0.6, -1.2],
        [0.0],
        [0.0, 1.6],
        [0],
    ]
    lists += [[1.1, 0.9, -1.1, 1.9, -1.8], [0.4, -0.4], [1.3, 1.4, 1.5, 0.2], [-1.7, -1.6, 0.3], [2.0, 1.9, 1.8]]
    lists += [[chance.uniform(-2, 2) for _ in range(size)] for size in (1, 2, 3, 6, 12, 40)]
    forms: Iterator[Callable[[Any], Any]] = itertools.cycle((list, tuple, np.array))
    for starts in lists:
        for walk in _walks((0.01, 0), (0.002, 1), (0.02, 60), (0.001, 9), (0.004, 400), (1e-4, 180)):
            ends = [_end(start, walk) for start in starts]
            heights = [height(end) for end in ends]
            yield Case({"starts": next(forms)(starts), **walk}, _lowest(ends, heights))


def _lowest(ends: list[float], heights: list[float]) -> Callable[[Any], None]:
    lowest = min(heights)
    ties = [end for end, one in zip(ends, heights, strict=True) if one <= lowest + 1e-9]

    def place(answer: Any) -> None:
        got = number(answer)
        if all(abs(got - end) > 1e-8 for end in ties):
            raise Wrong(f"the place is {got!r}, expected {ties[0]!r}")

    return is_pair(place, lambda answer: near(number(answer), lowest, 1e-9))


def classify_critical_point(chance: Random) -> Iterator[Case]:
    spectra: list[list[float]] = [
        [1, 2],
        [-1, -2],
        [1, -2],
        [-2, 1],
        [-1, -1e-12],
        [-3, -1e-11, -2],
        [-3, 1e-11, -2],
        [0, 1],
        [1, 0],
        [0, -3],
        [0, 0],
        [5],
        [-5],
        [0],
    ]
    spectra += [[1, 1e-12], [1e6, 1e-4], [1e6, -1e-4], [-1e6, 1e-2], [1e-12, 2e-12], [-1e-13, -3e-13], [1e-20, -1e-20]]
    spectra += [[1, 2, 3], [-1, -2, -3], [3, -1, 2], [-1, 3, 2], [2, 3, -1], [1, 0, -1], [3, 1e-11, 2], [-1e-11, 1, 2]]
    spectra += [[1, 1e-8], [1, -1e-8], [-1, -1e-8], [1e-8, 1e8], [1e3, 5e-7], [2, 2], [-3, -3], [1, -1], [-1e-10, 1]]
    spectra += [
        [1, 2, 3, 4],
        [-1, -2, -3, -4],
        [-1, -2, 3, 4],
        [1, 2, -3, 4, 5],
        [4, 3, 2, 1, 0.5, 0.25],
        [1, 2, 3, 0, 5],
    ]
    spectra += [[-5, -4, -3, -2, -1, -0.5], [1, 1, 1, 1, 1, -1], [-1, -1, -1, 2], [1e12, 1e11], [1e12, -1e11]]
    for spectrum in spectra:
        size = len(spectrum)
        diagonal = np.diag(np.array(spectrum, dtype=float))
        matrices = [diagonal, diagonal[::-1, ::-1].copy()]
        if min(map(abs, spectrum)) / max(*map(abs, spectrum), 1e-300) >= 1e-7 or 0 in spectrum:
            turned = _turned(spectrum, chance)
            matrices += [] if turned is None else [turned]
        wanted = kind(spectrum)
        for matrix in matrices:
            yield Case({"hessian": matrix}, _is_text(wanted))
            yield Case({"hessian": matrix.tolist()}, _is_text(wanted))
            yield Case({"hessian": tuple(map(tuple, matrix.tolist()))}, _is_text(wanted))
            if size > 0 and all(float(one).is_integer() and abs(one) < 1e6 for one in matrix.ravel()):
                yield Case({"hessian": matrix.astype(int)}, _is_text(wanted))
    for matrix, wanted in (
        ([[0, 1], [1, 0]], "saddle"), ([[1, 2], [2, 1]], "saddle"), ([[2, 1], [1, 2]], "minimum"), ([[1, 1], [1, 1]], "degenerate"),
        ([[-2, 1], [1, -2]], "maximum"), ([[-1, 1], [1, -1]], "degenerate"), ([[5, 4], [4, 2]], "saddle"), ([[1, 3], [3, 8]], "saddle"),
        ([[0, 0, 1], [0, 1, 0], [1, 0, 0]], "saddle"), ([[2, -1, 0], [-1, 2, -1], [0, -1, 2]], "minimum"),
        ([[-2, 1, 0], [1, -2, 1], [0, 1, -2]], "maximum"), ([[1, 2, 2], [2, 1, 2], [2, 2, 1]], "saddle"),
        ([[1, 0, 2], [0, 1, 0], [2, 0, 1]], "saddle"), ([[0, 2], [2, 5]], "saddle"), ([[1e-5, 0.0], [0.0, 2e-5]], "minimum"),
    ):  # fmt: skip
        yield Case({"hessian": matrix}, _is_text(wanted))
        yield Case({"hessian": np.array(matrix)}, _is_text(wanted))


def _turned(spectrum: list[float], chance: Random) -> Any:
    """Return a symmetric matrix with these eigenvalues; a degenerate one only if integers make it so exactly."""
    size = len(spectrum)
    if len(set(spectrum)) == 1 or 0 in spectrum:
        return None
    axes, _ = np.linalg.qr(np.array([[chance.gauss(0, 1) for _ in range(size)] for _ in range(size)]))
    turned = axes @ np.diag(spectrum) @ axes.T
    return (turned + turned.T) / 2


def kind(spectrum: list[float]) -> str:
    sizes = [abs(one) for one in spectrum]
    if min(sizes) <= 1e-9 * max(sizes):
        return "degenerate"
    return "minimum" if min(spectrum) > 0 else "maximum" if max(spectrum) < 0 else "saddle"


def _is_text(wanted: str) -> Callable[[Any], None]:
    def check(answer: Any) -> None:
        if not isinstance(answer, str) or answer != wanted:
            raise Wrong(f"{answer!r}, expected {wanted!r}")

    return check
