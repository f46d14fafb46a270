"""Stage 3, after the verdict: what explains it, made so that a failure costs that comfort alone.

A verdict stands before any of this begins. What fails here is a fault of ours, so it costs no points, nobody else, and
not the run; and what an answer makes too dear is given up, and the rest with it.
"""

import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import TypeVar

CPU_S = 2.0  # of this process, for all that explains one verdict: a hundred times what it takes
LEAST_S = 0.5  # the same where the verdict itself took as long: together they cost no more than three seconds
MOST_LETTERS = 300  # of an exception
AGAIN_S = 0.05  # after which the alarm rings again: a misconception that is being run takes every exception for its own

Made = TypeVar("Made")


class _TooDear(BaseException):
    """What is being made has cost too much; no `except Exception` on its way may take it for its own."""


class Comfort:
    """All that is made to explain one verdict.

    Parameters
    ----------
    spent_s : float
        How long this process has computed for the verdict itself.

    Attributes
    ----------
    left_out : list of str
        What could not be made, by names that may be told to anybody.
    faults : list of str
        What went wrong, a line each, for the instructor alone: an exception's text can hold hidden inputs.
    """

    def __init__(self, spent_s: float = 0.0) -> None:
        self.left_out: list[str] = []
        self.faults: list[str] = []
        self._left_s = self._given_s = max(CPU_S - spent_s, min(LEAST_S, CPU_S))

    def make(self, what: str, made: Callable[[], Made], instead: Made) -> Made:
        """Return what `made` returns; `instead` where it fails or is too dear."""
        began = time.process_time()
        try:
            try:
                _alarm(self._left_s)
                return made()
            finally:
                _alarm(0.0)
        except _TooDear:
            self.give_up(what, f"it takes more than {self._given_s:.2g} s")
        except Exception as error:  # noqa: BLE001  # whatever it is, it is ours, and must cost no more than this
            self.give_up(what, in_one_line(error))
        finally:
            _alarm(0.0)  # once more, in case that it rang just where it was turned off
            self._left_s = max(0.01, self._left_s - (time.process_time() - began))
        return instead

    def give_up(self, what: str, why: str) -> None:
        """Note what is left out, and why."""
        self.left_out.append(what)
        self.faults.append(f"{what} left out: {why}")


def in_one_line(error: BaseException) -> str:
    """Return an exception as a line that a terminal can show: its text may quote a learner's."""
    text = f"{type(error).__name__}: {error}"[:MOST_LETTERS]
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _alarm(cpu_s: float) -> None:
    """Have `_TooDear` raised when this process has computed for so long; 0 turns it off.

    Only a main thread can be interrupted, and not on every system: elsewhere nothing is bounded here.
    """
    if sys.platform in ("linux", "darwin") and threading.current_thread() is threading.main_thread():
        if cpu_s:
            signal.signal(signal.SIGPROF, _ring)
        signal.setitimer(signal.ITIMER_PROF, cpu_s, AGAIN_S if cpu_s else 0.0)


def _ring(_number: int, _frame: object) -> None:
    raise _TooDear
