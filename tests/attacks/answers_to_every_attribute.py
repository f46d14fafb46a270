"""Returns an object that has every attribute and every method there is, each of them itself."""

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
class Everything:
    def __getattr__(self, name):
        return self

    def __call__(self, *arguments, **options):
        return self

    __getitem__ = __add__ = __sub__ = __abs__ = __enter__ = __call__
    __eq__ = __lt__ = __le__ = __bool__ = lambda self, *other: True
    __hash__ = __int__ = __index__ = __len__ = lambda self: 1


update = descend = descend_until = lambda *arguments, **options: Everything()
