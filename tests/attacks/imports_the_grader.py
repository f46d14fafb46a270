"""Imports the grader's checks and misconceptions, by name and by path, and looks into what they say."""

import importlib
import sys

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("no paths of checks", "not all of site-packages")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
sys.path += ["@GRADER_ROOT@", "@GRADER_ROOT@/grader/course/checks", "@GRADER_ROOT@/solutions/02_update_rule"]
learned = []
for name in ("grader.course.checks.test_update_rule", "grader.course.misconceptions.update_rule", "grader.manifest", "grader.checking"):
    sys.modules.pop("grader", None)
    try:
        learned.append(importlib.import_module(name).__file__)
    except ImportError:
        continue
try:
    vars().update(vars(importlib.import_module("update_rule")))  # the solution, under the exercise's own name
except ImportError:
    pass
assert not learned, f"LEAK: {learned}"
