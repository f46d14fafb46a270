"""What cells of a notebook call: one check, or all public ones, run on what the notebook has defined. Stage 4.

It runs in the learner's own kernel and decides nothing: grades come from `grader.platforms.nbgrader.autograde`, or from `grader grade`.
"""

import linecache
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FunctionType
from typing import Any

from grader.checking.report import FAULT, Report
from grader.checking.seeds import learner_seed
from grader.collect.submission import Cell, Submission
from grader.grading.session import check_here, check_once
from grader.manifest.course import Exercise, load_course
from grader.sandbox.inprocess import InProcess, time_limit
from grader.sandbox.loading import Unanswered, late
from grader.sandbox.stand_ins import BUILTINS

NOTEBOOK = Cell("your notebook", "from __main__ import *")  # IPython's name for the running notebook
ENDING = ("exit", "quit")  # which would end the kernel


class CheckNotPassed(AssertionError):
    """The notebook does not do what the check claims; the text is the check's message and its first hint."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]  # asked for by IPython: the check's own lines are no learner's business


def check(exercise: str, name: str) -> None:
    """Run one check on the functions that the notebook has defined.

    Parameters
    ----------
    exercise : str
        The exercise, as `Course.find` takes it.
    name : str
        The check's function.

    Raises
    ------
    CheckNotPassed
        If it does not pass.
    """
    task = load_course().find(exercise)
    submission, seed = _submission(task)
    result, output = check_once(task, name, submission, Notebook(), seed)
    if output:
        print(output, end="")
    if result is None:
        raise CheckNotPassed(f"{name} is not here to be run: it is an instructor's check, or the kit is incomplete")
    if result.outcome == "grader_error":
        raise RuntimeError(FAULT)
    if result.outcome != "passed":
        hint = result.hint.partition("\n")[0]
        raise CheckNotPassed("\n".join([result.title, result.message] + [f"hint: {hint}"] * bool(hint)))


def check_all(task: Exercise) -> Report:
    """Run the public checks of an exercise, and the examples of its docstrings, on what the notebook has defined.

    Raises
    ------
    CourseError
        If they cannot be collected.
    KeyboardInterrupt
        If somebody presses *Interrupt*.
    """
    submission, seed = _submission(task)
    return check_here(task, submission, Notebook(), seed, with_examples=True)[0]


def _submission(task: Exercise) -> tuple[Submission, str]:
    cells = (NOTEBOOK, *(Cell(label, "".join(linecache.getlines(file))) for file, label in _cells().items()))
    submission = Submission("you", "you", task.slug, cells, absent="Run the cell that defines it first.")
    return submission, learner_seed("", "you", task.slug)


def _cells() -> dict[str, str]:
    """Return the cells that define functions: by the file that Python takes each for, what IPython calls it."""
    shell = vars(sys.modules["__main__"]).get("get_ipython")
    named = getattr(getattr(shell() if callable(shell) else None, "compile", None), "format_code_name", None)
    if named is None:
        return {}
    found = (one for one in vars(sys.modules["__main__"]).values() if isinstance(one, FunctionType))
    files = dict.fromkeys(one.__code__.co_filename for one in found)
    return {file: " ".join(told) for file in files if (told := named(file)) is not None}


class Notebook(InProcess):
    """The notebook's own kernel. The time limit of a call holds here too; an interrupt ends all that was asked for."""

    def __init__(self) -> None:
        super().__init__("your_notebook", (NOTEBOOK,))
        self._worker.places.update(_cells())
        self._limit_s = load_course().limits.call_timeout_s

    def again(self, limit_s: float) -> "Notebook":
        """Return a session of its own; what the notebook's cells have defined is the same."""
        fresh = Notebook()
        fresh._limit_s = min(self._limit_s, limit_s)
        return fresh

    def request(self, request: list[Any]) -> list[Any]:
        reply = None
        with _nothing_ends_the_kernel(), time_limit(self._limit_s) as expired:
            reply = super().request(request)
        if expired:
            raise Unanswered("timeout", late(self._limit_s), reply)
        assert reply is not None
        if reply[1] == "raised" and reply[2][0] == KeyboardInterrupt.__name__:
            raise KeyboardInterrupt
        return reply


@contextmanager
def _nothing_ends_the_kernel() -> Iterator[None]:
    """Let `exit()` in a learner's function raise, as where it is graded, and not end the kernel with all that was defined."""
    names = vars(sys.modules["__main__"])
    before = {name: names[name] for name in ENDING if name in names and not isinstance(names[name], FunctionType)}
    names.update({name: BUILTINS[name] for name in before})
    try:
        yield
    finally:
        names.update(before)
