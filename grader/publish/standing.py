"""Stage 5: who has what in OUT. This is the one place that decides; grades.csv, exports and the gradebook are made from it.

What counts is the report: the last one on each learner and exercise, whichever run wrote it, for as long as it lies there as
it was written. `site/instructors/reports.md` says so to instructors, under "What OUT means".
"""

import csv
import io
import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from grader.checking.report import Report, as_written, unfit
from grader.collect.opened import OWN, Folder
from grader.grading.journal import Finished, Pair, fingerprint, finished
from grader.manifest.course import Course
from grader.publish.cells import neutral
from grader.publish.renaming import read_names

COLUMNS = ["learner", "exercise", "score", "max_score", "status"]
MOST = 2**26  # bytes of a file of ours: a report has some tens of thousands
_NEUTRALISED = re.compile(r"(?:\A|(?<=[;|\t\r\n]))'(?=\s*[=+@\-\uff1d\uff0b\uff20\uff0d]|[\t\r])")


@dataclass(frozen=True)
class Doubt:
    """A report that is not believed."""

    learner: str  # whose it should be; empty where it would be a second one
    exercise: str
    folder: str
    why: str

    @property
    def place(self) -> str:
        """Where in OUT it lies."""
        return f"reports/{self.folder}/{self.exercise}.json"


class Row(NamedTuple):
    """What a report says in the tables."""

    score: float | None
    most: float
    status: str
    sha256: str  # of what was handed in


@dataclass(frozen=True)
class Standing:
    """The table of learners and exercises, as OUT stands."""

    course: Course
    pairs: tuple[Pair, ...]  # its rows: by learner, then in the order of the course
    rows: Mapping[Pair, Row]  # of each report; one that is not believed is held here
    doubts: tuple[Doubt, ...] = ()
    gone: tuple[Pair, ...] = ()  # what was finished once, and whose report somebody took away

    def score(self, pair: Pair) -> float | None:
        """Return the automatic score; None where it is missing or held."""
        row = self.rows.get(pair)
        return None if row is None else row.score

    def most(self, pair: Pair) -> float:
        """Return the points that can be had."""
        row = self.rows.get(pair)
        return self.course.by_slug[pair[1]].points if row is None else row.most

    def status(self, pair: Pair) -> str:
        """Return `graded`, `held` or `missing`."""
        row = self.rows.get(pair)
        return "missing" if row is None else row.status

    def grades(self) -> str:
        """Return the text of grades.csv."""
        text = io.StringIO()
        table = csv.writer(text, lineterminator="\n")
        table.writerow(COLUMNS)
        for pair in self.pairs:
            score = self.score(pair)
            cells = ["" if score is None else f"{score:g}", f"{self.most(pair):g}", self.status(pair)]
            table.writerow([neutral(pair[0]), pair[1], *cells])
        return text.getvalue()


@dataclass(frozen=True)
class OfLearner:
    """All reports on one learner."""

    learner: str
    folder: str  # below `reports` and `feedback`
    reports: Mapping[str, Report]  # by exercise, in the order of the course; one that is not believed is held here
    doubted: Collection[str] = ()  # the exercises of those


class Reading:
    """Reads how OUT stands: it yields learner after learner, of whom no more is kept than `standing` returns afterwards.

    Parameters
    ----------
    folder : Folder
        OUT.
    course : Course
        The course.
    written : mapping of pair to str, optional
        The fingerprint of each finished report, as the journal has them; None where that cannot be asked, and every report
        that can be read is believed.
    listed : iterable of pair
        Who is to have a row even if there is no report.
    """

    def __init__(
        self, folder: Folder, course: Course, written: Mapping[Pair, str] | None, listed: Iterable[Pair] = ()
    ) -> None:
        self._course, self._written = course, written
        self.listed = [pair for pair in listed if pair[1] in course.by_slug]
        self._rows: dict[Pair, Row] = {}
        self._doubts: list[Doubt] = []
        self._all = self._learners(folder)

    def __iter__(self) -> Iterator[OfLearner]:
        return self._all

    def standing(self) -> Standing:
        """Read what has not been read yet, and return the whole table."""
        for _ in self._all:
            pass
        gone = [pair for pair in self._written or () if pair not in self._rows and pair[1] in self._course.by_slug]
        pairs = sorted({*self.listed, *self._rows}, key=lambda pair: (pair[0], self._course.by_slug[pair[1]].number))
        return Standing(self._course, tuple(pairs), self._rows, tuple(self._doubts), tuple(gone))

    def _learners(self, folder: Folder) -> Iterator[OfLearner]:
        owners = {one.folder: one.learner for one in read_names(folder)[0]}
        for name, texts in _on_disk(folder, self._course, owners):
            before = len(self._doubts)
            found: dict[str, dict[str, Report]] = {}  # by learner: one, unless somebody has moved reports about
            for slug, text in texts:
                report = self._believed(name, slug, text, owners.get(name, ""))
                if report is not None:
                    row = Row(report.score, report.max_score, report.status, report.submission_sha256)
                    self._rows[report.learner, slug] = row
                    found.setdefault(report.learner, {})[slug] = report
            for learner, reports in found.items():
                yield OfLearner(learner, name, reports, {one.exercise for one in self._doubts[before:]})

    def _believed(self, name: str, slug: str, text: str | OSError, owner: str) -> Report | None:
        """Return a report, held where it is not believed; None where it belongs to nobody."""
        report, why = _read(text, slug, owner or name, self._written)
        learner = owner or name
        if report is not None:
            if (report.learner, slug) not in self._rows and owner in ("", report.learner):
                return report
            learner = "" if owner == report.learner else owner
            why = f"a second report on {report.learner!r}; remove the folder that is not theirs"
        doubt = Doubt(learner, slug, name, why)
        self._doubts.append(doubt)
        return _held(doubt, self._course) if learner and (learner, slug) not in self._rows else None


