"""The gradebook: nbgrader reads what was reported, a teacher's word stands, and nothing is ever half."""

import math
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import sysconfig
import time
import warnings
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
import sqlalchemy as sa

from grader.collect.roster import Entry
from grader.manifest.course import load_course
from grader.publish.gradebook import Gradebook, GradebookError
from grader.publish.gradebook import database as databases
from grader.publish.gradebook.database import REVISION, Database, connect, parse
from grader.publish.gradebook.notebooks import pieces
from grader.publish.gradebook.writing import BATCH
from tests import postgres
from tests.gradebook_writer import CHECKS, a_class, graded

nbgrader = pytest.importorskip("nbgrader", reason="no nbgrader: make test installs it")
CHECKOUT = Path(__file__).resolve().parents[2]
COURSE = load_course()
ASSIGNMENT = "02_update_rule"
# nbgrader is made of tornado and traitlets, and these of what newer Pythons frown on.
pytestmark = pytest.mark.filterwarnings(
    "ignore::DeprecationWarning", "ignore::ResourceWarning", "ignore::sqlalchemy.exc.SAWarning"
)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    pytest.importorskip("psycopg", reason="no psycopg: pip install 'psycopg[binary]'")
    with postgres.server() as running:
        yield running.address


def database_of(server: str, template: str = "template1") -> str:
    name = f"grades_{time.monotonic_ns()}"
    postgres.execute(server.format(database="postgres"), f"CREATE DATABASE {name} TEMPLATE {template}")
    return server.format(database=name)


@pytest.fixture(params=["sqlite", "postgresql"])
def new_url(request, tmp_path) -> str:
    """Return the address of a database that is not there yet, or empty."""
    return (
        request.getfixturevalue("new_file")
        if request.param == "sqlite"
        else database_of(request.getfixturevalue("server"))
    )


@pytest.fixture
def new_file(tmp_path) -> str:
    return f"sqlite:///{tmp_path}/gradebook.db"


@pytest.fixture(scope="session")
def made_file(tmp_path_factory) -> Path:
    """Return a file in which nbgrader has made its tables; to make them anew takes a second."""
    path = tmp_path_factory.mktemp("made") / "gradebook.db"
    write(f"sqlite:///{path}", [])
    return path


@pytest.fixture(scope="session")
def made_database(server) -> str:
    address = database_of(server)
    write(address, [])
    return parse(address).database


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request) -> str:
    """Return the address of a database with nbgrader's tables, all empty."""
    if request.param == "sqlite":
        return request.getfixturevalue("file")
    return database_of(request.getfixturevalue("server"), request.getfixturevalue("made_database"))


@pytest.fixture
def file(made_file, new_file) -> str:
    shutil.copy(made_file, parse(new_file).database)
    return new_file


def write(url, graded_ones, roster=()) -> list[str]:
    gradebook = Gradebook(url, COURSE)
    try:
        return gradebook.write(graded_ones, roster) + gradebook.lost
    finally:
        gradebook.close()


def rows(url) -> dict[str, set[tuple[object, ...]]]:
    """Return every row of every table."""
    engine = connect(parse(url))
    metadata = sa.MetaData()
    with engine.connect() as connection:
        metadata.reflect(connection, resolve_fks=False)
        found = {
            name: {tuple(row) for row in connection.execute(sa.select(table))}
            for name, table in metadata.tables.items()
        }
    engine.dispose()
    return found


def change(url, *statements: str) -> None:
    engine = connect(parse(url))
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))
    engine.dispose()


def grades(url) -> dict[tuple[str, str], tuple[object, ...]]:
    """Return what nbgrader's tables hold of each learner's checks: auto, manual, extra, whether a teacher is asked."""
    engine = connect(parse(url))
    statement = sa.text(
        "SELECT a.student_id, c.name, g.auto_score, g.manual_score, g.extra_credit, g.needs_manual_grade FROM grade g "
        "JOIN base_cell c ON c.id = g.cell_id JOIN submitted_notebook n ON n.id = g.notebook_id "
        "JOIN submitted_assignment a ON a.id = n.assignment_id"
    )
    with engine.connect() as connection:
        found = {(row[0], row[1]): (*row[2:5], bool(row[5])) for row in connection.execute(statement)}
    engine.dispose()
    return found


