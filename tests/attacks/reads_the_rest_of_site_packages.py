"""Opens the packages that lie beside NumPy, where an installed grader would lie too."""

import os

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("not all of site-packages",)


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
site = os.path.dirname(os.path.dirname(np.__file__))
learned = []
for name in ("grader/course.py", "pytest/__init__.py", "_pytest/runner.py", "rich/console.py", "nbgrader/api.py"):
    try:
        with open(os.path.join(site, name)) as file:
            learned.append(file.read(20))
    except OSError:
        continue
try:
    learned.append(os.listdir(site)[:3])
except OSError:
    pass
assert not learned, f"LEAK: {learned}"
