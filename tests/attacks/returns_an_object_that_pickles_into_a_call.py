"""Returns an object that, once unpickled or copied elsewhere, writes a file."""

import os

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("plain data by exact type", "leaves nothing behind")
SHOWS = ("error",)


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
class Trap:
    def __reduce__(self):
        return os.open, ("@CANARY@/made-by-pickle", os.O_CREAT | os.O_WRONLY)

    __reduce_ex__ = __deepcopy__ = __copy__ = lambda self, *arguments: self.__reduce__()
    __getstate__ = lambda self: {"__setstate__": open}


class TrappedFloat(Trap, float):
    pass


def update(parameter, gradient, learning_rate):
    return Trap()


def descend(gradient, start, learning_rate, epochs):
    return [TrappedFloat(1.0)] * (epochs + 1)
