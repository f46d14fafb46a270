"""How a learner's module is asked to be loaded: in one request, or statement by statement with some of them left out.

Which statements are left out is decided here, on the trusted side, by the clock and by the death of a process.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from grader.collect.submission import Cell, Other
from grader.manifest.course import Limits

MAX_ATTEMPTS = 8  # to load a module that takes too long or ends its process
ALL = 2**31  # statements: more than any module has
Ask = Callable[[list[Any], float], list[Any]]  # sends a request, and waits for so many seconds at most


class Unanswered(Exception):
    """A request got no answer: `outcome` is `timeout` or `killed`, the message says why in a learner's words.

    `last` is the reply of a worker that was interrupted when its time was up: a claim, like every reply, and no answer.
    """

    def __init__(self, outcome: str, message: str, last: list[Any] | None = None) -> None:
        super().__init__(message)
        self.outcome = outcome
        self.last = last


def late(limit_s: float) -> str:
    """Return what is said of a call that took longer."""
    return f"there was no answer after {limit_s:.2g} s: is there an endless loop?"


@dataclass(frozen=True)
class Load:
    """A request to load a module."""

    name: str
    cells: tuple[Cell, ...]
    others: tuple[Other, ...] = ()  # of the learner's own modules, to be loaded before it
    skip: dict[int, str] = field(default_factory=dict)  # statements that are left out, each with what is said of it
    define_only_from: int = ALL  # from this statement on, only those run that call nothing by themselves

    def as_request(self, whole: bool = True) -> list[Any]:
        """Return it as a request: of the `whole`, or to be followed by one for each statement."""
        modules = [[other.name, _plain(other.cells)] for other in self.others]
        modules.append([self.name, _plain(self.cells)])
        return ["load", modules, list(map(list, self.skip.items())), self.define_only_from, whole]


def _plain(cells: tuple[Cell, ...]) -> list[list[str]]:
    return [[cell.label, cell.source] for cell in cells]


def load_by_statement(
    load: Load, start: Callable[[], None], ask: Ask, left_s: Callable[[], float], limits: Limits
) -> tuple[Load, list[Any]]:
    """Load a module with a time limit for each statement, and again without those that it ended.

    Parameters
    ----------
    load
        The module.
    start
        Starts a fresh worker.
    ask
        Asks it.
    left_s
        Tells how many seconds there are left for loading.
    limits
        Of the course.

    Returns
    -------
    load : Load
        The request that loads it again in the same way.
    reply : list
        What it gave.

    Raises
    ------
    Unanswered
        If it does not load within the time that there is.
    """
    limit_s = limits.statement_timeout_s
    spare_s = 2 * limit_s  # for a last attempt
    for attempt in range(1, MAX_ATTEMPTS + 1):
        start()
        ask(load.as_request(whole=False), limits.call_timeout_s)  # to compile it, which does not run it
        last = attempt == MAX_ATTEMPTS or left_s() < spare_s + limit_s
        printed, slow, number = "", set[int](), 0
        try:
            while True:
                before_s = left_s()
                reply = ask(["step"], min(limit_s, before_s - spare_s * (not last)))
                printed = (printed + reply[3])[: limits.output_kib * 1024]
                if reply[2] is not None:
                    return load, [*reply[:3], printed, *reply[4:]]
                if before_s - left_s() > limit_s / 10:
                    slow.add(number)
                number += 1
        except Unanswered as unanswered:
            if last:
                raise
            too_late = f"was stopped after {limit_s:g} s (an endless loop, or too much work)"
            words = too_late if unanswered.outcome == "timeout" else f"ended the process: {unanswered}"
            load = replace(load, skip={**load.skip, number: words})
        if attempt == MAX_ATTEMPTS - 1 or left_s() < spare_s + limit_s:
            # In a last attempt the functions are what counts: what took long is left out, and what was not reached, unless
            # it calls nothing.
            took_long = "was left out: the time for loading was used up"
            skip = {**dict.fromkeys(slow, took_long), **load.skip}
            load = replace(load, skip=skip, define_only_from=min(load.define_only_from, number + 1))
    raise AssertionError("the last attempt returns or raises")