@pytest.fixture
def by_nbgrader(monkeypatch):
    """Give nbgrader's own gradebook; it looks for alembic on the PATH."""
    monkeypatch.setenv("PATH", sysconfig.get_path("scripts"), prepend=os.pathsep)
    from nbgrader.api import Gradebook as Own

    opened = []

    def open_one(url):
        opened.append(Own(url))
        return opened[-1]

    yield open_one
    for one in opened:
        one.close()


def test_nbgrader_reads_the_scores_that_were_reported(url, by_nbgrader):
    write(url, [graded("learner-001"), graded("learner-002", CHECKS | {"test_descend_arrives": 1.5})])
    own = by_nbgrader(url)
    first, second = (own.find_submission(ASSIGNMENT, learner) for learner in ("learner-001", "learner-002"))
    assert (first.score, second.score, first.max_score) == (10.0, 5.5, 10.0)
    assert not first.needs_manual_grade
    assert [book.failed_tests for book in (*first.notebooks, *second.notebooks)] == [False, True]
    assert {cell.name for cell in own.find_notebook(ASSIGNMENT, ASSIGNMENT).solution_cells} == {
        "update",
        "descend",
        "descend_until",
    }


def test_a_repeated_run_changes_nothing_row_for_row(url):
    class_of_two = [graded("learner-001", notes=("read from a zip",)), graded("learner-002", held=True)]
    roster = [Entry("learner-001", "learner-001", "learner-001", "Family, Given", "learner-001@example.org")]
    write(url, class_of_two, roster)
    before = rows(url)
    assert write(url, class_of_two, roster) == []
    assert rows(url) == before


def test_what_a_teacher_gave_is_never_overwritten(url):
    write(url, [graded("learner-001"), graded("learner-002")])
    change(
        url,
        "UPDATE grade SET manual_score = 3, extra_credit = 1, needs_manual_grade = false",
        "UPDATE comment SET manual_comment = 'well done'",
        "UPDATE submitted_notebook SET late_submission_penalty = 2, flagged = true",
        "UPDATE student SET last_name = 'Family'",
    )
    lost_one = CHECKS | {"test_update_moves": 0.0}
    roster = [Entry("learner-001", "learner-001", "learner-001", "Clan, New", "new@example.org")]
    write(url, [graded("learner-001", lost_one, notes=("late",)), graded("learner-002")], roster)
    found = grades(url)
    # The score under the teacher's has changed, so they are asked to look again, as nbgrader does.
    assert found["learner-001", "test_update_moves"] == (0.0, 3.0, 1.0, True)
    assert found["learner-001", "test_descend_arrives"] == (6.0, 3.0, 1.0, False)
    assert found["learner-002", "test_update_moves"] == (4.0, 3.0, 1.0, False)
    after = rows(url)
    assert {row[-1] for row in after["comment"]} == {"well done"}
    assert {2.0, True} <= {cell for row in after["submitted_notebook"] for cell in row}
    assert ("learner-001", "New", "Family", "new@example.org", None) in after["student"]


def test_a_report_that_is_held_back_has_no_score_and_asks_for_a_teacher(url, by_nbgrader):
    write(url, [graded("learner-001"), graded("learner-002")])
    write(url, [graded("learner-001", held=True), graded("learner-002")])
    found = grades(url)
    assert {found["learner-001", name] for name in CHECKS} == {(None, None, None, True)}
    assert found["learner-002", "test_update_moves"] == (4.0, None, None, False)
    assert by_nbgrader(url).find_submission(ASSIGNMENT, "learner-001").needs_manual_grade


def test_a_grading_process_that_ended_leaves_no_cell_of_its_own(file):
    ended = graded("learner-002", {}, held=True)
    write(file, [graded("learner-001"), ended])
    assert {name for _, name in grades(file)} == CHECKS.keys()
    assert grades(file)["learner-002", "test_update_moves"] == (None, None, None, True)


def test_a_learner_of_the_roster_has_a_name_and_a_missing_exercise_has_no_row(file):
    roster = [
        Entry(f"learner-{n}", f"learner-{n}", f"learner-{n}", name)
        for n, name in ((1, "Family, Given Second"), (2, "Other Clan"))
    ]
    write(file, [graded("learner-1")], roster)
    after = rows(file)
    assert {row[:3] for row in after["student"]} == {
        ("learner-1", "Given Second", "Family"),
        ("learner-2", "Other", "Clan"),
    }
    assert [row[2] for row in after["submitted_assignment"]] == ["learner-1"]
    assert [row[1] for row in after["assignment"]] == [ASSIGNMENT]


