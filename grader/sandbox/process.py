"""The grading process's side of the sandbox: starting a template, forking workers, waiting with a deadline."""

import itertools
import json
import multiprocessing
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from grader.collect.submission import Cell, Other
from grader.manifest.course import PACKAGE, CourseError, Limits, load_course
from grader.manifest.packages import installed
from grader.manifest.parts import HANDED
from grader.sandbox import policy
from grader.sandbox.frames import LAST_WORDS_S, DeadlinePassed, WorkerDied, pack, size_of, unpack
from grader.sandbox.session import Session

# What a template is told, in order: plain text, so that it never learns where the kit lies.
MODULES = (
    "wire.bounds wire.vocabulary wire.expression wire.functions wire.rows wire.plain functions sandbox.seal sandbox.given "
    "sandbox.stand_ins sandbox.statements sandbox.worker sandbox.template"
).split()
SYMBOLIC = ("sympy", "mpmath")  # what a submission names that needs SymPy
GROWTH_BYTES = 2**30  # of address space that a grading process may take beyond its imports; it needs a tenth of it
START_TIMEOUT_S = 60.0  # importing NumPy and SymPy from a cold disk
CROWDED_S = (
    0.1  # for which a grading process waits for its core, between requests of one worker, until it stops that one
)
# Of requests that are sent before their turn: so few that they lie in a buffer on the way, and sending them never waits for a
# worker that itself waits for its answers to be read.
AHEAD_COUNT, AHEAD_BYTES = 16, 2**15
DRAIN_S = 0.25  # that a worker has to answer those that are no longer wanted
NOBODY_FIRST, NOBODY_COUNT = 61_000, 4_000  # users that no system hands out to people
THREADS_BEYOND = 256  # threads beyond those that the user has at the start, where the user is shared

# Reads the modules and starts the template; the control socket is standard input.
# What libraries do after a fork is not needed here, for the one thread there is has forked, and goes on. So `random`, where
# nobody seeds it, gives all workers of a template the same numbers, as NumPy's does.
BOOT = """
import os
os.register_at_fork = lambda **_: None
import json, socket, sys, types
control = socket.socket(fileno=0)
settings = json.loads(control.recv(int(control.recv(9, socket.MSG_WAITALL)), socket.MSG_WAITALL))
sys.path += settings["forget"]
for name, source in [("grader", ""), ("grader.wire", ""), ("grader.sandbox", ""), *settings.pop("modules")]:
    module = sys.modules[name] = types.ModuleType(name)
    module.__path__ = []
    parent, _, child = name.rpartition(".")
    if parent:
        setattr(sys.modules[parent], child, module)
    exec(compile(source, "<" + name + ">", "exec"), module.__dict__)
sys.modules["grader.sandbox.template"].serve(control, settings)
"""


def enter_grading_process(started: Any) -> None:
    """Prepare a grading process: it dies with the process that started it, which alone takes a Ctrl-C.

    It keeps to one core, with its template and workers. They take turns, so they need no second, and waking one another
    there is quicker; and whatever a learner's threads do, they do not slow the other jobs. An answer that arrives does not
    interrupt a worker that has further requests to answer. What it may grow by is bounded, so that what would fill the
    memory ends in an exception, and not in the system's killer.

    Parameters
    ----------
    started
        A counter shared by the grading processes.
    """
    with started.get_lock():
        number = started.value
        started.value += 1
    if hasattr(os, "sched_setaffinity"):  # of Linux; without a lock, other systems come here too
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {cores[number % len(cores)]})
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory()
    threading.Thread(target=_end_with_command, name="leash", daemon=True).start()


def _limit_memory() -> None:
    # Templates inherit this, and have room enough in it; workers have limits of their own.
    if sys.platform == "linux":
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        try:
            _, most = resource.getrlimit(resource.RLIMIT_AS)
            limit = pages * resource.getpagesize() + GROWTH_BYTES
            resource.setrlimit(
                resource.RLIMIT_AS, (limit if most == resource.RLIM_INFINITY else min(limit, most), most)
            )
        except PermissionError:
            return  # where a kernel forbids limits there is no lock either, and whoever wants it says so


def _end_with_command() -> None:
    # The fork server, which is this process's parent, lives as long as this process does: only the command's own end,
    # however it came, can tell.
    command = multiprocessing.parent_process()
    if command is not None:
        command.join()
        os._exit(1)


