"""A session without a process of its own, with the two methods of one that has.

For the grader's own code (misconceptions are run and compared) and for a page, where there are no processes.
"""

import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from grader.collect.submission import Cell, Other
from grader.sandbox.loading import Load
from grader.sandbox.worker import Interrupted, Worker

AGAIN_S = 0.2  # after which a loop that has caught its interruption is interrupted once more


class InProcess:
    """A session in this very process: only for code that may be trusted, or where the page is the sandbox."""

    def __init__(
        self, name: str, cells: tuple[Cell, ...], others: tuple[Other, ...] = (), output_limit: int = 8_192
    ) -> None:
        self._own = name, cells, others, output_limit
        self._worker = Worker(output_limit)
        self._load = Load(name, cells, others).as_request()

    def load(self) -> list[Any]:
        return [0, *self._worker.handle(self._load)]

    def request(self, request: list[Any]) -> list[Any]:
        return [0, *self._worker.handle(request)]

    def announce(self, _requests: Sequence[list[Any]]) -> None:
        """Nothing is gained by knowing what comes next: it is not sent anywhere before its turn."""

    def again(self, _limit_s: float) -> "InProcess":
        """Return a session in which the module is loaded anew, into a namespace of its own."""
        return InProcess(*self._own)

    def forget(self) -> None:
        """Let go of what the module handed out."""
        self._worker.forget()

    def close(self) -> None:
        """Nothing to end."""


@contextmanager
def time_limit(limit_s: float) -> Iterator[list[bool]]:
    """Interrupt what runs after `limit_s` seconds, where that can be done; give a list that has something in it then."""
    expired: list[bool] = []

    def expire(*_: Any) -> None:
        expired.append(True)
        raise Interrupted

    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield expired  # there *Interrupt* alone ends a loop
        return
    before = signal.signal(signal.SIGALRM, expire)
    try:
        with suppress(Interrupted):  # which came too late to interrupt anything
            signal.setitimer(signal.ITIMER_REAL, limit_s, AGAIN_S)
            try:
                yield expired
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)
    finally:
        signal.signal(signal.SIGALRM, before)
