"""What a page asks where Python runs in the reader's browser: check a file, run a file. No threads, no processes.

A call that does not end can be ended from outside only, and the whole interpreter with it. So `check` tells each call
before it is made. Whoever sees one take too long ends this interpreter, starts another one, and asks again with the
number of that call in `ended`: it is not made a second time, and the report says of it what `grader check` says.
"""

import io
import itertools
import json
import sys
import tempfile
import time
import traceback
import types
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import sympy as sp

from grader.checking.comfort import Comfort
from grader.checking.seeds import learner_seed
from grader.collect.choosing import read_one
from grader.diagnosis.picture import picture, telling
from grader.grading.session import check_here
from grader.manifest.course import Limits, load_course
from grader.practice.learner import LEARNER
from grader.sandbox import Session, stand_ins
from grader.sandbox.frames import DeadlinePassed, WorkerDied, pack, unpack
from grader.sandbox.session import Answering
from grader.sandbox.worker import Worker, reply_to
from grader.wire.show import clean

MAX_SAID = 20_000  # characters of what one run prints that are shown
SAY_EVERY_S = 0.05  # printing is told in pieces: a message to the page for each line would take longer than the loop
MAX_LINES = 12  # of a traceback: an endless recursion has a thousand
NO_KEYBOARD = "Nobody can type into this page while Python runs: give the value in the code instead of asking for it."
NOT_DRAWN = "This page neither draws nor shows what these would: they were called, and did nothing."

Tell = Callable[[int, float], object]  # the number of a call and its time limit before it, 0 and 0 after it


class _Here(Answering):
    """A worker in this very interpreter, with the methods of one that has its own.

    Parameters
    ----------
    numbers
        Counts the requests of a whole check, over all workers.
    ended
        Requests that were ended from outside: how their process died, or nothing where time had run out.
    tell
        Is told of each request.
    limits
        Of the course.
    """

    def __init__(
        self,
        numbers: Iterator[int],
        ended: Mapping[int, str],
        tell: Tell,
        limits: Limits,
    ) -> None:
        self._numbers = numbers
        self._ended = ended
        self._tell = tell
        self._output_limit = limits.output_kib * 1024
        self._offer = offer(limits)
        self._worker = Worker(self._output_limit)
        self.alive = True

    def ask(self, request: list[Any], timeout_s: float) -> list[Any]:
        number = next(self._numbers)
        if number in self._ended:
            self.alive = False
            if self._ended[number]:
                raise WorkerDied(self._ended[number])
            raise DeadlinePassed
        self._tell(number, timeout_s)
        with stand_ins.installed(self._offer):
            self._worker, reply = reply_to(self._worker, pack(number, request)[4:], self._output_limit)
        self._tell(0, 0.0)
        return unpack(reply[4:], number)

    def close(self) -> None:
        """Nothing to end."""


def check(slug: str, source: str, ended: Mapping[int, str], tell: Tell) -> str:
    """Run an exercise's public checks on a learner's file.

    Parameters
    ----------
    slug
        The exercise.
    source
        The text of the file.
    ended
        The numbers of calls that had to be ended in runs before, each with how the interpreter died, or with nothing
        where time had run out.
    tell
        Called before and after each call.

    Returns
    -------
    str
        JSON: `report`, the same that `grader check` makes, and `picture`, an SVG of the learner's path, or nothing.
    """
    course = load_course()
    exercise = course.by_slug[slug]
    numbers = itertools.count(1)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, f"{slug}.py").write_bytes(source.encode("utf-8", "replace"))
        submission = read_one(Path(folder), LEARNER, exercise)

    if "lambdify" in source:
        # Its first use imports all of NumPy, which in a page takes longer than a call may. It is not the learner's time.
        sp.lambdify(sp.Symbol("x"), sp.Symbol("x"), "numpy")

    session = Session(
        lambda: _Here(numbers, ended, tell, course.limits), course.limits, slug, submission.cells, submission.others
    )
    with _silent_keyboard():
        report, calls = check_here(exercise, submission, session, learner_seed("", LEARNER, slug))
    comfort = Comfort()
    drawn = comfort.make("picture", lambda: picture(telling(report.checks, calls)), "")
    report = replace(report, left_out=(*report.left_out, *comfort.left_out))
    return json.dumps({"report": json.loads(report.to_json()), "picture": drawn})


