"""OUT has one writer at a time; what stands in its way ends in one line; what is new there is nobody else's to read."""

import contextlib
import errno
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from grader.cli.grading import _announce
from grader.collect.choosing import collect
from grader.collect.opened import Folder
from grader.manifest.course import load_course
from grader.publish.results import Results
from grader.publish.writer import OutputError, Writer, writing
from tests.collect.test_collect import as_nobody
from tests.grading.test_grade import SOLUTION, alive, grade, grades, hand_in, processes_below


@pytest.fixture
def one(tmp_path: Path) -> Path:
    """A class of one."""
    hand_in(tmp_path / "class", "learner-001", SOLUTION)
    return tmp_path / "class"


def refused(done: "subprocess.CompletedProcess[str]") -> str:
    """Return the one line in which a command was refused."""
    said = " ".join(done.stderr.split())
    assert done.returncode == 2, said
    assert said.startswith("error: ")
    assert "Traceback" not in said
    return said


def test_a_second_writer_is_refused_and_told_who_is_there(tmp_path: Path) -> None:
    assert writing(tmp_path / "out") == ""
    with Writer(tmp_path / "out"):
        who = f"process {os.getpid()} on {socket.gethostname()} since 20"
        with pytest.raises(OutputError, match=re.escape(f"is being written by {who}")):
            Writer(tmp_path / "out")
        assert writing(tmp_path / "out").startswith(who)
    assert writing(tmp_path / "out") == ""
    Writer(tmp_path / "out").close()


