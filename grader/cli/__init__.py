"""The command `grader`: what learners, instructors and authors type.

In: a command line. Out: words in a terminal, and an exit status: 0 done, 1 something is held back or failed, 2 bad usage or
nothing that could be done, 130 interrupted. What is typed is checked here; all else is done in the other rooms.
"""

import gc
import os
import sys
from collections.abc import Callable
from contextlib import suppress

from grader.grading.interrupts import interrupts_count, interrupts_wait


def main() -> None:
    """Run the command."""
    if sys.getfilesystemencoding() != "utf-8":
        # A locale without letters beyond ASCII is no reason to stop at a learner's umlaut: start again, as UTF-8.
        os.environ["PYTHONUTF8"] = "1"
        os.execv(sys.executable, [sys.executable, "-m", "grader", *sys.argv[1:]])  # noqa: S606
    try:
        with interrupts_count():
            with interrupts_wait():
                run = _command()
            run()
    except KeyboardInterrupt:  # before there was anything to interrupt
        sys.exit(130)  # 128 + SIGINT, as shells have it
    finally:
        # Where an interrupt met an `exec` (a dataclass's, in what a command imports), `python -m` keeps in mind to end by
        # the signal, although it was caught and there is an exit code; the next `exec` makes it forget.
        exec("")  # noqa: S102


def _command() -> Callable[[], None]:
    if sys.argv[1:2] == ["grade"]:
        # What a grading process imports takes longer than the command line does: that begins first, and both at once.
        # No instructor's kit, no Linux, or no room for a temporary file: the command says which.
        with suppress(ModuleNotFoundError, ValueError, OSError):
            from grader.grading.grade import prepare

            prepare()
    gc.disable()  # while importing, which makes nothing that is garbage
    from grader.cli.commands import run

    gc.enable()
    return run
