"""Writes a program into memory and becomes it."""

import os

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("memfd_create + execveat", "no exec")
SHOWS = ("error", "killed")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
SCRIPT = b"#!/bin/sh\n: > @CANARY@/made-by-memfd\n"


def update(parameter, gradient, learning_rate):
    try:
        program = os.memfd_create("program", 0)
        os.write(program, SCRIPT)
        os.execve(program, ["program"], {})
    except OSError:
        return parameter + learning_rate * gradient
