"""The course's secret: one for all who ask, whole or not at all, and never an empty one."""

import multiprocessing
import os
import stat
from collections.abc import Callable
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from grader.checking.seeds import SecretError, course_secret, keep_secret
from grader.collect import opened
from grader.collect.opened import Folder

ASKING = 8
TRIALS = 25


def _ask(folder: str, barriers: list[Barrier], answers: "multiprocessing.SimpleQueue[tuple[int, str]]") -> None:
    for trial, barrier in enumerate(barriers):
        barrier.wait()
        answers.put((trial, course_secret(Path(folder, str(trial)))))


def test_all_who_ask_first_at_once_get_the_same_secret(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork" if hasattr(os, "fork") else "spawn")
    barriers = [context.Barrier(ASKING) for _ in range(TRIALS)]
    answers = context.SimpleQueue()
    for trial in range(TRIALS):
        (tmp_path / str(trial)).mkdir()
    asking = [context.Process(target=_ask, args=(str(tmp_path), barriers, answers)) for _ in range(ASKING)]
    for process in asking:
        process.start()
    told = [answers.get() for _ in range(ASKING * TRIALS)]
    for process in asking:
        process.join()
    secrets = set(told)
    assert len(secrets) == TRIALS
    assert {len(secret) for _, secret in secrets} == {32}
    for trial in range(TRIALS):
        assert [path.name for path in (tmp_path / str(trial) / ".grader").iterdir()] == ["secret"]


def test_a_secret_has_its_name_only_when_it_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(file: object, data: bytes, to_stay: bool) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as on_a_full_disk:
        on_a_full_disk.setattr(opened, "_put", full)
        with pytest.raises(OSError, match="No space"):
            course_secret(tmp_path)
    assert list((tmp_path / ".grader").iterdir()) == []
    assert len(course_secret(tmp_path)) == 32


@pytest.mark.parametrize("damaged", [b"", b" \n", b"\0" * 32, b"abc\0", b"x" * (2**16 + 1)])
def test_a_secret_that_is_empty_or_damaged_is_refused_by_name_and_with_what_to_do(
    tmp_path: Path, damaged: bytes
) -> None:
    (tmp_path / ".grader").mkdir()
    (tmp_path / ".grader/secret").write_bytes(damaged)
    with pytest.raises(SecretError, match=r"/\.grader/secret.*--seed") as caught:
        course_secret(tmp_path)
    assert "\n" not in str(caught.value)
    assert (tmp_path / ".grader/secret").read_bytes() == damaged


@pytest.mark.parametrize("put", [lambda path: path.symlink_to("/etc/hostname"), os.mkfifo, Path.mkdir])
def test_what_is_no_file_is_no_secret(tmp_path: Path, put: Callable[[Path], object]) -> None:
    (tmp_path / ".grader").mkdir()
    put(tmp_path / ".grader/secret")
    with pytest.raises(SecretError, match="not a file"):
        course_secret(tmp_path)


@pytest.mark.parametrize("given", ["", " ", "\n", "a\0b"])
def test_a_secret_that_is_given_must_be_one(tmp_path: Path, given: str) -> None:
    with pytest.raises(SecretError, match="expected some text"):
        keep_secret(Folder(tmp_path), given)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("given", ["a course secret", "\N{LATIN SMALL LETTER U WITH DIAERESIS}", "\udcfc"])
def test_a_secret_that_is_given_takes_the_place_of_the_one_that_is_kept(tmp_path: Path, given: str) -> None:
    course_secret(tmp_path)
    keep_secret(Folder(tmp_path), given)
    assert course_secret(tmp_path) == given


@pytest.mark.parametrize(("of_folder", "of_own", "of_secret"), [(0o755, 0o700, 0o640), (0o2770, 0o2770, 0o660)])
def test_a_secret_is_for_those_alone_who_may_write_the_folder(
    tmp_path: Path, of_folder: int, of_own: int, of_secret: int
) -> None:
    tmp_path.chmod(of_folder)
    course_secret(tmp_path)
    assert stat.S_IMODE((tmp_path / ".grader").stat().st_mode) == of_own
    assert stat.S_IMODE((tmp_path / ".grader/secret").stat().st_mode) == of_secret
