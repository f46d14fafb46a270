"""Keeps text in the kernel's keyrings, where the next learner could read it."""

import ctypes

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("io_uring, userfaultfd, bpf, keyctl", "leaves nothing behind")
SHOWS = ("error", "killed")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
ADD_KEY, KEYCTL, USER_KEYRING, SESSION_KEYRING = 248, 250, -4, -3
libc = ctypes.CDLL(None, use_errno=True)
done = [libc.syscall(ADD_KEY, b"user", b"attack-was-here", b"1", 1, ring) for ring in (USER_KEYRING, SESSION_KEYRING)]
done += [libc.syscall(KEYCTL, command, SESSION_KEYRING, 1, 0, 0) for command in (0, 1)]
assert set(done) == {-1}, f"LEAK: {done}"
