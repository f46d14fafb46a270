"""One submission in a worker: load it, call it, and never wait longer than its limits allow."""

import time
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from grader.collect.submission import Cell, Other
from grader.manifest.course import Limits
from grader.sandbox.frames import DeadlinePassed, WorkerDied
from grader.sandbox.loading import Load, Unanswered, late, load_by_statement


class Answering(Protocol):
    """A process that answers requests."""

    alive: bool

    def ask(self, request: list[Any], timeout_s: float) -> list[Any]: ...

    def announce(self, _requests: Sequence[list[Any]]) -> None:
        """Say what will be asked next; who cannot send a request before its turn does nothing."""
        return

    def close(self) -> None: ...


class Budget:
    """How long may be waited for all requests of one kind together."""

    def __init__(self, limit_s: float, what: str) -> None:
        self._limit_s = limit_s
        self._what = what
        self.spent_s = 0.0
        self.struck = False  # whether a worker was killed, perhaps by somebody else

    @property
    def left_s(self) -> float:
        return self._limit_s - self.spent_s

    def ask(self, process: Answering, request: list[Any], limit_s: float) -> list[Any]:
        """Send a request, and wait for its answer as long as both limits allow.

        Raises
        ------
        Unanswered
            If there is none.
        """
        timeout_s = min(limit_s, self.left_s)
        if timeout_s <= 0:
            raise Unanswered("timeout", f"the {self._limit_s:g} s for {self._what} were used up")
        began = time.monotonic()
        try:
            reply = process.ask(request, timeout_s)
        except DeadlinePassed as passed:
            self.spent_s += timeout_s
            raise Unanswered("timeout", late(timeout_s), passed.last) from None
        except WorkerDied as death:
            self.spent_s += time.monotonic() - began
            self.struck = self.struck or death.struck
            raise Unanswered("killed", f"the process that ran your code is gone: {death}") from None
        self.spent_s += time.monotonic() - began
        return reply


class Session:
    """One submission's worker, started when first needed and again after it died.

    A module is loaded in one request. Where that takes too long or ends the process, it is loaded again statement by
    statement. What is left out is settled by the first `load`: later ones leave out the same.

    Parameters
    ----------
    start
        Gives a worker.
    limits
        How long to wait.
    name, cells, others
        The module, and the learner's own modules that it imports.
    """

    def __init__(
        self,
        start: Callable[[], Answering],
        limits: Limits,
        name: str,
        cells: tuple[Cell, ...],
        others: tuple[Other, ...] = (),
    ) -> None:
        self._start = start
        self._limits = limits
        self._load = Load(name, cells, others)
        self._process: Answering | None = None
        self._settled = False  # how to load it
        self._never: Unanswered | None = None  # why loading got no answer: it would get none again
        self._loading = Budget(limits.loading_timeout_s, "loading your file")
        self._calls = Budget(limits.submission_timeout_s, "this exercise")

    @property
    def waited_s(self) -> float:
        """How long was waited for all calls."""
        return self._calls.spent_s

    @property
    def struck(self) -> bool:
        """Whether a worker was killed, perhaps by somebody else."""
        return self._loading.struck or self._calls.struck

    def load(self) -> list[Any]:
        """Run the learner's module in a fresh worker and return the reply."""
        if self._never is not None:
            raise self._never
        try:
            reply = self._loaded()
        except Unanswered as unanswered:
            self._never = unanswered
            raise
        self._settled = True
        return reply

    def _loaded(self) -> list[Any]:
        self._renew()
        if self._settled:
            return self._ask_loading(self._load.as_request(), self._loading.left_s)
        try:
            return self._ask_loading(self._load.as_request(), self._limits.statement_timeout_s)
        except Unanswered:
            self._load, reply = load_by_statement(
                self._load, self._renew, self._ask_loading, lambda: self._loading.left_s, self._limits
            )
            return reply

    def _renew(self) -> None:
        self.close()
        self._process = self._start()

    def _ask_loading(self, request: list[Any], limit_s: float) -> list[Any]:
        assert self._process is not None
        return self._loading.ask(self._process, request, limit_s)

    def request(self, request: list[Any]) -> list[Any]:
        """Send a request to the loaded module; load it again first if its worker died."""
        if self._process is None or not self._process.alive:
            self.load()
        assert self._process is not None
        return self._calls.ask(self._process, request, self._limits.call_timeout_s)

    def announce(self, requests: Sequence[list[Any]]) -> None:
        """Say what will be requested next, in this order, so that it can be sent before its turn; nothing, to take it back."""
        if self._process is not None and self._process.alive:
            self._process.announce(requests)

    def again(self, limit_s: float) -> "Session":
        """Return a session of the same module in a worker of its own, which has done nothing yet; what this one left out stays out.

        Parameters
        ----------
        limit_s
            How long all its calls may take together, and how long it may load.
        """
        fresh = Session(self._start, self._limits, "", ())
        fresh._load, fresh._settled, fresh._never = self._load, self._settled, self._never
        fresh._loading, fresh._calls = Budget(limit_s, "loading your file"), Budget(limit_s, "questions")
        return fresh

    def close(self) -> None:
        """End the worker."""
        if self._process is not None:
            self._process.close()
