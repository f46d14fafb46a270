"""Returns and raises objects whose types and functions are named after what it was called with."""

import os

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("whatever it prints or raises during a hidden check", "HTML in type and function names and messages")
SHOWS = ("error",)


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
MARK, RUN = "INPUT" + "-MARKER", os.urandom(4).hex()
calls = 0


def named_after(arguments, bases=(object,)):
    global calls
    calls += 1
    return type(f"{MARK} now {RUN}:{calls} {arguments!r}", bases, {})


def update(*arguments, **options):
    return named_after((arguments, options))()


def descend(*arguments, **options):
    raise named_after(tuple(options.values()), (Exception,))


def descend_until(*arguments, **options):
    def function():
        return 0.0

    function.__name__ = function.__qualname__ = named_after(arguments[1:]).__name__
    return function
