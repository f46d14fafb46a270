"""06: one neuron, its loss, the loss's slopes, and its training."""

import itertools
import math
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import mpmath
import numpy as np

from tests.evidence.oracle.answers import Wrong, array, is_number, is_path, near, number
from tests.evidence.oracle.asking import Case

Numbers = list[float]


def _f(x: float, w: float, b: float) -> Any:
    return 1 / (1 + mpmath.exp(-(mpmath.mpf(w) * mpmath.mpf(float(x)) + mpmath.mpf(b))))


def sigmoid(chance: Random) -> Iterator[Case]:
    places: list[Any] = [
        0.0,
        0,
        1,
        -2,
        0.5,
        2.5,
        14.0,
        -14,
        35.0,
        -35,
        45.0,
        -45.0,
        800.0,
        -800,
        1e5,
        -1e5,
        3e300,
        -3e300,
    ]
    places += [
        0.50004,
        np.array([0.5, 2.50004]),
        np.array([0.5, 2.5]),
        np.array([-40, 40, 13]),
        np.array([-30.0, -20.0, -12.5, 12.5, 20.0, 30.0]),
    ]
    places += [np.array([[1, 2, 3], [-4, 5, -600]]), np.array([-1e4, 1e4]), np.linspace(-50, 50, 101)]
    places += [np.array([chance.uniform(-9, 9) for _ in range(6)]).reshape(3, 2), np.array([700.0]), np.array([1.5])]
    places += [np.array([0.0, 1e-9, -1e-9, 1e-5, -1e-5, 0.004, -0.004, 0.02])]
    for x in places:
        for w, b in (
            (1.0, 0.0),
            (1, 0),
            (-2.0, -2.0),
            (0.7, -0.3),
            (3, -1),
            (0, 2.0),
            (-1.0, 16.0),
            (1.5, -25.0),
            (1e-3, 1e-3),
            (0.7123456789, -0.3123456789),
        ):
            yield Case({"x": x, "w": w, "b": b}, _is_sigmoid(x, w, b))


def _is_sigmoid(x: Any, w: float, b: float) -> Callable[[Any], None]:
    with mpmath.workdps(40):
        flat = [float(_f(one, w, b)) for one in np.ravel(x)]
    wanted = np.array(flat).reshape(np.shape(x))
    # Rounding of w*x + b moves the answer by its own relative error times f (1 - f) |z|, at most 0.23.
    allowed = 1e-13 * (1 + np.abs(wanted) * (1 - wanted) * np.abs(w * np.asarray(x, dtype=float)))

    def check(answer: Any) -> None:
        got = array(answer, np.ndim(x)) if np.ndim(x) else np.asarray(number(answer))
        near(got, wanted)
        if (beyond := np.abs(got - wanted) > 1e-14 + allowed).any():
            place = np.argwhere(beyond)[0]
            raise Wrong(f"{got[tuple(place)]!r}, expected {wanted[tuple(place)]!r}")

    return check


def samples(chance: Random) -> Iterator[tuple[Any, Any]]:
    yield np.array([0.5, 2.5]), np.array([0.2, 0.9])
    yield np.array([1, 2, -3]), np.array([0, 1, 1])
    yield np.array([2.0]), np.array([0.75])
    yield np.array([-1.5, 0.0, 4.0, 4.0]), np.array([0.5, 0.5, 0.0, 1.0])
    for size in (3, 5, 7, 40, 300):
        xs = np.array([chance.uniform(-4, 4) for _ in range(size)])
        yield xs, np.array([chance.random() for _ in range(size)])
    yield np.array([30.0, -25.0, 3.0]), np.array([0.1, 0.9, 0.4])
    yield np.array([1e3, -1e3]), np.array([0.25, 0.75])
    yield np.array([0.01, 0.02]), np.array([0.501, 0.499])
    yield np.array([0.5, 2.50004]), np.array([0.2, 0.9])
    yield np.array([1.23456789e-5, -2.3456789e-5]), np.array([0.2, 0.9])
    yield np.array([2, 5]), np.array([0.25, 2.5])


