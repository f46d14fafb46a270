"""Returns a float whose every comparison, difference and conversion says what a check hopes to hear."""

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
class Agreeable(float):
    __eq__ = __lt__ = __le__ = __gt__ = __ge__ = lambda self, other: True
    __ne__ = lambda self, other: False
    __hash__ = float.__hash__
    __sub__ = __rsub__ = __abs__ = __mod__ = lambda self, *other: 0.0
    __float__ = lambda self: float("nan")
    __array__ = lambda self, *arguments, **options: np.zeros(())
    __repr__ = __str__ = lambda self: "2.8"


def update(parameter, gradient, learning_rate):
    return Agreeable(12345.0)


def descend(gradient, start, learning_rate, epochs):
    return [Agreeable(12345.0)] * (epochs + 1)