@pytest.mark.parametrize("points", [math.nan, math.inf, -1.0, 4.5])
def test_numbers_out_of_range_are_told_and_not_written(file, points):
    (notice,) = write(file, [graded("learner-001", CHECKS | {"test_update_moves": points}), graded("learner-002")])
    assert "learner-001" in notice
    assert "test_update_moves" in notice
    assert {learner for learner, _ in grades(file)} == {"learner-002"}


def test_a_report_that_the_database_refuses_costs_no_other(url):
    odd, good = graded("learner-001", notes=("a half of a surrogate pair: \udc80",)), graded("learner-002")
    (told,) = write(url, [odd, good])
    assert told.startswith("learner-001, update_rule: ")
    assert {learner for learner, _ in grades(url)} == {"learner-002"}


def test_notes_become_a_comment_and_go_with_their_reason(file):
    write(file, [graded("learner-001", notes=("read from a zip",))])
    assert [row[3] for row in rows(file)["comment"] if row[3]] == ["read from a zip"]
    write(file, [graded("learner-001")])
    assert [row[3] for row in rows(file)["comment"] if row[3]] == []
    assert len(rows(file)["comment"]) == 3  # one below each function, as nbgrader has them


def test_a_check_that_is_no_more_leaves_the_gradebook_unless_a_teacher_graded_it(file, monkeypatch):
    write(file, [graded("learner-001")])
    monkeypatch.setattr("tests.gradebook_writer.CHECKS", {"test_update_moves": 10.0})
    one = [graded("learner-001", {"test_update_moves": 10.0})]
    change(file, "UPDATE grade SET manual_score = 5 WHERE auto_score = 6")
    (notice,) = write(file, one)
    assert "test_descend_arrives is no longer a check" in notice
    assert grades(file)["learner-001", "test_descend_arrives"][:2] == (6.0, 5.0)
    change(file, "UPDATE grade SET manual_score = NULL")
    assert write(file, one) == []
    assert grades(file) == {("learner-001", "test_update_moves"): (10.0, None, None, False)}


def test_a_course_that_nbgrader_made_keeps_its_cells_and_what_it_asks_of_a_teacher(url, by_nbgrader):
    own = by_nbgrader(url)
    own.add_assignment(ASSIGNMENT)
    own.add_notebook(ASSIGNMENT, ASSIGNMENT)
    own.add_grade_cell("test_update_moves", ASSIGNMENT, ASSIGNMENT, max_score=4, cell_type="code")
    own.add_grade_cell("test_of_the_teacher", ASSIGNMENT, ASSIGNMENT, max_score=2, cell_type="code")
    own.add_source_cell("test_of_the_teacher", ASSIGNMENT, ASSIGNMENT, cell_type="code", source="1", locked=True)
    own.add_solution_cell("update", ASSIGNMENT, ASSIGNMENT)
    own.add_task_cell("essay", ASSIGNMENT, ASSIGNMENT, max_score=5, cell_type="markdown")
    own.add_student("learner-001")
    own.add_submission(ASSIGNMENT, "learner-001")
    grade = own.find_grade("test_of_the_teacher", ASSIGNMENT, ASSIGNMENT, "learner-001")
    grade.auto_score, grade.needs_manual_grade = 2, False
    own.db.commit()
    own.db.remove()
    write(url, [graded("learner-001"), graded("learner-002")])
    found = grades(url)
    assert found["learner-001", "test_of_the_teacher"] == (2.0, None, None, False)
    assert found["learner-002", "test_of_the_teacher"] == (None, None, None, True)
    assert found["learner-002", "essay"] == (None, None, None, True)
    assert (
        found["learner-001", "test_update_moves"]
        == found["learner-002", "test_update_moves"]
        == (4.0, None, None, False)
    )
    names = sorted(cell.name for cell in own.find_notebook(ASSIGNMENT, ASSIGNMENT)._base_cells)
    assert names == ["essay", "test_descend_arrives", "test_of_the_teacher", "test_update_moves", "update"]
    mirrored = [len(own.find_submission_notebook(ASSIGNMENT, ASSIGNMENT, f"learner-00{n}").comments) for n in (1, 2)]
    assert mirrored == [2, 2]


# More than one writer, and writers that end.


def writer(url, *arguments: int, **environment: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.gradebook_writer", url, *map(str, arguments)],
        cwd=CHECKOUT,
        env=os.environ | environment,
    )


