"""Stage 5: reports become rows of nbgrader's gradebook, in bulk, whole, and never over what a teacher gave.

What is there is read first and only what differs is written, so a repeated run changes nothing, row for row.
`site/design/one-gradebook.md` says which row holds what.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from grader.checking.comfort import in_one_line
from grader.checking.report import Report, unfit
from grader.collect.roster import Entry
from grader.collect.submission import Submission
from grader.manifest.course import Course
from grader.manifest.late import moment, zone_of
from grader.publish.adjustments import time_of
from grader.publish.by_hand import ByHand
from grader.publish.gradebook.assignments import CHECK, Notebook, drop_cells, find_notebook, new_id, update_cells
from grader.publish.gradebook.by_hand import given_by_hand
from grader.publish.gradebook.database import Database, RowError

BATCH = 200  # reports in one transaction: some ten milliseconds, for which others wait
NAME_LETTERS = 128  # of a name, as nbgrader's tables have it

_LIVE = re.compile(r"[<>&\[\]`~]|://|^\s*[#=-]", re.MULTILINE)

_NO_TAGS = str.maketrans("<>", "‹›")

Graded = tuple[Submission, Report]
Row = dict[str, object]


class Gradebook:
    """nbgrader's gradebook at one URL.

    Parameters
    ----------
    address : str or Path
        A URL as SQLAlchemy has them, or an SQLite file.
    course : Course
        The course.

    Raises
    ------
    GradebookError
        If it cannot be written.
    """

    def __init__(self, address: str | Path, course: Course) -> None:
        self._course, self._zone = course, zone_of(course.zone)
        self._database = Database(address)
        self.name = self._database.name
        self.lost: list[str] = []  # of the last `write`, what could not be written, a line each
        self._tables: dict[str, sa.Table] = {}

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    @property
    def address(self) -> str:
        """Where it is, from whatever folder; without a password."""
        return self._database.address

    def by_hand(self) -> dict[tuple[str, str], ByHand]:
        """Return what hand-ins were given by hand, by the learner's folder and the exercise's slug.

        Raises
        ------
        GradebookError
            If the database fails.
        """
        found: dict[tuple[str, str], ByHand] = {}
        tables = self._database.tables()
        self._database.run(lambda connection: found.update(given_by_hand(connection, tables, self._course)))
        return found

    def perhaps_late(self) -> list[str]:
        """Return the assignments of this course in which nbgrader may see somebody late, or once did.

        Raises
        ------
        GradebookError
            If the database fails.
        """
        found: list[str] = []
        tables = self._database.tables()
        names = [exercise.name for exercise in self._course.exercises]
        self._database.run(lambda connection: found.extend(_perhaps_late(connection, tables, names)))
        return found

    def ask_nbgrader(self, code: str, names: list[str], folder: Path) -> None:
        """Run some code that needs nbgrader in a process of its own, in a folder: it is told the URL and these names.

        Raises
        ------
        GradebookError
            If it ends with an error.
        """
        self._database.ask_nbgrader(code, names, folder)

    def rename(self, names: Sequence[tuple[str, str]]) -> None:
        """Give learners other names, with all that is theirs: scores, points by hand, comments; all or nothing.

        Parameters
        ----------
        names : sequence of tuple
            Each learner's folder before and after. Where there is a learner of the name after already, what both have
            stays with whom it was.

        Raises
        ------
        GradebookError
            If the database fails.
        """
        if names and not self._database.is_new:
            tables = self._database.tables()
            self._database.run(lambda connection: _rename(connection, tables, dict(names)))

    def withdraw(self, taken: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """Take back scores whose reports are no more; return whose stay in part, because a teacher gave points or a comment.

        Parameters
        ----------
        taken : iterable of tuple
            The folder of each learner, and the exercise's slug.

        Raises
        ------
        GradebookError
            If the database fails.
        """
        by_slug: dict[str, list[str]] = defaultdict(list)
        for folder, slug in taken:
            by_slug[slug].append(folder)
        kept: list[tuple[str, str]] = []
        if by_slug and not self._database.is_new:
            tables = self._database.tables()
            for slug, folders in by_slug.items():
                name = self._course.by_slug[slug].name
                found: list[str] = []

                def take(connection: sa.Connection, name: str = name, folders: list[str] = folders) -> None:
                    found[:] = _withdraw(connection, tables, name, folders)  # noqa: B023  # run before the next turn

                self._database.run(take)
                kept += [(folder, slug) for folder in found]
        return kept

    def write(self, graded: Iterable[Graded], roster: Sequence[Entry] = ()) -> list[str]:
        """Write reports and learners; return what the instructor should know, a line each.

        One report that the database refuses is named in `lost`, and costs no other. Each report is written whole or not at all; killed at any moment, the next call completes it.

        Raises
        ------
        GradebookError
            If the database fails. What was written before stays.
        """
        self._tables, self.lost = self._database.tables(), []
        notices = [f"{self.name}: {self._database.notice}"] if self._database.notice else []
        self._database.run(lambda connection: self._add_learners(connection, roster))
        notebooks: dict[str, Notebook] = {}
        waiting: dict[str, list[Graded]] = defaultdict(list)
        for submission, report in graded:
            if problem := unfit(report):
                self.lost.append(f"{report.learner}, {report.exercise}: {problem}")
                continue
            waiting[report.exercise].append((submission, report))
            if len(waiting[report.exercise]) == BATCH:
                self._write_exercise(report.exercise, waiting.pop(report.exercise), notebooks)
        for exercise in self._course.exercises:
            if batch := waiting[exercise.slug]:
                self._write_exercise(exercise.slug, batch, notebooks)
        for notebook in notebooks.values():
            notices += self._drop_cells(notebook)
        return notices

    def _write_exercise(self, slug: str, graded: list[Graded], notebooks: dict[str, Notebook]) -> None:
        """Write some reports of an exercise; where they have more checks than those before, its cells first."""
        points = _points(graded)
        if slug not in notebooks or len(points) > len(notebooks[slug].checks):
            found: list[Notebook] = []

            def prepare(connection: sa.Connection) -> None:
                exercise = self._course.by_slug[slug]
                found[:] = [find_notebook(connection, self._tables, exercise)]
                update_cells(connection, self._tables, exercise, found[0], points)

            self._database.run(prepare)
            notebooks[slug] = found[0]
        self._write_or_name(notebooks[slug], graded)

    def _drop_cells(self, notebook: Notebook) -> list[str]:
        notices: list[str] = []

        def drop(connection: sa.Connection) -> None:
            notices[:] = drop_cells(connection, self._tables, notebook)

        self._database.run(drop)
        return [f"{self.name}: {notice}" for notice in notices]

    def _write_or_name(self, notebook: Notebook, batch: Sequence[Graded]) -> None:
        """Write some reports of one exercise; where one of them is refused, all others."""
        try:
            self._database.run(lambda connection: self._write_batch(connection, notebook, batch))
        except (RowError, ValueError, TypeError) as error:  # the last two of a driver, for what no database could hold
            if len(batch) > 1:
                for one in batch:
                    self._write_or_name(notebook, [one])
            else:
                ((_, report),) = batch
                self.lost.append(f"{report.learner}, {report.exercise}: {in_one_line(error)}")

    def _add_learners(self, connection: sa.Connection, roster: Sequence[Entry]) -> None:
        """Add the roster's learners, and their names and addresses where there are none."""
        student = self._tables["student"]
        known = {row.id: row for row in connection.execute(sa.select(student)).all()} if roster else {}
        for entry in roster:
            first, last = entry.names
            told = {"first_name": first, "last_name": last, "email": entry.email}
            # The formgrader writes a name into its page as it is.
            told = {key: value.translate(_NO_TAGS)[:NAME_LETTERS] for key, value in told.items() if value}
            row = known.get(entry.folder)
            if row is None:
                connection.execute(student.insert(), {"id": entry.folder, **told})
                continue
            empty = {key: value for key, value in told.items() if getattr(row, key) is None}
            if empty:
                connection.execute(student.update().where(student.c.id == entry.folder).values(**empty))

    def _write_batch(self, connection: sa.Connection, notebook: Notebook, graded: Sequence[Graded]) -> None:
        """Write some reports of one exercise."""
        learners = {submission.folder for submission, _ in graded}
        student = self._tables["student"]
        known = set(connection.scalars(sa.select(student.c.id).where(student.c.id.in_(learners))))
        _insert(connection, student, [{"id": learner} for learner in sorted(learners - known)])
        handed_in = self._handed_in(connection, notebook, graded)
        self._write_scores(connection, notebook, graded, handed_in)
        self._write_comments(connection, notebook, graded, handed_in)

    def _handed_in(self, connection: sa.Connection, notebook: Notebook, graded: Sequence[Graded]) -> dict[str, str]:
        """Return the id of each learner's submitted notebook, made if need be; note when it came, where that is known."""
        times = {submission.folder: self._came(submission, report) for submission, report in graded}
        learners = times.keys()
        assignments, notebooks = self._tables["submitted_assignment"], self._tables["submitted_notebook"]
        mine = sa.and_(notebooks.c.assignment_id == assignments.c.id, notebooks.c.notebook_id == notebook.id)
        rows = connection.execute(
            sa.select(
                assignments.c.student_id, assignments.c.id, assignments.c.timestamp, notebooks.c.id.label("notebook")
            )
            .select_from(assignments.outerjoin(notebooks, mine))
            .where(assignments.c.assignment_id == notebook.assignment_id, assignments.c.student_id.in_(learners))
        ).all()
        assignment_of = {row.student_id: row.id for row in rows}
        handed_in = {row.student_id: row.notebook for row in rows if row.notebook is not None}
        new = [learner for learner in sorted(learners) if learner not in assignment_of]
        assignment_of |= {learner: new_id() for learner in new}
        added = {learner: new_id() for learner in sorted(learners) if learner not in handed_in}
        _insert(
            connection,
            assignments,
            [
                {
                    "id": assignment_of[learner],
                    "assignment_id": notebook.assignment_id,
                    "student_id": learner,
                    "timestamp": times[learner],
                }
                for learner in new
            ],
        )
        changed = [
            {"row": row.id, "came": when}
            for row in rows
            if (when := times[row.student_id]) is not None and row.timestamp != when
        ]
        if changed:
            mine = assignments.c.id == sa.bindparam("row")
            connection.execute(assignments.update().where(mine).values(timestamp=sa.bindparam("came")), changed)
        _insert(
            connection,
            notebooks,
            [
                {
                    "id": identifier,
                    "assignment_id": assignment_of[learner],
                    "notebook_id": notebook.id,
                    "flagged": False,
                }
                for learner, identifier in added.items()
            ],
        )
        return handed_in | added

    def _came(self, submission: Submission, report: Report) -> datetime | None:
        """Return when it was handed in, in UTC and without a zone, as nbgrader has it; None where that is not known."""
        told = time_of(submission.when) if submission.sha256 == report.submission_sha256 else None
        when = moment(told, self._zone) if isinstance(told, datetime) else None
        return None if when is None or when.tzinfo is None else when.astimezone(UTC).replace(tzinfo=None)

    def _write_scores(
        self, connection: sa.Connection, notebook: Notebook, graded: Sequence[Graded], handed_in: dict[str, str]
    ) -> None:
        grade = self._tables["grade"]
        there = _there(connection, grade, grade.c.auto_score, handed_in.values(), notebook.scored.values())
        new: list[Row] = []
        changed: list[Row] = []
        for submission, report in graded:
            place = handed_in[submission.folder]
            # Of a report that is held back, no check has a score.
            scores = {check.name: check.points for check in report.checks} if report.score is not None else {}
            for name, cell_id in notebook.scored.items():
                score, row = scores.get(name), there.get((place, cell_id))
                if row is None:
                    keys = {"id": new_id(), "notebook_id": place, "cell_id": cell_id}
                    new.append({**keys, "auto_score": score, "needs_manual_grade": score is None})
                elif row.auto_score != score and name in notebook.checks:
                    changed.append({"row": row.id, "score": score, "unknown": score is None})
        _insert(connection, grade, new)
        if changed:
            # As nbgrader does: whoever gave points by hand is to look at them again. Decided where the row is, now.
            by_hand = sa.or_(grade.c.manual_score.is_not(None), sa.bindparam("unknown", type_=sa.Boolean))
            values = {"auto_score": sa.bindparam("score", type_=sa.Float), "needs_manual_grade": by_hand}
            connection.execute(grade.update().where(grade.c.id == sa.bindparam("row")).values(values), changed)

    def _write_comments(
        self, connection: sa.Connection, notebook: Notebook, graded: Sequence[Graded], handed_in: dict[str, str]
    ) -> None:
        comment = self._tables["comment"]
        there = _there(connection, comment, comment.c.auto_comment, handed_in.values(), notebook.commented.values())
        new: list[Row] = []
        changed: list[Row] = []
        for submission, report in graded:
            place = handed_in[submission.folder]
            for cell_id in notebook.commented.values():
                remarks = comment_text(report.notes) or None if cell_id == notebook.remarks_on else None
                row = there.get((place, cell_id))
                if row is None:
                    keys = {"id": new_id(), "notebook_id": place, "cell_id": cell_id}
                    new.append({**keys, "auto_comment": remarks})
                elif row.auto_comment != remarks and cell_id == notebook.remarks_on:
                    changed.append({"row": row.id, "remarks": remarks})
        _insert(connection, comment, new)
        if changed:
            mine = comment.c.id == sa.bindparam("row")
            connection.execute(comment.update().where(mine).values(auto_comment=sa.bindparam("remarks")), changed)


