"""A worker without a lock: learners' own code on their own machine, on any system, bound by the time limit alone.

Also what `--unsafe-no-sandbox` means. A worker is a process of its own, started afresh: no fork, no Linux.
"""

import errno
import importlib
import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Any

from grader.collect.submission import Cell, Other
from grader.manifest.course import PACKAGE, Limits, load_course
from grader.manifest.packages import installed
from grader.manifest.parts import HANDED, part
from grader.sandbox.frames import LAST_WORDS_S, DeadlinePassed, WorkerDied, pack, size_of, unpack
from grader.sandbox.session import Answering, Session

START = "import json, sys; from grader.sandbox.unlocked import serve; serve(json.loads(sys.argv[1]))"


class Unlocked:
    """Where submissions run without a lock, one after the other.

    Parameters
    ----------
    limits
        Time and output of each submission; memory is not limited.
    shared
        Whether one process serves them all, as it may where all of them are one learner's. It starts in a second.
    """

    def __init__(self, limits: Limits, shared: bool) -> None:
        self._limits = limits
        self._shared = shared
        self._settings = settings(limits)
        # It warms up while this process goes on with its own imports.
        self._process = _Process(self._settings, shared) if shared else None

    def open(self, name: str, cells: tuple[Cell, ...], others: tuple[Other, ...] = ()) -> Session:
        """Return a session for one submission, whose module will be called `name`."""
        return Session(self._start, self._limits, name, cells, others)

    def wait_until_ready(self) -> None:
        """Start the process, if one serves all."""
        if self._shared:
            self._start()

    def _start(self) -> "_Process":
        if self._process is None or not self._process.alive:
            self._process = _Process(self._settings, self._shared)
        self._process.wait_until_ready()
        return self._process

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.end()


class _Process(Answering):
    """One worker and its two pipes."""

    def __init__(self, settings: dict[str, Any], shared: bool) -> None:
        paths = [str(PACKAGE.parent), *filter(None, [os.environ.get("PYTHONPATH")])]
        self._process = subprocess.Popen(
            # -P: no file beside it hides NumPy
            [sys.executable, "-P", "-X", "utf8", "-c", START, json.dumps(settings)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
        )
        self._shared = shared
        self._number = 0
        self._ready = False
        self.alive = True

    def wait_until_ready(self) -> None:
        """Wait until it has started: from then on time is the learner's."""
        if not self._ready:
            self._receive(1)
            self._ready = True

    def ask(self, request: list[Any], timeout_s: float) -> list[Any]:
        """Send a request and return the reply, both within `timeout_s` seconds of wall clock.

        Raises
        ------
        DeadlinePassed
            If it takes longer. The worker is interrupted, may say where it is, and is killed.
        WorkerDied
            If the worker ends, or answers with what is no reply. It is killed.
        """
        self._number += 1
        expired, answered = threading.Event(), threading.Event()

        def expire() -> None:
            expired.set()
            if hasattr(signal, "SIGUSR1"):  # not on Windows
                self._process.send_signal(signal.SIGUSR1)
                answered.wait(LAST_WORDS_S)
            self._process.kill()  # which ends the reading below, on every system

        timer = threading.Timer(timeout_s, expire)
        timer.start()
        try:
            assert self._process.stdin is not None
            self._process.stdin.write(pack(self._number, request))
            self._process.stdin.flush()
            reply = unpack(self._receive(size_of(self._receive(4))), self._number)
            if not expired.is_set():
                return reply
            answered.set()
            self.end()
            raise DeadlinePassed(reply)
        except (OSError, WorkerDied) as error:
            self.end()
            if expired.is_set():
                raise DeadlinePassed from None
            raise WorkerDied(str(error) if isinstance(error, WorkerDied) else "it ended itself") from None
        finally:
            timer.cancel()

    def _receive(self, size: int) -> bytes:
        assert self._process.stdout is not None
        data = self._process.stdout.read(size)
        if len(data) < size:
            raise WorkerDied("it ended itself (os._exit?) or crashed")
        return data

    def close(self) -> None:
        """Let go of it after a submission."""
        if not self._shared:
            self.end()

    def end(self) -> None:
        """Kill it, if it is not dead yet."""
        if self.alive:
            self.alive = False
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                assert pipe is not None
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue  # the rest of a request that nobody reads any more


def refuse_files() -> None:
    """Refuse to open files for writing, and to read those of the learner's own: in class there is nothing to open.

    It is no lock, for whoever means to can get around it. It keeps a function from passing here that cannot pass there.
    """
    libraries = tuple(map(os.path.realpath, filter(None, [sys.prefix, sys.base_prefix, str(PACKAGE), *sys.path])))
    own = tuple(f"{place}{os.sep}" for place in (Path.cwd(), Path.home()) if place != Path(place.anchor))

    def refuse(event: str, details: tuple[Any, ...]) -> None:
        if event != "open" or type(details[0]) is not str or details[0] == os.devnull or "__pycache__" in details[0]:
            return
        path, mode, flags = details
        if set(mode or "") & set("wax+") or (mode is None and flags & (os.O_WRONLY | os.O_RDWR)):
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), path)
        place = os.path.realpath(path)
        if place.startswith(own) and not place.startswith(libraries):
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)

    sys.addaudithook(refuse)


def settings(limits: Limits) -> dict[str, Any]:
    """Return what `serve` is to be told.

    Raises
    ------
    CourseError
        If a package of the course is not installed here.
    """
    packages = installed(limits.packages)
    return {
        "output_limit": limits.output_kib * 1024,
        "packages": [*packages.modules, *packages.needed],
        "offered": limits.modules,
    }


def serve(settings: dict[str, Any]) -> None:
    """Answer requests from standard input on standard output; what the learner prints goes elsewhere."""
    importlib.import_module("sympy")  # before the clock runs: it takes longer than many a submission
    from grader.sandbox import stand_ins
    from grader.sandbox.worker import Worker, interrupt, reply_to

    part(load_course().places, HANDED)
    if hasattr(signal, "SIGUSR1"):
        signal.signal(signal.SIGUSR1, interrupt)

    stand_ins.install(stand_ins.Offer(dict.fromkeys(settings["packages"]), settings["offered"])).hide_others()
    requests: IO[bytes] = os.fdopen(os.dup(0), "rb")
    replies: IO[bytes] = os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    sys.path = [entry for entry in sys.path if entry != str(PACKAGE.parent)]
    limit = settings["output_limit"]
    worker = Worker(limit)
    refuse_files()
    replies.write(b"\0")
    replies.flush()
    while head := requests.read(4):
        frame = requests.read(int.from_bytes(head, "big"))
        worker, reply = reply_to(worker, frame, limit)
        replies.write(reply)
        replies.flush()
