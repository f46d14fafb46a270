"""One submission in a worker: load it, call it, and never wait longer than its limits allow."""

import time
from collections.abc import Callable
from typing import Any, Protocol

from grader.course import Limits
from grader.sandbox.frames import DeadlinePassed, WorkerDied
from grader.submission import Cell


class Unanswered(Exception):
    """A request got no answer: `outcome` is `timeout` or `killed`, the message says why in a learner's words.

    `last` is the reply of a worker that was interrupted when its time was up: a claim, like every reply, and no answer.
    """

    def __init__(self, outcome: str, message: str, last: list[Any] | None = None) -> None:
        super().__init__(message)
        self.outcome = outcome
        self.last = last


class Answering(Protocol):
    """A process that answers requests."""

    alive: bool

    def ask(self, request: list[Any], timeout_s: float) -> list[Any]: ...

    def close(self) -> None: ...


class Session:
    """One submission's worker, started when first needed and again after it died.

    Parameters
    ----------
    start
        Gives a worker.
    limits
        How long to wait.
    name, cells
        The module.
    """

    def __init__(self, start: Callable[[], Answering], limits: Limits, name: str, cells: tuple[Cell, ...]) -> None:
        self._start = start
        self._limits = limits
        self._load = load_request(name, cells)
        self._process: Answering | None = None
        self._never: Unanswered | None = None  # why loading got no answer: it would get none again
        self.waited_s = 0.0
        self.struck = False  # whether a worker was killed, perhaps by somebody else

    def load(self) -> list[Any]:
        """Run the learner's module in a fresh worker and return the reply."""
        if self._never is not None:
            raise self._never
        self.close()
        self._process = self._start()
        try:
            return self._ask(self._load)
        except Unanswered as unanswered:
            self._never = unanswered
            raise

    def request(self, request: list[Any]) -> list[Any]:
        """Send a request to the loaded module; load it again first if its worker died."""
        if self._process is None or not self._process.alive:
            self.load()
        return self._ask(request)

    def _ask(self, request: list[Any]) -> list[Any]:
        assert self._process is not None
        left = self._limits.submission_timeout_s - self.waited_s
        if left <= 0:
            raise Unanswered("timeout", f"the {self._limits.submission_timeout_s:g} s for this exercise were used up")
        began = time.monotonic()
        try:
            return self._process.ask(request, min(left, self._limits.call_timeout_s))
        except DeadlinePassed as passed:
            waited = min(left, self._limits.call_timeout_s)
            message = f"there was no answer after {waited:.2g} s: a loop without end?"
            raise Unanswered("timeout", message, passed.last) from None
        except WorkerDied as death:
            self.struck = self.struck or death.struck
            raise Unanswered("killed", f"the process that ran your code is gone: {death}") from None
        finally:
            self.waited_s += time.monotonic() - began

    def close(self) -> None:
        """End the worker."""
        if self._process is not None:
            self._process.close()


def load_request(name: str, cells: tuple[Cell, ...]) -> list[Any]:
    """Return the request that loads a module; a notebook's cells are run even if one of them fails."""
    notebook = any(", cell " in cell.label for cell in cells)
    return ["load", name, [[cell.label, cell.source] for cell in cells], notebook]
