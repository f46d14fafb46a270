"""What instructors type to hand things out: the learner kit, an nbgrader course, bundles for platforms."""

from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from grader.cli.course import CourseDir, at_hand
from grader.cli.grading import Only
from grader.cli.terminal import console, errors, fail


def _need_solutions(course_dir: Path | None) -> None:
    """End where there is nothing to make anything of: in what was handed out."""
    if not at_hand(course_dir).places.solutions.is_dir():
        fail(
            "this is a learner's kit, and has no solutions: use the folder of the course itself, or name it by --course"
        )


def release(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A new folder.", show_default=False)],
    course_dir: CourseDir = None,
) -> None:
    """Write the learner kit: stubs, public checks, and nothing hidden."""
    _need_solutions(course_dir)
    from grader.authoring.release import release as write_kit
    from grader.authoring.stub import ReleaseError

    try:
        files = write_kit(out, at_hand(course_dir))
    except ReleaseError as error:
        fail(str(error))
    console.print(Text(f"{len(files)} files in {out}"))


def nbgrader(
    folder: Annotated[
        Path, typer.Argument(metavar="COURSE_DIR", help="A new folder, or an nbgrader course.", show_default=False)
    ],
    course_dir: CourseDir = None,
) -> None:
    """Make an nbgrader course: source notebooks, and a configuration that grades in the sandbox."""
    _need_solutions(course_dir)
    from grader.authoring.stub import ReleaseError
    from grader.platforms.nbgrader.course import make_course

    try:
        files = make_course(folder, at_hand(course_dir))
    except ReleaseError as error:
        fail(str(error))
    console.print(Text(f"{len(files)} files written in {folder}"))


def gradescope(
    out: Annotated[
        Path, typer.Argument(metavar="OUT.zip", help="The zip; an older bundle is replaced.", show_default=False)
    ],
    only: Only = None,
    seed: Annotated[
        str | None, typer.Option(help="The course's secret; without it the replaced bundle's, or a new one.")
    ] = None,
    unsafe_no_sandbox: Annotated[
        bool, typer.Option("--unsafe-no-sandbox", help="Grade even where there is no lock; every result says so.")
    ] = False,
    course_dir: CourseDir = None,
) -> None:
    """Write an autograder for Gradescope."""
    _need_solutions(course_dir)
    from grader.platforms.bundle import BundleError, bundle_gradescope

    try:
        if only is not None and len(only) > 1:
            fail(f"--only {' --only '.join(only)}: a bundle grades one exercise, or all; name one")
        secret = bundle_gradescope(
            out, at_hand(course_dir), only[0] if only else None, seed, locked=not unsafe_no_sandbox
        )
    except BundleError as error:
        fail(str(error))
    console.print(Text(f"bundle  {out}\nsecret  {secret}\n"), end="")
    console.print(Text("It holds the secret and the hidden checks: keep it to yourself.", style="yellow"))
    if unsafe_no_sandbox:
        errors.print(
            Text("Without the lock a learner's code can read all of it and write its own score.", style="bold red")
        )


def github(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A new folder.", show_default=False)],
    course_dir: CourseDir = None,
) -> None:
    """Write a private repository that grades the learners' repositories."""
    _need_solutions(course_dir)
    from grader.platforms.bundle import BundleError, bundle_github

    try:
        files = bundle_github(out, at_hand(course_dir))
    except BundleError as error:
        fail(str(error))
    console.print(Text(f"{len(files)} files in {out}; push it as a private repository, and read its README.md"))
