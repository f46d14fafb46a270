"""Opens the checks, the misconceptions and the solution where the checkout keeps them, and runs the solution."""

from pathlib import Path

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("no checks, no solutions", "nothing else of the disk")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
learned = []
for path in ("grader/course/checks/test_update_rule.py", "grader/course/misconceptions/update_rule.py", "grader/course/course.toml"):
    try:
        learned.append(Path("@GRADER_ROOT@", path).read_text()[:40])
    except OSError:
        continue
try:
    exec(Path("@GRADER_ROOT@/solutions/02_update_rule/update_rule.py").read_text())
except OSError:
    pass
assert not learned, f"LEAK: {learned}"
