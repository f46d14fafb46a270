"""Searches all files it can list, wherever the interpreter looks for modules, for the marks of a solution."""

import os
import re
import sys

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
MARKS = re.compile(rb"BEGIN[ ]SOLUTION|mark[.]points[(]|hidden[ ]check")
learned, files = [], 0
for root in (*sys.path, os.path.dirname(np.__file__), "@GRADER_ROOT@", "@GRADER_ROOT@/solutions", "@OUT@"):
    for folder, _, names in os.walk(root):
        for name in names:
            files += 1
            if files > 20_000 or not name.endswith((".py", ".toml", ".ipynb", ".json")):
                continue
            try:
                with open(os.path.join(folder, name), "rb") as file:
                    found = MARKS.search(file.read(100_000))
            except OSError:
                continue
            if found:
                learned.append(name)
assert not learned, f"LEAK: {learned[:5]}"
