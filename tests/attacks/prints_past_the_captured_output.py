"""Writes to the descriptors beneath standard output and error, from C and from Python, where capture may not reach."""

import ctypes
import os
import sys

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("megabytes of output", "ANSI and OSC escapes")
SHOWS = ("error", "killed", "timeout")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
BLOCK = b"\x1b[31mattack_payload\x1b]0;attack_payload\x07\n" * 25_000
libc = ctypes.CDLL(None)


def descend(gradient, start, learning_rate, epochs):
    for descriptor in (0, 1, 2):
        for _ in range(10):
            try:
                os.write(descriptor, BLOCK)
            except OSError:
                break
    for stream in (sys.__stdout__, sys.__stderr__):
        if stream is not None:
            stream.write(BLOCK.decode())
    libc.puts(BLOCK[:1000])
    libc.fflush(None)
    return np.zeros(epochs + 1)
