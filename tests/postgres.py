"""A real PostgreSQL server for tests: in a folder of its own, behind a socket, gone with the fixture."""

import os
import shutil
import signal
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


class Server:
    """A server that can be stopped and started again.

    Attributes
    ----------
    address
        The URL of a user who may do everything, with `{database}` for the database's name.
    """

    def __init__(self) -> None:
        initdb = program("initdb")
        # A socket's path is short, and root's folders are closed.
        self._folder = folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
        # PostgreSQL does not run as root.
        self._user = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}
        if self._user:
            shutil.chown(folder, "nobody", "nogroup")
        password = folder / "password"
        password.write_text(PASSWORD)
        password.chmod(0o644)
        subprocess.run(
            [initdb, "-D", folder / "data", "-U", "grader", "-A", "scram-sha-256", "--pwfile", password, "-N"],
            check=True,
            capture_output=True,
            cwd=folder,
            **self._user,
        )
        self.address = f"postgresql+psycopg://grader:{quote(PASSWORD, safe='')}@/{{database}}?host={folder}"
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._running = subprocess.Popen(
            [
                program("postgres"),
                "-D",
                self._folder / "data",
                "-k",
                self._folder,
                "-c",
                "listen_addresses=",
                "-c",
                "fsync=off",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self._folder,
            **self._user,
        )
        _wait(self.address.format(database="postgres"))

    def stop(self) -> None:
        """Stop it at once: who is connected is cut off."""
        if self._running is not None:
            self._running.send_signal(signal.SIGQUIT)
            self._running.wait(30)
            self._running = None

    def remove(self) -> None:
        """Stop it, and take its folder away."""
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)


@contextmanager
def server() -> Iterator[Server]:
    """Run a server."""
    running = Server()
    try:
        running.start()
        yield running
    finally:
        running.remove()


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
