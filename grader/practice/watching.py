"""What `grader watch` watches: files that a learner saves, and keys that are pressed.

Files are looked at several times a second. That works on every system and every kind of disk, and whatever way an
editor saves: by writing the file, by putting a new one in its place, or by removing it for a moment.
"""

import os
import select
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

EVERY_S = 0.04
SETTLED_S = 0.03  # an editor that writes in pieces is not interrupted; one that pauses for longer is checked again
ENDINGS = (".py", ".ipynb")

END_OF_INPUT = "\x04"  # Ctrl-D

Stamps = dict[Path, tuple[int, int, int]]


def stamps(folders: tuple[Path, ...]) -> Stamps:
    """Return what tells for each file with code in the folders whether it was saved since."""
    found: Stamps = {}
    for folder in folders:
        with suppress(OSError), os.scandir(folder) as entries:  # a folder, or a file, may be removed this very moment
            for entry in entries:
                if entry.name.endswith(ENDINGS):
                    with suppress(OSError):
                        status = os.stat(entry.path)  # noqa: PTH116  # a Path for each takes longer than all the rest
                        found[folder / entry.name] = (status.st_mtime_ns, status.st_size, status.st_ino)
    return found


class Watched:
    """The files of some folders, and what they were when they were last looked at."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self._folders = folders
        self._known = stamps(folders)

    def saved(self) -> list[Path]:
        """Return the files that were saved since the last call; one that is gone counts when it is back."""
        now = stamps(self._folders)
        if all(self._known.get(path) == stamp for path, stamp in now.items()):
            return []
        while True:
            time.sleep(SETTLED_S)
            before, now = now, stamps(self._folders)
            if before == now:
                break
        changed = [path for path, stamp in now.items() if self._known.get(path) != stamp]
        self._known |= now
        return changed


class Keys(Protocol):
    """Keys that are pressed, one at a time."""

    def pressed(self, timeout_s: float) -> str:
        """Return the next key, or nothing if none is pressed in time."""


class NoKeys:
    """Where there is no keyboard: time passes, and nothing is pressed."""

    def pressed(self, timeout_s: float) -> str:
        time.sleep(timeout_s)
        return ""


class _TerminalKeys:
    def pressed(self, timeout_s: float) -> str:
        ready, _, _ = select.select([sys.stdin], [], [], timeout_s)
        if not ready:
            return ""
        try:
            return os.read(sys.stdin.fileno(), 1).decode("ascii", "replace") or END_OF_INPUT
        except OSError:
            return END_OF_INPUT  # the terminal was closed


class _WindowsKeys:
    def pressed(self, timeout_s: float) -> str:
        import msvcrt

        if not msvcrt.kbhit():  # type: ignore[attr-defined,unused-ignore]
            time.sleep(timeout_s)
            return ""
        return str(msvcrt.getwch())  # type: ignore[attr-defined,unused-ignore]


@contextmanager
def keyboard() -> Iterator[Keys]:
    """Give the keys of the terminal as they are pressed, without Enter, and leave the terminal as it was."""
    if not sys.stdin.isatty():
        yield NoKeys()
        return
    try:
        import termios
        import tty
    except ModuleNotFoundError:
        yield _WindowsKeys()
        return
    before = termios.tcgetattr(sys.stdin)
    try:
        tty.setcbreak(sys.stdin)
        yield _TerminalKeys()
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)
