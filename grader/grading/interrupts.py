"""Ctrl-C at its time: not in the midst of an import or of a process's start, where it would be lost or leave halves."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def interrupts_wait() -> Iterator[None]:
    """Hear Ctrl-C after this, and not inside; what is started inside never hears it, for it is the command's to hear.

    Wherever Python happens to be when it hears an interrupt, there it raises `KeyboardInterrupt`: in a callback of the
    import system, which says so and goes on as if nothing had been; or before a new process is written down, which then
    nobody ends.
    """
    heard = False

    def hear(_number: int, _frame: object) -> None:
        nonlocal heard
        heard = True

    # The main thread alone is interrupted; any may start a process.
    if threading.current_thread() is not threading.main_thread():
        with _blocked():
            yield
        return
    handler = signal.signal(signal.SIGINT, hear)  # whichever thread the system gives the signal to
    try:
        with _blocked():
            yield
    finally:
        signal.signal(signal.SIGINT, handler)
        if heard:
            signal.raise_signal(signal.SIGINT)


@contextmanager
def _blocked() -> Iterator[None]:
    # For what is started inside, which inherits this, but no handler.
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
