"""Raises the limits it was given, which root may and nobody else."""

import resource

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("rlimits", "drop every capability")
SHOWS = ("error", "killed")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
raised = []
for name in ("AS", "CPU", "FSIZE", "NOFILE", "NPROC", "CORE", "MEMLOCK", "STACK", "NICE", "RTPRIO", "SIGPENDING"):
    kind = getattr(resource, f"RLIMIT_{name}", None)
    if kind is not None and resource.getrlimit(kind)[1] != resource.RLIM_INFINITY:
        try:
            resource.setrlimit(kind, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            raised.append(name)
        except (OSError, ValueError):
            continue
assert not raised, f"LEAK: {raised}"
