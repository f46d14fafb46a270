"""Writes full marks into the gradebook, the table of grades and its own report."""

import glob
import json
import sqlite3

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("the verdict is never in the learner's process", "leaves nothing behind")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
learned = []
try:
    with sqlite3.connect("@OUT@/gradebook.db") as gradebook:
        gradebook.execute("UPDATE grade SET manual_score = 10")
        learned.append("gradebook.db")
except sqlite3.Error:
    pass
for path in ["@OUT@/grades.csv", *glob.glob("@OUT@/reports/*/*.json")]:
    try:
        with open(path, "a") as file:
            learned.append(path)
            file.write(json.dumps({"score": 10}))
    except OSError:
        continue
assert not learned, f"LEAK: {learned}"
