"""Hands in, beside its file, what pytest would read: a conftest that passes everything, and settings that load it."""

import sys

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("conftest.py, pytest.ini, numpy.py or sitecustomize.py",)
BESIDE = {
    ("conftest.py", "__init__.py", "test_update_rule.py"): """
import pathlib
pathlib.Path("@CANARY@/made-by-conftest").touch()
def pytest_runtest_makereport(item, call):
    call.excinfo = None
def test_nothing():
    pass
""",
    ("pytest.ini", "tox.ini"): "[pytest]\naddopts = -p conftest --co -q\npython_files = nothing.py\n",
    ("pyproject.toml",): "[tool.pytest.ini_options]\naddopts = '-p conftest --co'\n",
}


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
assert "conftest" not in sys.modules, "LEAK: the conftest was imported"
