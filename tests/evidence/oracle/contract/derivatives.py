"""01: slopes of secants, central differences, polynomials, formulas."""

import itertools
import math
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import mpmath
import numpy as np
import sympy as sp

from tests.evidence.oracle.answers import Array, Wrong, array, is_array, is_number, near, number, shown
from tests.evidence.oracle.asking import Case, Scene
from tests.evidence.oracle.handed import named

EPSILON = np.finfo(float).eps
FORMS: tuple[tuple[str, Callable[[Any], Any], Callable[[Any], Any]], ...] = (
    ("x**2", lambda x: x**2, lambda x: x**2),
    ("x**3 - 4*x", lambda x: x**3 - 4 * x, lambda x: x**3 - 4 * x),
    ("5*x**3", lambda x: 5 * x**3, lambda x: 5 * x**3),
    ("exp(x)", np.exp, mpmath.exp),
    ("sin(3*x)", lambda x: np.sin(3 * x), lambda x: mpmath.sin(3 * x)),
    ("3*x + 100", lambda x: 3 * x + 100, lambda x: 3 * x + 100),
    ("1 + 1e-6*x**2", lambda x: 1 + 1e-6 * x**2, lambda x: 1 + mpmath.mpf(1e-6) * x**2),
    ("1e9*x**2 - x", lambda x: 1e9 * x**2 - x, lambda x: 10**9 * x**2 - x),
    ("7 everywhere", lambda x: x * 0 + 7, lambda x: mpmath.mpf(7)),
)


def average_slope(chance: Random) -> Iterator[Case]:
    places = [
        (2.0, 2.5),
        (2.00004, 2.5),
        (2.0, 2.50004),
        (2, 5),
        (3, -1),
        (-4.0, -4.001),
        (0.0, 1.0),
        (-1.5, 0.0),
        (1e-3, 2e-3),
        (-3.0, 3.0),
        (0, -2),
    ]
    places += [(12.5, -30.0), (1, 4), (1e3, 1.5e3)]
    places += [(chance.uniform(-3, 3), chance.uniform(4, 6)) for _ in range(4)]
    tiny = [
        (0.0, 1e-9),
        (0, -1e-7),
        (1e-12, 3e-12),
        (-2e-10, 1e-10),
    ]  # of values without rounding: any distance will do
    for a, b in tiny:
        yield Case({"f": named(lambda x: 2 * x, "2*x"), "a": a, "b": b}, is_number(2.0))
    for (text, form, exact), (a, b) in itertools.product(FORMS, places):
        if text == "exp(x)" and max(a, b) > 50:
            continue
        with mpmath.workdps(40):
            wanted = (exact(mpmath.mpf(b)) - exact(mpmath.mpf(a))) / (mpmath.mpf(b) - mpmath.mpf(a))
        # Each value of f is rounded, by some units in the last place, and so are both places.
        allowed = 64 * EPSILON * (abs(float(form(a))) + abs(float(form(b)))) / abs(b - a)
        yield Case({"f": named(lambda x, form=form: form(x), text), "a": a, "b": b}, is_number(float(wanted), allowed))


def numerical_derivative(chance: Random) -> Iterator[Case]:
    drawn = [chance.uniform(-3, 3) for _ in range(5)]
    places: list[Any] = [
        -4.0,
        2.0,
        2.00004,
        0.0,
        0,
        3,
        -1.25,
        12.5,
        -60.0,
        np.array([1.0, -2.0, 0.5]),
        np.array([3, -2, 0, 1]),
    ]
    places += [np.array([drawn[:2], drawn[2:4]]), np.array(drawn), np.array([2.5])]
    places += [np.linspace(-2, 2, 21)]
    for (text, form, exact), x in itertools.product(FORMS, places):
        if text == "exp(x)" and np.size(x) and np.max(x) > 5:
            continue
        for h in (None, 0.5, 1e-3, 1e-7):
            if h not in (None, 0.5) and np.ndim(x) > 0:
                continue
            wanted, allowed = _central(form, exact, x, 1e-5 if h is None else h)
            given = {"f": named(lambda x, form=form: form(x), text), "x": x} | ({} if h is None else {"h": h})
            yield Case(given, is_array(wanted, allowed))


