"""Raises from code that claims to stand in a secret file, so that whoever shows the line shows the secret."""

import linecache

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("tracebacks whose file name points at a secret file",)
SHOWS = ("error",)


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
SECRET = "@CANARY@/secret.txt"
failing = {}
for name in ("update", "descend", "descend_until"):
    source = f"\n\ndef {name}(*arguments, **options):\n    raise ValueError('look at the line')\n"
    exec(compile(source, SECRET, "exec"), failing)
linecache.cache[SECRET] = (1, None, [], SECRET)
linecache.lazycache(SECRET, {"__name__": "secret", "__loader__": None, "__file__": SECRET})
vars().update({name: failing[name] for name in ("update", "descend", "descend_until")})
