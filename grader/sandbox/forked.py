"""Workers without a lock that are there in milliseconds: forked from this very process, which is warm already.

For learners' own code on their own machine, where there is nothing to hide and waiting is what spoils practice. Where
processes cannot be forked, `grader.sandbox.unlocked` starts each afresh.
"""

import gc
import os
import signal
import socket
import sys
import threading
import warnings
from functools import partial
from pathlib import Path
from typing import Any

from grader.collect.submission import Cell, Other
from grader.manifest.course import PACKAGE, Limits
from grader.sandbox import unlocked
from grader.sandbox.process import Process
from grader.sandbox.session import Session
from grader.sandbox.unlocked import Unlocked

FORK = b"f"  # with a descriptor; anything else reaps the process whose number follows


def own_sandbox(limits: Limits) -> "Forked | Unlocked":
    """Return where one learner's submissions run on their own machine: the quicker way where this process may be forked.

    Call it before anything has started a thread: of a process with threads a fork is half a process.
    """
    if sys.platform == "linux" and threading.active_count() == 1 and hasattr(os, "pidfd_open"):
        return Forked(limits)
    return Unlocked(limits, shared=True)


class Forked:
    """Where submissions run, each in a fork of a process that has imported NumPy and SymPy, and no checks.

    Parameters
    ----------
    limits
        Time and output of each submission; memory is not limited.
    """

    def __init__(self, limits: Limits) -> None:
        for library in ("OPENBLAS", "OMP", "MKL"):  # as in class; to start threads for every core takes time, too
            os.environ.setdefault(f"{library}_NUM_THREADS", "1")
        # Shared by all forks: to import it takes longer than many a submission.
        import sympy  # noqa: F401

        from grader.sandbox import stand_ins, worker  # noqa: F401

        self._limits = limits
        told = unlocked.settings(limits)
        self._control, theirs = socket.socketpair()
        with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
            self._pid = (
                os.fork()
            )  # newer Pythons warn of threads, and count those of NumPy's library, which knows forks
        if self._pid == 0:
            try:
                self._control.close()
                _serve(theirs, told)
            finally:
                os._exit(0)
        theirs.close()

    def open(self, name: str, cells: tuple[Cell, ...], others: tuple[Other, ...] = ()) -> Session:
        """Return a session for one submission, whose module will be called `name`."""
        return Session(self._start, self._limits, name, cells, others)

    def wait_until_ready(self) -> None:
        """Nothing to wait for: it was forked warm."""

    def _start(self) -> Process:
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(self._control, [FORK], [theirs.fileno()])
        told = ours.recv(5, socket.MSG_WAITALL)  # its number, and that it has started
        if len(told) < 5:
            raise OSError("no process could be started for your code; is memory missing?")
        pid = told[:4]
        return Process(ours, int.from_bytes(pid, "big"), partial(self._reap, pid))

    def _reap(self, pid: bytes, _asked: bool) -> int:
        self._control.sendall(b"r" + pid)
        return int.from_bytes(self._control.recv(4, socket.MSG_WAITALL), "big", signed=True)

    def close(self) -> None:
        """End the process that is forked from, and with it any worker."""
        self._control.close()
        os.waitpid(self._pid, 0)


def _serve(control: socket.socket, settings: dict[str, Any]) -> None:
    """Fork a worker for each request until the control socket closes; then end those that are left."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the command alone answers Ctrl-C
    signal.pthread_sigmask(signal.SIG_SETMASK, set())
    here = {"", str(Path.cwd()), str(PACKAGE.parent), str(Path(sys.argv[0]).parent)}
    sys.path = [entry for entry in sys.path if entry not in here]  # no file beside the learner's hides NumPy
    gc.freeze()
    running: set[int] = set()
    try:
        while True:
            request, descriptors, _, _ = socket.recv_fds(control, 1, 1)
            if not request:
                return
            if request == FORK:
                running.add(_fork(control, descriptors[0], settings))
                continue
            pid = int.from_bytes(control.recv(4, socket.MSG_WAITALL), "big")
            running.discard(pid)
            control.sendall(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]).to_bytes(4, "big", signed=True))
    finally:
        for pid in running:
            os.kill(pid, signal.SIGKILL)


def _fork(control: socket.socket, wire: int, settings: dict[str, Any]) -> int:
    pid = os.fork()
    if pid:
        os.close(wire)
        return pid
    try:
        control.close()
        _become_worker(wire, settings)
    finally:
        os._exit(1)


def _become_worker(wire: int, settings: dict[str, Any]) -> None:
    import fcntl  # of Unix alone, as all that is called from here on

    null = os.open(os.devnull, os.O_RDWR)
    wire = fcntl.fcntl(wire, fcntl.F_DUPFD, 10)  # out of the way of what it is about to overwrite
    for descriptor, end in enumerate((wire, wire, null)):
        os.dup2(end, descriptor)
    os.closerange(3, 4_096)
    os.write(1, os.getpid().to_bytes(4, "big"))
    unlocked.serve(settings)  # from here on it is what a process started afresh is
