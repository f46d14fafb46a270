"""Returns an object whose class says that it is a float, an array or a tuple."""

import itertools

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("plain data by exact type",)
SHOWS = ("error",)


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
def pretender(kind):
    class Pretender:
        __class__ = property(lambda self: kind)
        __float__ = lambda self: "not a float"
        __len__ = __iter__ = __getitem__ = lambda self, *index: self
        dtype = shape = size = "passed"

    return Pretender()


KINDS = itertools.cycle((float, bool, int, str, list, tuple, np.ndarray, np.float64, type(None), Exception))
update = descend = descend_until = lambda *arguments, **options: pretender(next(KINDS))
