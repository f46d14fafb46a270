"""05: uphill in two ways."""

from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import numpy as np
import sympy as sp

from tests.evidence.oracle.answers import Wrong, array, is_array, is_number, is_pair, is_path, near, number, shown
from tests.evidence.oracle.asking import Case, Scene
from tests.evidence.oracle.contract.descent_2d import PEAKS, landscapes, walks
from tests.evidence.oracle.handed import Slopes, named, starts, walked

X, Y, Z = sp.symbols("x y z")


def ascend_by_update(chance: Random) -> Iterator[Case]:
    yield from walks(chance, 1.0)


def negated(chance: Random) -> Iterator[Case | Scene]:
    places: list[Any] = [
        2.0,
        -3,
        0,
        0.5,
        np.array([1.0, -2.0]),
        np.array([3, 4]),
        np.array([0.5]),
        np.array(starts(chance, 5)),
    ]
    places += [np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([1e-7, 1e7])]
    for text, function in _functions():

        def check(answer: Any, function: Slopes = function, text: str = text) -> None:
            for place in places:
                _opposite(answer, function, place, text)
            for place in reversed(places):
                _opposite(answer, function, place, text)

        yield Case({"function": named(lambda p, function=function: function(p), text)}, check)
    yield Scene(_two_alive)
    yield Scene(_kept)


def _functions() -> list[tuple[str, Slopes]]:
    return [
        ("p -> p itself", lambda p: p), ("p -> 2 * p", lambda p: 2 * p), ("p -> p ** 2", lambda p: p**2),
        ("p -> 7", lambda p: 7), ("p -> 0.0", lambda p: 0.0), ("p -> sum of p", np.sum),
        ("p -> -p - 1", lambda p: -p - 1), ("p -> sin(p)", np.sin), ("p -> 1e-9 * p", lambda p: 1e-9 * p),
    ]  # fmt: skip


def _opposite(answer: Any, function: Slopes, place: Any, text: str) -> None:
    if not callable(answer):
        raise Wrong(f"{shown(answer)} is no function")
    given = place.copy() if isinstance(place, np.ndarray) else place
    got, wanted = answer(given), -np.asarray(function(place), dtype=float)
    if not np.array_equal(given, place):
        raise Wrong(f"negated({text}) changes its argument {shown(place)}")
    try:
        near(array(got, wanted.ndim) if wanted.ndim else number(got), wanted)
    except Wrong as wrong:
        raise Wrong(f"negated({text}) at {shown(place)}: {wrong}") from None


def _two_alive(make: Callable[..., Any]) -> None:
    made = [(make(function), function, text) for text, function in _functions()]
    for place in (1.5, np.array([1.0, 2.0]), 1.5004, np.array([1.0, 2.5]), np.array([1.0, 2.0])):
        for answer, function, text in (*made, *reversed(made)):
            _opposite(answer, function, place, text)


def _kept(make: Callable[..., Any]) -> None:
    kept = np.array([2.0, -1.0])
    answer = make(lambda p: kept)
    for place in (np.array([1.0, 2.0]), np.array([3.0, 4.0]), np.array([1.0, 2.0])):
        near(array(answer(place), 1), [-2.0, 1.0])
        near(kept, [2.0, -1.0])


def ascend_by_objective(chance: Random) -> Iterator[Case]:
    walks = [
        named(lambda *a, walk=walk, **k: walk(*a, **k), text)
        for walk, text in ((_descends, "one that descends"), (_probes, "one that probes"))
    ]
    for gradient, size in landscapes(chance):
        for start, rate, epochs in (
            (starts(chance, size), 0.1, 5), (tuple(starts(chance, size)), 0.05, 1), (np.array(starts(chance, size)), 0.02, 9),
            (list(range(1, size + 1)), 0.25, 0), (np.arange(size), 0.7, 3), (starts(chance, size, 200.0), 0.5, 2),
            (np.array(starts(chance, size)), 0.0011234567, 60), (starts(chance, size), 1, 2), (starts(chance, size), 1.7, 1), (starts(chance, size), 1e-7, 2),
        ):  # fmt: skip
            for descend in walks:
                given = {"descend": descend, "gradient": gradient}
                wanted = descend(lambda p, gradient=gradient: -np.array(gradient(p)), start, rate, epochs)
                yield Case(given | {"start": start, "learning_rate": rate, "epochs": epochs}, is_path(wanted))


