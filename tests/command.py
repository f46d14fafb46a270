"""The command `grader`, run in this process: what it imports, and what grading processes import, is imported once for all.

A process of its own takes a second of imports each time. Tests that need one (to be killed, or with a kit, a locale or an
interpreter of its own) start it themselves.
"""

import io
import os
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest import mock

from grader.cli import main, terminal


def grader(*arguments: object, cwd: Path | str = "/", width: int = 80) -> subprocess.CompletedProcess[str]:
    """Run a command line in the folder `cwd`, as for a terminal of `width` columns; return what `subprocess.run` would."""
    command = ["grader", *map(str, arguments)]
    out, err = io.StringIO(), io.StringIO()
    with (
        chdir(cwd),
        mock.patch.dict(os.environ),
        mock.patch.object(sys, "argv", command),
        mock.patch.object(terminal.console, "_width", width),
        mock.patch.object(terminal.errors, "_width", width),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main()
            status = 0
        except SystemExit as ended:
            status = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    return subprocess.CompletedProcess(command, status, out.getvalue(), err.getvalue())
