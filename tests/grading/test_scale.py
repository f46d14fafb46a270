"""`grader grade --dask`: a real scheduler and real workers as processes, one of which is killed while it grades."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from grader.grading import scale
from grader.grading.grade import Settings
from grader.grading.scale import Cluster, ScaleError, Worker, describe
from grader.manifest.course import load_course
from grader.sandbox import lock_name
from tests import command

COURSE = load_course()
SOLUTION = COURSE.by_slug["update_rule"].solution.read_text(encoding="utf-8")
WRONG = SOLUTION.replace("return parameter - step", "return parameter + step")
assert WRONG != SOLUTION
OTHER = "import grader.grading.journal as journal; journal.ENGINE = ['wire']; "
WITHOUT = "import sys; sys.modules['grader'] = None; "
START = "from distributed.cli.dask_worker import main; main()"


def started(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, *arguments], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


class Cloud:
    """A scheduler, and the workers that it is given."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.file = folder / "scheduler.json"
        scheduler = ["-m", "distributed.cli.dask_scheduler", "--port", "0", "--no-dashboard"]
        self._scheduler = started(folder, *scheduler, "--scheduler-file", str(self.file))
        self._workers: list[subprocess.Popen[bytes]] = []
        while not self.file.exists() or not self.file.read_text():
            assert self._scheduler.poll() is None
            time.sleep(0.05)

    @property
    def address(self) -> str:
        return str(json.loads(self.file.read_text())["address"])

    def worker(self, name: str, first: str = "", nanny: str = "--no-nanny") -> subprocess.Popen[bytes]:
        options = ["--scheduler-file", str(self.file), "--nthreads", "1", "--no-dashboard", "--name", name, nanny]
        self._workers.append(started(self._folder, "-c", first + START, *options))
        self.wait_for(sum(worker.poll() is None for worker in self._workers))
        return self._workers[-1]

    def wait_for(self, count: int) -> None:
        from distributed import Client

        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(count, timeout=60)

    def close(self) -> None:
        for process in (*self._workers, self._scheduler):
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def cloud(tmp_path_factory):
    cloud = Cloud(tmp_path_factory.mktemp("cloud"))
    yield cloud
    cloud.close()


@pytest.fixture(scope="module")
def submissions(tmp_path_factory):
    folder = tmp_path_factory.mktemp("class")
    for number in range(60):
        (folder / f"learner-{number:03d}").mkdir()
        (folder / f"learner-{number:03d}" / "update_rule.py").write_text(WRONG if number % 3 else SOLUTION)
    return folder


def reports(out: Path) -> dict[str, object]:
    found = {}
    for path in sorted(out.glob("reports/*/*.json")):
        report = json.loads(path.read_text())
        for one in (report, *report["checks"]):
            one.pop("duration_s")
        found[path.parent.name] = report
    return found


def grade(submissions: Path, out: Path, *more: str):
    return command.grader(
        "grade", str(submissions), "--out", str(out), "--only", "2", "--seed", "a course secret", *more, width=300
    )


def test_where_nobody_can_grade_that_is_said_and_nothing_is_lost(cloud, submissions, tmp_path, monkeypatch):
    monkeypatch.setattr(scale, "CONNECTING_S", 0.5)
    done = grade(submissions, tmp_path / "out", "--dask", cloud.address)
    assert done.returncode == 1
    assert "nobody can grade: it has no workers" in done.stderr
    done = grade(submissions, tmp_path / "out", "--dask", "tcp://127.0.0.1:9")
    assert done.returncode == 1
    assert "there is no scheduler that answers" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_cluster_grades_as_this_machine_does_though_a_worker_is_killed(cloud, submissions, tmp_path):
    first, _ = cloud.worker("one"), cloud.worker("two")
    cloud.worker("three", first=OTHER)
    out = tmp_path / "cluster"

    def kill_one_when_some_are_graded() -> None:
        while len(list(out.glob("reports/*/*.json"))) < 8:
            time.sleep(0.01)
        os.kill(first.pid, signal.SIGKILL)

    killer = threading.Thread(target=kill_one_when_some_are_graded)
    killer.start()
    done = grade(submissions, out, "--dask", cloud.address)
    killer.join()
    assert done.returncode == 0, done.stderr
    assert first.wait(10) == -signal.SIGKILL
    assert done.stderr.count("is not used") == 1
    assert "its grader or its course is another one than here" in done.stderr
    assert grade(submissions, tmp_path / "here").returncode == 0
    assert reports(out) == reports(tmp_path / "here")
    assert (out / "grades.csv").read_text() == (tmp_path / "here" / "grades.csv").read_text()
    assert {report["sandbox"] for report in reports(out).values()} == {lock_name()}


def test_a_worker_without_the_grader_is_refused_in_a_line(cloud):
    cloud.worker("four", first=WITHOUT)
    settings = Settings.of(COURSE, lock_name(), ["update_rule"])
    with Cluster(cloud.address, settings) as cluster:
        assert cluster.threads == 1
        assert sum("it has no grader: install there" in line for line in cluster.refused) == 1
        assert all("\n" not in line for line in cluster.refused)


def test_what_makes_a_worker_unfit_is_named():
    here = describe(Settings.of(COURSE, lock_name(), ["update_rule"]))
    assert here.refusal(here) == ""
    assert "another one than here" in replace(here, identity="0" * 16).refusal(here)
    assert "numpy 1.0" in replace(here, versions="numpy 1.0").refusal(here)
    assert "its lock is none" in replace(here, lock="none").refusal(here)
    assert "--no-nanny" in replace(here, may_start_processes=False).refusal(here)
    assert isinstance(here, Worker)


def test_when_the_last_worker_is_gone_the_run_ends_and_keeps_what_is_finished(cloud, submissions, tmp_path):
    out = tmp_path / "out"

    def kill_all_when_some_are_graded() -> None:
        while len(list(out.glob("reports/*/*.json"))) < 4:
            time.sleep(0.01)
        for worker in cloud._workers:
            worker.kill()

    killer = threading.Thread(target=kill_all_when_some_are_graded)
    killer.start()
    done = grade(submissions, out, "--dask", cloud.address)
    killer.join()
    assert done.returncode == 1
    assert "no worker of tcp://" in done.stderr
    assert "what is finished is kept" in done.stderr
    before = {path: path.stat().st_mtime_ns for path in out.glob("reports/*/*.json")}
    assert len(before) >= 4
    assert grade(submissions, out).returncode == 0
    assert all(path.stat().st_mtime_ns == then for path, then in before.items())


def test_no_task_carries_the_courses_secret(cloud):
    import pickle

    from grader.checking.seeds import learner_seed
    from grader.collect.submission import Submission
    from grader.grading import grade as grading

    sent = []

    class Noting(grading.Executor):
        def submit(self, *arguments):
            sent.append(pickle.dumps(arguments))
            raise ScaleError("enough")

    one = Submission("learner-001", "learner-001", "update_rule", problem="none")
    settings = Settings.of(COURSE, lock_name(), ["update_rule"])
    with pytest.raises(ScaleError):
        list(grading.grade([one], "a course secret", settings, Noting, 1))
    assert b"a course secret" not in sent[0]
    assert learner_seed("a course secret", "learner-001", "update_rule").encode() in sent[0]
