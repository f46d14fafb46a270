"""Registers everything that could run at the end of a process, and makes it wait."""

import atexit
import signal
import threading
import time

import numpy as np

EXERCISE = "ascent_challenge"
REQUIREMENT = ("one deadline per call", "ignored signals")
SHOWS = ("error", "timeout", "killed")


# --- baseline
def ascend_by_update(gradient, start, learning_rate, epochs):
    return np.zeros((epochs + 1, len(start)))


def negated(function):
    return function


def ascend_by_objective(descend, gradient, start, learning_rate, epochs):
    return descend(gradient, start, learning_rate, epochs)


def find_local_maximum(expression, variables, start, learning_rate, epochs):
    return np.zeros(len(start)), 0.0


# --- attack
class Last:
    def __del__(self):
        time.sleep(3600)


last = Last()
atexit.register(time.sleep, 3600)
signal.signal(signal.SIGTERM, lambda *arguments: time.sleep(3600))
threading.Thread(target=time.sleep, args=(3600,), daemon=False).start()


def negated(function):
    raise SystemExit(0)
