"""Kills another process of the same user by every call that sends a signal."""

import ctypes

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("every signal call by name", "scoped signals")
SHOWS = ("error", "killed")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
VICTIM, SIGKILL = int("@CANARY_PID@"), 9
libc = ctypes.CDLL(None, use_errno=True)
information = (ctypes.c_int * 32)(SIGKILL, 0, -1)
descriptor = libc.syscall(434, VICTIM, 0)  # pidfd_open
sent = [
    libc.kill(VICTIM, SIGKILL),
    libc.syscall(200, VICTIM, SIGKILL),  # tkill
    libc.syscall(234, VICTIM, VICTIM, SIGKILL),  # tgkill
    libc.syscall(129, VICTIM, SIGKILL, information),  # rt_sigqueueinfo
    libc.syscall(297, VICTIM, VICTIM, SIGKILL, information),  # rt_tgsigqueueinfo
    libc.syscall(424, descriptor, SIGKILL, None, 0),  # pidfd_send_signal
]
assert set(sent) == {-1}, f"LEAK: {sent}"
