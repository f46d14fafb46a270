"""Stage 5: what `grade` leaves in OUT, written so that a kill at any moment loses nothing finished.

OUT/grades.csv, OUT/reports/LEARNER/SLUG.json and OUT/feedback/LEARNER/SLUG.html are for reading, and so is
OUT/changes.csv after a regrade that changed a verdict; OUT/.grader/ is the grader's own: the course's secret, and the
journal of what is finished.
"""

import csv
import io
import os
import re
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from grader.course import Course
from grader.feedback import page
from grader.grade import Graded
from grader.journal import Journal
from grader.regrade import Change, compare, why
from grader.report import Report
from grader.seeds import course_secret
from grader.submission import Submission

COLUMNS = ["learner", "exercise", "score", "max_score", "status"]
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run
# So it would behind blanks, and behind what it takes for the end of a cell where its language has another mark than the
# comma; and the wide forms of the signs are signs to it.
_FORMULA = re.compile(r"\A(?=[\t\r])|(?:\A|(?<=[;|\t\r\n]))(?=[^\S\t\r\n]*[=+@\-\uff1d\uff0b\uff20\uff0d])")


class OutputError(Exception):
    """OUT cannot be written; the message says where and why."""


class Results:
    """The folder OUT.

    Parameters
    ----------
    out
        The folder; made if need be.
    course
        The course.

    Raises
    ------
    OutputError
        If it cannot be written.
    """

    def __init__(self, out: Path, course: Course) -> None:
        self._out = out
        self._course = course
        self._own = out / ".grader"
        self.again: Counter[str] = Counter()  # how many were graded again, by the reason
        self.changes: list[Change] = []  # what that changed
        try:
            self._own.mkdir(parents=True, exist_ok=True)
            self._own.chmod(0o700)  # the secret is no reader's business
            self._journal = Journal(self._own / "journal", course)
        except OSError as error:
            raise OutputError(f"cannot write to {out}: {error.strerror}") from None

    def secret(self, given: str | None) -> str:
        """Return the course's secret: the one given, from now on, or the one that this OUT was first graded with."""
        if given is not None:
            write(self._own / "secret", given)
            return given
        return course_secret(self._out)

    def folds_case(self) -> bool:
        """Tell whether `Learner` and `learner` are the same name on the disk that holds OUT."""
        probe = self._own / "Case"
        write(probe, "")
        folds = (self._own / "cASE").exists()
        probe.unlink()
        return folds

    def finished(self, submission: Submission, secret: str, lock: str) -> Report | None:
        """Return the report of an earlier run of this very submission, checks, seed and lock, if there is one."""
        changed = self._journal.changed(submission, self._journal.circumstances(submission, secret, lock))
        # If somebody removed or changed the report, or the page is gone, both are made again.
        if changed != () or not self._page_path(submission).is_file():
            return None
        report = self.earlier(submission)
        return report if report is not None and report.submission_sha256 == submission.sha256 else None

    def earlier(self, submission: Submission) -> Report | None:
        """Return the report that lies there from an earlier run, whatever it was made of."""
        try:
            return Report.from_json(self._report_path(submission).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None

    def add(self, graded: Graded, secret: str, lock: str) -> None:
        """Write a report and its page, then its line in the journal: in this order, so that a line means both."""
        submission, report = graded.submission, graded.report
        circumstances = self._journal.circumstances(submission, secret, lock)
        changed = self._journal.changed(submission, circumstances)
        before = self.earlier(submission) if changed else None
        write(self._report_path(submission), report.to_json())
        exercise = self._course.by_slug[submission.exercise]
        write(self._page_path(submission), page(report, exercise, graded.picture))
        if before is not None and changed:
            self._compare(before, report, why(changed))
        if report.status == "graded":
            self._journal.finish(submission, circumstances)

    def _compare(self, before: Report, after: Report, because: str) -> None:
        self.again[because] += 1
        change = compare(before, after, because)
        if change is not None:
            self.changes.append(change)
            append_change(self._out / "changes.csv", change)

    def write_grades(self, rows: Iterable[tuple[Submission, Report | None]]) -> None:
        """Write grades.csv: one row for each learner and exercise, missing ones too.

        Rows of exercises that are not among these stay as an earlier run wrote them.
        """
        new = []
        for submission, report in rows:
            score = "" if report is None or report.score is None else f"{report.score:g}"
            maximum = "10" if report is None else f"{report.max_score:g}"
            status = "missing" if report is None else report.status
            new.append([neutral(submission.learner), submission.exercise, score, maximum, status])
        graded = {row[1] for row in new}
        kept = [row for row in self._earlier_grades() if row[1] in self._course.by_slug and row[1] not in graded]
        table = [*new, *kept]
        if kept:
            table.sort(key=lambda row: (row[0], self._course.by_slug[row[1]].number))
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([COLUMNS, *table])
        write(self._out / "grades.csv", text.getvalue())

    def _earlier_grades(self) -> list[list[str]]:
        try:
            with (self._out / "grades.csv").open(encoding="utf-8", newline="") as file:
                head, *rows = csv.reader(file)
        except (OSError, ValueError):
            return []
        return [row for row in rows if len(row) == len(COLUMNS)] if head == COLUMNS else []

    def _page_path(self, submission: Submission) -> Path:
        return self._out / "feedback" / submission.folder / f"{submission.exercise}.html"

    def _report_path(self, submission: Submission) -> Path:
        return self._out / "reports" / submission.folder / f"{submission.exercise}.json"


def neutral(cell: str) -> str:
    """Return `cell` so that no spreadsheet takes it for a formula."""
    return _FORMULA.sub("'", cell)


def write(path: Path, text: str) -> None:
    """Write a file whole or not at all: a reader sees the old text or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)


def append_change(path: Path, change: Change) -> None:
    """Add one line to the list of what regrades changed."""
    is_new = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        if is_new:
            table.writerow(["when", "learner", "exercise", "before", "after", "because", "checks"])
        when = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        scores = ["held" if score is None else f"{score:g}" for score in (change.before, change.after)]
        row = [when, neutral(change.learner), change.exercise, *scores, change.because, "; ".join(change.checks)]
        table.writerow(row)
