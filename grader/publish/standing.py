"""Stage 5: who has what in OUT. This is the one place that decides; grades.csv, exports and the gradebook are made from it.

What counts is the report: the last one on each learner and exercise, whichever run wrote it, for as long as it lies there as
it was written. `site/instructors/reports.md` says so to instructors, under "What OUT means".
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from grader.checking.report import Report, as_written, unfit
from grader.collect.opened import OWN, Folder
from grader.collect.submission import Submission
from grader.grading.journal import fingerprint, fingerprints
from grader.manifest.course import Course
from grader.publish.cells import neutral
from grader.publish.renaming import read_names

COLUMNS = ["learner", "exercise", "score", "max_score", "status"]
MOST = 2**26  # bytes of a file of ours: a report has some tens of thousands
_MOST_OF_THE_JOURNAL = 2**31
_NEUTRALISED = re.compile(r"(?:\A|(?<=[;|\t\r\n]))'(?=\s*[=+@\-\uff1d\uff0b\uff20\uff0d]|[\t\r])")

Pair = tuple[str, str]  # a learner and an exercise's slug


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


@dataclass(frozen=True)
class Standing:
    """The table of learners and exercises, as OUT stands."""

    course: Course
    pairs: tuple[Pair, ...]  # its rows: by learner, then in the order of the course
    reports: Mapping[Pair, Report]  # one that is not believed is held here
    doubts: tuple[Doubt, ...] = ()
    gone: tuple[Pair, ...] = ()  # what was finished once, and whose report somebody took away

    def score(self, pair: Pair) -> float | None:
        """Return the automatic score; None where it is missing or held."""
        report = self.reports.get(pair)
        return None if report is None else report.score

    def most(self, pair: Pair) -> float:
        """Return the points that can be had."""
        report = self.reports.get(pair)
        return self.course.by_slug[pair[1]].points if report is None else report.max_score

    def status(self, pair: Pair) -> str:
        """Return `graded`, `held` or `missing`."""
        report = self.reports.get(pair)
        return "missing" if report is None else report.status

    def grades(self) -> str:
        """Return the text of grades.csv."""
        rows = []
        for pair in self.pairs:
            score = self.score(pair)
            cells = ["" if score is None else f"{score:g}", f"{self.most(pair):g}", self.status(pair)]
            rows.append([neutral(pair[0]), pair[1], *cells])
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([COLUMNS, *rows])
        return text.getvalue()


def standing(
    folder: Folder,
    course: Course,
    written: Mapping[Pair, str] | None,
    listed: Iterable[Pair] = (),
    fresh: Iterable[tuple[Submission, Report]] = (),
) -> Standing:
    """Read how OUT stands.

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
    fresh : iterable of submission and report
        Reports that this run wrote or read; they are not read again.
    """
    by_place = {(one.folder, one.exercise): report for one, report in fresh}
    reports = {(report.learner, report.exercise): report for report in by_place.values()}
    owners = {one.folder: one.learner for one in read_names(folder)[0]}
    doubts = []
    for name, slug, text in _on_disk(folder, course, by_place.keys()):
        owner = owners.get(name, "")
        report, why = _read(text, slug, owner or name, written)
        if report is None:
            doubts.append(Doubt(owner or name, slug, name, why))
        elif (pair := (report.learner, slug)) in reports or owner not in ("", report.learner):
            second = f"a second report on {report.learner!r}; remove the folder that is not theirs"
            doubts.append(Doubt("" if owner == report.learner else owner, slug, name, second))
        else:
            reports[pair] = report
    for one in doubts:
        if one.learner and (one.learner, one.exercise) not in reports:
            reports[one.learner, one.exercise] = _held(one, course)
    gone = [pair for pair in written or () if pair not in reports and pair[1] in course.by_slug]
    pairs = {pair for pair in listed if pair[1] in course.by_slug} | reports.keys()
    ordered = sorted(pairs, key=lambda pair: (pair[0], course.by_slug[pair[1]].number))
    return Standing(course, tuple(ordered), reports, tuple(doubts), tuple(gone))


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


def written_in(folder: Folder) -> dict[Pair, str] | None:
    """Return the fingerprints in OUT's journal; None where there is none, or it knows of no report at all.

    Raises
    ------
    OSError
        If it is there and cannot be read.
    """
    try:
        return fingerprints(folder.read(f"{OWN}/journal", _MOST_OF_THE_JOURNAL).decode(errors="replace")) or None
    except (FileNotFoundError, NotADirectoryError):
        return None


def _held(doubt: Doubt, course: Course) -> Report:
    most = course.by_slug[doubt.exercise].points
    return Report(doubt.learner, doubt.exercise, None, most, "held", "0" * 16, "none", "", 0.0, ())


def _on_disk(folder: Folder, course: Course, known: Iterable[Pair]) -> Iterator[tuple[str, str, str | OSError]]:
    """Yield folder, exercise and text of each report that is not `known` already; or why it cannot be read."""
    skip = set(known)
    try:
        reports = folder.folder("reports")
    except (FileNotFoundError, NotADirectoryError):
        return
    with reports:
        for name in sorted(entry.name for entry in reports.entries()):
            wanted = [one.slug for one in course.exercises if (name, one.slug) not in skip]
            if not wanted:
                continue
            try:
                own = reports.folder(name)
            except NotADirectoryError:  # a file, or a link, which is not followed
                continue
            with own:
                there = {entry.name for entry in own.entries()}
                for slug in wanted:
                    if f"{slug}.json" in there:
                        try:
                            yield name, slug, own.read(f"{slug}.json", MOST).decode(errors="replace")
                        except OSError as error:
                            yield name, slug, error


def _read(text: str | OSError, slug: str, owner: str, written: Mapping[Pair, str] | None) -> tuple[Report | None, str]:
    """Return a report, or why it is not believed."""
    if isinstance(text, OSError):
        return None, f"{text.strerror or text}; remove it, and `grader grade` makes it anew"
    try:
        # Of what is held back the journal says nothing; there is no score in it either.
        if written is not None and written.get((owner, slug)) == fingerprint(text):
            return as_written(text), ""
        report = Report.from_json(text)
    except ValueError as error:
        return None, f"{error}; remove it, and `grader grade` makes it anew"
    problem = unfit(report) if report.exercise == slug else f"it is on {report.exercise!r}"
    scored = report.score is not None or report.status != "held"
    if not problem and scored and written is not None and written.get((report.learner, slug)) != fingerprint(text):
        problem = "it is not as `grader grade` wrote it: edited since, or cut off when a run was killed"
    return (None, f"{problem}; remove it, and `grader grade` makes it anew") if problem else (report, "")


def _as_it_was(cell: str) -> str:
    """Return the learner of whom a cell of grades.csv tells, without the mark that keeps spreadsheets from running it."""
    name = _NEUTRALISED.sub("", cell)
    return name if neutral(name) == cell else cell
