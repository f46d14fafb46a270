"""What the command prints, and where: reports check by check, progress, errors in one line."""

import sys
from collections.abc import Mapping, Sequence
from typing import NoReturn

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from grader.checking.report import CheckResult, Report
from grader.manifest.course import Exercise
from grader.practice.progress import Best

SYMBOLS = {"passed": "✓", "skipped": "–", "grader_error": "!"}
BAR = 10  # letters of a bar
SHOWN, WIDEST = 8, 160  # of what a learner's code printed: lines at the beginning and at the end, letters of each

for stream in (sys.stdout, sys.stderr):
    if hasattr(stream, "reconfigure"):  # no letter that a terminal does not know may end the command
        stream.reconfigure(errors="replace")
console = Console(highlight=False)
errors = Console(stderr=True, highlight=False)


def fail(message: str) -> NoReturn:
    """Say what is wrong and exit with status 2."""
    print_error(message)
    sys.exit(2)


def print_error(message: str) -> None:
    """Say what is wrong in one line, which is not broken: a path in it may be copied."""
    errors.print(Text.assemble(("error: ", "bold red"), message), soft_wrap=True)


def warn(message: str) -> None:
    """Say what the command can do without."""
    errors.print(Text(message, "yellow"))


def print_report(report: Report, title: str) -> bool:
    """Print a report check by check; return whether all passed."""
    points = sum(check.points for check in report.checks)
    console.print(Text(f"\n{title}", style="bold"))
    for note in report.notes:
        console.print(Padding(Text(note, style="yellow"), (0, 0, 0, 2)))
    if report.output:  # first, so that the verdicts are what stays on the screen
        console.print(Text("  your code printed:", style="dim"))
        print_indented(shortened(report.output), "dim")
    unreadable = why_unreadable(report)
    if unreadable:
        print_indented(unreadable)
    for result in report.checks:
        print_claim(result)
        if unreadable:
            continue
        print_indented(result.message)
        if result.diagnosis:
            print_indented(f"perhaps: {result.diagnosis}", "cyan")
        if result.hint:
            print_indented(f"hint: {result.hint.splitlines()[0]}", "cyan")
    if report.left_out:
        left_out = ", ".join(report.left_out)
        console.print(Text(f"  not all could be explained ({left_out}): a fault of the grader, not yours", "yellow"))
    console.print(Text(f"  {points:g} of {report.max_score:g} points of the public checks"))
    return all(result.outcome == "passed" for result in report.checks)


def shortened(printed: str) -> str:
    """Return the first and the last lines of what a learner's code printed, each of them cut."""
    lines = [line if len(line) <= WIDEST else f"{line[:WIDEST]} …" for line in printed.splitlines()]
    if len(lines) > 2 * SHOWN:
        lines[SHOWN:-SHOWN] = [f"… {len(lines) - 2 * SHOWN} lines more …"]
    return "\n".join(lines)


def print_praise(following: Exercise | None) -> None:
    """Say what it means that all public checks of an exercise pass, and which comes next."""
    console.print(Text("  All public checks pass.", style="green"))
    console.print(Text("  You can hand it in: for the grade, more checks try it on other inputs."))
    if following is not None:
        console.print(Text(f"  Next: {following.title} (grader check {following.number})"))


def print_summary(exercises: Sequence[Exercise], finished: Sequence[Exercise], waiting: Sequence[Exercise]) -> None:
    """Say in a few lines how far all exercises are, and where to go on."""
    console.print(Text(f"\nAll public checks pass: {len(finished)} of {len(exercises)} exercises", style="bold"))
    if waiting:
        names = ", ".join(f"{exercise.number} {exercise.slug}" for exercise in waiting)
        console.print(Text(f"Not begun: {names}", style="dim"))
    # What was begun is finished first.
    left = sorted((one for one in exercises if one not in finished), key=lambda one: one in waiting)
    if left:
        console.print(Text(f"Next: {left[0].title} (grader check {left[0].number})"))
    else:
        console.print(Text("All public checks of all exercises pass.", style="green"))


def why_unreadable(report: Report) -> str:
    """Return what keeps all of a file from being run, as a mistake of syntax does; nothing if it runs."""
    said = {check.message for check in report.checks if check.outcome not in ("passed", "skipped")}
    waiting = all(check.outcome in ("error", "skipped") and not check.hint for check in report.checks)
    return said.pop() if waiting and len(said) == 1 else ""


def print_claim(result: CheckResult) -> None:
    """Print what a check claims, and whether it is so."""
    style = {"passed": "green", "skipped": "yellow"}.get(result.outcome, "red")
    claim = Table.grid(padding=(0, 1))
    claim.add_row(Text(f"  {SYMBOLS.get(result.outcome, '✗')}", style), Text(result.title))
    console.print(claim)


def print_indented(text: str, style: str = "") -> None:
    """Print below a check's claim, wrapped with its indent kept."""
    if text:
        console.print(Padding(Text(text, style), (0, 0, 0, 6)))


def print_progress(exercises: Sequence[Exercise], progress: Mapping[str, Best]) -> None:
    """Print how far one has come in each exercise."""
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column("", justify="right")
    table.add_column("exercise")
    table.add_column("checks", justify="right")
    table.add_column("", no_wrap=True)
    table.add_column("points", justify="right")
    for exercise in exercises:
        best = progress.get(exercise.slug)
        if best is None:
            table.add_row(str(exercise.number), exercise.title, "–", bar(0.0), "–", style="dim")
            continue
        done = best.passed == best.checks
        checks, points = f"{best.passed} of {best.checks}", f"{best.points:g} of {best.max_points:g}"
        shown = bar(best.passed / best.checks if best.checks else 1.0)
        table.add_row(str(exercise.number), exercise.title, checks, shown, points, style="green" if done else "")
    console.print(table)
    known = [progress[exercise.slug] for exercise in exercises if exercise.slug in progress]
    complete = sum(best.passed == best.checks for best in known)
    console.print(Text(f"\n{complete} of {len(exercises)} exercises pass all public checks"))


def bar(share: float) -> str:
    """Return a share as a bar of ten letters."""
    full = round(share * BAR)
    return "█" * full + "░" * (BAR - full)
