"""The template: warm, clean, and forked once for each submission. Runs in a process of its own.

It was exec'd with nothing but this text. It reads requests from the control socket, forks, and reaps.
"""

import contextlib
import ctypes
import fcntl
import gc
import importlib
import importlib.util
import json
import mmap
import os
import signal
import socket
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.sandbox import seal, stand_ins
from grader.sandbox.worker import Worker, interrupt, reply_to

WIRE = 3  # the worker's only descriptor beyond the standard three, which lead nowhere
HUGE_PAGE_BYTES = 2**21
LIBC = ctypes.CDLL(None)
# Requests: to fork, and to reap the process whose number follows and tell how it ended. Any other reaps it and tells nobody.
FORK, WAIT = b"f", b"w"
RULESET = 4  # Landlock's, until it is applied


def warm_numpy_up() -> None:
    """Do once what every learner's code would otherwise wait for: NumPy's lazy imports and dispatch."""
    np.linalg.eigvalsh(np.eye(2))
    np.random.default_rng(0).permutation(3)
    np.polynomial.Polynomial([1, 2]).deriv()


def warm_sympy_up() -> None:
    """Do the same for SymPy: its lazy imports, its caches, its way to NumPy."""
    import sympy as sp

    x, y = sp.symbols("x y")
    formulas = (
        1.5 * x**3 - 2.2 * x + sp.Rational(1, 3) + sp.sin(2.5 * x) * y,
        3 * (1 - x) ** 2 * sp.exp(-(x**2) - (y + 1) ** 2) - 0.1 * x * sp.cos(2 * sp.pi * y),
        sp.log(x**2 + 1.7) + sp.sqrt(y**2 + 1) / (1 + sp.exp(-x)),
        4 * x**2 - 3 * x + y,
        10 * (x / 5 - x**3 - y**5) * sp.exp(-(x**2) - y**2) - sp.exp(-((x + 1) ** 2) - y**2) / 3,
    )
    for formula in formulas:
        partials = [sp.diff(formula, variable) for variable in (x, y)]
        sp.lambdify((x, y), partials)(0.5, np.ones(2))
        sp.lambdify(x, formula.subs(y, 1), "numpy")(0.5)
        formula.subs({x: 0.5, y: 1}).evalf()
        formula.diff(x).subs(x, 2.0)
        sp.Derivative(formula, x).doit()
        sp.expand(formula)
        str(formula)
    sp.simplify(sp.sin(x) ** 2 + sp.cos(x) ** 2)
    sp.Poly(x**2 + 1, x).all_coeffs()
    sp.sympify("x + 1")
    sp.Matrix([x**2, y]).jacobian([x, y])


def import_packages(names: list[str]) -> str:
    """Import the course's own packages, which learners' code would otherwise wait for; return why one cannot be."""
    for name in names:
        try:
            importlib.import_module(name)
        except Exception as error:
            return f"the package {name} cannot be imported: {type(error).__name__}: {error}"[:1_000]
        if len(os.listdir("/proc/self/task")) != 1:
            return f"the package {name} starts threads when it is imported, which no lock would bind"
    return ""


def system_libraries() -> list[str]:
    """Return the files that the standard library's compiled modules need from outside it.

    A fork imports them all and looks at what the kernel has mapped. Here most are never needed, and each would make
    every worker's fork dearer.
    """
    result, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            for folder in sys.path:
                if folder.endswith("lib-dynload"):
                    _import_all(folder)
            with open("/proc/self/maps", encoding="utf-8") as maps:
                mapped = {line.split(maxsplit=5)[5].rstrip("\n") for line in maps if " r-xp " in line and "/" in line}
            with open(theirs, "w", encoding="utf-8") as answer:
                json.dump(sorted(filter(os.path.isfile, mapped)), answer)
        finally:
            os._exit(0)
    os.close(theirs)
    with open(result, encoding="utf-8") as answer:
        text = answer.read()
    os.waitpid(child, 0)
    files: list[str] = json.loads(text)
    return files


def _import_all(folder: str) -> None:
    for entry in sorted(os.listdir(folder)):
        name = entry.partition(".")[0]
        if not name.startswith(("_test", "_xx", "xx", "_tkinter", "_curses", "readline", "_ctypes_test")):
            with contextlib.suppress(ImportError):  # built without it, so nobody has it
                importlib.import_module(name)


