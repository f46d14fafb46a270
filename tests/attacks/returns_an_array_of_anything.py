"""Returns arrays of objects, of records, of text and of dates, with fields named after code."""

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
class Agreeable:
    __eq__ = __lt__ = __le__ = lambda self, other: True
    __sub__ = __abs__ = __float__ = lambda self, *other: 0.0


RECORD = np.dtype([("</script><b>", "f8"), ("__class__", "O")], metadata={"score": 10})
ANYTHING = itertools.cycle(
    (
        np.array([Agreeable()] * 3),
        np.zeros(3, dtype=RECORD),
        np.array(["2.8", "passed"]),
        np.array(["2026-01-01"], dtype="M8[D]"),
        np.zeros((1,) * 30),
        np.array([1j, 2.0]),
        np.zeros(2, dtype=np.longdouble),
        np.ma.masked_array([1.0], mask=[True]),
        np.matrix([[1.0]]),
    )
)
update = descend = descend_until = lambda *arguments, **options: next(ANYTHING)
