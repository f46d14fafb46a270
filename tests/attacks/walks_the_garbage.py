"""Lists every object that the garbage collector knows, and looks for the code of checks and solutions among them."""

import gc
import sys
import types

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("no checks, no solutions", "the verdict is never in the learner's process")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
gc.unfreeze()
learned = [name for name in list(sys.modules) if name.startswith(("grader.course", "grader.misconceptions", "_pytest"))]
for thing in gc.get_objects():
    if type(thing) is types.FunctionType:
        place = thing.__code__.co_filename
        if any(part in place for part in ("checks", "solutions", "misconceptions", "site-packages/pytest")):
            learned.append(place)
    elif type(thing) is dict and "course_secret" in thing:
        learned.append(str(thing["course_secret"]))
assert not learned, f"LEAK: {learned[:5]}"
