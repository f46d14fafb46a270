"""The command that shows a class at a glance: `overview`; `grade` ends with the same."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer
from rich.text import Text

from grader.checking.comfort import in_one_line
from grader.cli.course import CourseDir, at_hand
from grader.cli.terminal import console, errors, fail, print_error

if TYPE_CHECKING:
    from grader.collect.opened import Folder
    from grader.publish.overview import Overview, Survey
    from grader.publish.standing import Doubt, OfLearner

T = TypeVar("T")


def overview(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="What `grade` wrote.", show_default=False)],
    site: Annotated[
        str, typer.Option(metavar="URL", help="The course's site, for links to lessons.", show_default=False)
    ] = "",
    course_dir: CourseDir = None,
) -> None:
    """Show a class at a glance: what was hard, what was misunderstood, who needs help."""
    from grader.publish.overview import write_overview
    from grader.publish.writer import Writer

    course = at_hand(course_dir)
    if site and not site.startswith(("https://", "http://")):
        fail(f"--site {site}: expected an address that begins with https:// or http://")
    if not (out / "reports").is_dir() and not (out / "grades.csv").is_file():
        fail(f"{out}: neither reports nor grades.csv; name the folder that `grader grade --out` wrote")
    with Writer(out) as writer:
        print_overview(write_overview(writer.folder, course, site), out)


class AlongTheWay:
    """An overview that is made while OUT is read for something else, on which no grade depends."""

    def __init__(self, make: Callable[[], "Survey"]) -> None:
        self._fault = ""
        self._survey: Survey | None = None
        self._survey = self._tried(make)

    def close(self) -> None:
        """Let go of what was added up."""
        if self._survey is not None:
            self._survey.close()

    def add(self, one: "OfLearner") -> None:
        """Add a learner."""
        if (survey := self._survey) is not None:
            self._tried(lambda: survey.add(one))

    def end(self, doubts: Sequence["Doubt"], folder: "Folder", out: Path) -> bool:
        """Write and show it; return whether it could be done."""
        from grader.publish.overview import graded_at

        if (survey := self._survey) is not None:
            told = self._tried(lambda: survey.write(doubts, graded_at(folder)))
            if told is not None:
                print_overview(told, out)
        if self._fault:
            print_error(f"no overview: {self._fault}; all else is written, and `grader overview {out}` makes it")
        return not self._fault

    def _tried(self, do: Callable[[], T]) -> T | None:
        try:
            return do()
        except Exception as error:  # noqa: BLE001  # whatever it is, all that was asked for is written but this
            self._fault = in_one_line(error)
            self.close()
            self._survey = None
            return None


def print_overview(told: "Overview", out: Path) -> None:
    """Say the three things that the page begins with, what could not be read, and where the page is."""
    for line in told.unread:
        errors.print(Text(f"not in the overview: {line}", style="yellow"), soft_wrap=True)
    if told.more_unread:
        errors.print(Text(f"not in the overview: {told.more_unread} more", style="yellow"))
    for note in told.notes:
        errors.print(Text(note, style="yellow"), soft_wrap=True)
    console.print()
    for sentence in told.said:
        console.print(Text(sentence))
    console.print(Text(f"overview  {out / 'overview.html'}"), soft_wrap=True)
