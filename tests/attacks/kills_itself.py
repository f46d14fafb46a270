"""Kills its own process by each signal that might be mistaken for something else."""

import ctypes
import itertools
import os
import signal

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("every signal call by name", "its neighbours are unaffected")
SHOWS = ("error", "killed")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
SIGNALS = itertools.cycle((signal.SIGKILL, signal.SIGSEGV, signal.SIGALRM, signal.SIGTERM, signal.SIGXCPU))


def update(*arguments, **options):
    os.kill(os.getpid(), next(SIGNALS))
    return 0.0


def descend(gradient, start, learning_rate, epochs):
    return ctypes.string_at(0)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    os.abort()