def whole(url, learners) -> bool:
    """Tell whether exactly these learners are there, each with all of its rows, once."""
    found = rows(url)
    return (
        {row[2] for row in found["submitted_assignment"]} == learners
        and len(found["submitted_notebook"]) == len(found["submitted_assignment"]) == len(learners)
        and len(found["grade"]) == len(CHECKS) * len(learners)
        and len(found["comment"]) == 3 * len(learners)
        and len(found["base_cell"]) == len(CHECKS) + 3
        and len(found["course"]) == 1
    )


def test_two_writers_who_start_at_once_lose_nothing_and_double_nothing(new_url):
    both = [writer(new_url, 1, 600), writer(new_url, 300, 900)]
    assert [one.wait(120) for one in both] == [0, 0]
    assert whole(new_url, {f"learner-{number:04d}" for number in range(1, 901)})


def test_a_row_that_another_program_made_in_between_is_found_at_the_next_attempt(url, monkeypatch):
    write(url, [graded("learner-001")])
    original = Gradebook._handed_in
    raced = []

    def handed_in(self, connection, notebook, learners):
        if not raced:
            raced.append(True)
            raise sa.exc.IntegrityError("INSERT", None, Exception("somebody was faster"))
        return original(self, connection, notebook, learners)

    monkeypatch.setattr(Gradebook, "_handed_in", handed_in)
    write(url, [graded("learner-002")])
    assert raced
    assert whole(url, {"learner-001", "learner-002"})


def test_a_writer_killed_in_the_middle_leaves_whole_reports_and_the_same_command_completes_them(url):
    assert writer(url, 1, 900, 3).wait(120) == -signal.SIGKILL
    there = {row[2] for row in rows(url)["submitted_assignment"]}
    assert len(there) == 2 * BATCH
    assert whole(url, there)
    assert writer(url, 1, 900).wait(120) == 0
    assert whole(url, {f"learner-{number:04d}" for number in range(1, 901)})


# Whose tables they are.


def description(url):
    inspector = sa.inspect(sa.create_engine(url))
    return {
        table: (
            [(column["name"], str(column["type"]), column["nullable"]) for column in inspector.get_columns(table)],
            inspector.get_pk_constraint(table)["constrained_columns"],
            sorted(tuple(one["column_names"]) for one in inspector.get_unique_constraints(table)),
            sorted(
                (tuple(one["constrained_columns"]), one["referred_table"]) for one in inspector.get_foreign_keys(table)
            ),
        )
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }


def test_the_tables_and_the_stamp_are_those_that_nbgrader_itself_makes(new_file, tmp_path, by_nbgrader):
    theirs = f"sqlite:///{tmp_path}/theirs.db"
    by_nbgrader(theirs)
    write(new_file, [])
    assert description(new_file) == description(theirs)
    assert rows(new_file)["alembic_version"] == rows(theirs)["alembic_version"] == {(REVISION,)}
    assert rows(new_file)["course"] == rows(theirs)["course"]


def test_nbgrader_is_found_where_the_environment_is_not_activated(new_file):
    assert writer(new_file, 1, 1, PATH="/usr/bin:/bin").wait(120) == 0
    assert rows(new_file)["alembic_version"] == {(REVISION,)}


