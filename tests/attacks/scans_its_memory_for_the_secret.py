"""Scans the pages around its own objects and its stack for the course secret and the text of checks."""

import ctypes
import re

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("the course secret appears nowhere", "argv and environ off the stack")
SHOWS = ("error", "killed")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
SECRETS = re.compile(rb"course.secret.[0-9a-f]{6}|BEGIN[ ]SOLUTION|mark[.]points[(]|grader[/]checks[/]")
PAGE = 4096
libc = ctypes.CDLL(None, use_errno=True)
environ = ctypes.c_void_p.in_dll(libc, "environ").value or 0
anchors = [id(object()), id(np), id(sys_modules := __import__("sys").modules), environ, id([0] * 10_000)]
learned, vector = [], ctypes.create_string_buffer(1)
for anchor in anchors:
    for page in range(anchor // PAGE * PAGE - 2_000 * PAGE, anchor + 2_000 * PAGE, PAGE):
        if page > 0 and libc.mincore(ctypes.c_void_p(page), PAGE, vector) == 0:
            learned += SECRETS.findall(ctypes.string_at(page, PAGE))
assert not learned, f"LEAK: {learned[:5]}"