def _perhaps_late(connection: sa.Connection, tables: dict[str, sa.Table], names: list[str]) -> list[str]:
    assignment, submitted, notebook = (
        tables[name] for name in ("assignment", "submitted_assignment", "submitted_notebook")
    )
    together = submitted.join(assignment, assignment.c.id == submitted.c.assignment_id)
    together = together.join(notebook, notebook.c.assignment_id == submitted.c.id)
    # Without extensions, which make less of it late: nbgrader itself looks more closely.
    late = sa.or_(submitted.c.timestamp > assignment.c.duedate, notebook.c.late_submission_penalty.is_not(None))
    chosen = sa.select(assignment.c.name).select_from(together).where(assignment.c.name.in_(names), late).distinct()
    return list(connection.scalars(chosen))


def _rename(connection: sa.Connection, tables: dict[str, sa.Table], names: dict[str, str]) -> None:
    student, handed_in = tables["student"], tables["submitted_assignment"]
    there = {row.id: row._asdict() for row in connection.execute(sa.select(student))}
    moved = {before: after for before, after in names.items() if before in there}
    if not moved:
        return
    after = dict.fromkeys(moved.values())
    told = {name: there[before] | {"id": name} for before, name in moved.items()}
    _insert(connection, student, [told[name] for name in after if name not in there])
    taken = set()
    rows: list[Row] = []
    for row in connection.execute(sa.select(handed_in.c.id, handed_in.c.assignment_id, handed_in.c.student_id)):
        if row.student_id in after:
            taken.add((row.student_id, row.assignment_id))
        elif row.student_id in moved:
            rows.append(
                {
                    "row": row.id,
                    "after": moved[row.student_id],
                    "assignment": row.assignment_id,
                    "before": row.student_id,
                }
            )
    free = []
    kept = set()
    for change in rows:
        if (place := (change["after"], change["assignment"])) in taken:
            kept.add(change["before"])
        else:
            taken.add(place)
            free.append({"row": change["row"], "after": change["after"]})
    if free:
        mine = handed_in.c.id == sa.bindparam("row")
        connection.execute(handed_in.update().where(mine).values(student_id=sa.bindparam("after")), free)
    gone = [{"learner": before} for before in moved if before not in kept]
    if gone:
        connection.execute(student.delete().where(student.c.id == sa.bindparam("learner")), gone)


