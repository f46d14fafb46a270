"""07: the gradient of a linear model's loss, minibatches, and descent by them."""

import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import numpy as np

from tests.evidence.oracle.answers import Array, Wrong, array, is_array, is_path, is_sequence, near, shown
from tests.evidence.oracle.asking import Case, Scene


def _data(chance: Random, rows: int, columns: int, scale: float = 1.0) -> tuple[Array, Array]:
    features = np.array([[chance.uniform(-2, 2) * scale for _ in range(columns)] for _ in range(rows)])
    return features, np.array([chance.uniform(-3, 3) for _ in range(rows)])


def _sizes() -> Iterator[tuple[int, int]]:
    yield from ((1, 1), (1, 3), (2, 2), (3, 2), (5, 1), (2, 5), (7, 3), (12, 4), (6, 6), (40, 2), (300, 3))


def _slopes(parameters: Any, features: Array, values: Array) -> Array:
    total = np.zeros(features.shape[1], dtype=np.longdouble)
    for row, value in zip(features.astype(np.longdouble), values.astype(np.longdouble), strict=True):
        total += row * (np.sum(row * np.array(parameters, dtype=np.longdouble)) - value)
    return np.array(total / len(values), dtype=float)


def loss_gradient(chance: Random) -> Iterator[Case]:
    for rows, columns in _sizes():
        for scale in (1.0, 100.0, 1e-3):
            features, values = _data(chance, rows, columns, scale)
            point = np.array([chance.uniform(-2, 2) for _ in range(columns)])
            points: list[Any] = [point, point + 4e-5, np.zeros(columns), np.arange(columns), point * 1e3]
            for parameters in points:
                wanted = _slopes(parameters, features, values)
                size = np.abs(features).max() * (np.abs(features).max() * np.abs(parameters).sum() + 3)
                yield Case({"parameters": parameters, "X": features, "y": values}, is_array(wanted, 1e-13 * size))
        whole = np.array(np.round(features * 1e3), dtype=int)
        wanted = _slopes(point, whole, np.round(values).astype(int))
        given = {"parameters": point, "X": whole, "y": np.round(values).astype(int)}
        yield Case(given, is_array(wanted, 1e-11 * np.abs(wanted).max()))


def minibatches(chance: Random) -> Iterator[Case | Scene]:
    for n, size in (
        (1, 1),
        (5, 1),
        (6, 2),
        (7, 3),
        (10, 4),
        (10, 10),
        (10, 30),
        (3, 2),
        (12, 5),
        (300, 7),
        (300, 299),
        (600, 64),
        (9, 8),
    ):
        for seed in (chance.randrange(1000), chance.randrange(1000)):
            yield Case({"n": n, "batch_size": size, "rng": np.random.default_rng(seed)}, _is_partition(n, size))
    yield Scene(_shuffles)
    yield Scene(_draws_from_what_is_given)


def _is_partition(n: int, size: int) -> Callable[[Any], None]:
    def check(answer: Any) -> None:
        flat, lengths = _members(answer)
        if sorted(flat) != list(range(n)):
            raise Wrong(f"{shown(answer)} does not hold every index from 0 to {n - 1} once")
        if any(length != size for length in lengths[:-1]) or not 1 <= lengths[-1] <= size:
            raise Wrong(f"its batches have lengths {lengths}, at most the last may be shorter than {size}")

    return check


def _members(answer: Any) -> tuple[list[int], list[int]]:
    if not is_sequence(answer):
        raise Wrong(f"{type(answer).__name__} is no list of batches")
    batches = []
    for batch in answer:
        if not is_sequence(batch) or any(isinstance(one, float | np.floating | bool | np.bool_) for one in batch):
            raise Wrong(f"{shown(batch)} is no sequence of integers")
        if isinstance(batch, np.ndarray) and (batch.dtype.kind not in "iu" or batch.ndim != 1):
            raise Wrong(f"a batch of dtype {batch.dtype} and shape {batch.shape} is no sequence of integers")
        batches.append([int(one) for one in batch])
    return list(itertools.chain(*batches)), [len(batch) for batch in batches]


