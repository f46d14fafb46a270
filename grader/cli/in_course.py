"""What `grade` does besides in an nbgrader course: the times of its exchange, and the late penalties of its plug-in."""

from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from grader.cli.terminal import errors, print_error
from grader.collect.submission import Submission
from grader.manifest.course import Course

if TYPE_CHECKING:
    from grader.publish.gradebook import Gradebook

CONFIG = "nbgrader_config.py"


def submitted_in(submissions: Path, layout: str, out: Path) -> Path | None:
    """Return the folder `submitted` of an nbgrader course, where the hand-ins are those; None where they are not."""
    if layout == "nbgrader":
        return submissions / "submitted" if (submissions / "submitted").is_dir() else None
    is_course = is_course_of(out, out / "submitted")
    return submissions if is_course and submissions.is_dir() and submissions.samefile(out / "submitted") else None


def is_course_of(out: Path, submitted: Path) -> bool:
    """Tell whether OUT is the nbgrader course whose hand-ins lie there: its configuration is code, and is the teacher's."""
    return (out / CONFIG).is_file() and submitted.is_dir() and submitted.parent.samefile(out)


def with_times(submissions: tuple[Submission, ...], submitted: Path | None, course: Course) -> tuple[Submission, ...]:
    """Return the hand-ins with the times that nbgrader's exchange wrote, and say what cannot be read."""
    if submitted is None:
        return submissions
    from grader.platforms.nbgrader.exchange import with_times

    timed, said = with_times(submissions, submitted, course)
    for line in said:
        errors.print(Text(line, style="yellow"), soft_wrap=True)
    return timed


def assign_penalties(book: "Gradebook", submitted: Path | None, out: Path) -> bool:
    """Have nbgrader assign its late penalties; return whether it could be done."""
    from grader.publish.gradebook import GradebookError

    if submitted is None or not is_course_of(out, submitted):
        return True
    try:
        if names := book.perhaps_late():
            from grader.platforms.nbgrader import START_PENALTIES

            book.ask_nbgrader(START_PENALTIES, names, out.resolve())
    except GradebookError as error:
        print_error(f"late penalties are as they were: {error}; the same command completes them")
        return False
    return True
