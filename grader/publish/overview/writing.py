"""Write the overview into OUT, from what OUT holds: the page, the same as JSON, and a table of all that was not passed."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import asdict

from grader.checking.report import Report
from grader.collect.opened import Folder
from grader.diagnosis.words import reason_and_lesson
from grader.manifest.course import Course
from grader.publish.adjustments import AdjustmentError
from grader.publish.class_list import Contact, read_contacts
from grader.publish.overview.kinds import NAMED, Overview, Who
from grader.publish.overview.learners import ClassTally
from grader.publish.overview.page import page
from grader.publish.overview.reading import Unread, listed, page_of, reports
from grader.publish.overview.tally import ExerciseTally
from grader.publish.results import neutral
from grader.publish.timing import read_deadlines

COLUMNS = "learner name section exercise status score check hidden outcome diagnosis message page".split()
MOST_LETTERS = 300  # of a message in the table: the learner's page has all of it
_BOM = "\N{BYTE ORDER MARK}"  # Excel takes a file for UTF-8 only with it


class OverviewError(Exception):
    """There can be no overview; the message says where, what, and what would be right."""


def write_overview(folder: Folder, course: Course, site: str = "") -> Overview:
    """Write overview.html, overview.json and overview.csv.

    Parameters
    ----------
    folder : Folder
        OUT, which this command alone is writing.
    course : Course
        The course that was graded.
    site : str
        The address of the course's site, to which lessons are links; without one they are named.

    Returns
    -------
    Overview
        What they say.

    Raises
    ------
    OverviewError
        If grades.csv is no table.
    OSError
        If OUT cannot be read or written.
    """
    survey = _Survey(folder, course)
    # The table is written while the class is read: of a large one no more than a learner at a time is held.
    folder.write("overview.csv", survey.table(), alone=True)
    overview = survey.result()
    text = json.dumps({**asdict(overview), "said": overview.said}, ensure_ascii=False, allow_nan=False, indent=1)
    folder.write("overview.json", _bytes(text + "\n"), alone=True)
    folder.write("overview.html", _bytes(page(overview, site)), alone=True)
    return overview


class _Survey:
    """One way through OUT."""

    def __init__(self, folder: Folder, course: Course) -> None:
        self._folder, self._course = folder, course
        try:
            self._listed = listed(folder, course)
        except csv.Error as error:
            raise OverviewError(
                f"{folder.path / 'grades.csv'}: {error}; remove it, and `grader grade` makes it anew"
            ) from None
        self._people = read_contacts(folder)
        self._exercises = {exercise.slug: ExerciseTally(exercise) for exercise in course.exercises}
        self._class = ClassTally()
        self._deadlines, self._no_deadlines = None, ""
        try:
            self._deadlines = read_deadlines(folder, course)
        except AdjustmentError as error:
            self._no_deadlines = f"It is not known who was late: {error}."
        self._unread: list[str] = []
        self._more_unread = self._not_listed = self._lacking = 0

    def table(self) -> Iterator[bytes]:
        """Add up everything, and yield the table of what was not passed."""
        yield _rows([COLUMNS], _BOM)
        for name, found in reports(self._folder, self._course):
            if rows := self._one_folder(name, found):
                yield _rows(rows)
        # Who is left has no folder.
        for learner in list(self._listed.rows):
            if rows := self._one_learner(learner, {}):
                yield _rows(rows)

    def result(self) -> Overview:
        tallies = list(self._exercises.values())
        far_behind, behind = self._class.behind()
        exercises = tuple(one.result() for one in tallies if one.graded or one.held.count or one.missing.count)
        return Overview(
            course=self._course.title,
            as_of=self._listed.as_of,
            learners=self._class.learners,
            graded=sum(one.graded for one in exercises),
            held=sum(one.held.count for one in exercises),
            missing=sum(one.missing.count for one in exercises),
            exercises=exercises,
            with_zero=self._class.with_zero,
            zeros=self._class.zeros(),
            far_behind=far_behind,
            behind=behind,
            absent=self._class.absent.some(),
            sections=self._class.sections(),
            unread=tuple(self._unread),
            more_unread=self._more_unread,
            notes=tuple(self._notes()),
        )

    def _one_folder(self, name: str, found: list[Report | Unread]) -> list[list[str]]:
        own: dict[str, Report] = {}
        learners = [one.learner for one in found if isinstance(one, Report)]
        learner = next((one for one in learners if neutral(one) in self._listed.rows), learners[0] if learners else "")
        for one in found:
            if isinstance(one, Unread):
                self._note_unread(one)
            elif one.learner != learner:
                self._note_unread(Unread(f"reports/{name}/{one.exercise}.json", f"it is on {one.learner!r}"))
            else:
                own[one.exercise] = one
        return self._one_learner(learner, own, name) if own else []

    def _one_learner(self, learner: str, own: dict[str, Report], folder: str = "") -> list[list[str]]:
        """Add a learner, and return the rows of the table."""
        row = self._listed.rows.pop(neutral(learner), None)
        if self._listed.there:
            statuses = self._listed.statuses(row)
            self._not_listed += sum(statuses.get(slug) not in ("graded", "held") for slug in own)
        else:
            statuses = {slug: report.status for slug, report in own.items()}
        if not statuses:
            return []
        person = self._people.get(learner) or Contact()
        about = [neutral(cell) for cell in (learner, person.name, person.section)]
        rows: list[list[str]] = []
        counted: dict[str, tuple[Report, Who]] = {}
        for slug, report in own.items():
            if statuses.get(slug) in ("graded", "held"):
                late, is_spared = self._came(learner, report)
                one = Who(learner, person.name, page_of(folder, slug), late)
                counted[slug] = report, one
                if late:
                    self._exercises[slug].late.add(one)
                    rows.append([*about, slug, *_cells(report, one, "late", late)])
                if is_spared:
                    self._exercises[slug].untimed.add(one)
                    rows.append([*about, slug, *_cells(report, one, "no time")])
        who = Who(learner, person.name, next((one.page for _, one in counted.values()), ""))
        self._class.add(who, person, statuses, counted)
        for slug, status in statuses.items():
            if status == "missing":
                self._exercises[slug].missing.add(who)
                rows.append([*about, slug, status, *[""] * (len(COLUMNS) - len(about) - 2)])
            elif slug in counted:
                report, page_of_it = counted[slug]
                self._exercises[slug].add(report, page_of_it)
                rows += [[*about, slug, *cells] for cells in _not_passed(report, page_of_it)]
            else:
                self._lacking += 1
        return rows

    def _came(self, learner: str, report: Report) -> tuple[str, bool]:
        """Return how late a hand-in came, and whether it has no penalty because that is not known."""
        if self._deadlines is None:
            return "", False
        timing = self._deadlines.look((learner, report.exercise), report.submission_sha256)
        return self._deadlines.told(timing), report.score is not None and self._deadlines.spares(timing)

    def _note_unread(self, one: Unread) -> None:
        if len(self._unread) < NAMED:
            self._unread.append(f"{one.place}: {one.why}")
        else:
            self._more_unread += 1

    def _notes(self) -> Iterator[str]:
        if not self._listed.there:
            yield "There is no grades.csv yet: all reports are counted, and it is not known who is missing."
        if self._no_deadlines:
            yield self._no_deadlines
        if self._not_listed:
            yield (
                f"{_reports(self._not_listed)} not counted, because grades.csv has no score for the hand-in: "
                "it was withdrawn, or is not among those that were graded last."
            )
        lacking = self._lacking - len(self._unread) - self._more_unread
        if lacking > 0:
            yield f"grades.csv has {lacking} more graded or held than there are reports: `grader grade` makes them anew."


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


def _reports(count: int) -> str:
    return "1 report is" if count == 1 else f"{count} reports are"


def _rows(rows: list[list[str]], before: str = "") -> bytes:
    text = io.StringIO(before)
    text.seek(0, io.SEEK_END)
    csv.writer(text, lineterminator="\n").writerows(rows)
    return _bytes(text.getvalue())


def _bytes(text: str) -> bytes:
    """Return the text in UTF-8; half a letter, which JSON can hold, becomes a question mark."""
    return text.encode("utf-8", "replace")