def listed_in(folder: Folder) -> list[Pair]:
    """Return whom OUT's grades.csv has a row of; nobody where there is none, or it is not ours."""
    return [(_as_it_was(row[0]), row[1]) for row in earlier_rows(folder)]


def earlier_rows(folder: Folder) -> list[list[str]]:
    """Return the rows of OUT's grades.csv."""
    try:
        head, *rows = csv.reader(io.StringIO(folder.read("grades.csv", MOST).decode(), newline=""))
    except (OSError, ValueError, csv.Error):
        return []
    return [row for row in rows if len(row) == len(COLUMNS)] if head == COLUMNS else []


def written_in(folder: Folder) -> Mapping[Pair, str] | None:
    """Return the fingerprints in OUT's journal; None where there is none, or it knows of no report at all.

    Raises
    ------
    OSError
        If it is there and cannot be read.
    """
    return finished_in(folder).reports() or None


def finished_in(folder: Folder) -> Finished:
    """Return what OUT's journal says; nothing where there is none.

    Raises
    ------
    OSError
        If it is there and cannot be read.
    """
    try:
        descriptor = folder.open_file(f"{OWN}/journal")
    except (FileNotFoundError, NotADirectoryError):
        return Finished()
    with os.fdopen(descriptor, encoding="utf-8", errors="replace") as lines:
        return finished(lines)


def _held(doubt: Doubt, course: Course) -> Report:
    most = course.by_slug[doubt.exercise].points
    return Report(doubt.learner, doubt.exercise, None, most, "held", "0" * 16, "none", "", 0.0, ())


def _on_disk(
    folder: Folder, course: Course, known: Collection[str]
) -> Iterator[tuple[str, list[tuple[str, str | OSError]]]]:
    """Yield each folder of reports, and exercise and text of each in it, or why it cannot be read; those `known` first."""
    try:
        reports = folder.folder("reports")
    except (FileNotFoundError, NotADirectoryError):
        return
    with reports:
        for name in sorted((entry.name for entry in reports.entries()), key=lambda name: (name not in known, name)):
            try:
                own = reports.folder(name)
            except NotADirectoryError:  # a file, or a link, which is not followed
                continue
            with own:
                there = {entry.name for entry in own.entries()}
                slugs = [one.slug for one in course.exercises if f"{one.slug}.json" in there]
                yield name, [(slug, _text(own, f"{slug}.json")) for slug in slugs]


def _text(own: Folder, name: str) -> str | OSError:
    try:
        return own.read(name, MOST).decode(errors="replace")
    except OSError as error:
        return error


def _read(text: str | OSError, slug: str, owner: str, written: Mapping[Pair, str] | None) -> tuple[Report | None, str]:
    """Return a report, or why it is not believed."""
    if isinstance(text, OSError):
        return None, f"{text.strerror or text}; remove it, and `grader grade` makes it again"
    try:
        # Of what is held back the journal says nothing; there is no score in it either.
        if written is not None and written.get((owner, slug)) == fingerprint(text):
            return as_written(text), ""
        report = Report.from_json(text)
    except ValueError as error:
        return None, f"{error}; remove it, and `grader grade` makes it again"
    problem = unfit(report) if report.exercise == slug else f"it is on {report.exercise!r}"
    scored = report.score is not None or report.status != "held"
    if not problem and scored and written is not None and written.get((report.learner, slug)) != fingerprint(text):
        problem = "it is not as `grader grade` wrote it: edited since, or cut off when a run was killed"
    return (None, f"{problem}; remove it, and `grader grade` makes it again") if problem else (report, "")


def _as_it_was(cell: str) -> str:
    """Return the learner of whom a cell of grades.csv tells, without the mark that keeps spreadsheets from running it."""
    name = _NEUTRALISED.sub("", cell)
    return name if neutral(name) == cell else cell
