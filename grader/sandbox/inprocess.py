"""A session without a process of its own, with the two methods of one that has.

For the grader's own code (misconceptions are run and compared) and for a page, where there are no processes.
"""

from typing import Any

from grader.collect.submission import Cell, Other
from grader.sandbox.loading import Load
from grader.sandbox.worker import Worker


class InProcess:
    """A session in this very process: only for code that may be trusted, or where the page is the sandbox."""

    def __init__(
        self, name: str, cells: tuple[Cell, ...], others: tuple[Other, ...] = (), output_limit: int = 8_192
    ) -> None:
        self._worker = Worker(output_limit)
        self._load = Load(name, cells, others).as_request()

    def load(self) -> list[Any]:
        return [0, *self._worker.handle(self._load)]

    def request(self, request: list[Any]) -> list[Any]:
        return [0, *self._worker.handle(request)]

    def forget(self) -> None:
        """Let go of what the module handed out."""
        self._worker.forget()

    def close(self) -> None:
        """Nothing to end."""