WEIGHTS = (
    (0.7123456789, -0.3123456789),
    (1e5, 0.3),
    (12, -1.0),
    (0.001, -0.004),
    (-2.0, -2.0),
    (1, 0),
    (0.5, 0.25),
    (0.0, 0.0),
    (0, 3),
    (-6, 6),
    (3.5, -1.0),
    (1.0, 18.0),
    (-0.001, -30.0),
    (2.0, -0.5),
)


def _partials(w: float, b: float, xs: Any, ys: Any) -> tuple[float, float, float]:
    with mpmath.workdps(40):
        fs = [_f(x, w, b) for x in xs.tolist()]
        pulls = [(f - mpmath.mpf(y)) * f * (1 - f) for f, y in zip(fs, ys.tolist(), strict=True)]
        loss = sum((f - mpmath.mpf(y)) ** 2 for f, y in zip(fs, ys.tolist(), strict=True)) / 2
        return float(loss), float(sum(p * x for p, x in zip(pulls, xs.tolist(), strict=True))), float(sum(pulls))


def _values(chance: Random, which: int) -> Iterator[Case]:
    for xs, ys in samples(chance):
        for w, b in WEIGHTS:
            wanted = _partials(w, b, xs, ys)[which]
            # Terms may cancel: each is rounded by itself.
            allowed = 1e-13 * float(np.sum(1 + np.abs(xs)))
            yield Case({"w": w, "b": b, "X": xs, "Y": ys}, is_number(wanted, allowed))


def loss(chance: Random) -> Iterator[Case]:
    yield from _values(chance, 0)


def grad_w(chance: Random) -> Iterator[Case]:
    yield from _values(chance, 1)


def grad_b(chance: Random) -> Iterator[Case]:
    yield from _values(chance, 2)


def fit(chance: Random) -> Iterator[Case]:
    lengths = itertools.cycle(
        (
            (0.5, 0),
            (1.0, 1),
            (0.1, 5),
            (0.02, 60),
            (2.0, 3),
            (0.3, 20),
            (1, 2),
            (0.05, 30),
            (1.5, 4),
            (0.7123456789, 2),
            (25.0, 2),
        )
    )
    for xs, ys in samples(chance):
        for (w, b), (rate, epochs) in zip(WEIGHTS, lengths, strict=False):
            if np.abs(xs).max() > 5 and epochs > 3:
                continue
            rate = rate if len(xs) < 10 else rate / len(xs)  # of many samples the slopes add up
            given = {"X": xs, "Y": ys, "w": w, "b": b, "learning_rate": rate, "epochs": epochs}
            yield Case(given, is_path(trained(xs, ys, w, b, rate, epochs)))
    xs, ys = np.array([0.5, 2.5]), np.array([0.2, 0.9])
    yield Case({"X": xs, "Y": ys, "w": -2.0, "b": -2.0}, is_path(trained(xs, ys, -2.0, -2.0, 1.0, 1000)))
    yield Case({"X": xs, "Y": ys, "w": -2, "b": 1, "learning_rate": 0.25}, is_path(trained(xs, ys, -2, 1, 0.25, 1000)))
    yield Case({"X": xs, "Y": ys, "w": 1.0, "b": 0.5, "epochs": 9}, is_path(trained(xs, ys, 1.0, 0.5, 1.0, 9)))
    yield Case({"X": xs, "Y": ys, "w": 1.0, "b": 0.5, "epochs": 1200}, is_path(trained(xs, ys, 1.0, 0.5, 1.0, 1200)))


def trained(xs: Any, ys: Any, w: float, b: float, rate: float, epochs: int) -> list[tuple[float, float]]:
    path = [(float(w), float(b))]
    pairs = list(zip(xs.tolist(), ys.tolist(), strict=True))
    for _ in range(epochs):
        w, b = path[-1]
        by_w, by_b = [], []
        for x, y in pairs:
            f = (1 + math.tanh((w * x + b) / 2)) / 2
            pull = (f - y) / (2 * math.cosh(min(abs(w * x + b), 700) / 2)) ** 2
            by_w.append(pull * x)
            by_b.append(pull)
        path.append((w - rate * math.fsum(by_w), b - rate * math.fsum(by_b)))
    return path
