"""What a benchmark measures of commands that it runs: seconds of the clock, seconds of computing, and memory."""

import ctypes
import os
import resource
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

LOOKING_S = 3.0  # between two looks at the memory: looking takes time from what is timed
ENDING_S = 10.0  # in which what a command has left running, as a fork server, ends by itself
_PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True)
class Taken:
    """What some commands took, with all processes that they started."""

    wall_s: float
    cpu_s: float  # of all cores together: on a machine that others use as well, this is what can be compared
    mib: float = 0.0  # the most that the processes held together

    def __truediv__(self, count: float) -> "Taken":
        return Taken(self.wall_s / count, self.cpu_s / count, self.mib)

    def after(self, first: "Taken", count: int) -> "Taken":
        """Return what each of `count` more took, where `first` did without them."""
        return Taken((self.wall_s - first.wall_s) / count, (self.cpu_s - first.cpu_s) / count, self.mib)

    def of_class(self, first: "Taken", count: int) -> "Taken":
        """Return what each of a class takes, where this is one further submission and `first` is a class of one."""
        return Taken(
            (first.wall_s + self.wall_s * (count - 1)) / count,
            (first.cpu_s + self.cpu_s * (count - 1)) / count,
            self.mib,
        )


def timed(work: Callable[[], object]) -> Taken:
    """Return what the processes that `work` starts, and waits for, take."""
    peak, over = [0.0], threading.Event()

    def watch() -> None:
        while not over.wait(LOOKING_S):
            peak[0] = max(peak[0], _memory_of_descendants())

    _adopt()
    watcher = threading.Thread(target=watch)
    watcher.start()
    computed, began = _computed_s(), time.perf_counter()
    work()
    wall_s = time.perf_counter() - began
    _wait_for_orphans()
    cpu_s = _computed_s() - computed
    over.set()
    watcher.join()
    return Taken(wall_s, cpu_s, peak[0])


def _adopt() -> None:
    """Be the parent of what is left of commands that have ended: nobody else would add up what it computes."""
    if ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        raise OSError("this kernel does not let a process adopt others")


def _wait_for_orphans() -> None:
    over = time.monotonic() + ENDING_S
    while time.monotonic() < over:
        try:
            ended, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not ended:
            time.sleep(0.01)
    raise RuntimeError("a process that a command has left running does not end, so nobody knows what it computes")


def _computed_s() -> float:
    """Return the seconds of computing of all processes that this one, or another one of them, has waited for."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _memory_of_descendants() -> float:
    # Proportional set size: a page shared by k processes counts 1/k in each, so the sum is what they hold together.
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (FileNotFoundError, ProcessLookupError):
                continue  # it ended while we looked
    total, mine = 0, {os.getpid()}
    for _ in range(6):  # generations
        mine |= {pid for pid, parent in parents.items() if parent in mine}
    for pid in mine - {os.getpid()}:
        try:
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                total += int(line.split()[1]) if line.startswith("Pss:") else 0
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
    return total / 1024