def _central(form: Callable[[Any], Any], exact: Callable[[Any], Any], x: Any, h: float) -> tuple[Array, Array]:
    """Return the central difference, exactly, and what rounding of f and of x ± h may do to it."""

    def one(place: float) -> float:
        with mpmath.workdps(40):
            right, left = mpmath.mpf(float(place)) + mpmath.mpf(h), mpmath.mpf(float(place)) - mpmath.mpf(h)
            return float((exact(right) - exact(left)) / (2 * mpmath.mpf(h)))

    places = np.array(x, dtype=float)
    wanted = np.array([one(place) for place in places.ravel()]).reshape(places.shape)
    sizes = np.abs(form(places + h)) + np.abs(form(places - h)) + np.abs(wanted) * (np.abs(places) + h)
    return wanted, 16 * EPSILON * sizes / h


def polynomial_derivative(chance: Random) -> Iterator[Case]:
    lists: list[Any] = [
        [4, -3, 3],
        [4.0, -3.00004, 3.0],
        [1, 2, 0],
        [7],
        [7.5],
        [0],
        [0, 0],
        [0, 5],
        [5, 0],
        [0, 0, 0, 0],
        [1, 1, 1, 1, 1],
    ]
    lists += [[2, 2, 2], [0.5, 0, 0, 0.25, 0], [0, 0, 1e-9, 3e8], [-1.5, 2.5], [1e-6, 1e-7, 1e-8], list(range(14))]
    lists += [[3, 0, 0, 0, 5, 0, 0], [0.1, 0.2, 0.3, 0.4]]
    lists += [[chance.uniform(-9, 9) for _ in range(length)] for length in (1, 2, 3, 4, 5, 6, 9, 12, 30)]
    lists += [[chance.uniform(-1, 1) * 10.0**-power for _ in range(5)] for power in (4, 6, 8)]
    for coefficients in lists:
        wanted = [k * c for k, c in enumerate(coefficients)][1:] or [0.0]
        for form in (list, tuple, np.array, lambda c: np.array(c, dtype=float)):
            yield Case({"coefficients": form(coefficients)}, is_array(wanted))


X, Y, A, LAMBDA = sp.Symbol("x"), sp.Symbol("y"), sp.Symbol("a"), sp.Symbol("lambda")
POSITIVE, INDEX, REAL = sp.Symbol("x", positive=True), sp.Symbol("x_1"), sp.Symbol("t", real=True)
FORMULAS: tuple[tuple[Any, Any], ...] = (
    (3 * X**2 - 3 * X + 4, X), (A * X**2, X), (A * X**2, A), (X * Y + sp.sin(X * Y), Y), (sp.Integer(5), X), (A, X),
    (sp.exp(-(X**2)) * sp.cos(X), X), (X**9 - X**8, X), (sp.log(POSITIVE) * POSITIVE, POSITIVE), (LAMBDA**3, LAMBDA),
    (INDEX**2 + X, INDEX), (REAL * sp.exp(REAL), REAL), (sp.sqrt(X**2 + 1), X), (X, X), (X + Y + A, A),
    (sp.Symbol("z") ** 4 * Y, sp.Symbol("z")), (sp.exp(2 * X) / (X**2 + 2), X), (sp.Float(0.1) * X**2, X),
    (sp.Symbol("f") ** 2 + sp.Symbol("df"), sp.Symbol("f")), (1 / X, X), ((X - 1) ** 3 * (Y + 2) ** 2, Y),
)  # fmt: skip


def symbolic_derivative(chance: Random) -> Iterator[Case]:
    for expression, variable in FORMULAS:
        yield Case({"expression": expression, "variable": variable}, is_formula(sp.diff(expression, variable), chance))


def is_formula(wanted: Any, chance: Random) -> Callable[[Any], None]:
    """Return a check for a formula equal to `wanted`, by its values at places of its own."""
    known = sorted(wanted.free_symbols, key=str)
    drawn = [{symbol: sp.Rational(chance.randint(3, 40), 16) for symbol in known} for _ in range(4)]
    values = [complex(sp.N(wanted.subs(places), 20)) for places in drawn]

    def check(answer: Any) -> None:
        if isinstance(answer, sp.Basic):
            answer = answer.doit()
        elif not isinstance(answer, int | float) or isinstance(answer, bool):
            raise Wrong(f"{type(answer).__name__} {shown(answer)} is no formula")
        if not isinstance(answer, sp.Expr | int | float):
            raise Wrong(f"{shown(answer)} is no formula")
        symbols = sorted((wanted.free_symbols | sp.sympify(answer).free_symbols), key=str)
        if foreign := [one for one in symbols if one not in wanted.free_symbols and _matters(answer, one, symbols)]:
            raise Wrong(f"{shown(answer)} holds {foreign[0]}, expected {shown(wanted)}")
        if answer == wanted:
            return
        for places, right in zip(drawn, values, strict=True):
            others = dict.fromkeys(set(symbols) - set(known), sp.Rational(3, 7))  # symbols that do not matter
            got = complex(sp.N(sp.sympify(answer).subs(places | others), 20))
            if not abs(got - right) <= 1e-9 * max(1, abs(right)):
                raise Wrong(f"{shown(answer)}, expected {shown(wanted)}")

    return check


