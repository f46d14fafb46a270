"""Stage 5: what a teacher gave in the formgrader, read from nbgrader's gradebook; nothing is written here."""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from grader.manifest.course import Course
from grader.publish.by_hand import ByHand
from grader.publish.gradebook.database import (
    BUSY_S,
    GradebookError,
    connect,
    parse,
    plain_file,
    reason,
    shown,
    state_of,
    tables_of,
)

Place = tuple[str, str]  # a learner's folder and an exercise's slug


def given_by_hand(connection: sa.Connection, tables: Mapping[str, sa.Table], course: Course) -> dict[Place, ByHand]:
    """Return what hand-ins for this course were given by hand, where it is anything.

    Points by hand stand in place of a cell's automatic ones, as nbgrader counts them, and extra credit beside them.
    """
    slugs = {exercise.name: exercise.slug for exercise in course.exercises}
    assignment, handed_in = tables["assignment"], tables["submitted_assignment"]
    notebook, grade, comment = tables["submitted_notebook"], tables["grade"], tables["comment"]
    of_whom = (
        notebook.join(handed_in, handed_in.c.id == notebook.c.assignment_id)
        .join(assignment, assignment.c.id == handed_in.c.assignment_id)
    )  # fmt: skip
    whose = (handed_in.c.student_id, assignment.c.name)

    def rows(of: sa.Table | None, condition: sa.ColumnElement[bool], *columns: sa.Column[Any]) -> Any:
        source = of_whom if of is None else of_whom.join(of, of.c.notebook_id == notebook.c.id)
        chosen = sa.select(*whose, *columns).select_from(source).where(condition, assignment.c.name.in_(slugs))
        return connection.execute(chosen)

    points: defaultdict[Place, Decimal] = defaultdict(Decimal)
    penalties: dict[Place, Decimal] = {}
    comments: defaultdict[Place, list[str]] = defaultdict(list)
    is_given = sa.or_(grade.c.manual_score.is_not(None), grade.c.extra_credit.is_not(None))
    scores = (grade.c.auto_score, grade.c.manual_score, grade.c.extra_credit)
    for learner, name, automatic, manual, extra in rows(grade, is_given, *scores):
        in_place = Decimal(0) if manual is None else _decimal(manual) - _decimal(automatic)
        points[learner, slugs[name]] += in_place + _decimal(extra)
    for learner, name, said in rows(comment, comment.c.manual_comment.is_not(None), comment.c.manual_comment):
        if said.strip():
            comments[learner, slugs[name]].append(said.strip())
    taken = notebook.c.late_submission_penalty
    for learner, name, penalty in rows(None, taken > 0, taken):
        penalties[learner, slugs[name]] = _decimal(penalty)
    found = {
        place: ByHand(points[place], penalties.get(place, Decimal(0)), tuple(comments[place]))
        for place in {*points, *penalties, *comments}
    }
    return {place: one for place, one in found.items() if one.adjustments or one.penalty}


def read_from(address: str | Path, course: Course) -> dict[Place, ByHand]:
    """Return the same of a gradebook that may only be read.

    Raises
    ------
    GradebookError
        If it cannot be.
    """
    url = sa.URL.create("sqlite", database=str(address)) if isinstance(address, Path) else parse(address)
    engine = _reading(url)
    try:
        with engine.connect() as connection:
            if state_of(connection) == "new":
                return {}
            return given_by_hand(connection, tables_of(connection), course)
    except SQLAlchemyError as error:
        raise GradebookError(f"{shown(url)}: {reason(error)}") from None
    finally:
        engine.dispose()


def _reading(url: sa.URL) -> sa.Engine:
    if (file := plain_file(url)) is None:
        return connect(url)
    # Not as for writing: that would make a file where there is none, and lock one that somebody may only read.
    place = f"file:{quote(str(file.absolute()))}?mode=ro"
    return sa.create_engine("sqlite://", creator=lambda: sqlite3.connect(place, timeout=BUSY_S, uri=True))


def _decimal(number: float | None) -> Decimal:
    """Return points as they are shown: what a float adds to 0.1 is no part of them."""
    return Decimal(f"{number or 0:.10g}")
