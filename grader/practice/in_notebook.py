"""What cells of a notebook call: one check, or all public ones, run on what the notebook has defined. Stage 4.

It runs in the learner's own kernel and decides nothing: grades come from `grader.platforms.nbgrader.autograde`, or from `grader grade`.
"""

from typing import Any

from grader.checking.report import FAULT, Report
from grader.checking.seeds import learner_seed
from grader.collect.submission import Cell, Submission
from grader.grading.session import check_here, check_once
from grader.manifest.course import Exercise, load_course
from grader.sandbox.inprocess import InProcess

NOTEBOOK = Cell("your notebook", "from __main__ import *")  # IPython's name for the running notebook


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
    return Submission("you", "you", task.slug, (NOTEBOOK,)), learner_seed("", "you", task.slug)


class Notebook(InProcess):
    """The notebook's own kernel: no limit ends a loop here, so an interrupt ends all that was asked for."""

    def __init__(self) -> None:
        super().__init__("your_notebook", (NOTEBOOK,))

    def request(self, request: list[Any]) -> list[Any]:
        reply = super().request(request)
        if reply[1] == "raised" and reply[2][0] == KeyboardInterrupt.__name__:
            raise KeyboardInterrupt
        return reply
