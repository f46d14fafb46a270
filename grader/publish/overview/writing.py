"""Write the overview into OUT, from the reports in it: the page, the same as JSON, and a table of all that was not passed."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from tempfile import SpooledTemporaryFile
from urllib.parse import quote

from grader.checking.report import Report
from grader.collect.opened import Folder
from grader.diagnosis.words import reason_and_lesson
from grader.grading.journal import Finished, Pair
from grader.manifest.course import Course
from grader.publish.adjustments import AdjustmentError
from grader.publish.cells import neutral
from grader.publish.class_list import Contact, read_contacts
from grader.publish.overview.kinds import NAMED, Overview, Who
from grader.publish.overview.learners import ClassTally
from grader.publish.overview.page import page
from grader.publish.overview.same_code import SameCodes
from grader.publish.overview.tally import ExerciseTally
from grader.publish.standing import Doubt, OfLearner, Reading, finished_in, listed_in, written_in
from grader.publish.timing import read_deadlines

COLUMNS = "learner name section exercise status score check hidden outcome diagnosis message page".split()
MOST_LETTERS = 300  # of a message in the table: the learner's page has all of it
_IN_MEMORY = 2**24  # bytes of the table
_NO_GRADES = "There is no grades.csv yet: all reports are counted, and it is not known who is missing."
_BOM = "\N{BYTE ORDER MARK}"  # Excel takes a file for UTF-8 only with it


def write_overview(folder: Folder, course: Course, site: str = "") -> Overview:
    """Write the overview of an OUT as it stands; for parameters and errors see `Survey`."""
    reading = Reading(folder, course, written_in(folder), listed_in(folder))
    with closing(Survey(folder, course, reading.listed, finished_in(folder), site)) as survey:
        for one in reading:
            survey.add(one)
        return survey.write(reading.standing().doubts, graded_at(folder))


def graded_at(folder: Folder) -> str:
    """Return when OUT's grades.csv was written; nothing where there is none."""
    try:
        written = folder.stat("grades.csv").st_mtime
    except FileNotFoundError:
        return ""
    return datetime.fromtimestamp(written, UTC).strftime("%Y-%m-%d %H:%M UTC")


