"""Stage 5: an exercise as nbgrader's gradebook has it: an assignment with one notebook, and that with its cells."""

import json
import re
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from secrets import token_hex

import sqlalchemy as sa

from grader.manifest.course import Exercise

CHECK = "test_"  # how pytest has the names of checks begin
KERNEL = json.dumps({"display_name": "Python 3", "language": "python", "name": "python3"})
COURSE = "default_course"  # where nbgrader's own commands put assignments

Tables = Mapping[str, sa.Table]


@dataclass
class Notebook:
    """An exercise as the database has it."""

    assignment_id: str
    id: str
    scored: dict[str, str] = field(default_factory=dict)  # id of each cell with points, by name
    commented: dict[str, str] = field(default_factory=dict)  # id of each cell with a comment, by name
    checks: Set[str] = frozenset()  # those of `scored` whose points are ours to give
    remarks_on: str = ""  # the cell whose comment is ours


def find_notebook(connection: sa.Connection, tables: Tables, exercise: Exercise) -> Notebook:
    """Return the exercise's assignment and notebook, made if need be."""
    assignment, notebook = tables["assignment"], tables["notebook"]
    assignment_id = connection.scalar(sa.select(assignment.c.id).where(assignment.c.name == exercise.name))
    if assignment_id is None:
        assignment_id = new_id()
        if connection.scalar(sa.select(tables["course"].c.id).where(tables["course"].c.id == COURSE)) is None:
            connection.execute(tables["course"].insert(), {"id": COURSE})
        row = {"id": assignment_id, "name": exercise.name, "course_id": COURSE}
        connection.execute(assignment.insert(), row)
    of_exercise = sa.select(notebook.c.id).where(
        notebook.c.assignment_id == assignment_id, notebook.c.name == exercise.name
    )
    notebook_id = connection.scalar(of_exercise)
    if notebook_id is None:
        notebook_id = new_id()
        row = {"id": notebook_id, "name": exercise.name, "assignment_id": assignment_id, "kernelspec": KERNEL}
        connection.execute(notebook.insert(), row)
    return Notebook(str(assignment_id), str(notebook_id))


def update_cells(
    connection: sa.Connection, tables: Tables, exercise: Exercise, notebook: Notebook, points: Mapping[str, float]
) -> None:
    """Give the notebook a cell for each of these checks, worth its points; fill in `notebook`."""
    cell, grade_cells = tables["base_cell"], tables["grade_cells"]
    rows = connection.execute(
        sa.select(cell.c.id, cell.c.name, cell.c.type, grade_cells.c.max_score)
        .select_from(cell.outerjoin(grade_cells, grade_cells.c.id == cell.c.id))
        .where(cell.c.notebook_id == notebook.id)
    ).all()
    worth = {row.name: row.max_score for row in rows if row.type == "GradeCell"}
    notebook.scored = {row.name: row.id for row in rows if row.type in ("GradeCell", "TaskCell")}
    notebook.commented = {row.name: row.id for row in rows if row.type in ("SolutionCell", "TaskCell")}
    for name, maximum in points.items():
        if name not in worth:
            notebook.scored[name] = _add_cell(connection, tables, notebook, name, "GradeCell")
            row = {"id": notebook.scored[name], "max_score": maximum, "cell_type": "code"}
            connection.execute(grade_cells.insert(), row)
        elif worth[name] != maximum:
            mine = grade_cells.c.id == notebook.scored[name]
            connection.execute(grade_cells.update().where(mine).values(max_score=maximum))
    functions = _functions(exercise)
    if not rows:
        for name in functions:
            notebook.commented[name] = _add_cell(connection, tables, notebook, name, "SolutionCell")
            connection.execute(tables["solution_cells"].insert(), {"id": notebook.commented[name]})
    notebook.remarks_on = next(
        (notebook.commented[name] for name in [*functions, *sorted(notebook.commented)] if name in notebook.commented),
        "",
    )
    notebook.checks = points.keys() or {name for name in worth if name.startswith(CHECK)}


def drop_cells(connection: sa.Connection, tables: Tables, notebook: Notebook) -> list[str]:
    """Drop the cells of checks that are no more; return why some of them stay."""
    cell, grade_cells = tables["base_cell"], tables["grade_cells"]
    of_notebook = sa.select(cell.c.name).join(grade_cells, grade_cells.c.id == cell.c.id)
    there = connection.scalars(of_notebook.where(cell.c.notebook_id == notebook.id))
    stale = [name for name in there if name not in notebook.checks and name.startswith(CHECK)]
    return [notice for name in stale if (notice := _drop_cell(connection, tables, notebook, name))]


def _add_cell(connection: sa.Connection, tables: Tables, notebook: Notebook, name: str, kind: str) -> str:
    identifier = new_id()
    row = {"id": identifier, "name": name, "notebook_id": notebook.id, "type": kind}
    connection.execute(tables["base_cell"].insert(), row)
    return identifier


def _drop_cell(connection: sa.Connection, tables: Tables, notebook: Notebook, name: str) -> str:
    """Drop the cell of a check that is no more, or say why it stays.

    nbgrader's own cells have a source, and are its business; what a teacher gave is nobody's but theirs.
    """
    source, grade = tables["source_cell"], tables["grade"]
    ours = sa.select(source.c.id).where(source.c.notebook_id == notebook.id, source.c.name == name)
    if connection.execute(ours).first() is not None:
        return ""
    identifier = notebook.scored[name]
    by_hand = sa.select(grade.c.id).where(
        grade.c.cell_id == identifier, sa.or_(grade.c.manual_score.is_not(None), grade.c.extra_credit.is_not(None))
    )
    if connection.execute(by_hand).first() is not None:
        return f"{name} is no longer a check, but was graded by hand: its points still count"
    connection.execute(grade.delete().where(grade.c.cell_id == identifier))
    for table in ("grade_cells", "base_cell"):
        connection.execute(tables[table].delete().where(tables[table].c.id == identifier))
    del notebook.scored[name]
    return ""


def _functions(exercise: Exercise) -> list[str]:
    """Return the names of the exercise's solution cells: its functions, in order."""
    return re.findall(r'"\w+: implement (\w+)"', exercise.stub.read_text(encoding="utf-8"))


def new_id() -> str:
    """Return an identifier of a row, as nbgrader has them: 32 hexadecimal digits."""
    return token_hex(16)