def _withdraw(connection: sa.Connection, tables: dict[str, sa.Table], name: str, learners: Sequence[str]) -> list[str]:
    """Remove what some learners handed in for an assignment; where something was given by hand, the automatic score alone."""
    assignment, submitted = tables["assignment"], tables["submitted_assignment"]
    notebook, grade, comment = tables["submitted_notebook"], tables["grade"], tables["comment"]
    rows = connection.execute(
        sa.select(submitted.c.student_id, submitted.c.id, notebook.c.id.label("notebook"))
        .join(assignment, assignment.c.id == submitted.c.assignment_id)
        .join(notebook, notebook.c.assignment_id == submitted.c.id)
        .where(assignment.c.name == name, submitted.c.student_id.in_(learners))
    ).all()
    places = {row.notebook for row in rows}
    scores = sa.select(grade.c.notebook_id).where(
        grade.c.notebook_id.in_(places), sa.or_(grade.c.manual_score.is_not(None), grade.c.extra_credit.is_not(None))
    )
    comments = sa.select(comment.c.notebook_id).where(
        comment.c.notebook_id.in_(places), comment.c.manual_comment.is_not(None)
    )
    by_hand = {*connection.scalars(scores), *connection.scalars(comments)}
    kept = {row.student_id for row in rows if row.notebook in by_hand}
    held = {row.notebook for row in rows if row.student_id in kept}
    connection.execute(
        grade.update().where(grade.c.notebook_id.in_(held)).values(auto_score=None, needs_manual_grade=True)
    )
    for table in (grade, comment):
        connection.execute(table.delete().where(table.c.notebook_id.in_(places - held)))
    connection.execute(notebook.delete().where(notebook.c.id.in_(places - held)))
    gone = {row.id for row in rows if row.student_id not in kept}
    connection.execute(submitted.delete().where(submitted.c.id.in_(gone)))
    return sorted(kept)


