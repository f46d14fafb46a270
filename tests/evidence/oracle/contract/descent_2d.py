"""04: partial derivatives, gradients as functions, and paths in n dimensions."""

import itertools
import time
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import numpy as np
import sympy as sp

from tests.evidence.oracle.answers import Array, Wrong, array, is_path, is_sequence, near, shown
from tests.evidence.oracle.asking import Case, Scene
from tests.evidence.oracle.contract.derivatives import is_formula
from tests.evidence.oracle.handed import bowl, hills, itself, plane, starts, walked

X, Y, Z, W = sp.symbols("x y z w")
LAMBDA, P = sp.Symbol("lambda"), sp.Symbol("p", positive=True)
INDEXED = sp.symbols("x_1 x_2 x_3 x_4 x_5 x_6")
PEAKS = (
    3 * (1 - X) ** 2 * sp.exp(-(X**2) - (Y + 1) ** 2)
    - 10 * (X / 5 - X**3 - Y**5) * sp.exp(-(X**2) - Y**2)
    - sp.exp(-((X + 1) ** 2) - Y**2) / 3
)
FORMULAS: tuple[tuple[Any, tuple[Any, ...]], ...] = (
    (X**2 + 3 * Y**2, (X, Y)), (X**2 + 3 * Y**2, (Y, X)), (X * Y**2, (X, Y)), (X + 2 * Y, (X, Y)),
    (X**2, (X, Y)), (Y**3, (X, Y)), (X**2, (X,)), (X * Y * Z, (X, Y, Z)), (X * Y * Z, (Z, X, Y)), (X**2 * Z + sp.exp(Y), (Z, Y, X)),
    (LAMBDA * X**2, (X, LAMBDA)), (P**2 + P**3 * X, (P, X)), (sp.exp(X) * Y**3, (Y, X)), (PEAKS, (X, Y)),
    (sum(k * one**2 for k, one in enumerate(INDEXED, start=1)), INDEXED), (X * W + Y**2 * Z, (W, X, Y, Z)),
    (INDEXED[0] * INDEXED[1], (INDEXED[1], INDEXED[0])), (5 * X - Y, (Y, X)), (sp.Symbol("f") * sp.Symbol("e") ** 2, (sp.Symbol("f"), sp.Symbol("e"))),
)  # fmt: skip


def partial_derivatives(chance: Random) -> Iterator[Case]:
    more = [(X**2 * Y + Z, (X, Y)), (Z * sp.exp(X), (X,)), (X * Y * Z, (Y, Z))]
    for expression, variables in (*FORMULAS, *more):
        checks = [is_formula(sp.diff(expression, one), chance) for one in variables]
        for form in (tuple, list):
            yield Case({"expression": expression, "variables": form(variables)}, _is_tuple(checks))


def _is_tuple(checks: list[Callable[[Any], None]]) -> Callable[[Any], None]:
    def check(answer: Any) -> None:
        if not (is_sequence(answer) or isinstance(answer, sp.MatrixBase)) or len(answer) != len(checks):
            raise Wrong(f"{shown(answer)} is no tuple of {len(checks)} formulas")
        for one, part in zip(checks, answer, strict=True):
            one(part)

    return check


def gradient_function(chance: Random) -> Iterator[Case | Scene]:
    for expression, variables in FORMULAS:
        partials = [sp.diff(expression, one) for one in variables]
        size = len(variables)
        points: list[Any] = [np.array(starts(chance, size)) for _ in range(3)]
        points += [np.arange(1, size + 1), np.full(size, 0.5), np.arange(1.0, size + 1)[::-1].copy(), np.full(size, 2)]
        points += [np.zeros(size), np.zeros(size, dtype=int), -np.ones(size)]
        wanted = [(point, _at(partials, variables, point)) for point in points]

        def check(gradient: Any, wanted: Any = wanted, asked: str = f"{expression} by {variables}") -> None:
            for point, slopes in wanted:
                _evaluated(gradient, point, slopes, asked)

        for form in (tuple, list):
            yield Case({"expression": expression, "variables": form(variables)}, check)
    yield _two_alive()
    yield Scene(_fast)


def _at(partials: list[Any], variables: Any, point: Any) -> Array:
    places = {one: sp.Float(float(at), 30) for one, at in zip(variables, point, strict=True)}
    return np.array([float(sp.N(one.subs(places), 20)) for one in partials])