def test_a_schema_that_cannot_be_finished_is_not_begun(new_file, monkeypatch):
    from alembic.migration import MigrationContext

    from grader.publish.gradebook.schema import make_schema

    for name in ("nbgrader", "rfc3987_syntax"):  # which it replaces, in a process that should be its own
        monkeypatch.setitem(sys.modules, name, sys.modules.get(name))

    def end(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(MigrationContext, "stamp", end)
    with pytest.raises(KeyboardInterrupt):
        make_schema(parse(new_file))
    monkeypatch.undo()
    assert rows(new_file) == {}
    write(new_file, [graded("learner-001")])
    assert whole(new_file, {"learner-001"})


def test_an_older_nbgraders_database_is_upgraded_and_kept_as_it_was(tmp_path, new_file):
    spec = find_spec("nbgrader")
    old = Path(spec.origin).parent / "tests" / "apps" / "files" / "gradebook.db"  # of nbgrader 0.4
    shutil.copy(old, tmp_path / "gradebook.db")
    (tmp_path / "gradebook.db").chmod(0o644)
    with sqlite3.connect(tmp_path / "gradebook.db") as connection:
        connection.execute("INSERT INTO student (id, last_name) VALUES ('learner-000', 'Family')")
    connection.close()
    (notice,) = write(new_file, [graded("learner-001")])
    (kept,) = tmp_path.glob("gradebook.db.*")
    assert f"kept as {kept}" in notice
    assert {row[0] for row in rows(new_file)["student"]} == {"learner-000", "learner-001"}
    assert rows(new_file)["alembic_version"] == {(REVISION,)}
    assert "course" not in rows(f"sqlite:///{kept}")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["gradebook.db", kept.name]


# What cannot be used is refused before anything is graded, in one line.


def refusal(url) -> str:
    with pytest.raises(GradebookError) as refused:
        Database(url)
    assert "\n" not in str(refused.value)
    return str(refused.value)


def test_a_newer_nbgraders_database_is_refused_with_its_revision(file):
    write(file, [])
    change(file, "UPDATE alembic_version SET version_num = 'ffffffffffff'")
    assert "it is of revision ffffffffffff" in refusal(file)


def test_another_programs_database_is_refused_and_left_alone(new_file, tmp_path):
    with sqlite3.connect(tmp_path / "gradebook.db") as connection:
        connection.execute("CREATE TABLE invoices (id)")
    connection.close()
    before = (tmp_path / "gradebook.db").read_bytes()
    assert "is not nbgrader's: it holds invoices" in refusal(new_file)
    assert (tmp_path / "gradebook.db").read_bytes() == before


def test_a_file_that_is_no_database_is_refused(new_file, tmp_path):
    (tmp_path / "gradebook.db").write_text("learner,score\n" * 100)
    assert "file is not a database" in refusal(new_file)


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    assert "is there such a folder" in refusal(f"sqlite:///{tmp_path}/nowhere/gradebook.db")


def test_a_file_that_can_only_be_read_is_refused(file, tmp_path):
    write(file, [])
    assert "you may not write to this file" in refusal(f"sqlite:///file:{tmp_path}/gradebook.db?mode=ro&uri=true")


def test_a_database_in_which_another_program_never_stops_writing_is_refused(file, tmp_path, monkeypatch):
    write(file, [])
    monkeypatch.setattr(databases, "BUSY_S", 0.05)
    other = sqlite3.connect(tmp_path / "gradebook.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert "another program has been writing" in refusal(file)
    other.close()


@pytest.mark.parametrize(
    "address",
    [
        "gradebook.db",
        "sqlite://",
        "sqlite:///:memory:",
        "mysql://me:secret@host/grades",
        "postgresql+psycopg://me:secret@host",
        "://secret",
    ],
)
def test_what_is_no_address_of_a_supported_database_is_refused_with_what_is(address):
    said = refusal(address)
    assert "expected sqlite:///" in said
    assert "secret" not in said


@pytest.mark.parametrize(
    "address",
    [
        "postgresql+psycopg://me:secret@127.0.0.1:1/grades",
        "postgresql+psycopg://me:top@secret@host/grades",
        "postgresql://me@127.0.0.1:1/grades?password=secret",
    ],
)
def test_a_server_that_does_not_answer_is_named_without_the_password(address):
    pytest.importorskip("psycopg", reason="no psycopg: pip install 'psycopg[binary]'")
    assert "secret" not in refusal(address)


def test_a_wrong_password_is_refused_and_not_repeated(server):
    address = server.format(database="postgres").replace("%40ss", "%40wrong")
    assert "wrong" in address
    said = refusal(address)
    assert "password authentication failed" in said
    assert "wrong" not in said
    assert "word" not in said.replace("password", "")


def test_a_user_who_may_only_read_is_refused(server):
    name = f"readers_{time.monotonic_ns()}"
    postgres.execute(
        server.format(database="postgres"), f"CREATE DATABASE {name}", f"CREATE ROLE {name} LOGIN PASSWORD 'r'"
    )
    owner = server.format(database=name)
    reader = "postgresql+psycopg://" + name + ":r@" + owner.partition("@")[2]
    assert "may not make tables here" in refusal(reader)
    write(owner, [])
    postgres.execute(owner, f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {name}")
    assert "may not write to the table" in refusal(reader)


def test_a_class_of_many_is_written_in_batches(file):
    write(file, a_class(1, 450))
    assert whole(file, {f"learner-{number:04d}" for number in range(1, 451)})


def test_what_python_warns_of_in_a_learners_cell_is_not_for_the_instructors_terminal():
    source = "x = '\\d'\ndef update(parameter):\n    return '\\d'\n"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert [name for name, _ in pieces(source, {"update"})] == ["", "update"]
