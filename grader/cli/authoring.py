"""What authors of a course type: `grader new course`, `grader new exercise`, `grader audit`."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from grader.cli.course import CourseDir, at_hand
from grader.cli.terminal import bar, console, errors, fail


def course(folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder.", show_default=False)]) -> None:
    """Write a small course that works at once."""
    from grader.authoring.start import new_course
    from grader.authoring.stub import ReleaseError

    try:
        files = new_course(folder)
    except ReleaseError as error:
        fail(str(error))
    console.print(Text(f"{len(files)} files in {folder}; its README.md says how to go on"))


def exercise(
    slug: Annotated[str, typer.Argument(metavar="SLUG", help="Its name, such as line_search.", show_default=False)],
    course_dir: CourseDir = None,
) -> None:
    """Add a small exercise that works at once."""
    from grader.authoring.start import new_exercise
    from grader.authoring.stub import ReleaseError

    try:
        files = new_exercise(at_hand(course_dir, above=True), slug)
    except ReleaseError as error:
        fail(str(error))
    for file in files:
        console.print(Text(str(file)), soft_wrap=True)


def audit(
    exercise: Annotated[
        str | None, typer.Argument(metavar="EXERCISE", help="Its name or number; all without it.", show_default=False)
    ] = None,
    course_dir: CourseDir = None,
) -> None:
    """Tell what the checks of your exercises are worth."""
    from grader.authoring.audit import audit as audited
    from grader.authoring.stub import ReleaseError

    course = at_hand(course_dir, above=True)
    chosen = (course.find(exercise),) if exercise else course.exercises
    good = True
    for one in chosen:
        try:
            with errors.status("") as status:
                rows = [row for row in audited(course, one, status.update) if row.of or row.said]
        except ReleaseError as error:
            fail(str(error))
        table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
        for row in rows:
            mark = Text("–") if not row.tried else Text("✓", "green") if row.good else Text("✗", "red")
            table.add_row(mark, row.title, bar(row.right / row.of if row.of else 0.0), f"{row.right} of {row.of}")
        console.print(Text(f"\n{one.name}", style="bold"))
        console.print(table)
        for row in rows:
            for said in row.said:
                console.print(Text(f"      {said}".replace("\n", "\n      ")), soft_wrap=True)
        good = good and all(row.good for row in rows)
    raise typer.Exit(0 if good else 1)