def _evaluated(gradient: Any, point: Any, wanted: Array, asked: str) -> None:
    if not callable(gradient):
        raise Wrong(f"{shown(gradient)} is no function")
    given = point.copy()
    answer = gradient(given)
    if not np.array_equal(given, point):
        raise Wrong(f"the function changes its argument {shown(point)}")
    try:
        near(array(answer, 1), wanted, 1e-13 * (1 + np.abs(wanted).max()))
    except Wrong as wrong:
        raise Wrong(f"the gradient of {asked} at {shown(point)}: {wrong}") from None


def _two_alive() -> Scene:
    asked = [
        (X**2 + Y**2, (X, Y)),
        (X * Y, (X, Y)),
        (X * Y**2, (Y, X)),
        (X + Y, (X, Y)),
        (sp.exp(X) * Y, (X, Y)),
        (X * Y**2, (X, Y)),
    ]
    points = [
        np.array([1.0, 2.0]),
        np.array([1.0, 2.004]),
        np.array([2, 1]),
        np.array([0.5, 1.5]),
        np.array([1.0, 2.0]),
    ]
    wanted = [
        [_at([sp.diff(form, one) for one in variables], variables, point) for form, variables in asked]
        for point in points
    ]

    def play(make: Callable[..., Any]) -> None:
        made = [(make(form, variables), f"{form} by {variables}, one of several,") for form, variables in asked]
        for point, values in zip(points, wanted, strict=True):
            for (gradient, text), value in (pairs := list(zip(made, values, strict=True))) + pairs[::-1]:
                _evaluated(gradient, point, value, text)

    return Scene(play)


def _fast(make: Callable[..., Any]) -> None:
    """Thousands of steps must be possible; a second for a thousand is far more than `lambdify` takes."""
    gradient = make(PEAKS, (X, Y))
    began = time.monotonic()
    for step in range(1000):
        gradient(np.array([0.001 * step, 0.5]))
        if time.monotonic() - began > 4:
            raise Wrong(
                f"the gradient of the peaks takes {(time.monotonic() - began) / (step + 1):.3f} s for one point"
            )


def landscapes(chance: Random) -> Iterator[tuple[Any, int]]:
    """Yield gradients with their dimension."""
    for size in (1, 2, 3, 4, 6):
        weights = [chance.uniform(0.5, 3) for _ in range(size)]
        yield bowl(weights, starts(chance, size)), size
        yield hills(size), size
        yield plane([(-1) ** k * (k + 1.5) for k in range(size)]), size
    yield plane([0.0, 0.0]), 2
    yield plane([1e-100, -1e-100]), 2
    yield plane([3e5, -4e5]), 2
    yield bowl([1e-4, 2e-4], [1.0, 2.0]), 2
    yield bowl([-1.0, 2.0], [0.5, 0.25]), 2
    yield itself(), 2
    yield itself(), 3
    yield itself(), 1


def walks(chance: Random, sign: float) -> Iterator[Case]:
    """Yield cases of `descend`, or with the sign 1 of its mirror image."""
    for gradient, size in landscapes(chance):
        places: list[Any] = [starts(chance, size), tuple(starts(chance, size)), np.array(starts(chance, size))]
        places += [list(range(1, size + 1)), np.arange(size), np.full(size, -2), [0] * size, np.full(size, 0.5)]
        places += [np.array(starts(chance, size, 300.0)), (3,) * size]
        for start, (rate, epochs) in zip(
            itertools.cycle(places),
            (
                (0.1, 0),
                (0.1, 1),
                (0.05, 6),
                (0.01, 45),
                (0.25, 3),
                (0.3, 2),
                (1, 2),
                (1e-3, 120),
                (0.02, 17),
                (0.7, 4),
                (0.4, 1),
                (0.0371234567, 5),
                (1e-7, 3),
                (1.7, 3),
            ),
            strict=False,
        ):
            yield Case(
                {"gradient": gradient, "start": start, "learning_rate": rate, "epochs": epochs},
                is_path(walked(gradient, start, rate, epochs, sign)),
            )
    for gradient, size in ((bowl([1.0, 0.5], [0.25, -0.5]), 2), (plane([0.5, -0.25]), 2), (itself(), 2)):
        for epochs, rate in ((1100, 0.001), (300, 0.003 if sign > 0 else 0.5)):
            start = starts(chance, size)
            yield Case(
                {"gradient": gradient, "start": start, "learning_rate": rate, "epochs": epochs},
                is_path(walked(gradient, start, rate, epochs, sign)),
            )


def descend(chance: Random) -> Iterator[Case]:
    yield from walks(chance, -1.0)