def comment_text(notes: Sequence[str]) -> str:
    """Return notes as a comment: nbgrader's pages take one for Markdown in which HTML runs, and a note can quote a name.

    What could become HTML, a link, a picture, drawn code or a heading is written as character references; all else stays.
    """
    return _LIVE.sub(
        lambda found: "".join(f"&#{ord(letter)};" for letter in found[0]),
        "\n".join(" ".join(note.splitlines()) for note in notes),
    )


def _points(graded: Sequence[Graded]) -> dict[str, float]:
    """Return what each check of the exercise is worth; a report that is held back may lack them."""
    checks = max((report.checks for _, report in graded), key=len)
    return {check.name: check.max_points for check in checks if check.name.startswith(CHECK)}


def _there(
    connection: sa.Connection, table: sa.Table, value: sa.Column[Any], places: Collection[str], cells: Collection[str]
) -> dict[tuple[str, str], Any]:
    """Return the rows of submitted notebooks that are there, by notebook and cell."""
    # nbgrader's index begins with the cell: without it each batch would look through the whole table.
    chosen = sa.select(table.c.id, table.c.notebook_id, table.c.cell_id, value).where(
        table.c.cell_id.in_(cells), table.c.notebook_id.in_(places)
    )
    return {(row.notebook_id, row.cell_id): row for row in connection.execute(chosen).all()}


def _insert(connection: sa.Connection, table: sa.Table, rows: list[Row]) -> None:
    if rows:
        connection.execute(table.insert(), rows)
