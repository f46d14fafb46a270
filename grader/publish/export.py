"""Stage 5: OUT's reports as tables for spreadsheets, Canvas and Moodle, and as lines of JSON.

A cell that a spreadsheet would run gets a `'` in front. Not so what a platform finds people by: that would be another
person. Such an identifier is refused instead. `site/instructors/exports.md` says what each format holds.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from grader.checking.report import Report
from grader.collect.roster import Entry, Known, Person, of_reports
from grader.manifest.course import Course, Exercise
from grader.publish.adjustments import AdjustmentError
from grader.publish.cells import neutral
from grader.publish.final import EXCUSED, NO_PART, Final
from grader.publish.finals import shown
from grader.publish.renaming import known_in
from grader.publish.standing import OfLearner
from grader.publish.tables import Tables, read_tables

Table = list[list[str]]
# What may follow the first letter of an identifier that begins like a formula: a number, or an unknown name.
_HARMLESS = re.compile(r"[+@-][\w.@+-]*")
_BOM = "\N{BYTE ORDER MARK}"  # Excel takes a file for UTF-8 only with it; Canvas and Moodle need none


class ExportError(Exception):
    """Nothing was exported; the message says where, what, and what would be right."""


@dataclass(frozen=True)
class Line:
    """One learner: who, and their reports by exercise."""

    learner: str
    entry: Entry | None  # None where the roster has none, or there is no roster
    reports: dict[str, Report]
    known: Known | None = None  # as a platform calls them
    finals: Mapping[str, Final] = field(default_factory=dict)  # by exercise


@dataclass(frozen=True)
class Gathered:
    """All that an export shows."""

    exercises: tuple[Exercise, ...]  # those of which there is a report
    lines: tuple[Line, ...]  # in the roster's order, then the others by name
    with_roster: bool
    tables: Tables | None = None  # of the whole OUT

    @property
    def strangers(self) -> tuple[str, ...]:
        """Learners with a report who are not in the roster."""
        return tuple(line.learner for line in self.lines if line.entry is None) if self.with_roster else ()

    def left_out(self, form: str) -> tuple[str, ...]:
        """Learners with a report whom an export has no line for."""
        if form not in OF_THE_CLASS_ALONE:
            return ()
        shown = {line.learner for line in _in_class(self, form)}
        return tuple(line.learner for line in self.lines if line.learner not in shown)


def export(gathered: Gathered, form: str) -> str:
    """Return the text of an export.

    Parameters
    ----------
    gathered : Gathered
        What to show.
    form : str
        One of `FORMATS`.

    Raises
    ------
    ExportError
        If an identifier cannot be written as it is.
    """
    return FORMATS[form](gathered)


def gather(
    out: Path,
    course: Course,
    roster: Sequence[Entry] = (),
    only: str | Iterable[str] | None = None,
    *,
    busy: bool = False,
) -> Gathered:
    """Read how OUT stands.

    Parameters
    ----------
    out : Path
        What `grade` wrote.
    course : Course
        The course.
    roster : sequence of Entry
        The class list; empty where there is none.
    only : str or collection of str, optional
        The exercises to show; all if not given.
    busy : bool
        Whether it is being written: a report then comes before the line by which it is known to be as it was written.

    Raises
    ------
    ExportError
        If there is no report, or one is damaged, or is not as it was written.
    CourseError
        If `only` is no exercise of the course.
    """
    wanted = course.exercises
    if only is not None:
        slugs = {course.find(one).slug for one in ([only] if isinstance(only, str) else only)}
        wanted = tuple(exercise for exercise in wanted if exercise.slug in slugs)
    slugs = {one.slug for one in wanted}
    reports: dict[str, dict[str, Report]] = {}

    def keep(one: OfLearner) -> None:
        reports.setdefault(one.learner, {}).update({slug: one.reports[slug] for slug in one.reports if slug in slugs})

    try:
        tables = read_tables(out, course, busy, keep)
    except AdjustmentError as error:
        raise ExportError(str(error)) from None
    except OSError as error:
        raise ExportError(
            f"{out}: {error.strerror}; name the folder that `grader grade --out` wrote: there is no report in it"
        ) from None
    now, of_all = tables.automatic, tables.finals
    for doubt in now.doubts:
        if doubt.exercise in slugs:
            raise ExportError(f"{out / doubt.place}: {doubt.why}")
    final = {pair: one for pair, one in of_all.by_pair.items() if pair[1] in slugs}
    found = {learner: reports.get(learner, {}) for learner, _ in final}
    finals: dict[str, dict[str, Final]] = {learner: {} for learner in found}
    for (learner, slug), one in final.items():
        finals[learner][slug] = one
    if not any(found.values()):
        raise ExportError(f"no report in {out / 'reports'}; name the folder that `grader grade --out` wrote")
    exercises = tuple(
        one
        for one in wanted
        if any(one.slug in own for own in found.values())
        or any(slug == one.slug and shown.state != "missing" for (_, slug), shown in final.items())
    )
    try:
        known = known_in(out)
    except OSError as error:
        raise ExportError(f"{out}: {error.strerror}; it cannot be told who is who") from None
    platforms = {one.learner: one for one in known if one.person.who is not None}
    entries = of_reports(roster, _called(found.keys(), known)) if roster else {}
    names = {entry: learner for learner, entry in entries.items()}
    lines = []
    for entry in roster:
        learner = names.get(entry, "")
        lines.append(Line(learner or entry.learner, entry, found.get(learner, {}), finals=finals.get(learner, {})))
    lines += [
        Line(learner, None, found[learner], platforms.get(learner), finals[learner])
        for learner in sorted(found.keys() - entries.keys())
    ]
    return Gathered(exercises, tuple(lines), bool(roster), tables)


def _called(learners: Iterable[str], known: Iterable[Known]) -> dict[str, list[Person]]:
    """Return who is meant by each name in reports: as platforms say, and by the name itself where a class list gave it."""
    called: dict[str, list[Person]] = {learner: [] for learner in learners}
    unnamed = set()
    for one in known:
        if one.learner in called:
            called[one.learner].append(one.person)
            if one.person.who is not None and not one.certain:
                unnamed.add(one.learner)
    return {learner: people if learner in unnamed else [*people, Person(learner)] for learner, people in called.items()}


def _wide(gathered: Gathered) -> str:
    """One line for each learner, one column for each exercise."""
    table = [["learner", *_about_columns(gathered), *(exercise.slug for exercise in gathered.exercises), "total"]]
    for line in gathered.lines:
        scores = [_score(line, exercise) for exercise in gathered.exercises]
        total = [
            Decimal(f"{one.weight:g}") * points
            for one in gathered.exercises
            if (points := _points(line, one)) is not None and _state(line, one) not in NO_PART
        ]
        table.append(
            [neutral(line.learner), *_about(gathered, line), *scores, shown(sum(total, Decimal(0))) if total else ""]
        )
    return _BOM + _csv(table)


def _long(gathered: Gathered) -> str:
    """One line for each learner and exercise; the columns of grades.csv."""
    table = [["learner", *_about_columns(gathered), "exercise", "score", "max_score", "status"]]
    for line in gathered.lines:
        for exercise in gathered.exercises:
            report = line.reports.get(exercise.slug)
            maximum = f"{report.max_score if report else exercise.points:g}"
            status = _state(line, exercise)
            row = [exercise.slug, _score(line, exercise), maximum, status]
            table.append([neutral(line.learner), *_about(gathered, line), *row])
    return _BOM + _csv(table)


def _canvas(gathered: Gathered) -> str:
    """Canvas's own columns: it finds a learner by `SIS User ID`, then by `SIS Login ID`, then by name."""
    columns = [exercise.name for exercise in gathered.exercises]
    # Canvas knows this row by its first cell; its own exports have the four spaces.
    points = ["    Points Possible", "", "", "", "", *(_maximum(gathered, exercise) for exercise in gathered.exercises)]
    table = [["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *columns], points]
    for line in _in_class(gathered, "canvas"):
        name, section = (line.entry.name, line.entry.section) if line.entry else ("", "")
        found_by = _found_by(line)
        ids = [_identifier(cell, line.entry) for cell in (found_by.account, found_by.number, found_by.login)]
        row = [neutral(name or line.learner), *ids, neutral(section)]
        scores = ("EX" if _state(line, one) == EXCUSED else _score(line, one) for one in gathered.exercises)
        table.append([*row, *scores])
    return _csv(table)


def _moodle(gathered: Gathered) -> str:
    """Moodle's headings of what one may map a person by, and `-` where there is no grade."""
    columns = [exercise.name for exercise in gathered.exercises]
    table = [["Email address", "ID number", "Username", *columns]]
    for line in _in_class(gathered, "moodle"):
        found_by = _found_by(line)
        ids = [_identifier(cell, line.entry) for cell in (found_by.email, found_by.number, found_by.login)]
        table.append([*ids, *(_score(line, exercise) or "-" for exercise in gathered.exercises)])
    return _csv(table)


def _jsonl(gathered: Gathered) -> str:
    """One object for each learner and exercise."""
    lines = []
    for line in gathered.lines:
        about: dict[str, object] = dict(zip(_about_columns(gathered), _plain_about(line), strict=False))
        about |= {"in_roster": line.entry is not None} if gathered.with_roster else {}
        for exercise in gathered.exercises:
            report = line.reports.get(exercise.slug)
            summary = {
                "learner": line.learner,
                **about,
                "exercise": exercise.slug,
                "score": None if (points := _points(line, exercise)) is None else float(points),
                "max_score": report.max_score if report else exercise.points,
                "status": _state(line, exercise),
                "checks": {check.name: check.outcome for check in report.checks} if report else {},
                "submission_sha256": report.submission_sha256 if report else None,
                "grader_version": report.grader_version if report else None,
            }
            if report is not None and summary["score"] != report.score:
                summary["automatic"] = report.score
            lines.append(json.dumps(summary, ensure_ascii=False, allow_nan=False) + "\n")
    return "".join(lines)


FORMATS: dict[str, Callable[[Gathered], str]] = {
    "wide": _wide,
    "long": _long,
    "canvas": _canvas,
    "moodle": _moodle,
    "jsonl": _jsonl,
}
OF_THE_CLASS_ALONE = ("canvas", "moodle")  # who is not in the roster would stop their import, or be made a new person


@dataclass(frozen=True)
class _FoundBy:
    """What a platform may find a learner by; what is not known is empty."""

    account: str = ""  # Canvas's own number
    number: str = ""  # the institution's
    login: str = ""
    email: str = ""


def _found_by(line: Line) -> _FoundBy:
    if (entry := line.entry) is not None:
        return _FoundBy(entry.account, entry.number, entry.username, entry.email)
    if line.known is None or line.known.person.who is None:
        return _FoundBy(number=line.learner, login=line.learner)
    who = line.known.person.who
    # Without a class list only what the platform said; `lastfirst_10005` is no id of anybody's, but 10005 is Canvas's.
    own = line.learner if line.known.certain else ""
    return _FoundBy(who.id, who.number or own, who.login or own, who.email)


def _in_class(gathered: Gathered, form: str) -> list[Line]:
    """Return the lines of those in the class whom a platform can find."""
    lines = [line for line in gathered.lines if line.entry is not None or not gathered.with_roster]
    found_by = {"canvas": ("account", "number", "login"), "moodle": ("email", "number", "login")}[form]
    return [line for line in lines if any(getattr(_found_by(line), part) for part in found_by)]


def _about_columns(gathered: Gathered) -> list[str]:
    return ["name", "email", "section", "in_roster"] if gathered.with_roster else []


def _plain_about(line: Line) -> list[str]:
    entry = line.entry
    return [entry.name, entry.email, entry.section, "yes"] if entry else ["", "", "", "no"]


def _about(gathered: Gathered, line: Line) -> list[str]:
    return [neutral(cell) for cell in _plain_about(line)] if gathered.with_roster else []


def _points(line: Line, exercise: Exercise) -> Decimal | None:
    """Return the final score; None where there is none."""
    if (one := line.finals.get(exercise.slug)) is not None:
        return one.final
    report = line.reports.get(exercise.slug)
    return None if report is None or report.score is None else Decimal(f"{report.score:g}")


def _score(line: Line, exercise: Exercise) -> str:
    return shown(_points(line, exercise))


def _state(line: Line, exercise: Exercise) -> str:
    """Return `graded`, `missing`, `held`, or what a teacher made of it."""
    if (one := line.finals.get(exercise.slug)) is not None:
        return one.state
    report = line.reports.get(exercise.slug)
    return report.status if report else "missing"


def _maximum(gathered: Gathered, exercise: Exercise) -> str:
    known = (line.reports[exercise.slug].max_score for line in gathered.lines if exercise.slug in line.reports)
    return f"{next(known, exercise.points):g}"


def _identifier(cell: str, entry: Entry | None) -> str:
    if neutral(cell) != cell and not _HARMLESS.fullmatch(cell):
        where = f"line {entry.line} of the roster" if entry else "the name of a folder or zip"
        raise ExportError(
            f"{cell!r} ({where}): a spreadsheet would run this as a formula, and if it were changed, it would belong to nobody. "
            "Correct it, or export without this learner, with a roster that does not list them"
        )
    return cell


def _csv(table: Table) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(table)  # lines end in CR LF, as RFC 4180 has them
    return text.getvalue()
