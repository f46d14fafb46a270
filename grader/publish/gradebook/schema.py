"""Stage 5: nbgrader makes the tables of its gradebook, or upgrades them; run by `grader.publish.gradebook.database` as a process of its own.

The URL comes from standard input, because a command line can be read by every user of the machine.
"""

import logging
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from grader.publish.gradebook.database import GradebookError, connect, reason, state_of

SCHEMA_LOCK = 0x6E62677264  # any number that nobody else locks: "nbgrd"


def make_schema(url: sa.URL) -> str:
    """Let nbgrader make its tables, or bring them up to date; return what the instructor should know."""
    _without_the_rest_of_nbgrader()
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory
    from nbgrader.api import Base  # type: ignore[import-untyped]
    from nbgrader.dbutil import ALEMBIC_DIR  # type: ignore[import-untyped]

    script = ScriptDirectory(ALEMBIC_DIR)
    with connect(url).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text(f"SELECT pg_advisory_xact_lock({SCHEMA_LOCK})"))
        state = state_of(connection)  # perhaps another process was faster
        context = MigrationContext.configure(connection)
        if state == "new":
            Base.metadata.create_all(connection)
            context.stamp(script, "head")
            connection.execute(Base.metadata.tables["course"].insert(), {"id": "default_course"})
            return ""
        revision, head = context.get_current_revision(), script.get_current_head()
        known = {one.revision for one in script.walk_revisions()} | {None}
        if revision not in known:
            raise GradebookError(
                f"it is of revision {revision}, and the newest that this nbgrader knows is {head}: upgrade it"
            )
        return "" if revision == head else _upgrade(url, revision, Base.metadata)


def _without_the_rest_of_nbgrader() -> None:
    """Let `import nbgrader.api` import that alone: the rest is its server, its authenticators, and most of Jupyter."""
    spec = find_spec("nbgrader")
    if spec is None:
        raise GradebookError("nbgrader is not installed: pip install 'gradient-descent-kit[grade]'")
    package = sys.modules["nbgrader"] = ModuleType("nbgrader")
    package.__spec__ = spec
    package.__path__ = list(spec.submodule_search_locations or [])
    for name, what in (("utils", {}), ("auth", {"Authenticator": object})):  # imported there, and not for tables
        module = sys.modules[f"nbgrader.{name}"] = ModuleType(f"nbgrader.{name}")
        vars(module).update(what)
        setattr(package, name, module)


def _upgrade(url: sa.URL, revision: str | None, metadata: sa.MetaData) -> str:
    """Upgrade as `nbgrader db upgrade` does: the file is copied first; return what was done."""
    from alembic import command
    from alembic.config import Config
    from nbgrader.dbutil import write_alembic_ini

    done = f"upgraded from nbgrader's revision {revision or 'before 0.5'}"
    with tempfile.TemporaryDirectory() as folder:
        target, kept = url, None
        if url.get_backend_name() == "sqlite":
            # The copy is upgraded, and then takes the file's place: a kill at any moment leaves the one or the other.
            file = Path(str(url.database))
            if not file.is_file():
                raise GradebookError("it is of an older nbgrader: upgrade it with `nbgrader db upgrade`")
            kept = file.with_name(f"{file.name}.{datetime.now(UTC):%Y-%m-%d-%H%M%S.%f}")
            shutil.copy2(file, kept)
            target = url.set(database=str(shutil.copy2(file, file.with_name(f".{file.name}.upgrading"))))
        ini = Path(folder, "alembic.ini")
        # Both the file's format and alembic's read a % as their own.
        write_alembic_ini(str(ini), target.render_as_string(hide_password=False).replace("%", "%%"))
        logging.disable(logging.INFO)
        command.upgrade(Config(str(ini)), "head")
        metadata.create_all(connect(target))  # nbgrader adds what no migration makes whenever it opens a database
        if kept is not None:
            Path(str(target.database)).replace(Path(str(url.database)))
            done += f"; as it was, it is kept as {kept}"
    return done


def main() -> None:
    """Make the tables of the database that standard input names; say what was done, or end with why it was not."""
    try:
        print(make_schema(sa.make_url(sys.stdin.read())))
    except GradebookError as error:
        raise SystemExit(str(error)) from None
    except SQLAlchemyError as error:
        raise SystemExit(reason(error)) from None
