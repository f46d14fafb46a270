"""A few of the faults that `make faults` injects, the same each time."""

import os

import pytest

from tests.faults.runs import Ended, Trial, left_in
from tests.postgres import server

KILLS, DISKS, DATABASES = 14, 5, 4


@pytest.fixture(scope="module")
def trial(tmp_path_factory):
    return Trial(tmp_path_factory.mktemp("faults"))


@pytest.mark.parametrize("seed", range(KILLS))
def test_after_a_kill_the_same_command_completes_as_if_nothing_had_been(trial, seed):
    assert trial.kill(seed) == []


@pytest.fixture(scope="module")
def database():
    with server() as running:
        yield running


@pytest.mark.parametrize("seed", range(DATABASES))
def test_after_a_database_was_gone_the_same_command_completes_as_if_nothing_had_been(trial, database, seed):
    assert trial.stop_database(seed, database) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a disk of its own")
@pytest.mark.parametrize("seed", range(DISKS))
def test_after_a_full_or_read_only_disk_the_same_command_completes_as_if_nothing_had_been(trial, seed):
    assert trial.spoil_disk(seed) == []


def test_a_trace_of_a_fault_is_noticed(trial, monkeypatch):
    monkeypatch.setattr("tests.faults.runs.grade", lambda *_, **__: Ended(3, "Traceback"))
    said = trial.kill(KILLS)
    assert len([one for one in said if "differs" in one]) == 24
    assert len(said) == 27


def test_a_row_that_is_missing_is_noticed(trial, tmp_path):
    (tmp_path / "grades.csv").write_text("learner")
    assert left_in(tmp_path) == {"grades.csv": "learner"}