class Survey:
    """Adds up a class, learner after learner.

    Parameters
    ----------
    folder : Folder
        OUT, which this command alone is writing.
    course : Course
        The course that was graded.
    listed : iterable of pair
        Who is asked for what; what there is no report on is missing.
    finished : Finished
        What OUT's journal says.
    site : str
        The address of the course's site, to which lessons are links; without one they are named.

    Raises
    ------
    OSError
        If OUT cannot be read or written.
    """

    def __init__(
        self, folder: Folder, course: Course, listed: Iterable[Pair], finished: Finished, site: str = ""
    ) -> None:
        self._folder, self._course, self._site = folder, course, site
        self._people = read_contacts(folder)
        self._places = {exercise.slug: place for place, exercise in enumerate(course.exercises)}
        # One byte for each exercise, whether it is asked for: of a large class little is kept.
        self._listed: dict[str, bytearray] = {}
        for learner, slug in listed:
            self._listed.setdefault(learner, bytearray(len(self._places)))[self._places[slug]] = 1
        self._exercises = {exercise.slug: ExerciseTally(exercise) for exercise in course.exercises}
        self._class = ClassTally()
        self._finished, self._same_codes = finished, SameCodes(finished)
        # The table is written while the class is read: of a large one no more than a learner at a time is held.
        self._table = SpooledTemporaryFile(max_size=_IN_MEMORY, dir=str(folder.path))  # noqa: SIM115  # until `close`
        self._table.write(_rows([COLUMNS], _BOM))
        self._deadlines, self._no_deadlines = None, ""
        try:
            self._deadlines = read_deadlines(folder, course)
        except AdjustmentError as error:
            self._no_deadlines = f"It is not known who was late: {error}."

    def close(self) -> None:
        """Let go of what was added up."""
        self._table.close()

    def add(self, one: OfLearner) -> None:
        """Add a learner with all reports."""
        asked = self._listed.pop(one.learner, bytearray(len(self._places)))
        statuses = {}
        for slug, place in self._places.items():
            if slug in one.reports:
                statuses[slug] = one.reports[slug].status
            elif asked[place]:
                statuses[slug] = "missing"
        person = self._people.get(one.learner) or Contact()
        about = [neutral(cell) for cell in (one.learner, person.name, person.section)]
        rows: list[list[str]] = []
        counted: dict[str, tuple[Report, Who]] = {}
        for slug, report in one.reports.items():
            late, is_spared = self._came(one.learner, report)
            who = Who(one.learner, person.name, page_of(one.folder, slug), late)
            counted[slug] = report, who
            if late:
                self._exercises[slug].late.add(who)
                rows.append([*about, slug, *_cells(report, who, "late", late)])
            if is_spared:
                self._exercises[slug].untimed.add(who)
                rows.append([*about, slug, *_cells(report, who, "no time")])
        who = Who(one.learner, person.name, next((page.page for _, page in counted.values()), ""))
        self._class.add(who, person, statuses, counted)
        for slug, status in statuses.items():
            if status == "missing":
                self._exercises[slug].missing.add(who)
                rows.append([*about, slug, status, *[""] * (len(COLUMNS) - len(about) - 2)])
            else:
                report, page_of_it = counted[slug]
                self._exercises[slug].add(report, page_of_it, self._finished.traces((one.learner, slug)).behaviours)
                rows += [[*about, slug, *cells] for cells in _not_passed(report, page_of_it)]
                if report.score is not None and (others := self._same_codes.add(slug, page_of_it)):
                    rows.append([*about, slug, *_cells(report, page_of_it, "same code", f"as {', '.join(others)}")])
        if rows:
            self._table.write(_rows(rows))

    def write(self, doubts: Sequence[Doubt], as_of: str) -> Overview:
        """Write overview.html, overview.json and overview.csv; return what they say.

        Parameters
        ----------
        doubts : sequence of Doubt
            The reports that are not believed.
        as_of : str
            When the class was graded.

        Raises
        ------
        OSError
            If OUT cannot be written.
        """
        for learner in list(self._listed):  # who is left has no report at all
            self.add(OfLearner(learner, "", {}))
        self._table.seek(0)
        self._folder.write("overview.csv", iter(lambda: self._table.read(2**16), b""), alone=True)
        overview = self._overview(doubts, as_of)
        text = json.dumps({**asdict(overview), "said": overview.said}, ensure_ascii=False, allow_nan=False, indent=1)
        self._folder.write("overview.json", _bytes(text + "\n"), alone=True)
        self._folder.write("overview.html", _bytes(page(overview, self._site)), alone=True)
        return overview

    def _overview(self, doubts: Sequence[Doubt], as_of: str) -> Overview:
        tallies = list(self._exercises.values())
        far_behind, behind = self._class.behind()
        exercises = tuple(
            one.result(self._same_codes.of(one.exercise.slug))
            for one in tallies
            if one.graded or one.held.count or one.missing.count
        )
        return Overview(
            course=self._course.title,
            as_of=as_of,
            learners=self._class.learners,
            graded=sum(one.graded for one in exercises),
            held=sum(one.held.count for one in exercises),
            missing=sum(one.missing.count for one in exercises),
            exercises=exercises,
            with_zero=self._class.with_zero,
            zeros=self._class.zeros(),
            far_behind=far_behind,
            behind=behind,
            came_late=self._class.came_late,
            late=self._class.late(),
            absent=self._class.absent.some(),
            sections=self._class.sections(),
            unread=tuple(f"{one.place}: {one.why}" for one in doubts[:NAMED]),
            more_unread=max(0, len(doubts) - NAMED),
            notes=tuple(filter(None, ["" if as_of else _NO_GRADES, self._no_deadlines])),
        )

    def _came(self, learner: str, report: Report) -> tuple[str, bool]:
        """Return how late a hand-in came, and whether it has no penalty because that is not known."""
        if self._deadlines is None:
            return "", False
        timing = self._deadlines.look((learner, report.exercise), report.submission_sha256)
        return self._deadlines.told(timing), report.score is not None and self._deadlines.spares(timing)


def page_of(name: str, slug: str) -> str:
    """Return where the page beside a report is, relative to OUT, as a link has it."""
    return f"feedback/{quote(name, errors='surrogateescape')}/{slug}.html"


def _not_passed(report: Report, who: Who) -> Iterator[list[str]]:
    for check in report.checks:
        if check.outcome != "passed":
            kind = "hidden" if check.hidden else "public"
            reason, _ = reason_and_lesson(check.diagnosis)
            message = "" if reason else " ".join(check.message[:MOST_LETTERS].split())
            yield _cells(report, who, check.outcome, message, reason, (check.name, kind))


def _cells(
    report: Report, who: Who, outcome: str, message: str = "", reason: str = "", of: tuple[str, str] = ("", "")
) -> list[str]:
    """Return the cells of a row behind the name of the exercise; what is said of a whole hand-in is of no check."""
    score = "" if report.score is None else f"{report.score:g}"
    return [report.status, score, *of, outcome, neutral(reason), neutral(message), who.page]


def _rows(rows: list[list[str]], before: str = "") -> bytes:
    text = io.StringIO(before)
    text.seek(0, io.SEEK_END)
    csv.writer(text, lineterminator="\n").writerows(rows)
    return _bytes(text.getvalue())


def _bytes(text: str) -> bytes:
    """Return the text in UTF-8; half a letter, which JSON can hold, becomes a question mark."""
    return text.encode("utf-8", "replace")
