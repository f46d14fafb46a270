"""The command `grader`: what learners and instructors type."""

import os
import sys
from collections import defaultdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from grader import __version__
from grader.course import Course, CourseError, load_course
from grader.report import Report
from grader.sandbox import LockUnavailable
from grader.submission import Submission

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
console = Console(highlight=False)
errors = Console(stderr=True, highlight=False)

SYMBOLS = {"passed": "✓", "skipped": "–", "grader_error": "!"}
INTERRUPTED = 130  # 128 + SIGINT, as shells have it
MATRIX_ROWS = 40  # learners up to which the table shows each of them

Only = Annotated[str | None, typer.Option("--only", metavar="EXERCISE", help="Grade this exercise alone.")]


def main() -> None:
    """Run the command; bad input ends in one line, never in a traceback."""
    try:
        app()
    except CourseError as error:
        fail(str(error))
    except LockUnavailable as error:
        fail(f"{error}. Without the lock nothing is graded; --unsafe-no-sandbox is the only way past it.")
    except ModuleNotFoundError as error:
        fail(f"this command is an instructor's and needs the whole kit with its extra `grade` ({error})")


def fail(message: str) -> None:
    """Say what is wrong and exit with status 2."""
    errors.print(Text.assemble(("error: ", "bold red"), message))
    sys.exit(2)