def _shuffles(make: Callable[..., Any]) -> None:
    """Every membership must be possible: of 4 in twos there are 3 pairings, in 6 orders of the batches."""
    rng = np.random.default_rng(11)
    first = Counter(frozenset(map(int, make(4, 2, rng)[0])) for _ in range(240))
    if len(first) != 6 or min(first.values()) < 10:
        raise Wrong(
            f"in 240 draws of 4 in twos the first batch was {dict(first)}: not every one as often as it should be"
        )
    last = Counter(int(make(5, 2, rng)[-1][0]) for _ in range(200))
    if len(last) != 5 or min(last.values()) < 10:
        raise Wrong(f"in 200 draws of 5 in twos the one left over was {dict(last)}")
    for n, size in ((300, 300), (40, 8), (40, 40), (300, 10)):
        ways = {tuple(tuple(sorted(map(int, batch))) for batch in make(n, size, rng)) for _ in range(5)}
        if size < n and len(ways) < 5:
            raise Wrong(f"two of five draws of {n} in batches of {size} were the same")
    moved = [list(map(int, make(600, 64, rng)[-1])) for _ in range(12)]
    if len({index > 256 for batch in moved for index in batch}) < 2:
        raise Wrong("the last batch of 600 always comes from one side")
    found = np.zeros((10, 10))
    for _ in range(200):
        for place, batch in enumerate(make(10, 1, rng)):
            found[place, int(batch[0])] += 1
    if found.min() == 0:
        raise Wrong("of 10 single samples one never came at some place in 200 draws")


def _draws_from_what_is_given(make: Callable[..., Any]) -> None:
    def drawn(seed: int) -> list[list[int]]:
        return [list(map(int, batch)) for batch in make(50, 7, np.random.default_rng(seed))]

    once, other = drawn(5), drawn(6)
    np.random.seed(3)
    again = drawn(5)
    np.random.seed(4)
    third = drawn(5)
    if not once == again == third:
        raise Wrong("the same generator gave different batches")
    if once == other:
        raise Wrong("generators with different seeds gave the same batches")
    rng = np.random.default_rng(8)
    if [list(b) for b in map(list, make(50, 7, rng))] == [list(b) for b in map(list, make(50, 7, rng))]:
        raise Wrong("one generator gave the same batches twice")


def stochastic_descent(chance: Random) -> Iterator[Case | Scene]:
    for rows, columns in _sizes():
        features, values = _data(chance, rows, columns)
        for form in (list, tuple, np.array):
            for epochs, rate, size in (
                (0, 0.1, 1),
                (1, 0.1, rows),
                (6, 0.05, rows),
                (3, 0.02, rows + 5),
                (40, 0.01, rows),
                (2, 0.2, rows),
            ):
                start = form([chance.uniform(-2, 2) for _ in range(columns)])
                yield _full(features, values, start, rate, epochs, size, chance.randrange(99))
        for reach in (1e-5, 300.0, 5000.0):
            far = [chance.uniform(-reach, reach) for _ in range(columns)]
            yield _full(features, values, far, 0.0271234567, 2, rows, 3)
        yield _full(features * 0.1, values, far, 1.3, 2, rows, 3)
        whole = form(range(1, columns + 1))
        yield _full(features, values, whole, 0.05, 4, rows, 1)
        counted = np.array(np.round(features * 3), dtype=int), np.array(np.round(values), dtype=int)
        yield _full(*counted, [0.5 + k for k in range(columns)], 0.01, 4, rows, 1)
        yield _full(*counted, [k - 1 for k in range(columns)], 0.02, 3, rows, 1)
    features, values = _data(chance, 5, 2)
    yield _full(features, values, [0.5, -0.5], 0.01, 1100, 5, 2)
    for rows, columns, size in ((2, 1, 1), (3, 2, 2), (4, 2, 3), (3, 1, 1), (4, 3, 2), (5, 2, 4)):
        features, values = _data(chance, rows, columns)
        for _ in range(3):
            start = [chance.uniform(-1, 1) for _ in range(columns)]
            yield _by_batches(features, values, start, 0.1, size, chance.randrange(99))
    for rows, columns, size in ((3, 2, 2), (3, 1, 1)):
        yield Scene(_fresh_orders(*_data(chance, rows, columns), size))
    yield Scene(_seeds(*_data(chance, 30, 3)))


