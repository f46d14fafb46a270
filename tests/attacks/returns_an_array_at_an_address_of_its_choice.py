"""Answers NumPy's interface with an address that is not its own."""

import itertools

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("plain data by exact type",)
SHOWS = ("error", "killed")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
class Pointer:
    def __init__(self, address):
        self.__array_interface__ = {"shape": (4,), "typestr": "<f8", "data": (address, True), "version": 3}


ADDRESSES = itertools.cycle((8, 2**47 - 4096, id(np)))


def update(parameter, gradient, learning_rate):
    return Pointer(next(ADDRESSES))


def descend(gradient, start, learning_rate, epochs):
    return np.asarray(Pointer(next(ADDRESSES)))
