"""Stage 5: the database of nbgrader's gradebook: reached, made by nbgrader or brought up to date, and never half of it.

nbgrader makes and upgrades its schema itself, in a process of its own (`grader.publish.gradebook.schema`): to import nbgrader costs
seconds, which a small class would wait for at every run. A new schema is made while the class is graded. Whoever writes
reads the tables as they stand there.
"""

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, InvalidRequestError, SQLAlchemyError

# What nbgrader 0.9 stamps its databases with. At any other revision nbgrader is asked, which makes a start slower.
REVISION = "e43177bfe90b"
# What every nbgrader database has had, since before it was stamped.
ALWAYS = {"assignment", "notebook", "student", "submitted_assignment", "submitted_notebook", "grade", "comment"}
WRITTEN = (*sorted(ALWAYS), "course", "base_cell", "grade_cells", "solution_cells", "source_cell")
EXPECTED = "expected sqlite:///FOLDER/gradebook.db or postgresql+psycopg://USER@HOST/DATABASE"

# All that this short process imports stays: to look through it for garbage, at its end again, would take a fifth of its time.
MAKE_TABLES = "import gc; gc.disable(); from grader.publish.gradebook.schema import main; main(); gc.freeze()"

BUSY_S = 60  # for which another writer is waited for; nbgrader's own transactions take milliseconds
CONNECT_S = 10
ATTEMPTS = 8
CONFLICTS = {"40001", "40P01"}  # what PostgreSQL calls two transactions that cannot both be


class GradebookError(Exception):
    """The gradebook cannot be used; the message says which, why, and what would be right, and no password."""


class RowError(GradebookError):
    """The database refuses what a row holds; others it would take."""


class Database:
    """One nbgrader database, found fit to be written.

    Parameters
    ----------
    address : str or Path
        Its URL, as SQLAlchemy has them, or an SQLite file, whose name may hold what a URL must escape.

    Raises
    ------
    GradebookError
        If it cannot be reached or written, or is another program's.
    """

    def __init__(self, address: str | Path) -> None:
        file = isinstance(address, Path)
        self._url = sa.URL.create("sqlite", database=str(address)) if file else parse(str(address))
        self.name = shown(self._url)
        if (plain := plain_file(self._url)) is not None:  # found from any folder, by later commands too
            self._url = self._url.set(database=str(plain.absolute()))
        self.notice = ""  # what the instructor should know
        self._maker: subprocess.Popen[str] | None = None
        self._engine = connect(self._url)
        try:
            with self._in_one_line(), self._engine.connect() as connection:  # nothing is committed
                state = state_of(connection)
                _require_rights(connection, state)
        except GradebookError:
            self._engine.dispose()
            raise
        if state == "new":
            self._maker = self._start_nbgrader()
        elif state == "old":
            self._maker = self._start_nbgrader()
            self._await_nbgrader()
        self.is_new = state == "new"  # nobody is in it yet

    @property
    def address(self) -> str:
        """Where it is, from whatever folder; without a password."""
        return self._url.set(password=None).render_as_string()

    def tables(self) -> dict[str, sa.Table]:
        """Return nbgrader's tables, as they are in this database."""
        self._await_nbgrader()
        with self._in_one_line(), self._engine.connect() as connection:
            return tables_of(connection)

    def run(self, work: Callable[[sa.Connection], None]) -> None:
        """Do `work` in one transaction: all of it or nothing; again, if another writer came in between."""
        for attempt in range(ATTEMPTS):
            with self._in_one_line():
                try:
                    with self._engine.begin() as connection:
                        work(connection)
                    return
                except DBAPIError as error:
                    # A row that another writer has just made is found there at the next attempt.
                    conflict = isinstance(error, IntegrityError) or getattr(error.orig, "sqlstate", "") in CONFLICTS
                    if not conflict or attempt == ATTEMPTS - 1:
                        raise
            time.sleep(0.02 * 2**attempt)

    def ask_nbgrader(self, code: str, told: list[str], folder: Path) -> None:
        """Run some code that needs nbgrader in a process of its own, in a folder; it reads the URL and what it is told.

        Raises
        ------
        GradebookError
            If it ends with an error.
        """
        done = subprocess.run(
            [sys.executable, "-c", code],
            input=json.dumps([self._url.render_as_string(hide_password=False), told]),
            capture_output=True,
            text=True,
            cwd=folder,
            check=False,
        )
        if done.returncode != 0:
            why = (done.stderr.strip().splitlines() or ["it ended without a word"])[-1]
            raise GradebookError(f"nbgrader could not do it: {self._without_password(why)}")

    def close(self) -> None:
        """Let go of it; a new schema that is still in the making, all or nothing, is left to the next run."""
        if self._maker is not None:
            self._maker.kill()
            self._maker.communicate()
        self._engine.dispose()

    def _start_nbgrader(self) -> subprocess.Popen[str]:
        # By standard input: a command line can be read by every user of the machine.
        maker = subprocess.Popen(
            [sys.executable, "-c", MAKE_TABLES],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,  # Ctrl-C stops the grading, not this
        )
        assert maker.stdin is not None
        maker.stdin.write(self._url.render_as_string(hide_password=False))
        maker.stdin.close()
        maker.stdin = None  # `communicate` would flush it
        return maker

    def _await_nbgrader(self) -> None:
        if self._maker is None:
            return
        maker, self._maker = self._maker, None
        said, complaint = maker.communicate()
        if maker.returncode != 0:
            why = (complaint.strip().splitlines() or ["it ended without a word"])[-1]
            raise GradebookError(f"{self.name}: nbgrader could not make its tables: {self._without_password(why)}")
        self._engine.dispose()  # an open connection would go on with the file as it was before an upgrade
        self.notice = said.strip()

    @contextmanager
    def _in_one_line(self) -> Iterator[None]:
        """Turn what SQLAlchemy raises inside into one line."""
        try:
            yield
        except SQLAlchemyError as error:
            kind = RowError if isinstance(error, DataError) else GradebookError
            raise kind(f"{self.name}: {self._without_password(reason(error))}") from None

    def _without_password(self, text: str) -> str:
        password = str(self._url.password or "")
        return text.replace(password, "***") if password else text