class Sandbox:
    """Where submissions run under the lock, each in a worker of its own, forked from one template.

    Parameters
    ----------
    limits
        Time, memory and output of each submission.
    symbolic
        For each module that is expected, whether it is given SymPy even if it does not name it.

    Raises
    ------
    LockUnavailable
        If this machine cannot give the lock.
    """

    def __init__(self, limits: Limits, symbolic: Mapping[str, bool] = MappingProxyType({})) -> None:
        self._limits = limits
        self._symbolic = symbolic
        # A template with SymPy takes longer to start and to fork: there is one where it is needed, and one without.
        self._templates = {kind: Template(limits, kind) for kind in sorted(set(symbolic.values()))}

    def wait_until_ready(self) -> None:
        """Wait until the submissions expected need not wait; until then other work can be done."""
        for kind in self._templates:
            self._ready(kind)

    def open(self, name: str, cells: tuple[Cell, ...], others: tuple[Other, ...] = ()) -> Session:
        """Return a session for one submission, whose module will be called `name`."""
        sources = [cell.source for cell in itertools.chain(cells, *(other.cells for other in others))]
        kind = self._symbolic.get(name, False) or any(word in source for source in sources for word in SYMBOLIC)
        return Session(partial(self._fork, kind), self._limits, name, cells, others)

    def _fork(self, kind: bool) -> "Process":
        return self._ready(kind).fork()

    def _ready(self, kind: bool) -> "Template":
        """Return a template that is alive and warm: the system's killer may have taken the one that there was."""
        template = self._templates.get(kind)
        if template is not None and template.alive:
            try:
                template.wait_until_ready()
            except TemplateDied:
                template.close()
            else:
                return template
        elif template is not None:
            template.close()
        template = self._templates[kind] = Template(self._limits, kind)
        template.wait_until_ready()
        return template

    def close(self) -> None:
        """End the templates."""
        for template in self._templates.values():
            template.close()


class TemplateDied(policy.LockUnavailable):
    """A template ended while it was started."""


class Template:
    """A warm interpreter to fork workers from.

    Parameters
    ----------
    limits
        What a worker may use.
    symbolic
        Whether SymPy is in it, warm; a worker of another cannot import it.

    Raises
    ------
    policy.LockUnavailable
        If this machine cannot give the lock.
    CourseError
        If a package of the course cannot be had.
    """

    def __init__(self, limits: Limits, symbolic: bool) -> None:
        packages = installed(limits.packages)
        ruleset = policy.landlock_ruleset(packages.paths)
        self._ruleset: int | None = ruleset  # until it is complete
        settings = {
            "modules": [*((f"grader.{name}", _source(name)) for name in MODULES), *_handed()],
            "symbolic": symbolic,
            "forget": sorted(
                {str(policy.package_folder(name).parent) for name in ("numpy", "sympy", "msgpack")}
                | {str(path.parent) for path in packages.paths}
            ),
            "packages": packages.modules,
            "needed": packages.needed,
            "offered": limits.modules,
            "program": policy.seccomp_program().hex(),
            "uid": 0,
            "memory_bytes": limits.memory_mib * 2**20,
            "cpu_s": int(limits.submission_timeout_s + limits.loading_timeout_s) + 2,
            "threads": 64,
            "output_limit": limits.output_kib * 1024,
        }
        if os.geteuid() == 0:
            settings["uid"] = NOBODY_FIRST + os.getpid() % NOBODY_COUNT
        else:
            settings["threads"] = _threads_of_user() + THREADS_BEYOND
        self._control, theirs = socket.socketpair()
        base = getattr(sys, "_base_executable", sys.executable) or sys.executable
        self._process = subprocess.Popen(
            [base, "-I", "-S", "-X", "utf8", "-c", BOOT],
            stdin=theirs.fileno(),
            stdout=subprocess.DEVNULL,
            stderr=None if os.environ.get("GRADER_DEBUG") else subprocess.DEVNULL,
            env={"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"},
            cwd="/",
            start_new_session=True,  # a Ctrl-C at the terminal is ours to handle
        )
        theirs.close()
        text = json.dumps(settings).encode()
        self._control.settimeout(START_TIMEOUT_S)
        self._control.sendall(b"%9d" % len(text) + text)
        socket.send_fds(self._control, [b"r"], [ruleset])

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def wait_until_ready(self) -> None:
        """Wait until it is warm, and know before anybody's submission that the lock holds; once is enough."""
        if self._ruleset is None:
            return
        libraries, refusal = json.loads(self._receive(int(self._receive(9))))
        if refusal:
            raise CourseError(f"course.toml: {refusal}")
        policy.allow_reading(self._ruleset, map(Path, libraries))
        os.close(self._ruleset)
        self._ruleset = None
        self.fork().end()

    def _receive(self, size: int) -> bytes:
        received = b""
        while len(received) < size:
            try:
                part = self._control.recv(size - len(received))
            except OSError:
                part = b""
            if not part:
                raise TemplateDied(f"the sandbox's template did not start (exit status {self._process.wait()})")
            received += part
        return received

    def fork(self) -> "Process":
        """Return a new worker, which has locked itself in; until then it is as trusted as the template.

        Raises
        ------
        policy.LockUnavailable
            If it could not.
        """
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                socket.send_fds(self._control, [b"f"], [theirs.fileno()])
            ours.settimeout(START_TIMEOUT_S)
            words = ours.recv(1_024)
        except OSError:
            words = b""
        if not words:
            raise policy.LockUnavailable("the sandbox's template, or a worker, ended too early: is memory missing?")
        pid, refusal = words[:4], words[4:].decode(errors="replace")
        try:
            process = Process(ours, int.from_bytes(pid, "big"), partial(self._reap, pid))
        except OSError as error:
            raise policy.LockUnavailable(f"a worker cannot be held: pidfd_open: {error.strerror}") from None
        if refusal:
            process.end()
            raise policy.LockUnavailable(f"the kernel refused a part of the lock: {refusal}")
        return process

    def _reap(self, pid: bytes, asked: bool) -> int:
        self._control.sendall((b"w" if asked else b"r") + pid)
        return int.from_bytes(self._control.recv(4), "big", signed=True) if asked else 0

    def close(self) -> None:
        """End the template and with it any worker of it."""
        if self._ruleset is not None:
            os.close(self._ruleset)
            self._ruleset = None
        self._control.close()
        self._process.kill()
        self._process.wait()


