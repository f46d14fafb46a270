"""The command that makes tables of OUT's reports: `export`."""

import sys
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from grader.cli.course import CourseDir, at_hand
from grader.cli.grading import Columns, Roster, class_list
from grader.cli.terminal import errors, fail


class Form(Enum):
    """What `--format` may be."""

    wide = "wide"
    long = "long"
    canvas = "canvas"
    moodle = "moodle"
    jsonl = "jsonl"


def export(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="What `grade` wrote.", show_default=False)],
    form: Annotated[Form, typer.Option("--format", help="For a spreadsheet, a platform or a program.")] = Form.wide,
    roster: Roster = None,
    columns: Columns = "",
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="EXERCISE", help="Only this exercise; may be repeated for others."),
    ] = None,
    to: Annotated[Path | None, typer.Option(help="The file to write; standard output if not given.")] = None,
    course_dir: CourseDir = None,
) -> None:
    """Make a table of all scores: for spreadsheets, Canvas, Moodle or programs."""
    from grader.publish.export import ExportError, gather
    from grader.publish.export import export as as_text
    from grader.publish.results import write
    from grader.publish.tables import bring_up_to_date
    from grader.publish.writer import writing

    if writer := writing(out):  # asked before anything is read
        errors.print(Text(f"{out} is being written by {writer}: this is what is finished so far", style="yellow"))
    try:
        gathered = gather(out, at_hand(course_dir), class_list(roster, columns), only, busy=bool(writer))
        text = as_text(gathered, form.value)
        if to is not None:
            write(to, text)
    except ExportError as error:
        fail(str(error))
    except OSError as error:
        fail(f"{to}: {error.strerror}")
    if (tables := gathered.tables) is not None:
        said = "" if writer else bring_up_to_date(out, tables)
        for line in filter(None, [said, *tables.finals.said]):
            errors.print(Text(line, style="yellow"), soft_wrap=True)
    if to is None:
        sys.stdout.buffer.write(text.encode())
    left_out = set(gathered.left_out(form.value))
    for learner in gathered.strangers:
        more = ", and left out" if learner in left_out else ""
        errors.print(Text(f"not in the roster{more}: {learner}", style="yellow"), soft_wrap=True)
    for learner in sorted(left_out - set(gathered.strangers)):
        said = f"left out: {learner}: there is nothing by which {form.value.capitalize()} could find this learner"
        errors.print(Text(said, style="yellow"), soft_wrap=True)
