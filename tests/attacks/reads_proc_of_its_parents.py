"""Climbs from parent to parent through /proc and reads command lines, environments, descriptors and working folders."""

import os
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
learned, process = [], os.getppid()
for _ in range(3):  # the template, the grading process, the command
    for name in ("cmdline", "environ", "maps"):
        try:
            with open(f"/proc/{process}/{name}", "rb") as file:
                learned += SECRETS.findall(file.read(1_000_000))
        except OSError:
            continue
    for name in ("cwd", "exe", "root", "fd/1", "fd/2", "fd/3", "fd/4", "fd/5"):
        try:
            learned.append(os.readlink(f"/proc/{process}/{name}"))
        except OSError:
            continue
    try:
        with open(f"/proc/{process}/stat") as file:
            process = int(file.read().rsplit(")", 1)[1].split()[1])
    except (OSError, ValueError):
        break
assert not learned, f"LEAK: {learned}"