def test_a_disk_without_locks_is_written_and_the_instructor_is_told(
    one: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("grader.publish.writer.fcntl.flock", refuse)
    with contextlib.closing(Results(tmp_path / "out", load_course())) as results:
        _announce(collect(one, load_course()), results)
    assert "the disk of OUT does not support locks" in capsys.readouterr().err


def test_a_writer_that_is_dropped_lets_go(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        Writer(tmp_path / "out")
        Writer(tmp_path / "out")
        assert os.umask(0o022) == 0o022
    finally:
        os.umask(before)


def test_a_refused_writer_leaves_nothing_open_and_the_modes_as_they_were(tmp_path: Path) -> None:
    with Writer(tmp_path / "out"):
        before = len(list(Path("/proc/self/fd").iterdir())), os.umask(0o077)
        for _ in range(3):
            with contextlib.suppress(OutputError):
                Writer(tmp_path / "out")
        assert (len(list(Path("/proc/self/fd").iterdir())), os.umask(0o077)) == before


def test_results_that_are_closed_hold_nothing_open(tmp_path: Path) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    results = Results(tmp_path / "out", load_course())
    assert len(list(Path("/proc/self/fd").iterdir())) > before
    results.close()
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_a_second_grade_ends_at_once_and_a_kill_of_the_first_leaves_no_lock(tmp_path: Path) -> None:
    for number in range(300):  # so many that it cannot have ended before it is killed
        hand_in(tmp_path / "class", f"learner-{number:03d}", SOLUTION)
    out, few = tmp_path / "out", tmp_path / "few"
    hand_in(few, "learner-000", SOLUTION)
    command = [sys.executable, "-m", "grader", "grade", str(tmp_path / "class"), "--out", str(out)]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    journal = out / ".grader/journal"
    while not (journal.exists() and journal.read_text()):
        assert running.poll() is None, "it ended before it could be met"
        time.sleep(0.01)
    running.send_signal(signal.SIGSTOP)
    assert f"out is being written by process {running.pid} on " in refused(grade(few, "--out", out, check=False))
    course = subprocess.run(
        [sys.executable, "-m", "grader", "nbgrader", out], capture_output=True, text=True, check=False
    )
    assert f"is being written by process {running.pid}" in refused(course)
    table = subprocess.run([sys.executable, "-m", "grader", "export", out], capture_output=True, text=True, check=True)
    assert f"is being written by process {running.pid}" in " ".join(table.stderr.split())
    below = processes_below(running.pid)
    for pid in below:  # whatever they still hold, they hold it now
        os.kill(pid, signal.SIGSTOP)
    running.kill()
    running.wait()
    try:
        assert any(alive(pid) for pid in below)
        done = grade(
            few, "--out", out, check=False
        )  # a report that the kill cut off from its line is held, which ends with 1
        assert "is being written" not in done.stderr
        assert "learner-000,update_rule,10,10,graded" in (out / "grades.csv").read_text()
    finally:
        for pid in below:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)


def test_out_that_is_a_file_or_may_not_be_written_ends_in_one_line(one: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "cannot write to" in refused(grade(one, "--out", tmp_path / "file", check=False))
    assert "cannot write to" in refused(grade(one, "--out", tmp_path / "file/out", check=False))
    (tmp_path / "dangling").symlink_to("nowhere")
    assert "cannot write to" in refused(grade(one, "--out", tmp_path / "dangling", check=False))


@pytest.mark.parametrize("what", ["out", "out/.grader"])
def test_out_that_only_reads_is_refused(tmp_path: Path, what: str) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "out/.grader").mkdir(parents=True)
    for folder in (tmp_path / "out", tmp_path / "out/.grader"):
        folder.chmod(0o555)
    if what == "out":
        (tmp_path / "out/.grader").rmdir()
    with as_nobody(), pytest.raises(OutputError, match="Permission denied"):
        Writer(tmp_path / "out")


@pytest.mark.parametrize("name", ["reports", "feedback", "autograded", ".grader", "gradebook.db"])
def test_a_link_in_place_of_a_folder_of_ours_is_refused(one: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / name).symlink_to("../elsewhere")
    said = refused(grade(one, "--out", tmp_path / "out", check=False))
    assert f"out/{name} is a link" in said
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_link_among_the_reports_leads_nowhere_and_is_replaced(one: Path, tmp_path: Path) -> None:
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    for folder in (elsewhere, out / "reports", out / "feedback/learner-001"):
        folder.mkdir(parents=True)
    (elsewhere / "kept").write_text("kept")
    (out / "reports/learner-001").symlink_to("../../elsewhere")
    for name in ("feedback/learner-001/update_rule.html", "grades.csv", ".grades.csv.unfinished"):
        (out / name).symlink_to(elsewhere / "kept")
    assert grade(one, "--out", out).returncode == 0
    assert [path.name for path in elsewhere.iterdir()] == ["kept"]
    assert (elsewhere / "kept").read_text() == "kept"
    assert grades(out)["learner-001", "update_rule"]["score"] == "10"
    assert (out / "reports/learner-001/update_rule.json").is_file()
    assert not [path for path in out.rglob("*") if path.is_symlink()]


@pytest.mark.parametrize("name", [".grader/journal", ".grader/lock"])
def test_a_link_in_place_of_what_is_added_to_is_refused(one: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "kept").write_text("kept")
    (tmp_path / "out/.grader").mkdir(parents=True)
    (tmp_path / "out" / name).symlink_to(tmp_path / "kept")
    assert "symbolic links" in refused(grade(one, "--out", tmp_path / "out", check=False))
    assert (tmp_path / "kept").read_text() == "kept"


def test_a_secret_that_a_full_disk_left_empty_is_refused_until_one_is_given(one: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / ".grader").mkdir(parents=True)
    (out / ".grader/secret").touch()
    assert "out/.grader/secret is empty" in refused(grade(one, "--out", out, check=False))
    assert "the secret is empty" in refused(grade(one, "--out", out, "--seed", "", check=False))
    assert grade(one, "--out", out, "--seed", "a course secret").returncode == 0
    assert grade(one, "--out", out).returncode == 0


def modes(folder: Path) -> set[tuple[bool, int]]:
    return {(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in [folder, *folder.rglob("*")]}


def test_what_is_made_in_a_new_out_is_its_owners_alone(one: Path, tmp_path: Path) -> None:
    grade(one, "--out", tmp_path / "out", umask=0o022)
    assert (tmp_path / "out/gradebook.db").is_file()
    assert modes(tmp_path / "out") == {(True, 0o700), (False, 0o600)}


def test_what_is_made_in_a_shared_course_is_for_its_group_and_nobody_else(one: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out").chmod(0o2775)
    grade(one, "--out", tmp_path / "out", umask=0o022)
    (tmp_path / "out").chmod(0o2770)
    assert modes(tmp_path / "out") == {(True, 0o2770), (False, 0o660)}


def test_modes_of_what_is_there_already_stay(one: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    grade(one, "--out", out)
    shared = {out / ".grader": 0o750, out / "grades.csv": 0o644, out / ".grader/journal": 0o640, out: 0o755}
    shared |= {out / "reports/learner-001/update_rule.json": 0o664, out / "gradebook.db": 0o660}
    for path, mode in shared.items():
        path.chmod(mode)
    hand_in(one, "learner-001", SOLUTION + "\n")
    grade(one, "--out", out)
    assert {path: stat.S_IMODE(path.stat().st_mode) for path in shared} == shared


def test_names_by_case_are_told_apart_without_a_file_of_their_own(tmp_path: Path) -> None:
    with Writer(tmp_path / "out"), Folder(tmp_path / "out/.grader") as own:
        assert [entry.name for entry in own.entries()] == ["lock"]


@pytest.mark.parametrize(("blocks", "status"), [(0, 2), (1, 1), (8, 1)])  # with none it cannot even begin
def test_a_file_that_cannot_be_written_to_its_end_ends_the_run_in_one_line(
    one: Path, tmp_path: Path, blocks: int, status: int
) -> None:
    command = f'ulimit -f {blocks}; exec "$0" -m grader grade "$1" --out "$2" --jobs 1'
    out = tmp_path / "out"
    done = subprocess.run(
        ["sh", "-c", command, sys.executable, one, out], capture_output=True, text=True, check=False, cwd="/"
    )
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    assert (done.returncode, re.findall("error: ", done.stderr)) == (status, ["error: "])
    assert grade(one, "--out", out).returncode == 0
    assert not list(out.rglob("*.unfinished"))


@pytest.mark.skipif(os.geteuid() != 0 or sys.platform != "linux", reason="to mount a small disk takes root")
@pytest.mark.parametrize("pages", [0, 5, 20, 45])
def test_a_disk_without_room_ends_in_one_line_and_the_same_command_completes_it(
    one: Path, tmp_path: Path, pages: int
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2M", "tmpfs", disk]
    mounted = subprocess.run(mount, capture_output=True, text=True, check=False)
    if mounted.returncode:
        pytest.skip(f"no disk can be mounted here: {mounted.stderr}")
    try:
        with contextlib.suppress(OSError), (disk / "filler").open("wb", buffering=0) as filler:
            while True:
                filler.write(bytes(4096))
        os.truncate(disk / "filler", (disk / "filler").stat().st_size - 4096 * pages)
        done = grade(one, "--out", disk / "out", check=False)
        assert "Traceback" not in done.stderr
        assert "Exception ignored" not in done.stderr
        assert done.returncode in (1, 2)
        assert re.search("No space left on device|disk is full", " ".join(done.stderr.split()))
        (disk / "filler").unlink()
        assert grade(one, "--out", disk / "out").returncode == 0
        assert grades(disk / "out")["learner-001", "update_rule"]["score"] == "10"
        assert not list((disk / "out").rglob("*.unfinished"))
    finally:
        subprocess.run(["umount", disk], check=True)
