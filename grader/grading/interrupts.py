"""Ctrl-C is put off during imports and the start of processes, where it would leave half of something, and is never lost."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

RETRY_S = 0.01  # after which an interrupt that came at a bad moment comes again


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


@contextmanager
def interrupts_count() -> Iterator[None]:
    """Make every Ctrl-C until this ends a `KeyboardInterrupt` that reaches whoever is to handle it.

    In an import, Python may make another error of it, or none: what is raised in a callback (of the import system, of a weak
    reference, a `__del__`) is printed, and the command goes on. So the signal comes again as soon as that is over.
    """
    handler, hook = signal.signal(signal.SIGINT, _interrupt), sys.unraisablehook
    sys.unraisablehook = _lost
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)
        sys.unraisablehook = hook


def _interrupt(_number: int, frame: FrameType | None) -> None:
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            _come_again()
            return
        frame = frame.f_back
    raise KeyboardInterrupt


def _lost(error: "sys.UnraisableHookArgs") -> None:
    if issubclass(error.exc_type, KeyboardInterrupt):
        _come_again()
    else:
        sys.__unraisablehook__(error)


def _come_again() -> None:
    later = threading.Timer(RETRY_S, _raise_again)
    later.daemon = True
    later.start()


def _raise_again() -> None:
    # To the main thread, or it would sleep on; and from another one, because in this one it would be handled on the spot.
    if sys.platform == "win32":
        signal.raise_signal(signal.SIGINT)
    else:
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)


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
