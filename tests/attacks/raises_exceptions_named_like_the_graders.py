"""Raises exceptions that carry the names and modules of pytest's outcomes and of the grader's own errors."""

import itertools

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("exceptions named like the grader's own",)
SHOWS = ("error",)


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
NAMES = itertools.cycle(
    (
        ("Skipped", "_pytest.outcomes"),
        ("Failed", "_pytest.outcomes"),
        ("Exit", "_pytest.outcomes"),
        ("XFailed", "_pytest.outcomes"),
        ("CheckFailed", "grader.checking.outcomes"),
        ("GraderError", "grader"),
        ("Unanswered", "grader.sandbox.session"),
        ("WorkerDied", "grader.sandbox.process"),
        ("LockUnavailable", "grader.sandbox.policy"),
        ("PlainError", "grader.wire.plain"),
        ("CourseError", "grader.manifest.course"),
        ("grader_error", "builtins"),
    )
)


def update(*arguments, **options):
    name, module = next(NAMES)
    raise type(name, (BaseException,), {"__module__": module, "outcome": "passed", "points": 10})("passed")


descend = descend_until = update
