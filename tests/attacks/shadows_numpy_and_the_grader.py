"""Hands in, beside its file, modules named like those that the grader imports."""

import sys

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("conftest.py, pytest.ini, numpy.py or sitecustomize.py",)
BESIDE = {
    ("numpy.py", "sympy.py", "msgpack.py", "pytest.py", "sitecustomize.py", "grader/__init__.py"): """
import pathlib
pathlib.Path("@CANARY@/made-by-shadowing").touch()
def __getattr__(name):
    return lambda *arguments, **options: True
""",
    ("shadow.pth",): "import pathlib; pathlib.Path('@CANARY@/made-by-shadowing').touch()\n",
}


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
shadowed = [name for name, module in sys.modules.items() if "/class/" in str(getattr(module, "__file__", ""))]
assert not shadowed, f"LEAK: {shadowed}"
