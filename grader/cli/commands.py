"""The commands of `grader`, all in one place."""

from typing import Annotated

import typer

from grader import __version__
from grader.checking.seeds import SecretError
from grader.cli import authoring, exporting, grading, making, overview, practice, returning
from grader.cli.terminal import console, fail
from grader.manifest.course import CourseError, Places
from grader.publish.writer import OutputError
from grader.sandbox import LockUnavailable

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
bundles = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

app.command()(practice.check)
app.command()(practice.hint)
app.command()(practice.watch)
app.command()(practice.progress)
# What is an instructor's or an author's is not listed in a kit, which has nothing that it could work on.
in_kit = Places().stubs.is_dir()
app.command(hidden=in_kit)(grading.grade)
app.command(hidden=in_kit)(overview.overview)
app.command(hidden=in_kit)(exporting.export)
app.command("return", hidden=in_kit)(returning.hand_back)
app.command(hidden=in_kit)(making.release)
app.command(hidden=in_kit)(making.nbgrader)
starts = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
starts.command()(authoring.course)
starts.command()(authoring.exercise)
app.add_typer(starts, name="new", help="Start a course of your own, or another exercise.", hidden=in_kit)
app.command(hidden=in_kit)(authoring.audit)
bundles.command()(making.gradescope)
bundles.command()(making.github)
app.add_typer(bundles, name="bundle", help="Pack the grader for a platform that runs it.", hidden=in_kit)


def run() -> None:
    """Run what was typed; bad input ends in one line, never in a traceback."""
    try:
        app()
    except (CourseError, OutputError, SecretError) as error:
        fail(str(error))
    except OSError as error:  # a full disk, no more descriptors: of this machine, not of the course or of a learner
        fail(f"this machine refused what the command needs: {error}; what was finished is kept")
    except LockUnavailable as error:
        fail(f"{error}. Without the lock nothing is graded; --unsafe-no-sandbox is the only way past it.")
    except ModuleNotFoundError as error:
        fail(f"this command is an instructor's and needs the whole kit with its extra `grade` ({error})")


@app.callback(invoke_without_command=True)
def version(show: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    """Practise, and grade, the exercises of a course."""
    if show:
        console.print(__version__)
        raise typer.Exit