@app.callback(invoke_without_command=True)
def version(show: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    """Teach, practise and grade gradient descent."""
    if show:
        console.print(__version__)
        raise typer.Exit


@app.command()
def check(
    exercise: Annotated[
        str | None, typer.Argument(metavar="EXERCISE", help="update_rule, 02_update_rule, 2 or a path; all without it.")
    ] = None,
) -> None:
    """Run the public checks on your own files."""
    from grader.learner import check_own, find_exercises

    course = load_course()
    chosen = (course.find(exercise),) if exercise else course.exercises
    folder = find_exercises(Path.cwd(), exercise)
    if folder is None:
        fail("no exercises here; run this in the folder that holds `exercises`, or inside it")
    assert folder is not None
    passed = True
    for report, task in check_own(course, chosen, folder):
        passed = print_report(report, task.title) and passed
    raise typer.Exit(0 if passed else 1)


@app.command()
def grade(
    submissions: Annotated[
        Path, typer.Argument(metavar="SUBMISSIONS", help="A folder of LEARNER/…, LEARNER.zip.", show_default=False)
    ],
    out: Annotated[Path, typer.Option(help="Where reports, pages and grades go.", show_default=False)],
    jobs: Annotated[int, typer.Option(min=1, help="Grading processes.")] = os.cpu_count() or 1,
    seed: Annotated[str | None, typer.Option(help="The course's secret; kept in OUT/.grader if not given.")] = None,
    only: Only = None,
    unsafe_no_sandbox: Annotated[
        bool, typer.Option("--unsafe-no-sandbox", help="Run learners' code unlocked; every report says so.")
    ] = False,
) -> None:
    """Grade a class: a folder of submissions in, scores, reports and pages out."""
    from grader import grade as grading
    from grader.collect import CollectError, collect
    from grader.results import OutputError, Results
    from grader.sandbox import lock_name

    course = load_course()
    slug = course.find(only).slug if only else None
    grading.prepare()
    try:
        lock = "none" if unsafe_no_sandbox else lock_name()
        if not submissions.is_dir():
            raise CollectError(f"{submissions}: no such folder; expected one that holds LEARNER/update_rule.py, …")
        results = Results(out, course)
        collection = collect(submissions, course, only=slug, distinct_by_case=results.folds_case())
    except (CollectError, OutputError) as error:
        fail(str(error))
    for line in collection.ignored:
        errors.print(Text(f"ignored: {line}", style="yellow"))
    for one in collection.submissions:
        for note in one.notes if one.missing else ():  # it has no page on which to say so
            errors.print(Text(f"missing: {one.learner}, {one.exercise}: {note}", style="yellow"))

    secret = results.secret(seed)
    reports: dict[tuple[str, str], Report] = {}
    todo = []
    for submission in collection.submissions:
        report = None if submission.missing else results.finished(submission, secret, lock)
        if report is not None:
            reports[submission.learner, submission.exercise] = report
        elif not submission.missing:
            todo.append(submission)
    settings = grading.Settings(secret, lock, not unsafe_no_sandbox, tuple(sorted({one.exercise for one in todo})))
    with Progress(
        TextColumn("grading"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=errors,
        refresh_per_second=4,
    ) as progress:
        bar = progress.add_task("grading", total=len(todo) + len(reports), completed=len(reports))
        try:
            for graded in grading.grade(
                todo, settings, lambda: grading.processes(min(jobs, max(1, len(todo)))), 3 * jobs
            ):
                results.add(graded, secret, lock)
                reports[graded.submission.learner, graded.submission.exercise] = graded.report
                progress.advance(bar)
                for fault in graded.faults:
                    progress.console.print(
                        Text(
                            f"held: {graded.submission.learner}, {graded.submission.exercise}: {fault}",
                            style="bold red",
                        )
                    )
        except KeyboardInterrupt:
            progress.stop()
            errors.print("interrupted; what was finished is kept, and the same command goes on from there")
            raise typer.Exit(INTERRUPTED) from None
    results.write_grades((one, reports.get((one.learner, one.exercise))) for one in collection.submissions)
    print_class(course, collection.submissions, reports)
    console.print(Text(f"\ngrades    {out / 'grades.csv'}\nreports   {out / 'reports'}\nfeedback  {out / 'feedback'}"))
    raise typer.Exit(1 if any(report.status == "held" for report in reports.values()) else 0)


@app.command()
def release(out: Annotated[Path, typer.Argument(metavar="OUT", help="A new folder.", show_default=False)]) -> None:
    """Write the learner kit: stubs, public checks, and nothing hidden."""
    from grader.release import release as write_kit
    from grader.stub import ReleaseError

    try:
        files = write_kit(out, load_course())
    except ReleaseError as error:
        fail(str(error))
    console.print(Text(f"{len(files)} files in {out}"))


def print_report(report: Report, title: str) -> bool:
    """Print a report check by check; return whether all passed."""
    points = sum(check.points for check in report.checks)
    console.print(Text(f"\n{title}", style="bold"))
    for note in report.notes:
        console.print(Text(f"  {note}", style="yellow"))
    for result in report.checks:
        good = result.outcome == "passed"
        style = "green" if good else "yellow" if result.outcome == "skipped" else "red"
        claim = Table.grid(padding=(0, 1))
        claim.add_row(Text(f"  {SYMBOLS.get(result.outcome, '✗')}", style), Text(result.title))
        console.print(claim)
        print_indented(result.message)
        if result.diagnosis:
            print_indented(f"perhaps: {result.diagnosis}", "cyan")
        if result.hint:
            print_indented(f"hint: {result.hint.splitlines()[0]}", "cyan")
    if report.output:
        console.print(Text("  your code printed:", style="dim"))
        print_indented(report.output, "dim")
    console.print(Text(f"  {points:g} of {report.max_score:g} points of the public checks"))
    return all(result.outcome == "passed" for result in report.checks)


def print_indented(text: str, style: str = "") -> None:
    """Print below a check's claim, wrapped with its indent kept."""
    if text:
        console.print(Padding(Text(text, style), (0, 0, 0, 6)))


def print_class(course: Course, submissions: tuple[Submission, ...], reports: dict[tuple[str, str], Report]) -> None:
    """Print the result table: each learner's scores, or each exercise's numbers where the class is large."""
    table = Table()
    slugs = [
        exercise.slug for exercise in course.exercises if any(one.exercise == exercise.slug for one in submissions)
    ]
    learners = list(dict.fromkeys(one.learner for one in submissions))
    if len(learners) <= MATRIX_ROWS:
        table.add_column("learner", no_wrap=True, overflow="ellipsis")
        for slug in slugs:
            table.add_column(f"{course.by_slug[slug].number:02d}", justify="right")
        for learner in learners:
            table.add_row(escape(learner), *[_cell(reports.get((learner, slug))) for slug in slugs])
    else:
        for heading in ("exercise", "graded", "missing", "held", "full marks", "mean"):
            table.add_column(heading, justify="left" if heading == "exercise" else "right")
        by_slug = defaultdict(list)
        for one in submissions:
            by_slug[one.exercise].append(reports.get((one.learner, one.exercise)))
        for slug in slugs:
            scores = [report.score for report in by_slug[slug] if report is not None and report.score is not None]
            held = sum(report is not None and report.status == "held" for report in by_slug[slug])
            missing = sum(report is None for report in by_slug[slug])
            full = sum(score == 10 for score in scores)
            mean = f"{sum(scores) / len(scores):.2f}" if scores else "–"
            table.add_row(slug, str(len(scores)), str(missing), str(held), str(full), mean)
    console.print(table)
    if len(learners) <= MATRIX_ROWS:
        names = [f"{course.by_slug[slug].number:02d} {slug}" for slug in slugs]
        console.print(Text(f"{', '.join(names)}; – missing", "dim"))


def _cell(report: Report | None) -> str:
    if report is None:
        return "–"
    return "held" if report.score is None else f"{report.score:g}"
