"""Unmarshals the byte code that Python keeps beside the checks, the misconceptions and the solutions."""

import glob
import marshal

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("with their .pyc",)


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
learned = []
names = glob.glob("@OUT@/../cache/**/*.pyc", recursive=True)
for folder in ("grader", "grader/course/checks", "grader/course/misconceptions", "solutions/02_update_rule"):
    names += glob.glob(f"@GRADER_ROOT@/{folder}/__pycache__/*.pyc")
    names += [f"@GRADER_ROOT@/{folder}/__pycache__/{stem}.cpython-311.pyc" for stem in ("course", "update_rule")]
for name in names:
    try:
        with open(name, "rb") as file:
            file.seek(16)
            learned.append(marshal.load(file).co_names)
    except (OSError, ValueError):
        continue
assert not learned, f"LEAK: {str(learned)[:200]}"