def run(slug: str, source: str, say: Callable[[str], object]) -> str:
    """Run a learner's file as a script.

    Parameters
    ----------
    slug
        The exercise: messages call the file `slug.py`.
    source
        The text of the file.
    say
        Given what is printed, in pieces, up to MAX_SAID characters in all.

    Returns
    -------
    str
        JSON: `error`, with which the run has ended, in their own lines alone; or nothing.
    """
    label = f"{slug}.py"
    module = types.ModuleType("__main__")
    module.__dict__["__file__"] = label
    printed, modules, there = _Said(say), None, offer(load_course().limits)
    streams, main = (sys.stdout, sys.stderr), sys.modules["__main__"]
    sys.stdout = sys.stderr = printed
    sys.modules["__main__"] = module  # dataclasses and pickles look their module up by name
    try:
        with _silent_keyboard(), stand_ins.installed(there) as modules:
            exec(compile(source, label, "exec", dont_inherit=True), module.__dict__)  # noqa: S102  # the reader's own
        error = ""
    except SystemExit as end:
        error = "" if end.code in (None, 0) else f"SystemExit: {clean(str(end.code), 200)}\n"
    except BaseException as raised:  # noqa: BLE001  # whatever it is, it is the learner's
        error = _own_lines(raised, label, source.splitlines())
    finally:
        if modules is not None and modules.used:
            printed.write(f"{NOT_DRAWN} ({', '.join(sorted(modules.used))})\n")
        sys.stdout, sys.stderr = streams
        sys.modules["__main__"] = main
        printed.hand_on()
    return json.dumps({"error": error})


def offer(limits: Limits) -> stand_ins.Offer:
    """Return what may be imported here, where the course's own packages are not."""
    if not limits.packages:
        return stand_ins.ALONE
    words = f"{stand_ins.ALONE.words}, or check it with `grader check`, where {', '.join(limits.names)} can be used too"
    return stand_ins.Offer(words=words, place="in this page")


class _Said(io.TextIOBase):
    """Standard output and error of a run, on the way to the page."""

    def __init__(self, say: Callable[[str], object]) -> None:
        self._say = say
        self._parts: list[str] = []
        self._left = MAX_SAID
        self._told = 0.0

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if self._left > 0:
            kept = text[: self._left]
            self._left -= len(kept)
            self._parts.append(kept if self._left else f"{kept}\n… and more, which is not shown.\n")
            if time.monotonic() - self._told > SAY_EVERY_S:
                self.hand_on()
        return len(text)

    def hand_on(self) -> None:
        """Hand on what was not told yet."""
        if self._parts:
            self._say(clean("".join(self._parts), 2 * MAX_SAID))
        self._parts, self._told = [], time.monotonic()


def _own_lines(error: BaseException, label: str, lines: list[str]) -> str:
    """Return an exception as Python shows it, without the lines that are not the learner's."""
    places = [
        (number, frame.f_code.co_name)
        for frame, number in traceback.walk_tb(error.__traceback__)
        if frame.f_code.co_filename == label
    ]
    shown = [
        f'  File "{label}", line {number}, in {name}\n    {lines[number - 1].strip() if number <= len(lines) else ""}\n'
        for number, name in places
    ]
    if len(shown) > MAX_LINES:
        left_out = len(shown) - MAX_LINES
        shown[MAX_LINES // 2 : -MAX_LINES // 2] = [f"  … {left_out} more of your lines …\n"]
    head = "Traceback (your lines only):\n" if shown else ""
    try:
        what = "".join(traceback.format_exception_only(error))
    except BaseException as broken:  # noqa: BLE001  # a `__str__` that raises
        what = f"{type(error).__name__}: its message cannot be shown ({type(broken).__name__})\n"
    note = f"{NO_KEYBOARD}\n" if isinstance(error, EOFError) else ""
    return clean(f"{head}{''.join(shown)}{what}{note}", MAX_SAID)


@contextmanager
def _silent_keyboard() -> Iterator[None]:
    """Let `input()` end in EOFError instead of waiting for a keyboard."""
    keyboard, sys.stdin = sys.stdin, io.StringIO()
    try:
        yield
    finally:
        sys.stdin = keyboard
