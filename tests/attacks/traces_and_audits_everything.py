"""Hooks tracing, profiling and auditing, so that code of the learner's runs inside every function called later."""

import sys
import threading

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("the verdict is never in the learner's process",)
SHOWS = ("error", "killed", "timeout")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
def tamper(frame, event, argument):
    for name in ("error", "failures", "expected", "problem"):
        if name in frame.f_locals:
            frame.f_locals[name] = None
    return tamper


def refuse(event, arguments):
    if event in ("open", "import", "compile", "exec"):
        raise RuntimeError("refused by a learner's audit hook")


sys.settrace(tamper)
sys.setprofile(tamper)
threading.settrace(tamper)
sys.addaudithook(refuse)
