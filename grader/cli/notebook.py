"""What learners type in a notebook: `%load_ext grader`, and `%check EXERCISE` whenever they like.

It runs in the learner's own kernel, on what the notebook has defined by now, and says what `grader check` says.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

from rich.text import Text

from grader.checking.report import Report
from grader.cli.practice import keep, next_unfinished
from grader.cli.terminal import console, print_error, print_praise, print_report
from grader.collect.choosing import read_one
from grader.manifest.course import Course, CourseError, Exercise, load_course
from grader.practice import learner

SAVED = "This was checked with what the notebook's kernel holds at the moment. What you hand in is the file: run all cells, and save it."


def load(shell: Any) -> None:
    """Teach the notebook, an IPython shell, its line `%check`."""
    shell.register_magic_function(check, "line", "check")


def check(line: str) -> None:
    """Run the public checks of an exercise on what the notebook has defined: `%check NAME`, or `%check 2`.

    In the exercise's own folder its name may be left out.
    """
    try:
        course = load_course()
        task = course.find(line.strip().strip("\"'") or Path.cwd().name)
        folder = learner.find_exercises(Path.cwd(), None)
        console.print(Text("checking …", "dim"))
        report = _report(task, folder)
    except CourseError as error:
        print_error(str(error))
        return
    if folder is not None:
        keep(report, folder)
    with console:  # one output of the cell, not one for each line
        _show(report, course, task, folder)


def _report(task: Exercise, folder: Path | None) -> Report:
    from grader.practice.in_notebook import check_all  # with pytest, NumPy and SymPy

    report = check_all(task)
    # Whether the file beside the notebook counts instead, as for whoever works in both.
    notes = read_one(folder / task.name, learner.LEARNER, task).notes if folder is not None else ()
    return replace(report, notes=notes)


def _show(report: Report, course: Course, task: Exercise, folder: Path | None) -> None:
    if print_report(report, task.title):
        print_praise(next_unfinished(course, folder, task) if folder is not None else None)
        console.print(Text(f"  {SAVED}", "dim"))
