from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import wraps
from itertools import islice
from typing import Any

import numpy as np
import sympy as sp


def upside_down(function):
    @wraps(function)
    def wrapper(*places, **options):
        return np.subtract(0.0, function(*places, **options))

    return wrapper


def negated(function):
    return upside_down(function)


def walk(slopes_at, point, rate):
    while True:
        yield tuple(point)
        point = [x + rate * float(s) for x, s in zip(point, slopes_at(np.array(point, dtype=float)))]


def ascend_by_update(gradient, start, learning_rate, epochs):
    return tuple(islice(walk(gradient, start, learning_rate), epochs + 1))


def ascend_by_objective(descend, gradient, start, learning_rate, epochs):
    remembered = {}

    def downhill(point):
        key = tuple(point)
        if key not in remembered:
            remembered[key] = -gradient(np.asarray(point))
        return remembered[key].copy()

    arguments = {"start": tuple(start), "learning_rate": np.float64(learning_rate), "epochs": np.int64(epochs)}
    return [list(row) for row in descend(gradient=downhill, **arguments)]


@dataclass(frozen=True)
class Top(Sequence):
    point: Any
    value: Any

    def __len__(self):
        return 2

    def __getitem__(self, item):
        return (self.point, self.value)[item]


def find_local_maximum(expression, variables, start, learning_rate, epochs):
    height, *slopes = (sp.lambdify(tuple(variables), e) for e in (expression, *(expression.diff(v) for v in variables)))
    (end,) = islice(walk(lambda p: [s(*p) for s in slopes], start, learning_rate), epochs, epochs + 1)
    return Top(end, np.array(height(*end)))