def _full(features: Array, values: Array, start: Any, rate: float, epochs: int, size: int, seed: int) -> Case:
    path = [np.array(start, dtype=float)]
    for _ in range(epochs):
        path.append(path[-1] - rate * _slopes(path[-1], features, values))
    return Case(_given(features, values, start, rate, epochs, size, seed), is_path(path))


def _given(
    features: Array, values: Array, start: Any, rate: float, epochs: int, size: int, seed: int
) -> dict[str, Any]:
    given = {"X": features, "y": values, "start": start, "learning_rate": rate, "epochs": epochs, "batch_size": size}
    return given | {"rng": np.random.default_rng(seed)}


def _ends(features: Array, values: Array, start: Any, rate: float, size: int) -> list[Array]:
    """Return where an epoch can end: one place for each order of the samples."""
    ends = {}
    for order in itertools.permutations(range(len(values))):
        batches = [sorted(order[first : first + size]) for first in range(0, len(order), size)]
        if str(batches) not in ends:
            point = np.array(start, dtype=float)
            for batch in batches:
                point = point - rate * _slopes(point, features[batch], values[batch])
            ends[str(batches)] = point
    return list(ends.values())


def _by_batches(features: Array, values: Array, start: Any, rate: float, size: int, seed: int) -> Case:
    def check(answer: Any) -> None:
        path = array(answer)
        if path.shape != (5, len(start)):
            raise Wrong(f"its shape is {path.shape}, not {(5, len(start))}")
        is_path(path)(answer)
        near(path[0], start)
        for row, (before, after) in enumerate(itertools.pairwise(path)):
            ends = _ends(features, values, before, rate, size)
            if min(float(np.abs(end - after).max()) for end in ends) > 1e-9:
                raise Wrong(
                    f"row {row + 1} is {after.tolist()}, where no order of batches of {size} leads from {before.tolist()}"
                )

    return Case(_given(features, values, start, rate, 4, size, seed), check)


def _fresh_orders(features: Array, values: Array, size: int) -> Callable[[Callable[..., Any]], None]:
    def play(walk: Callable[..., Any]) -> None:
        epochs, start = 100, np.full(features.shape[1], 0.5)
        path = array(walk(features, values, start, 0.1, epochs, size, np.random.default_rng(13)))
        if path.shape != (epochs + 1, len(start)):
            raise Wrong(f"its shape is {path.shape}")
        used = set()
        for before, after in itertools.pairwise(path):
            distances = [float(np.abs(end - after).max()) for end in _ends(features, values, before, 0.1, size)]
            if min(distances) > 1e-9:
                raise Wrong(f"{after.tolist()} is no end of an epoch from {before.tolist()}")
            used |= {place for place, distance in enumerate(distances) if distance <= 1e-9}
        if len(used) < len(_ends(features, values, start, 0.1, size)):
            raise Wrong(f"in {epochs} epochs some order of the minibatches never came")

    return play


def _seeds(features: Array, values: Array) -> Callable[[Callable[..., Any]], None]:
    def play(walk: Callable[..., Any]) -> None:
        def path(seed: int) -> Array:
            return array(walk(features, values, np.zeros(3), 0.05, 6, 4, np.random.default_rng(seed)))

        once = path(1)
        np.random.seed(5)
        again, other = path(1), path(2)
        if not np.allclose(once, again, rtol=1e-9, atol=1e-12):
            raise Wrong("the same seed gave two paths")
        if any(np.allclose(a, b, rtol=1e-9, atol=1e-12) for a, b in zip(once[1:], other[1:], strict=True)):
            raise Wrong("two seeds gave the same path")

    return play