def tables_of(connection: sa.Connection) -> dict[str, sa.Table]:
    """Return nbgrader's tables, as they are in a database.

    Raises
    ------
    GradebookError
        If one is missing.
    """
    metadata = sa.MetaData()
    try:
        # nbgrader's upgrade of old files leaves keys into tables that it drops.
        metadata.reflect(connection, only=WRITTEN, resolve_fks=False)
    except InvalidRequestError:
        raise GradebookError(f"{shown(connection.engine.url)}: not all of nbgrader's tables are there") from None
    return dict(metadata.tables)


def parse(address: str) -> sa.URL:
    """Read a URL.

    Raises
    ------
    GradebookError
        If it is none, or of a database that is not supported. What may hold a password is not repeated.
    """
    try:
        url = sa.make_url(address)
        backend = url.get_backend_name()
    except SQLAlchemyError:
        raise GradebookError(f"this is not a database URL; {EXPECTED}") from None
    if backend == "sqlite" and url.database and url.database != ":memory:":
        return url
    if backend == "postgresql" and url.database:
        if "@" in (url.host or ""):
            raise GradebookError("more than one @ in the database URL; write one that is in the password as %40")
        return url.set(drivername="postgresql+psycopg") if url.drivername == "postgresql" else url
    raise GradebookError(f"{shown(url)}: this database is not supported; {EXPECTED}")


def plain_file(url: sa.URL) -> Path | None:
    """Return the file of an SQLite database; None for a server, and for what only SQLite's own addresses can say."""
    is_plain = url.get_backend_name() == "sqlite" and not str(url.database).startswith("file:")
    return Path(str(url.database)) if is_plain else None


def connect(url: sa.URL) -> sa.Engine:
    """Return an engine whose transactions are whole on SQLite too."""
    sqlite = url.get_backend_name() == "sqlite"
    try:
        engine = sa.create_engine(
            url, connect_args={"timeout": BUSY_S} if sqlite else {"connect_timeout": CONNECT_S}, hide_parameters=True
        )
    except (SQLAlchemyError, ModuleNotFoundError):
        raise GradebookError(f"{shown(url)}: its driver is not installed: pip install 'psycopg[binary]'") from None
    if sqlite:
        # Python's module would begin a transaction at the first change only, and end it before a CREATE TABLE.
        @sa.event.listens_for(engine, "connect")
        def _leave_transactions_alone(connection: Any, _: object) -> None:
            connection.isolation_level = None

        @sa.event.listens_for(engine, "begin")
        def _lock_for_writing(connection: sa.Connection) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def shown(url: sa.URL) -> str:
    """Return a URL as it may be shown: without a password."""
    return url.set(query={}).render_as_string(hide_password=True)


def reason(error: SQLAlchemyError) -> str:
    """Return why, in one line: the driver's own, with a word on what to do."""
    said = str(getattr(error, "orig", None) or error).strip().splitlines()
    why = re.sub(r"\s+", " ", said[0] if said else type(error).__name__)
    advice = {
        "unable to open database file": "is there such a folder, and may you write to it?",
        "database is locked": f"another program has been writing to it for {BUSY_S} s; close that one, and try again",
        "file is not a database": "name another file",
        "readonly database": "you may not write to this file, or not to its folder",
    }
    return next((f"{why}: {advice[part]}" for part in advice if part in why), why)


def state_of(connection: sa.Connection) -> str:
    """Return whether the database is new, old or ready."""
    present = set(sa.inspect(connection).get_table_names())
    if not present:
        return "new"
    if not present >= ALWAYS:
        raise GradebookError(
            f"{shown(connection.engine.url)}: this database is not nbgrader's: it holds "
            f"{', '.join(sorted(present)[:5])}; name another, or a new one"
        )
    stamped = "alembic_version" in present
    revision = connection.scalar(sa.text("SELECT version_num FROM alembic_version")) if stamped else None
    return "ready" if revision == REVISION else "old"


def _require_rights(connection: sa.Connection, state: str) -> None:
    """Raise unless the database may be written."""
    if connection.dialect.name != "postgresql":
        connection.exec_driver_sql("CREATE TABLE may_i_write (x)")  # rolled back; to begin is allowed to readers too
        return
    name = shown(connection.engine.url)
    if connection.scalar(sa.text("SELECT current_setting('transaction_read_only') = 'on'")):
        raise GradebookError(f"{name}: this server, or this user, only reads")
    if state == "new" and not connection.scalar(sa.text("SELECT has_schema_privilege(current_schema(), 'CREATE')")):
        raise GradebookError(f"{name}: this user may not make tables here")
    if state == "ready":
        right = sa.text("SELECT has_table_privilege(:table, 'INSERT') AND has_table_privilege(:table, 'UPDATE')")
        for table in sorted(ALWAYS):
            if not connection.scalar(right, {"table": table}):
                raise GradebookError(f"{name}: this user may not write to the table {table!r}")