def use_huge_pages() -> None:
    """Ask the kernel to hold this process's memory in pages of 2 MiB: forking and ending a worker take half as long.

    A kernel that cannot leaves everything as it was.
    """
    huge, collapse = mmap.MADV_HUGEPAGE, 25  # MADV_COLLAPSE: now, not when the kernel finds the time
    with open("/proc/self/maps", encoding="ascii") as maps:
        regions = [line.split() for line in maps]
    for addresses, rights, _, _, inode, *name in regions:
        first, end = (int(address, 16) for address in addresses.split("-"))
        if rights == "rw-p" and inode == "0" and name != ["[stack]"] and end - first >= HUGE_PAGE_BYTES:
            for advice in (huge, collapse):
                LIBC.madvise(ctypes.c_void_p(first), ctypes.c_size_t(end - first), advice)


def serve(control: socket.socket, settings: dict[str, Any]) -> None:
    """Fork a worker for each request until the control socket closes."""
    if refusal := import_packages(settings["packages"]):
        _tell(control, [], refusal)
        return
    libraries = system_libraries()
    warm_numpy_up()
    if settings["symbolic"]:
        warm_sympy_up()
    # Where they are is looked up now: a worker may not list the folder that they are in.
    there = {name: importlib.util.find_spec(name) for name in [*settings["packages"], *settings["needed"]]}
    for entry in settings["forget"]:
        sys.path.remove(entry)
    # A search that fails lists every folder of the path and keeps the lists: a worker may read the library's files,
    # but may not list the folder they are in.
    importlib.util.find_spec("a_name_that_is_not_there")
    stand_ins.install(stand_ins.Offer(there, settings["offered"]))
    _, (ruleset,), _, _ = socket.recv_fds(control, 1, 1)
    if len(os.listdir("/proc/self/task")) != 1:
        raise RuntimeError("the template has more than one thread, so a lock would not bind them all")
    for number in (signal.SIGINT, signal.SIGPIPE):  # the workers' too; nobody sends the template either
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGUSR1, interrupt)  # sent to a worker whose time is up
    gc.collect()
    use_huge_pages()
    lock = seal.Seal(settings)
    gc.freeze()  # the workers' collectors leave the template's pages alone, so they stay shared
    _tell(control, libraries, "")
    while True:
        request, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        if not request:
            return
        if request == FORK:
            _fork(descriptors[0], ruleset, lock, settings["output_limit"])
            continue
        _, status = os.waitpid(int.from_bytes(control.recv(4, socket.MSG_WAITALL), "big"), 0)  # it was killed already
        if request == WAIT:
            control.sendall(os.waitstatus_to_exitcode(status).to_bytes(4, "big", signed=True))


def _tell(control: socket.socket, libraries: list[str], refusal: str) -> None:
    text = json.dumps([libraries, refusal]).encode()
    control.sendall(b"%9d" % len(text) + text)


def _fork(wire: int, ruleset: int, lock: seal.Seal, output_limit: int) -> None:
    if os.fork() == 0:
        try:
            _become_worker(wire, ruleset, lock, output_limit)
        finally:
            os._exit(1)
    os.close(wire)


def _become_worker(wire: int, ruleset: int, lock: seal.Seal, output_limit: int) -> None:
    seal.die_with_parent()
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    wire = fcntl.fcntl(wire, fcntl.F_DUPFD, 10)  # out of the way of what it is about to overwrite
    ruleset = fcntl.fcntl(ruleset, fcntl.F_DUPFD, 10)
    os.dup2(ruleset, RULESET)
    os.dup2(wire, WIRE)
    os.closerange(RULESET + 1, 4096)
    # The first words on the wire are ours, for nothing of the learner's has run: our number, and why there is no lock.
    refusal = ""
    try:
        lock.put_on(RULESET)
    except (OSError, ValueError) as error:  # setrlimit says what is not permitted by a ValueError
        refusal = str(error)
    _write(os.getpid().to_bytes(4, "big") + refusal.encode()[:1_000])
    if not refusal:
        answer(output_limit)


def answer(output_limit: int) -> None:
    """Read a request, answer it, and again, until the wire closes."""
    worker = Worker(output_limit)
    for frame in _frames():
        worker, reply = reply_to(worker, frame, output_limit)
        _write(reply)
    os._exit(0)


def _frames() -> Iterator[bytes]:
    """Yield each request: several may arrive at once, and one in parts."""
    received = b""
    while True:
        while len(received) < 4 or len(received) < 4 + int.from_bytes(received[:4], "big"):
            part = os.read(WIRE, 65_536)
            if not part:
                return
            received += part
        end = 4 + int.from_bytes(received[:4], "big")
        yield received[4:end]
        received = received[end:]


def _write(data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(WIRE, view) :]
