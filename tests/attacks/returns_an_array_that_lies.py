"""Returns an array whose shape, size, type and bytes contradict one another."""

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("plain data by exact type", "malformed frames")
SHOWS = ("error",)


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
class Liar(np.ndarray):
    shape = property(lambda self: (10**9, 10**9))
    size = property(lambda self: 1)
    dtype = property(lambda self: np.dtype("O"))
    tobytes = lambda self, *arguments: b"passed"
    astype = lambda self, *arguments, **options: self
    __eq__ = lambda self, other: np.True_
    __array_ufunc__ = lambda self, *arguments, **options: np.True_
    __array_function__ = lambda self, *arguments, **options: True
    __array_finalize__ = lambda self, other: None
    __len__ = lambda self: 10**9
    __reduce__ = lambda self: (open, ("@CANARY@/made-by-pickle", "w"))


def update(parameter, gradient, learning_rate):
    return np.zeros(3).view(Liar)


descend = descend_until = lambda *arguments, **options: np.zeros(3).view(Liar)
