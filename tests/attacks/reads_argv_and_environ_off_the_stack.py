"""Reads argv and environ where the kernel laid them, whatever sys.argv and os.environ say."""

import ctypes
import re

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("argv and environ off the stack", "a bare command line and environment")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
SECRETS = re.compile(r"course.secret.[0-9a-f]+|[-][-]seed|grader.course.checks|\bgrade\b|postgres[q]l:|/site[-]packages")
count, argv = ctypes.c_int(), ctypes.POINTER(ctypes.c_wchar_p)()
ctypes.pythonapi.Py_GetArgcArgv(ctypes.byref(count), ctypes.byref(argv))
texts = [argv[index] for index in range(count.value)]
for symbol in ("environ", "__environ", "_environ"):
    environ = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), symbol)
    index = 0
    while environ and environ[index]:
        texts.append(environ[index].decode())
        index += 1
# Below environ lie the strings of argv themselves, one after another.
start = ctypes.cast(environ, ctypes.POINTER(ctypes.c_void_p))[0] if environ else None
if start:
    texts.append(ctypes.string_at(start - 1500, 1500).decode("latin-1"))
learned = [match.group() for text in texts for match in SECRETS.finditer(text)]
assert not learned, f"LEAK: {learned}"
