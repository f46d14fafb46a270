"""Reads its own command line, environment, memory map and memory through /proc."""

import re

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("a bare command line and environment", "the course secret appears nowhere")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
SECRETS = re.compile(rb"course.secret.[0-9a-f]+|[-][-]seed|test_[u]pdate_rule|postgres[q]l:")
learned = []
for name in ("cmdline", "environ", "maps", "mountinfo", "task/self/environ", "stat", "limits"):
    try:
        with open(f"/proc/self/{name}", "rb") as file:
            learned += SECRETS.findall(file.read(1_000_000))
    except OSError:
        continue
try:
    with open("/proc/self/mem", "rb", buffering=0) as memory:
        memory.seek(id(learned))
        learned.append(memory.read(8))
except OSError:
    pass
assert not learned, f"LEAK: {learned}"
