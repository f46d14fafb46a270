"""A real PostgreSQL server for tests: in a folder of its own, behind a socket, gone with the fixture."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa

from tests.browser.conftest import absent

PASSWORD = "p@ss/word%"  # what a URL must encode
INSTALL = "apt install postgresql"


def program(name: str) -> str:
    """Return the path of one of PostgreSQL's programs; Debian keeps them off the PATH."""
    found = shutil.which(name) or next(map(str, sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))), None)
    if found is None:
        absent(f"no PostgreSQL: {INSTALL}")
    return str(found)


@contextmanager
def server() -> Iterator[str]:
    """Run a server; give the URL of a user who may do everything, without the database's name."""
    initdb, postgres = program("initdb"), program("postgres")
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # a socket's path is short, and root's folders are closed
    # PostgreSQL does not run as root.
    user = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}
    if user:
        shutil.chown(folder, "nobody", "nogroup")
    (folder / "password").write_text(PASSWORD)
    (folder / "password").chmod(0o644)
    subprocess.run(
        [initdb, "-D", folder / "data", "-U", "grader", "-A", "scram-sha-256", "--pwfile", folder / "password", "-N"],
        check=True,
        capture_output=True,
        cwd=folder,
        **user,
    )
    running = subprocess.Popen(
        [postgres, "-D", folder / "data", "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        **user,
    )
    try:
        address = f"postgresql+psycopg://grader:{quote(PASSWORD, safe='')}@/{{database}}?host={folder}"
        _wait(address.format(database="postgres"))
        yield address
    finally:
        running.terminate()
        running.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def execute(address: str, *statements: str) -> None:
    """Run statements outside any transaction, which CREATE DATABASE asks for."""
    engine = sa.create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))
    engine.dispose()


def _wait(address: str) -> None:
    for _ in range(300):
        try:
            execute(address, "SELECT 1")
            return
        except sa.exc.OperationalError:
            time.sleep(0.1)
    raise RuntimeError("the PostgreSQL server does not answer")
