"""Which course a command is about: the one that is named, an author's own, or the one that the package carries."""

import os
from pathlib import Path
from typing import Annotated

import typer

from grader.manifest.course import VARIABLE, Course, course_above, load_course

CourseDir = Annotated[
    Path | None, typer.Option("--course", metavar="DIR", help="The folder of another course.", show_default=False)
]


def at_hand(named: Path | None, above: bool = False) -> Course:
    """Return the course that a command is about; from here on it is the one that everything asks for.

    Parameters
    ----------
    named
        What `--course` names.
    above
        Whether to look for one from the working directory upwards: for those who practise or write it themselves. Where
        others' work is graded nobody's folder may bring its own, for checks are code.

    Raises
    ------
    CourseError
        If it has no manifest, or a wrong one.
    """
    folder = named or (course_above(Path.cwd()) if above else None)
    if folder is not None:
        os.environ[VARIABLE] = str(folder.resolve())
    return load_course()
