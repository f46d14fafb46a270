"""Stage 5: what `grade` leaves in OUT, written so that a kill at any moment loses nothing finished.

OUT/grades.csv, OUT/reports/LEARNER/SLUG.json and OUT/feedback/LEARNER/SLUG.html are for reading; OUT/.grader/ is the
grader's own: the course's secret, and the journal of what is finished.
"""

import csv
import hashlib
import io
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from grader import __version__
from grader.course import Course, Exercise
from grader.feedback import page
from grader.grade import Graded
from grader.report import Report
from grader.submission import Submission

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run


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
        try:
            self._own.mkdir(parents=True, exist_ok=True)
            self._own.chmod(0o700)  # the secret is no reader's business
            self._journal = (self._own / "journal").open("a+", encoding="utf-8")
        except OSError as error:
            raise OutputError(f"cannot write to {out}: {error.strerror}") from None
        self._journal.seek(0)
        self._finished = set(self._journal.read().splitlines())
        self._checks = {exercise.slug: _checks_hash(exercise) for exercise in course.exercises}

    def secret(self, given: str | None) -> str:
        """Return the course's secret: the one given, or the one that this OUT was first graded with."""
        if given is not None:
            return given
        path = self._own / "secret"
        if not path.exists():
            write(path, secrets.token_hex(16))
        return path.read_text(encoding="utf-8")

    def folds_case(self) -> bool:
        """Tell whether `Learner` and `learner` are the same name on the disk that holds OUT."""
        probe = self._own / "Case"
        write(probe, "")
        folds = (self._own / "cASE").exists()
        probe.unlink()
        return folds

    def finished(self, submission: Submission, secret: str, lock: str) -> Report | None:
        """Return the report of an earlier run of this very submission, checks, seed and lock, if there is one."""
        if self._key(submission, secret, lock) not in self._finished:
            return None
        try:
            report = Report.from_json(self._report_path(submission).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None  # somebody removed or changed it: grade again
        return report if report.submission_sha256 == submission.sha256 else None

    def add(self, graded: Graded, secret: str, lock: str) -> None:
        """Write a report and its page, then its line in the journal: in this order, so that a line means both."""
        submission, report = graded.submission, graded.report
        write(self._report_path(submission), report.to_json())
        exercise = self._course.by_slug[submission.exercise]
        write(self._out / "feedback" / submission.folder / f"{exercise.slug}.html", page(report, exercise))
        if report.status == "graded":
            self._journal.write(self._key(submission, secret, lock) + "\n")
            self._journal.flush()

    def write_grades(self, rows: Iterable[tuple[Submission, Report | None]]) -> None:
        """Write grades.csv: one row for each learner and exercise, missing ones too."""
        text = io.StringIO()
        table = csv.writer(text, lineterminator="\n")
        table.writerow(["learner", "exercise", "score", "max_score", "status"])
        for submission, report in rows:
            score = "" if report is None or report.score is None else f"{report.score:g}"
            maximum = "10" if report is None else f"{report.max_score:g}"
            status = "missing" if report is None else report.status
            table.writerow([neutral(submission.learner), submission.exercise, score, maximum, status])
        write(self._out / "grades.csv", text.getvalue())

    def _report_path(self, submission: Submission) -> Path:
        return self._out / "reports" / submission.folder / f"{submission.exercise}.json"

    def _key(self, submission: Submission, secret: str, lock: str) -> str:
        # The same bytes under another name are read otherwise, so what was read of them counts too.
        parts = [submission.learner, submission.exercise, submission.sha256, submission.problem, *submission.notes]
        parts += [cell.label for cell in submission.cells]
        parts += [self._checks[submission.exercise], secret, lock]
        return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def neutral(cell: str) -> str:
    """Return `cell` so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def write(path: Path, text: str) -> None:
    """Write a file whole or not at all: a reader sees the old text or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)


def _checks_hash(exercise: Exercise) -> str:
    digest = hashlib.sha256(__version__.encode())
    for path in (exercise.public_checks, exercise.hidden_checks):
        digest.update(path.read_bytes() if path.exists() else b"")
    return digest.hexdigest()
