"""Returns an integer whose digits, size and index are not its own."""

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
class Liar(int):
    __index__ = __int__ = __trunc__ = lambda self: 10**5000
    __float__ = lambda self: 2.8
    __eq__ = lambda self, other: True
    __hash__ = int.__hash__
    __lt__ = __ge__ = lambda self, other: True
    bit_length = lambda self: 1
    to_bytes = lambda self, *arguments, **options: b"passed"
    __add__ = __radd__ = lambda self, other: self


def update(parameter, gradient, learning_rate):
    return Liar(7)


def descend(gradient, start, learning_rate, epochs):
    return [Liar(7)] * (epochs + 1)
