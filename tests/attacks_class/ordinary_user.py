"""Who grades: whoever runs the tests and, where that is root, an ordinary user too."""

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
ORDINARY_UID = 12_345
SYSTEM_PYTHON = Path("/usr/bin/python3")
LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "build", "node_modules")


class Unavailable(Exception):
    """This machine has no interpreter for an ordinary user; the message says why."""


@dataclass(frozen=True)
class Installation:
    """An interpreter that has the kit, and the user who runs it."""

    python: Path
    root: Path  # of the checkout
    uid: int | None = None  # None: whoever runs the tests
    folder: Path | None = None  # made for it

    @property
    def identity(self) -> dict[str, Any]:
        """Keyword arguments for `subprocess`."""
        return {} if self.uid is None else {"user": self.uid, "group": self.uid, "extra_groups": []}

    def give(self, folder: Path) -> None:
        """Make this user the owner of a folder and all that is in it."""
        folder.chmod(0o755)
        if self.uid is not None:
            for path in (folder, *folder.rglob("*")):
                os.chown(path, self.uid, self.uid, follow_symlinks=False)

    def remove(self) -> None:
        """Remove what was made for it."""
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)


def own() -> Installation:
    """Return this very interpreter, for the user who runs the tests."""
    return Installation(Path(sys.executable), ROOT)


def ordinary() -> Installation:
    """Return a virtual environment of the system's interpreter that an ordinary user can run; for root to make.

    Raises
    ------
    Unavailable
        If the system has no Python of the version that this environment's packages were compiled for.
    """
    version = "import sys; print(*sys.version_info[:2])"
    done = subprocess.run([SYSTEM_PYTHON, "-c", version], capture_output=True, text=True, check=False)
    if done.stdout.split() != [str(part) for part in sys.version_info[:2]]:
        raise Unavailable(f"{SYSTEM_PYTHON} is no Python {sys.version_info[0]}.{sys.version_info[1]}")
    folder = Path(tempfile.mkdtemp(prefix="attacks-python-"))
    folder.chmod(0o755)
    subprocess.run([SYSTEM_PYTHON, "-m", "venv", "--without-pip", folder / "venv"], check=True)
    packages = _readable(Path(sysconfig.get_path("purelib")), folder / "packages")
    root = _readable(ROOT, folder / "kit")
    site = next(folder.glob("venv/lib/python*/site-packages"))
    (site / "kit.pth").write_text(f"{packages}\n{root}\n", encoding="utf-8")
    return Installation(folder / "venv" / "bin" / "python", root, ORDINARY_UID, folder)


def _readable(path: Path, copy: Path) -> Path:
    """Return `path` if everyone can read it, else a copy that everyone can read."""
    if all(place.stat().st_mode & 0o001 for place in (path, *path.parents)):
        return path
    shutil.copytree(path, copy, ignore=LEFT_OUT)
    return copy
