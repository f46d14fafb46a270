"""What `grade` says and records of OUT as it stands after a run: whose reports are of earlier ones, and which were touched."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from grader.checking.report import Report
from grader.cli.terminal import console, errors, print_error
from grader.collect.submission import Submission
from grader.manifest.course import Exercise

if TYPE_CHECKING:
    from grader.publish.gradebook import Gradebook
    from grader.publish.results import Results
    from grader.publish.standing import Standing

_NAMED = 10  # learners whom one line names
Reports = Mapping[tuple[str, str], Report]  # of one run, by learner and exercise


def tell_standing(results: "Results", now: "Standing", reports: Reports, exercises: list[Exercise], out: Path) -> None:
    """Say which grades are not of these hand-ins, and which reports were touched since they were written."""
    still = [
        (one.slug, [who for who, slug in now.reports if slug == one.slug and (who, slug) not in reports])
        for one in exercises
    ]
    lines = [
        f"no longer handed in: {slug} by {_some(learners)}: the earlier report still counts. To take it away, remove it from "
        f"{out / 'reports'}, and grade again"
        for slug, learners in still
        if learners
    ]
    if results.edited:
        whose = _some([f"{learner} ({slug})" for learner, slug in results.edited])
        lines.append(f"graded again, for the report was edited, or cut off when a run was killed: {whose}")
    lines += [f"held: {out / doubt.place}: {doubt.why}" for doubt in now.doubts]
    if now.gone:
        whose = _some([f"{learner} ({slug})" for learner, slug in now.gone])
        lines.append(f"missing now, for the report was removed, and nothing is handed in: {whose}")
    for line in lines:
        errors.print(Text(line, style="yellow"), soft_wrap=True)


def write_finals(results: "Results", now: "Standing", submissions: tuple[Submission, ...], out: Path) -> bool:
    """Write final.csv, and say where it differs from grades.csv; return whether it could be written."""
    from grader.publish.adjustments import AdjustmentError

    try:
        found = results.write_finals(now, [one for one in submissions if not one.missing])
    except AdjustmentError as error:
        print_error(f"{error}; final.csv is as it was, and the same command completes it")
        return False
    for line in found.said:
        errors.print(Text(line, style="yellow"), soft_wrap=True)
    if found.changed:
        console.print(Text(f"final     {out / 'final.csv'} ({found.changed} not as in grades.csv)"), soft_wrap=True)
    return True


def read_by_hand(book: "Gradebook", results: "Results", is_own: bool) -> bool:
    """Read what a teacher gave in the formgrader, for final scores; return whether it could be done."""
    from grader.publish.gradebook import GradebookError

    try:
        results.keep_by_hand(book.by_hand(), "" if is_own else book.address)
    except GradebookError as error:
        print_error(f"{error}; points by hand in final.csv are as they were, and the same command completes it")
        return False
    return True


def _some(names: Sequence[str]) -> str:
    """Return some names, and how many more there are."""
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def to_record(
    results: "Results", now: "Standing", reports: Reports, everyone: tuple[Submission, ...], behind: bool
) -> list[tuple[Submission, Report]]:
    """Return what the gradebook is to be told: what is new, or all, where an earlier run did not come so far."""
    graded = [(one, report) for one in everyone if (report := reports.get((one.learner, one.exercise)))]
    folders = results.folders()
    doubted = {(one.learner, one.exercise) for one in now.doubts}
    others = [
        (Submission(pair[0], folders.get(pair[0], pair[0]), pair[1], notes=report.notes), report)
        for pair, report in now.reports.items()
        if pair not in reports and (behind or pair in doubted)
    ]
    return graded + others


def withdraw(book: "Gradebook", results: "Results", gone: Sequence[tuple[str, str]]) -> bool:
    """Take back what the gradebook has of reports that are no more; return whether it could be done."""
    from grader.publish.gradebook import GradebookError

    folders = results.folders()
    places = {(folders.get(learner, learner), slug): (learner, slug) for learner, slug in gone}
    try:
        kept = book.withdraw(places)
    except GradebookError as error:
        print_error(f"{error}; all else is written, and the same command completes it")
        return False
    if kept:
        whose = _some([f"{folder} ({slug})" for folder, slug in kept])
        said = f"gradebook: without an automatic score now, but given something by hand: {whose}"
        errors.print(Text(said, style="yellow"), soft_wrap=True)
    results.forget(places, kept)
    return True