def _descends(gradient: Slopes, start: Any, learning_rate: float, epochs: int) -> Any:
    path = [np.array(start, dtype=float)]
    for _ in range(epochs):
        path.append(path[-1] - learning_rate * _slopes(gradient, path[-1].copy()))
    return np.array(path)


def _probes(gradient: Slopes, start: Any, learning_rate: float, epochs: int) -> Any:
    """Answer with the slopes at places of its own, each asked twice: no climb of any other make gives that."""
    start = np.array(start, dtype=float)
    rows = [start]
    for row in range(epochs):
        point = start * (row + 2) + learning_rate
        _slopes(gradient, point.copy())
        rows.append(3.0 * _slopes(gradient, point.copy()) + row + learning_rate)
    return np.array(rows)


def _slopes(gradient: Slopes, point: Any) -> Any:
    before = point.copy()
    answer = gradient(point)
    if not isinstance(answer, np.ndarray) or answer.shape != point.shape or answer.dtype.kind not in "iuf":
        raise Wrong(f"the gradient that it hands on answers {shown(answer)}, no array of shape {point.shape}")
    if not np.array_equal(before, point):
        raise Wrong("the gradient that it hands on changes its argument")
    return np.array(answer, dtype=float)


def find_local_maximum(chance: Random) -> Iterator[Case]:
    bump = sp.exp(-((X - 1) ** 2) - 2 * (Y + 0.5) ** 2)
    for expression, variables in (
        (-((X - 1) ** 2) - 2 * (Y + 1) ** 2, (X, Y)), (-((X - 1) ** 2) - 2 * (Y + 1) ** 2, (Y, X)), (PEAKS, (X, Y)), (bump, (Y, X)),
        (-(X**2) + X, (X,)), (-(X**2) - Y**2 - (Z - 2) ** 2 + X * Y, (X, Y, Z)), (2 * X - Y, (X, Y)),
        (-(X**2), (X, Y)), (5 - sum(one**2 for one in sp.symbols("a b c d e f")), sp.symbols("a b c d e f")),
        (-100 * (X - 2) ** 2 - Y**2, (X, Y)), (7 - (sp.Symbol("lambda") - 1) ** 2 - Y**2, (sp.Symbol("lambda"), Y)),
    ):  # fmt: skip
        slopes = sp.lambdify([variables], [sp.diff(expression, one) for one in variables], "numpy")
        height = sp.lambdify([variables], expression, "numpy")
        size = len(variables)
        places: list[Any] = [
            starts(chance, size, 1.0),
            tuple(starts(chance, size, 1.0)),
            np.array(starts(chance, size, 1.0)),
        ]
        places += [list(range(1, size + 1)), np.ones(size, dtype=int), [0.25] * size]
        for start, (rate, epochs) in zip(
            places,
            ((0.01, 20), (0.002, 4), (0.7123456789, 3), (0.01, 0), (0.0031234567, 7), (0.001, 120 if size == 1 else 8)),
            strict=True,
        ):
            end = walked(lambda p, slopes=slopes: np.array(slopes(p), dtype=float), start, rate, epochs, 1.0)[-1]
            value = float(height(end))
            given = {
                "expression": expression,
                "variables": variables,
                "start": start,
                "learning_rate": rate,
                "epochs": epochs,
            }
            check = is_pair(is_array(end, 1e-9), is_number(value, 1e-9))
            yield Case(given if epochs % 2 else given | {"variables": list(variables)}, check)
