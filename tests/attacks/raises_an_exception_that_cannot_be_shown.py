"""Raises exceptions whose text raises, is no text, or is a rigged string, and whose chain is a circle."""

import itertools

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("bytes from the worker can only hurt the learner who sent them",)
SHOWS = ("error", "killed")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
class RiggedText(str):
    __getitem__ = encode = __str__ = lambda self, *arguments: 1 / 0
    __len__ = lambda self: 10**9


def unshowable(text):
    def raise_or_return(self):
        if isinstance(text, BaseException):
            raise text
        return text

    namespace = {"__str__": raise_or_return, "__repr__": raise_or_return, "args": property(raise_or_return)}
    return type("Unshowable", (Exception,), namespace)()


TEXTS = itertools.cycle((SystemExit(0), KeyboardInterrupt(), 12, None, RiggedText("text"), RecursionError("text"), b""))


def update(*arguments, **options):
    first, second = unshowable(next(TEXTS)), ValueError("second")
    first.__cause__, second.__context__ = second, first
    raise first


descend = descend_until = update
