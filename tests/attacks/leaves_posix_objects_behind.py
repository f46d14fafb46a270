"""Makes shared memory, a semaphore and a queue that live until someone unlinks them."""

import ctypes
import os
from multiprocessing import shared_memory

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("POSIX", "leaves nothing behind")
SHOWS = ("error", "killed")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
NAME, FLAGS = b"/attack-was-here", os.O_CREAT | os.O_RDWR
libc = ctypes.CDLL(None, use_errno=True)
libc.sem_open.restype = ctypes.c_void_p
made = [
    libc.shm_open(NAME, FLAGS, 0o600),
    libc.mq_open(NAME, FLAGS, 0o600, None),
    -1 if libc.sem_open(NAME, os.O_CREAT, 0o600, 1) is None else 0,
]
try:
    made.append(shared_memory.SharedMemory("attack-was-here-too", create=True, size=16).size)
except OSError:
    pass
assert set(made) == {-1}, f"LEAK: {made}"
