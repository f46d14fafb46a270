"""What a test cell of an nbgrader notebook calls: one check, run on what the notebook has defined. Stage 4.

It runs in the learner's own kernel and decides nothing: grades come from `grader.autograde`, or from `grader grade`.
"""

from grader.checking import check_once
from grader.course import load_course
from grader.report import FAULT
from grader.sandbox.inprocess import InProcess
from grader.seeds import learner_seed
from grader.submission import Cell, Submission

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
    submission = Submission("you", "you", task.slug, (NOTEBOOK,))
    session = InProcess("your_notebook", submission.cells)
    result, output = check_once(task, name, submission, session, learner_seed("", "you", task.slug))
    if output:
        print(output, end="")
    if result is None:
        raise CheckNotPassed(f"{name} is not here to be run: it is an instructor's check, or the kit is incomplete")
    if result.outcome == "grader_error":
        raise RuntimeError(FAULT)
    if result.outcome != "passed":
        hint = result.hint.partition("\n")[0]
        raise CheckNotPassed("\n".join([result.title, result.message] + [f"hint: {hint}"] * bool(hint)))
