"""Ctrl-C is put off during imports and the start of processes, where it would leave half of something, and is never lost."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

RETRY_S = 0.01  # after which an interrupt that was lost comes again


@contextmanager
def interrupts_wait() -> Iterator[None]:
    """Put Ctrl-C off until this ends. A process that is started inside ignores it: the command alone answers it.

    Python raises `KeyboardInterrupt` wherever it happens to be when the signal arrives: in the middle of an import, or
    before a new process is noted, which then nobody ends.
    """
    arrived = False

    def note(_number: int, _frame: object) -> None:
        nonlocal arrived
        arrived = True

    # The main thread alone is interrupted; any may start a process.
    if threading.current_thread() is not threading.main_thread():
        with _blocked():
            yield
        return
    handler = signal.signal(signal.SIGINT, note)  # whichever thread the system gives the signal to
    try:
        with _blocked():
            yield
    finally:
        signal.signal(signal.SIGINT, handler)
        if arrived:
            signal.raise_signal(signal.SIGINT)


def lose_no_interrupt() -> None:
    """See to it that each Ctrl-C ends this command.

    Where the signal arrives in a callback of the import system or of a weak reference, or in a `__del__`, Python prints the
    `KeyboardInterrupt` and goes on as if nothing had happened. Here the signal is sent again in its place.
    """
    sys.unraisablehook = _again_if_interrupted


def _again_if_interrupted(lost: "sys.UnraisableHookArgs") -> None:
    if issubclass(lost.exc_type, KeyboardInterrupt):
        # From another thread, when the callback has returned; should the signal meet one once more, once more.
        threading.Timer(RETRY_S, signal.raise_signal, [signal.SIGINT]).start()
    else:
        sys.__unraisablehook__(lost)


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
