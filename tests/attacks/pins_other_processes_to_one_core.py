"""Ties its parent and another process to one core and to the idle class, by every call that schedules."""

import ctypes
import os

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("sched_set*",)
SHOWS = ("error", "killed")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
libc = ctypes.CDLL(None, use_errno=True)
idle = (ctypes.c_uint32 * 12)(48, os.SCHED_IDLE)
changed = []
for process in (int("@CANARY_PID@"), os.getppid()):
    for change in (
        lambda: os.sched_setaffinity(process, {0}),
        lambda: os.sched_setscheduler(process, os.SCHED_IDLE, os.sched_param(0)),
        lambda: os.sched_setparam(process, os.sched_param(0)),
    ):
        try:
            change()
            changed.append(process)
        except OSError:
            continue
    if libc.syscall(314, process, idle, 0) == 0:  # sched_setattr
        changed.append(process)
assert not changed, f"LEAK: {changed}"
