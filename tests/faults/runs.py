"""One run of `grader grade` that is disturbed, the same command again, and what is left of it in OUT."""

import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.course import PACKAGE
from grader.sandbox.process import BOOT

SOLUTION = (PACKAGE.parent / "solutions/02_update_rule/update_rule.py").read_text(encoding="utf-8")
CLASS = {
    **{f"learner-{number:03d}": SOLUTION for number in range(1, 7)},
    "learner-007": SOLUTION.replace("return parameter - ", "return parameter + "),
    "learner-008": "def update(:\n",
    "learner-009": SOLUTION + "\ndef update(*_, **__): raise ValueError('odd')\n",
}
VICTIMS = ("command", "group", "grading process", "template")
# Runs what follows with a disk of its own in place of a folder, and copies what is left on it; only root may mount.
# Arguments: the folder, where to copy to, its size in KiB, after how many seconds it is read-only ("never"), the command.
SCRIPT = """
out=$1 kept=$2 size=$3 after=$4; shift 4
mount -t tmpfs -o size="${size}k" tmpfs "$out" || exit 99
if [ "$after" != never ]; then (sleep "$after"; mount -o remount,ro "$out") & fi
"$@"; status=$?
cp -a "$out" "$kept"
exit $status
"""
DISK = ("unshare", "--mount", "sh", "-c", SCRIPT, "sh")
PATIENCE_S = 120  # until a command counts as stuck
DURATION = re.compile(r'"duration_s": [\d.]+')
# Of these tables, what nobody chose: ids, times, and who is written first.
UNCHOSEN = {"id", "timestamp", "created_at", "updated_at"}


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    status: int
    said: str  # on standard error


def hand_in(folder: Path) -> Path:
    """Write the class."""
    for learner, source in CLASS.items():
        (folder / learner).mkdir(parents=True)
        (folder / learner / "update_rule.py").write_text(source, encoding="utf-8")
    return folder


def grade(
    submissions: Path, out: Path, victim: str = "", after_s: float = 0.0, through: Sequence[str | Path] = ()
) -> Ended:
    """Run the command, `through` in front of it; kill the victim after a while, if it is still there."""
    command = [sys.executable, "-m", "grader", "grade", submissions, "--out", out, "--jobs", "2", "--seed", "faults"]
    process = subprocess.Popen(
        [*through, *command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        cwd="/",
    )
    if victim:
        time.sleep(after_s)
        _kill(process, victim)
    _, said = process.communicate(timeout=PATIENCE_S)
    return Ended(process.returncode, said)


def _kill(process: "subprocess.Popen[str]", victim: str) -> None:
    if victim == "command":
        process.kill()
    elif victim == "group":
        os.killpg(process.pid, signal.SIGKILL)
    else:
        below = _descendants(process.pid)
        templates = [pid for pid in below if BOOT.strip()[:40] in _command_line(pid)]
        found = (
            templates if victim == "template" else [parent for pid in templates if (parent := _parent(pid)) in below]
        )
        if found:
            os.kill(min(found), signal.SIGKILL)


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
    except (OSError, IndexError):
        return 0


def _command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    except OSError:
        return ""


def _descendants(pid: int) -> set[int]:
    parents = {int(path.name): _parent(int(path.name)) for path in Path("/proc").iterdir() if path.name.isdigit()}
    found: set[int] = set()
    while new := {child for child, parent in parents.items() if parent in {pid, *found}} - found:
        found |= new
    return found


def left_in(out: Path) -> dict[str, str]:
    """Return all that is left in OUT, by place, without what differs from run to run."""
    left = {}
    for path in sorted(path for path in out.rglob("*") if path.is_file()):
        place = path.relative_to(out).as_posix()
        if path.name == "gradebook.db":
            left[place] = _rows(path)
        elif not place.startswith(".grader/"):  # the journal is the grader's own: what it is for is seen in the rest
            left[place] = DURATION.sub("", path.read_text(encoding="utf-8"))
    return left


def _rows(path: Path) -> str:
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        tables = sorted(name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'"))
        rows = [f"{table} {row}" for table in tables for row in _chosen(connection, table)]
    connection.close()
    return "\n".join(rows)


def _chosen(connection: sqlite3.Connection, table: str) -> list[str]:
    cursor = connection.execute(f"SELECT * FROM {table}")  # a name from the database itself
    names = [column[0] for column in cursor.description]
    kept = [place for place, name in enumerate(names) if name not in UNCHOSEN and not name.endswith("_id")]
    return sorted(str([row[place] for place in kept]) for row in cursor)


class Trial:
    """The class, and what an undisturbed run leaves of it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._submissions = hand_in(folder / "class")
        begun = time.monotonic()
        calm = grade(self._submissions, folder / "calm")
        self._lasts_s = time.monotonic() - begun
        if calm.status != 0:
            raise RuntimeError(f"the undisturbed run ended with {calm.status}: {calm.said}")
        self._right = left_in(folder / "calm")
        self._size_kib = sum(path.stat().st_size for path in (folder / "calm").rglob("*")) // 1024

    def kill(self, seed: int) -> list[str]:
        """Kill a run as `seed` says, and run the command again; return what is not as it should be."""
        chosen = random.Random(seed)
        victim, after_s = chosen.choice(VICTIMS), chosen.uniform(0.0, self._lasts_s)
        out = self._folder / f"killed-{seed}"
        # A kill may come too late, and what a process takes with it is tried again.
        expected = {-signal.SIGKILL, 0} if victim in ("command", "group") else {0, 1}
        ended = grade(self._submissions, out, victim, after_s)
        return self._problems(f"seed {seed}: {victim} killed after {after_s:.2f} s", ended, expected, out)

    def spoil_disk(self, seed: int) -> list[str]:
        """Let a run find its disk full, or read-only all of a sudden, and run the command again on a good one."""
        chosen = random.Random(seed)
        out, kept = (self._folder / f"{name}-{seed}" for name in ("disk", "kept"))
        out.mkdir()
        size_kib, after_s = chosen.randrange(20, self._size_kib + 20), "never"
        if seed % 2:
            size_kib, after_s = 2 * self._size_kib, f"{chosen.uniform(0.0, self._lasts_s):.2f}"
        ended = grade(self._submissions, out, through=[*DISK, out, kept, str(size_kib), after_s])
        shutil.copytree(kept, out, dirs_exist_ok=True)
        what = f"seed {seed}: a disk of {size_kib} KiB, read-only after {after_s} s"
        return self._problems(what, ended, {0, 1, 2}, out)

    def _problems(self, fault: str, ended: Ended, expected: set[int], out: Path) -> list[str]:
        again = grade(self._submissions, out)
        found = [f"the disturbed run ended with {ended.status}"] * (ended.status not in expected)
        found += [f"the same command ended with {again.status}"] * (again.status != 0)
        if "Traceback" in ended.said + again.said:
            found.append(f"a traceback: {(ended.said + again.said)[-800:]}")
        left, right = left_in(out), self._right
        found += [
            f"{place} differs" for place in sorted(right.keys() | left.keys()) if right.get(place) != left.get(place)
        ]
        return [f"{fault}: {one}" for one in found]
