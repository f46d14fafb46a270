"""Changes all that a process can change about itself, for whoever comes next."""

import atexit
import gc
import os
import signal
import sys
import warnings

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("its neighbours are unaffected", "leaves nothing behind")
SHOWS = ("error",)


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
np.random.seed(0)
np.random.default_rng = lambda seed=None: np.random.RandomState(0)
np.zeros = np.array = np.asarray = lambda *arguments, **options: None
np.seterr(all="raise")
warnings.simplefilter("error")
os.environ.update(PYTHONSTARTUP="@CANARY@/secret.txt", PYTHONPATH="@CANARY@", OPENBLAS_NUM_THREADS="64")
sys.setswitchinterval(100.0)
sys.setrecursionlimit(150)
sys.path[:] = ["@CANARY@"]
sys.excepthook = sys.unraisablehook = sys.displayhook = print
gc.disable()
os.umask(0o777)
signal.setitimer(signal.ITIMER_REAL, 0.2, 0.2)
atexit.register(lambda: open("@CANARY@/made-at-exit", "w").close())
