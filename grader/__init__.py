"""The grader of the gradient-descent course: collect, sandbox, check, report, publish, in that order."""

from typing import Any

__version__ = "0.1.0"


def load_ipython_extension(shell: Any) -> None:
    """Answer `%load_ext grader` in a notebook."""
    from importlib import import_module

    # IPython asks the package itself, and what it asks for is of the last room: no stage depends on it.
    import_module("grader.cli.notebook").load(shell)
