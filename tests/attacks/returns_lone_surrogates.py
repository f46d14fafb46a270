"""Returns, prints and raises text that is no Unicode and has no bytes."""

import itertools
import sys

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("lone surrogates",)
SHOWS = ("error",)


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
TEXTS = itertools.cycle(("\ud800", "a\udcffb", "\udfff\ud800", b"\xff\xfe", "\ufffe\uffff", "\x00"))


def update(parameter, gradient, learning_rate):
    print(next(TEXTS))
    sys.stderr.write("\udcff")
    return next(TEXTS)


def descend(gradient, start, learning_rate, epochs):
    raise ValueError(next(TEXTS), "\ud800")


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    raise type("Odd\udc80", (Exception,), {}) if False else KeyError("\ud800")