def _matters(answer: Any, symbol: Any, symbols: list[Any]) -> bool:
    others = {one: sp.Rational(5, 7) for one in symbols if one != symbol}
    values = [complex(sp.N(sp.sympify(answer).subs({**others, symbol: place}), 15)) for place in (0.5, 1.75, 3)]
    return max(abs(value - values[0]) for value in values) > 1e-9


def derivative_function(chance: Random) -> Iterator[Case | Scene]:
    places: list[Any] = [
        2.0,
        -1.5,
        3,
        0,
        0.0,
        np.array([1.0, -2.0, 0.5]),
        np.array([3, -2, 0]),
        np.array([[0.5, 1.5], [2.5, -0.5]]),
    ]
    places += [np.array([1.25]), np.linspace(-1, 1, 40), np.array([[1, 2], [3, 4], [5, 6]])]
    places += [np.array([chance.uniform(-2, 2) for _ in range(3)]), np.arange(-3, 60)]
    singles = [(form, symbol) for form, symbol in FORMULAS if not form.free_symbols - {symbol}]
    singles += [(5 * X, X), (X**3, X), (sp.sin(X), X), (sp.Integer(0), X), (X**7, X)]
    for expression, variable in singles:
        slope = sp.diff(expression, variable)
        low = 0 if expression.has(sp.log) or expression == 1 / X else -math.inf
        high = 5 if slope.has(sp.exp) else math.inf
        wanted = [(x, _at(slope, variable, x)) for x in places if low < np.min(x) and np.max(x) <= high]

        def check(df: Any, wanted: Any = wanted, slope: Any = slope) -> None:
            for x, values in wanted:
                _evaluated(df, x, values, slope)

        yield Case({"expression": expression, "variable": variable}, check)
    yield _two_alive()


def _at(formula: Any, variable: Any, x: Any) -> Array:
    values = [float(sp.N(formula.subs(variable, sp.Float(float(one), 30)), 20)) for one in np.ravel(x)]
    return np.array(values).reshape(np.shape(x))


def _evaluated(df: Any, x: Any, wanted: Array, slope: Any) -> None:
    if not callable(df):
        raise Wrong(f"{shown(df)} is no function")
    given = x.copy() if isinstance(x, np.ndarray) else x
    answer = df(given)
    if not np.array_equal(given, x):
        raise Wrong(f"the function changes its argument {shown(x)}")
    allowed = 1e-13 * (1 + np.abs(wanted))
    try:
        near(array(answer, np.ndim(x)) if np.ndim(x) else number(answer), wanted, allowed)
    except Wrong as wrong:
        raise Wrong(f"the function for {slope} called with {shown(x)}: {wrong}") from None


def _two_alive() -> Scene:
    formulas = [X**2, sp.sin(X), 5 * X, X**3 - X, sp.exp(X), X**2 + X, X**2 + 1]
    asked = [*((form, X) for form in formulas), (sp.sin(Y) * Y, Y)]
    places: list[Any] = [0.5, np.array([1.0, 2.0, 3.0]), 0.5004, np.array([1.0, 2.5, 3.0]), 2, np.array([1.0, 2.0])]
    wanted = [(x, [_at(sp.diff(form, variable), variable, x) for form, variable in asked]) for x in places]

    def play(make: Callable[..., Any]) -> None:
        made = [(make(form, variable), form) for form, variable in asked]
        for x, values in wanted:
            for (df, form), value in (pairs := list(zip(made, values, strict=True))) + pairs[::-1]:
                _evaluated(df, x, value, f"{form}, one of several,")

    return Scene(play)
