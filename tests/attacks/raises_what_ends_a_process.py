"""Raises what usually ends a process or a generator, with every exit status that might mean success."""

import itertools
import sys

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("its neighbours are unaffected", "bytes from the worker can only hurt the learner who sent them")
SHOWS = ("error", "killed")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
ENDS = itertools.cycle(
    (
        lambda: sys.exit(0),
        lambda: sys.exit("passed"),
        lambda: (_ for _ in ()).throw(KeyboardInterrupt),
        lambda: (_ for _ in ()).throw(GeneratorExit),
        lambda: (_ for _ in ()).throw(BaseExceptionGroup("passed", [SystemExit(0), KeyboardInterrupt()])),
        lambda: quit(),
    )
)


def update(*arguments, **options):
    next(ENDS)()


descend = descend_until = update