class Process:
    """One worker: a wire to it, and the power to end it.

    Parameters
    ----------
    wire
        Requests go there, and replies come from there.
    pid
        Its number. It is its own as long as nobody has reaped it.
    reap
        Has its parent reap it, once it was killed; returns its exit status, if that was asked for.
    """

    def __init__(self, wire: socket.socket, pid: int, reap: Callable[[bool], int]) -> None:
        self._wire = wire
        # Not asked to wait, a socket only tries. Most often that is enough: to send wakes the worker, which takes this core
        # until it has answered.
        self._wire.setblocking(False)
        self._pidfd = os.pidfd_open(pid)
        self._reap = reap
        self._number = 0  # of the request that is being answered
        self._sent = 0  # how many requests were
        self._received = bytearray()
        self._announced: deque[list[Any]] = deque()  # what will be asked next, as far as it was not sent yet
        self._ahead: deque[list[Any]] = deque()  # what was sent before its turn
        self._answered: tuple[float, float] | None = (
            None  # when: wall clock, and what this process had computed by then
        )
        self._waited_s = 0.0  # for this core, between an answer and the next request
        self._stopped = False
        self.alive = True

    def ask(self, request: list[Any], timeout_s: float) -> list[Any]:
        """Send a request, unless it was sent already, and return the reply, both within `timeout_s` seconds of wall clock.

        Raises
        ------
        DeadlinePassed
            If it takes longer. The worker is interrupted, may say where it is, and is killed.
        WorkerDied
            If the worker ends, or answers with what is no reply. It is killed.
        """
        deadline = time.monotonic() + timeout_s
        try:
            if self._ahead and self._ahead[0] is request:
                self._ahead.popleft()
            else:
                assert not self._ahead  # who asks for anything else takes back first what was announced
                self._go_on()
                self._transfer(memoryview(self._frames(request)), deadline)
            self._number += 1
            frame = self._receive_frame(deadline)
            if not self._ahead:
                self._pause()
            return unpack(frame, self._number)
        except TimeoutError:
            last = self._last_words()
            self.end()
            raise DeadlinePassed(last) from None
        except (ConnectionError, EOFError):
            status = self.end(asked=True)
            raise WorkerDied(_cause_of_death(status), struck=status == -signal.SIGKILL) from None
        except WorkerDied:
            self.end()
            raise

    def announce(self, requests: Sequence[list[Any]]) -> None:
        """Say what will be asked next, in this order: it may be sent before its turn. What was said before is taken back."""
        self._announced = deque(requests)
        if self._ahead:
            self._drain()

    def _frames(self, request: list[Any]) -> bytes:
        """Return a request as a frame, and behind it as many of those announced after it as may be sent with it."""
        if self._announced and self._announced[0] is request:
            self._announced.popleft()
        else:
            self._announced.clear()
        frames = pack(self._sent + 1, request)
        self._sent += 1
        while self._announced and len(self._ahead) < AHEAD_COUNT:
            frame = pack(self._sent + 1, self._announced[0])
            if len(frames) + len(frame) > AHEAD_BYTES:
                break
            self._sent += 1
            self._ahead.append(self._announced.popleft())
            frames += frame
        return frames

    def _drain(self) -> None:
        """Take the answers to what was sent before its turn and is wanted no longer; a worker that is late with them is ended."""
        deadline = time.monotonic() + DRAIN_S
        try:
            while self._ahead:
                self._receive_frame(deadline)
                self._ahead.popleft()
                self._number += 1
            self._pause()
        except (TimeoutError, ConnectionError, EOFError, WorkerDied):
            self.end()

    def _pause(self) -> None:
        """Stop the worker until it is asked again, if its threads were seen to compute in between: the core is this one's."""
        self._answered = time.monotonic(), time.process_time()
        if self._waited_s > CROWDED_S:
            signal.pidfd_send_signal(self._pidfd, signal.SIGSTOP)
            self._stopped = True

    def _go_on(self) -> None:
        if self._answered is not None:
            wall, computed = self._answered
            self._waited_s += time.monotonic() - wall - (time.process_time() - computed)
            self._answered = None
        if self._stopped:
            signal.pidfd_send_signal(self._pidfd, signal.SIGCONT)
            self._stopped = False

    def _last_words(self) -> list[Any] | None:
        """Interrupt the worker, and return what it says of where it is: nothing, if its code does not let it."""
        try:
            signal.pidfd_send_signal(self._pidfd, signal.SIGUSR1)
            return unpack(self._receive_frame(time.monotonic() + LAST_WORDS_S), self._number)
        except (OSError, EOFError, WorkerDied):
            return None

    def _transfer(self, data: memoryview, deadline: float) -> None:
        while data:
            try:
                data = data[self._wire.send(data) :]
            except BlockingIOError:
                self._wait(select.POLLOUT, deadline)

    def _receive_frame(self, deadline: float) -> bytes:
        received, size = self._received, None
        while size is None or len(received) < 4 + size:
            if size is None and len(received) >= 4:
                size = size_of(received[:4])
                continue
            if received:  # in parts: an answer that only trickles has no more time than one that does not come
                self._wait(select.POLLIN, deadline)
            try:
                part = self._wire.recv(65_536)
            except BlockingIOError:
                self._wait(select.POLLIN, deadline)
                continue
            if not part:
                raise EOFError
            received += part
        self._received = received[4 + size :]
        if self._received and not self._ahead:
            raise WorkerDied("it sent more than one answer to a question")
        return bytes(received[4 : 4 + size])

    def _wait(self, event: int, deadline: float) -> None:
        poll, left = select.poll(), deadline - time.monotonic()
        poll.register(self._wire, event)
        if left <= 0 or not poll.poll(left * 1e3):
            raise TimeoutError

    def close(self) -> None:
        """End it after a submission: no other is served by it."""
        self.end()

    def end(self, asked: bool = False) -> int:
        """Kill the worker with all its threads, if it is not dead yet; return its exit status if that is asked for.

        It is -9 for one that was killed just now. To ask takes time.
        """
        if not self.alive:
            return 0
        self.alive = False
        try:
            signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
        except OSError as error:
            raise policy.LockUnavailable(f"a worker cannot be ended: {error.strerror}") from None
        os.close(self._pidfd)
        self._wire.close()
        return self._reap(asked)


