"""Imports pytest, and skips, exits or expects its own failure."""

import importlib

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("exceptions named like the grader's own", "the verdict is never in the learner's process")
SHOWS = ("error",)


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
def through_pytest(action):
    pytest = importlib.import_module("pytest")
    getattr(pytest, action)("a learner decided so")


def update(parameter, gradient, learning_rate):
    through_pytest("skip")


def descend(gradient, start, learning_rate, epochs):
    through_pytest("exit")


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    through_pytest("xfail")
