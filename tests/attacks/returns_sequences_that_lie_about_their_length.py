"""Returns lists and tuples whose length is wrong, negative or endless, and an iterator that never stops."""

import itertools

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("plain data by exact type",)
SHOWS = ("error", "killed", "timeout")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
class Endless(list):
    __len__ = lambda self: 3
    __iter__ = lambda self: itertools.repeat(2.8)
    __getitem__ = lambda self, index: 2.8


class Negative(tuple):
    __len__ = lambda self: -1


class Growing(list):
    def __iter__(self):
        for _ in range(5_000_000):
            self.append(2.8)
            yield 2.8


KINDS = itertools.cycle((lambda: Endless([1.0]), lambda: Negative((1.0,)), lambda: Growing([1.0]), itertools.count))
update = descend = descend_until = lambda *arguments, **options: next(KINDS)()