def _cause_of_death(status: int) -> str:
    causes = {
        -signal.SIGSEGV: "it crashed: an endless recursion, or memory used up",
        -signal.SIGBUS: "it crashed: memory used up",
        -signal.SIGABRT: "it aborted",
        -signal.SIGSYS: "it used a system call that is not allowed",
        -signal.SIGXCPU: "it used up its processor time",
        -signal.SIGKILL: "it was stopped: it used up its processor time, or closed its connection to the grader",
    }
    if status >= 0:
        return f"it ended itself with exit status {status} (os._exit?)"
    return causes.get(status, f"it ended with signal {-status}")


def _handed() -> list[tuple[str, str]]:
    """Return the module with the callables that the course's checks hand to learners, if it has one."""
    path = (load_course().places.course / HANDED).with_suffix(".py")
    return [("grader.handed", path.read_text(encoding="utf-8"))] if path.is_file() else []


def _source(name: str) -> str:
    return (PACKAGE / Path(*name.split("."))).with_suffix(".py").read_text(encoding="utf-8")


def _threads_of_user() -> int:
    uid, threads = os.geteuid(), 0
    for entry in os.scandir("/proc"):
        if entry.name.isdecimal():
            try:
                if entry.stat().st_uid == uid:
                    threads += len(os.listdir(f"{entry.path}/task"))
            except (FileNotFoundError, ProcessLookupError, PermissionError):
                continue  # it ended while we looked
    return threads
