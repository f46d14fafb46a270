"""What `grade` says and records of OUT as it stands after a run: whose reports are of earlier ones, and which were touched."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from grader.checking.report import Report
from grader.cli.terminal import console, errors, print_error
from grader.collect.submission import Submission
from grader.manifest.course import Course, Exercise

if TYPE_CHECKING:
    from grader.collect.roster import Entry
    from grader.collect.store import Store
    from grader.grading.journal import Pair
    from grader.publish.gradebook import Gradebook
    from grader.publish.gradebook.notebooks import Notebooks
    from grader.publish.results import Results
    from grader.publish.standing import OfLearner, Reading, Standing

_NAMED = 10  # learners whom one line names


def tell_standing(
    results: "Results", now: "Standing", this_run: "Mapping[Pair, Submission]", exercises: list[Exercise], out: Path
) -> None:
    """Say which grades are not of these hand-ins, and which reports were touched since they were written."""
    still = [
        (one.slug, [who for who, slug in now.rows if slug == one.slug and (who, slug) not in this_run])
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


def write_finals(results: "Results", now: "Standing", out: Path) -> bool:
    """Write final.csv, and say where it differs from grades.csv; return whether it could be written."""
    from grader.publish.adjustments import AdjustmentError

    try:
        found = results.write_finals(now)
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
    reading: "Reading", this_run: "Mapping[Pair, Submission]", behind: bool, along: Callable[["OfLearner"], None]
) -> Iterator[tuple[Submission, Report]]:
    """Yield what the gradebook is to be told: what is new, or all, where an earlier run did not come so far."""
    for one in reading:
        along(one)
        for slug, report in one.reports.items():
            pair = one.learner, slug
            if pair in this_run:
                yield this_run[pair].graded_as(report.submission_sha256), report
            elif behind or slug in one.doubted:  # what is not believed is held, there too
                yield Submission(one.learner, one.folder, slug, notes=report.notes), report


class Recording:
    """Writes the gradebook and its notebooks, and says afterwards what became of it."""

    def __init__(self, book: "Gradebook", out: Path, course: Course, store: "Store") -> None:
        self._book, self._out, self._course, self._store = book, out, course, store
        self._notices: list[str] = []
        self._lost: list[str] = []
        self._error = ""

    def write(self, graded: Iterator[tuple[Submission, Report]], entries: tuple["Entry", ...]) -> None:
        """Write what is graded.

        Raises
        ------
        OSError
            If OUT cannot be read: then nothing is known of how it stands.
        """
        from grader.publish.gradebook import GradebookError
        from grader.publish.gradebook.notebooks import Notebooks

        with closing(Notebooks(self._out, self._course)) as notebooks:
            try:
                self._notices = self._book.write(self._with_notebooks(graded, notebooks), entries)
            except GradebookError as error:
                self._error = str(error)
                for _ in graded:  # who reads along with it reads on
                    pass
            self._lost = self._book.lost + notebooks.lost

    def _with_notebooks(
        self, graded: Iterable[tuple[Submission, Report]], notebooks: "Notebooks"
    ) -> Iterator[tuple[Submission, Report]]:
        for submission, report in graded:
            if not submission.missing and not self._error:
                try:
                    notebooks.write(submission, report, self._store.whole)
                except OSError as error:
                    self._error = f"{self._out / 'autograded'}: {error.strerror or error}"
            yield submission, report

    def tell(self) -> bool:
        """Say what could not be written; return whether all could."""
        if self._error:
            print_error(f"{self._error}; all else is written, and the same command completes it")
            return False
        for notice in self._notices:
            errors.print(Text(f"gradebook: {notice}", style="yellow"))
        for line in self._lost:
            errors.print(Text(f"not in the gradebook: {line}", style="bold red"))
        console.print(Text(f"gradebook {self._book.name}"))
        return not self._lost


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
