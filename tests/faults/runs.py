"""One run of `grader grade` that is disturbed, the same command again, and what is left of it in OUT."""

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from grader.manifest.course import PACKAGE
from grader.sandbox.process import BOOT
from tests.postgres import Server, execute

SOLUTION = (PACKAGE.parent / "solutions/02_update_rule/update_rule.py").read_text(encoding="utf-8")
CLASS = {
    **{f"learner-{number:03d}": SOLUTION for number in range(1, 7)},
    "learner-007": SOLUTION.replace("return parameter - ", "return parameter + "),
    "learner-008": "def update(:\n",
    "learner-009": SOLUTION + "\ndef update(*_, **__): raise ValueError('odd')\n",
}
VICTIMS = ("command", "group", "grading process", "template", "worker")
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
# How long it took, and when it was.
CLOCK = re.compile(r'"duration_s": [\d.]+|"as_of": "[^"]*"|as of [\d: -]+ UTC')
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
    submissions: Path,
    out: Path,
    meanwhile: "Callable[[subprocess.Popen[str]], None]" = lambda _: None,
    through: Sequence[str | Path] = (),
    gradebook: str = "",
) -> Ended:
    """Run the command, `through` in front of it, and do something meanwhile."""
    command = [sys.executable, "-m", "grader", "grade", submissions, "--out", out, "--jobs", "2", "--seed", "faults"]
    command += ["--gradebook", gradebook] * bool(gradebook)
    process = subprocess.Popen(
        [*through, *command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        cwd="/",
    )
    meanwhile(process)
    _, said = process.communicate(timeout=PATIENCE_S)
    return Ended(process.returncode, said)


def _kill(process: "subprocess.Popen[str]", victim: str) -> None:
    if victim == "command":
        process.kill()
    elif victim == "group":
        os.killpg(process.pid, signal.SIGKILL)
    else:
        while not (found := _found(process.pid, victim)) and process.poll() is None:
            pass  # a worker is there for milliseconds
        with suppress(ProcessLookupError):  # it was quicker
            os.kill(min(found, default=0) or process.pid, signal.SIGKILL if found else 0)


def _found(command: int, victim: str) -> list[int]:
    """Return the processes of a kind. A worker is the child of a template, which it was forked from."""
    below = _descendants(command)
    forked = [pid for pid in below if BOOT.strip()[:40] in _command_line(pid)]
    if victim == "worker":
        return [pid for pid in forked if _parent(pid) in forked]
    templates = [pid for pid in forked if _parent(pid) not in forked]
    return templates if victim == "template" else [parent for pid in templates if (parent := _parent(pid)) in below]


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


def left_in(out: Path, gradebook: str = "") -> dict[str, str]:
    """Return all that is left in OUT, and in a gradebook elsewhere, without what differs from run to run."""
    left = {"gradebook": _rows(gradebook)} if gradebook else {}
    for path in sorted(path for path in out.rglob("*") if path.is_file()):
        place = path.relative_to(out).as_posix()
        if path.name == "gradebook.db":
            left[place] = _rows(f"sqlite:///{path}")
        elif not place.startswith(".grader/"):  # the journal is the grader's own: what it is for is seen in the rest
            left[place] = CLOCK.sub("", path.read_text(encoding="utf-8"))
    return left


def _rows(address: str) -> str:
    engine, tables = sa.create_engine(address), sa.MetaData()
    tables.reflect(engine)
    with engine.connect() as connection:
        rows = [f"{table.name} {row}" for table in tables.sorted_tables for row in _chosen(connection, table)]
    engine.dispose()
    return "\n".join(sorted(rows))


def _chosen(connection: sa.Connection, table: sa.Table) -> list[str]:
    kept = [column for column in table.columns if column.name not in UNCHOSEN and not column.name.endswith("_id")]
    return [str(tuple(row)) for row in connection.execute(sa.select(*kept))] if kept else []


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

        def kill(process: "subprocess.Popen[str]") -> None:
            time.sleep(after_s)
            _kill(process, victim)

        ended = grade(self._submissions, out, kill)
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

    def stop_database(self, seed: int, server: Server) -> list[str]:
        """Let a run find that its gradebook's server is gone, for a while or for good, and run the command again."""
        chosen = random.Random(seed)
        out, name = self._folder / f"database-{seed}", f"faults_{seed}"
        after_s, back_s = chosen.uniform(0.0, 1.2 * self._lasts_s), chosen.choice((0.0, 0.3, 1.0, float("inf")))
        execute(server.address.format(database="postgres"), f"CREATE DATABASE {name}")
        gradebook = server.address.format(database=name)

        def stop(process: "subprocess.Popen[str]") -> None:
            time.sleep(after_s)
            server.stop()
            if back_s < PATIENCE_S:
                time.sleep(back_s)
                server.start()

        ended = grade(self._submissions, out, stop, gradebook=gradebook)
        if back_s > PATIENCE_S:
            server.start()
        what = f"seed {seed}: the database gone after {after_s:.2f} s for {back_s:g} s"
        return self._problems(what, ended, {0, 1, 2}, out, gradebook)

    def _problems(self, fault: str, ended: Ended, expected: set[int], out: Path, gradebook: str = "") -> list[str]:
        again = grade(self._submissions, out, gradebook=gradebook)
        found = [f"the disturbed run ended with {ended.status}"] * (ended.status not in expected)
        found += [f"the same command ended with {again.status}"] * (again.status != 0)
        if "Traceback" in ended.said + again.said:
            found.append(f"a traceback: {(ended.said + again.said)[-800:]}")
        left, right = left_in(out, gradebook), self._right
        if gradebook:  # the same rows, elsewhere
            left["gradebook.db"] = left.pop("gradebook")
        found += [
            f"{place} differs" for place in sorted(right.keys() | left.keys()) if right.get(place) != left.get(place)
        ]
        return [f"{fault}: {one}" for one in found]
