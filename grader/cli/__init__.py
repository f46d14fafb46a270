"""The command `grader`: what learners and instructors type."""

import gc
import sys
from contextlib import suppress


def main() -> None:
    """Run the command."""
    try:
        _main()
    except KeyboardInterrupt:  # before there was anything to interrupt
        sys.exit(130)  # 128 + SIGINT, as shells have it


def _main() -> None:
    if sys.argv[1:2] == ["grade"]:
        # What a grading process imports takes longer than the command line does: that begins first, and both at once.
        with suppress(ModuleNotFoundError, ValueError):  # no instructor's kit, or no Linux: the command says which
            from grader.grade import prepare

            prepare()
    gc.disable()  # while importing, which makes nothing that is garbage
    from grader.cli.commands import run

    gc.enable()
    run()
