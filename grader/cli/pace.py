"""How far a run is, how fast it goes and how long it will take: a bar, or where nothing can be redrawn, a line now and then."""

import time
from collections.abc import Callable
from typing import Self

from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from grader.cli.terminal import errors

LINE_EVERY_S = 30.0


class _Rate(ProgressColumn):
    """How many are done in a second, of late."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:.3g}/s" if task.speed else "")


class Pace:
    """What a long run shows on standard error; a context manager.

    Parameters
    ----------
    total
        How many there are.
    done
        How many of them were done by earlier runs.
    now
        The time in seconds.
    """

    def __init__(self, total: int, done: int, now: Callable[[], float] = time.monotonic) -> None:
        self._total = total
        self._before = self._done = done
        self._now = now
        self._began = self._told = now()
        self._bar: Progress | None = None
        if errors.is_terminal and not errors.is_dumb_terminal:
            columns = (TextColumn("grading"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
            self._bar = Progress(*columns, console=errors, refresh_per_second=4)
            self._task = self._bar.add_task("grading", total=total, completed=done)

    def advance(self) -> None:
        """Note that one more is done."""
        self._done += 1
        if self._bar is not None:
            self._bar.advance(self._task)
        elif self._now() - self._told >= LINE_EVERY_S:
            self._told = self._now()
            errors.print(Text(self.line()), soft_wrap=True)

    def line(self) -> str:
        """Return how far the run is, in a line."""
        seconds = self._now() - self._began
        rate = (self._done - self._before) / seconds if seconds > 0 else 0.0
        told = f"graded {self._done:,} of {self._total:,}"
        return f"{told}, {rate:.3g} a second, {_span((self._total - self._done) / rate)} left" if rate else told

    def print(self, text: Text) -> None:
        """Print something that stays, above the bar."""
        errors.print(text)

    def stop(self) -> None:
        """Show nothing more."""
        if self._bar is not None:
            self._bar.stop()

    def __enter__(self) -> Self:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def _span(seconds: float) -> str:
    minutes = round(seconds / 60)
    if seconds < 90:
        return f"{round(seconds)} s"
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h {minutes % 60:02d} min"
