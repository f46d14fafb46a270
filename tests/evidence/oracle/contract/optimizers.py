"""08: five optimizers, each with its rule written out in numbers."""

import itertools
import math
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import numpy as np

from tests.evidence.oracle.answers import is_path
from tests.evidence.oracle.asking import Case
from tests.evidence.oracle.handed import bowl, hills, itself, plane, starts

# From gradient, state of one coordinate, rate, options and number of the step to the move and the new state.
Rule = Callable[[float, tuple[float, float], float, dict[str, float], int], tuple[float, tuple[float, float]]]


def _momentum(
    g: float, state: tuple[float, float], rate: float, options: dict[str, float], k: int
) -> tuple[float, tuple[float, float]]:
    u = options["decay"] * state[0] + rate * g
    return u, (u, 0.0)


def _adagrad(
    g: float, state: tuple[float, float], rate: float, options: dict[str, float], k: int
) -> tuple[float, tuple[float, float]]:
    v = state[1] + g * g
    return rate * g / (math.sqrt(v) + options["epsilon"]), (0.0, v)


def _rmsprop(
    g: float, state: tuple[float, float], rate: float, options: dict[str, float], k: int
) -> tuple[float, tuple[float, float]]:
    v = options["decay"] * state[1] + (1 - options["decay"]) * g * g
    return rate * g / (math.sqrt(v) + options["epsilon"]), (0.0, v)


def _adam(
    g: float, state: tuple[float, float], rate: float, options: dict[str, float], k: int
) -> tuple[float, tuple[float, float]]:
    m = options["beta1"] * state[0] + (1 - options["beta1"]) * g
    v = options["beta2"] * state[1] + (1 - options["beta2"]) * g * g
    m_hat, v_hat = m / (1 - options["beta1"] ** k), v / (1 - options["beta2"] ** k)
    return rate * m_hat / (math.sqrt(v_hat) + options["epsilon"]), (m, v)


def _path(
    rule: Rule, gradient: Any, start: Any, rate: float, epochs: int, options: dict[str, float], ahead: bool = False
) -> Any:
    path = [[float(one) for one in start]]
    states = [(0.0, 0.0)] * len(path[0])
    for k in range(1, epochs + 1):
        look = [x - (options["decay"] * state[0] if ahead else 0.0) for x, state in zip(path[-1], states, strict=True)]
        slopes = np.array(gradient(np.array(look)), dtype=float).tolist()
        moves = [rule(g, state, rate, options, k) for g, state in zip(slopes, states, strict=True)]
        states = [state for _, state in moves]
        path.append([x - move for x, (move, _) in zip(path[-1], moves, strict=True)])
    return path


def _landscapes(chance: Random) -> Iterator[tuple[Any, int]]:
    for size in (1, 2, 3, 4, 6):
        yield bowl([chance.uniform(0.5, 3) for _ in range(size)], [7.0 + k for k in range(size)]), size
        yield hills(size), size
        yield plane([(-1) ** k * (k + 1.5) for k in range(size)]), size
    yield plane([0.0, 0.0]), 2
    yield plane([0.0, 1.5]), 2
    yield plane([3e-6, -2e-8]), 2
    yield plane([1e-100, -1e-120]), 2
    yield plane([3e5, -4e3]), 2
    yield plane([1e-9, -3e-9]), 2
    yield plane([1e-12, 2e-13]), 2
    yield bowl([1e-3, 2e-3], [10.0, 20.0]), 2
    yield bowl([50.0, 80.0], [10.0, 20.0]), 2
    yield itself(), 2
    yield itself(), 3


def _cases(
    chance: Random, rule: Rule, defaults: dict[str, float], others: list[dict[str, float]], ahead: bool = False
) -> Iterator[Case]:
    lengths = itertools.cycle(
        (
            (0.1, 0),
            (0.1, 1),
            (0.05, 2),
            (0.01, 7),
            (0.3, 3),
            (0.02, 24),
            (0.7, 4),
            (1, 2),
            (0.003, 45),
            (0.6, 5),
            (0.0371234567, 6),
            (1e-6, 3),
            (1.7, 2),
            (12.3456789, 1),
        )
    )
    for gradient, size in _landscapes(chance):
        places: list[Any] = [starts(chance, size), tuple(starts(chance, size)), np.array(starts(chance, size))]
        places += [list(range(1, size + 1)), np.arange(1, size + 1), np.array(starts(chance, size, 300.0))]
        places += [[0.0] * size, starts(chance, size, 1e-3), starts(chance, size, 3e6)]
        for start, options in zip(places, itertools.cycle([{}, *others]), strict=False):
            rate, epochs = next(lengths)
            yield _case(rule, gradient, start, rate, epochs, defaults, options, ahead)
        yield _case(rule, gradient, places[0], *next(lengths), defaults, {}, ahead)
    for gradient in (plane([0.5, -2.0]), bowl([0.01, 0.02], [20.0, 30.0])):
        yield _case(rule, gradient, [5, 3.0], 0.001, 220, defaults, {}, ahead)
        yield _case(rule, gradient, [1.0, -2.0], 0.002, 120, defaults, others[0], ahead)


def _case(
    rule: Rule,
    gradient: Any,
    start: Any,
    rate: float,
    epochs: int,
    defaults: dict[str, float],
    options: dict[str, float],
    ahead: bool,
) -> Case:
    wanted = _path(rule, gradient, start, rate, epochs, defaults | options, ahead)
    given = {"gradient": gradient, "start": start, "learning_rate": rate, "epochs": epochs}
    return Case(given | options, is_path(wanted))


def momentum(chance: Random) -> Iterator[Case]:
    yield from _cases(
        chance, _momentum, {"decay": 0.9}, [{"decay": 0.5}, {"decay": 0.0}, {"decay": 0.99}, {"decay": 0.7123456789}]
    )


def nesterov(chance: Random) -> Iterator[Case]:
    yield from _cases(
        chance,
        _momentum,
        {"decay": 0.9},
        [{"decay": 0.5}, {"decay": 0}, {"decay": 0.99}, {"decay": 0.7123456789}],
        ahead=True,
    )


def adagrad(chance: Random) -> Iterator[Case]:
    yield from _cases(
        chance, _adagrad, {"epsilon": 1e-8}, [{"epsilon": 1e-3}, {"epsilon": 1.0}, {"epsilon": 1e-12}, {"epsilon": 3}]
    )


def rmsprop(chance: Random) -> Iterator[Case]:
    more = [{"decay": 0.5}, {"epsilon": 0.1}, {"decay": 0.99, "epsilon": 1e-4}, {"decay": 0.0}, {"decay": 0.7123456789}]
    yield from _cases(chance, _rmsprop, {"decay": 0.9, "epsilon": 1e-8}, more)


def adam(chance: Random) -> Iterator[Case]:
    more = [
        {"beta1": 0.5},
        {"beta2": 0.9},
        {"epsilon": 0.1},
        {"beta1": 0.0, "beta2": 0.5, "epsilon": 1e-3},
        {"beta1": 0.95, "beta2": 0.99},
    ]
    yield from _cases(chance, _adam, {"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}, more)
