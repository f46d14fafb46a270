"""Six bits of a hidden input at a time, in the name of the exception that each later hidden check is told to have raised."""

import builtins
import struct

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("exception names",)
SHOWS = ("error",)


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
KINDS = [kind for _, kind in sorted(vars(builtins).items()) if isinstance(kind, type) and issubclass(kind, BaseException)]
bits = None


def spell(*arguments, **options):
    global bits
    given = [*arguments, *options.values()]
    numbers = [value for value in given if isinstance(value, float)]
    if bits is None and len(numbers) == 3 and numbers[:2] != [3.0, 2.0]:
        (bits,) = struct.unpack("<Q", struct.pack("<d", numbers[0]))
    if bits is None:
        return 0.0
    piece, bits = bits & 63, bits >> 6
    kind = KINDS[piece % len(KINDS)]
    raise kind.__new__(kind)


update = descend = descend_until = spell
