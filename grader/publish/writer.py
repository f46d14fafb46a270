"""Stage 5: OUT has one writer at a time, and what it newly makes there is for those whom the folder is for."""

import errno
import os
import socket
import stat
import time
import weakref
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from grader.collect.opened import OWN, Folder, make_own, modes_of

try:
    import fcntl
except ModuleNotFoundError:  # Windows, where nothing is graded: grading processes need a fork server
    fcntl = None  # type: ignore[assignment]

LOCK = f"{OWN}/lock"
_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP}  # what a disk says that knows none
ATTEMPTS = 3
_MOST = 1_000  # bytes of a lock's text


class OutputError(Exception):
    """OUT cannot be written; the message says where and why."""


class Writer:
    """OUT, opened to be written by this command alone, until it is closed or the process ends, however it does; a context manager.

    The lock belongs to the open file, which no child process inherits: a kill leaves nothing behind.

    Parameters
    ----------
    out : Path
        The folder; made if need be, for its owner alone.

    Raises
    ------
    OutputError
        If it cannot be written, or another command is writing it.
    """

    def __init__(self, out: Path) -> None:
        self.unlocked = False  # whether this disk lacks locks
        self.opened = ExitStack()  # what else is to be closed with it, before the lock is let go
        weakref.finalize(self, self.opened.close)
        try:
            if not out.exists():
                out.parent.mkdir(parents=True, exist_ok=True)
                out.mkdir(0o700, exist_ok=True)
            self.folder = self.opened.enter_context(Folder(out))
            self.opened.enter_context(modes_of(self.folder))
            make_own(self.folder)
            refuse_link(self.folder, OWN)
            self._lock(out)
        except OSError as error:
            self.close()
            raise refused(out, error) from None
        except BaseException:
            self.close()
            raise

    def _lock(self, out: Path) -> None:
        descriptor = self.folder.append(LOCK)
        self.opened.callback(os.close, descriptor)
        try:
            if not _locked(descriptor):
                raise OutputError(f"{out} is being written by {_holder(descriptor)}; wait until it has ended")
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                raise
            self.unlocked = True
        since = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"process {os.getpid()} on {socket.gethostname()} since {since}".encode())

    def close(self) -> None:
        """Let others write."""
        self.opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def writing(out: Path) -> str:
    """Return who is writing OUT at this moment, or nothing if nobody is."""
    try:
        with Folder(out) as folder:
            descriptor = folder.open_file(LOCK)
    except OSError:
        return ""  # nobody ever wrote it, or who asks may not know
    try:
        if fcntl is not None:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _holder(descriptor)
    except OSError:
        return ""  # a disk without locks
    finally:
        os.close(descriptor)
    return ""


def refuse_link(folder: Folder, name: str) -> None:
    """Raise if what should be a folder or file of ours is a link.

    Raises
    ------
    OutputError
        If it is one.
    OSError
        If that cannot be looked at.
    """
    try:
        is_link = stat.S_ISLNK(folder.stat(name).st_mode)
    except FileNotFoundError:
        return
    if is_link:
        where = folder.path / name
        raise OutputError(f"{where} is a link, which is not followed: remove it, or put there what it leads to")


def refused(out: Path, error: OSError) -> OutputError:
    """Return in one line why OUT cannot be written."""
    named = f" ({os.fspath(error.filename)})" if isinstance(error.filename, str) and error.filename != str(out) else ""
    return OutputError(f"cannot write to {out}: {error.strerror or error}{named}")


def _locked(descriptor: int) -> bool:
    """Try to get the lock; who only asks whether somebody writes has it for a moment."""
    for attempt in range(ATTEMPTS if fcntl is not None else 0):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError:
            if attempt == ATTEMPTS - 1:
                return False
        time.sleep(0.02)
    return True


def _holder(descriptor: int) -> str:
    text = os.pread(descriptor, _MOST, 0).decode(errors="replace")
    return text if text and text.isprintable() else "another command"
