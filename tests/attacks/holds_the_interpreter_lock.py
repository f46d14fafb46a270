"""Sleeps in C while it holds the interpreter's lock, so that no Python of its process can stop it."""

import ctypes

import numpy as np

EXERCISE = "descent_2d"
REQUIREMENT = ("one deadline per call", "ignored signals")
SHOWS = ("timeout", "killed")


# --- baseline
def partial_derivatives(expression, variables):
    return tuple(variables)


def gradient_function(expression, variables):
    return lambda point: np.zeros(len(point))


def descend(gradient, start, learning_rate, epochs):
    return np.zeros((epochs + 1, len(start)))


# --- attack
def descend(gradient, start, learning_rate, epochs):
    ctypes.PyDLL(None).sleep(3600)
