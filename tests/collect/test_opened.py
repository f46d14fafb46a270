"""What is read or written through a folder that was opened lies in it, and what is written is whole."""

import os
import stat
import sys
from pathlib import Path

import pytest

from grader.collect import opened
from grader.collect.opened import Folder, NotAFileError, TooLargeError, modes_of


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    (tmp_path / "in").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "kept").write_text("kept")
    return Folder(tmp_path / "in")


@pytest.fixture(params=["by descriptor", "by path"])
def either_way(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """A folder as systems with and without calls by descriptor have it."""
    monkeypatch.setattr(opened, "_BY_DESCRIPTOR", request.param == "by descriptor")
    (tmp_path / "in").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "kept").write_text("kept")
    return Folder(tmp_path / "in")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_was_written_is_read_again_and_nothing_else_is_left(either_way: Folder) -> None:
    either_way.write("a/b/c.txt", b"old")
    either_way.write("a/b/c.txt", b"new", alone=True)
    assert either_way.read("a/b/c.txt", 3) == b"new"
    with either_way.folder("a/b") as inner:
        assert [entry.name for entry in inner.entries()] == ["c.txt"]


def test_no_part_of_a_path_may_be_a_link_when_it_is_read(either_way: Folder) -> None:
    (either_way.path / "folder").symlink_to("../elsewhere")
    (either_way.path / "file").symlink_to("../elsewhere/kept")
    with pytest.raises(NotADirectoryError):
        either_way.read("folder/kept", 100)
    with pytest.raises(NotAFileError, match="it is a link"):
        either_way.read("file", 100)


@pytest.mark.parametrize("place", ["..", "../elsewhere/kept", "a//b", "./a", "a/"])
def test_a_path_that_leads_out_is_refused(either_way: Folder, place: str) -> None:
    with pytest.raises(OSError, match="Invalid argument"):
        either_way.read(place, 100)


def test_what_is_written_takes_the_place_of_links_and_never_goes_where_they_lead(
    either_way: Folder, tmp_path: Path
) -> None:
    (either_way.path / "folder").symlink_to("../elsewhere")
    (either_way.path / "kept").symlink_to("../elsewhere/kept")
    either_way.write("folder/new", b"x")
    either_way.write("kept", b"x")
    assert sorted(path.name for path in (tmp_path / "elsewhere").iterdir()) == ["kept"]
    assert (tmp_path / "elsewhere" / "kept").read_text() == "kept"
    assert either_way.read("folder/new", 1) == either_way.read("kept", 1) == b"x"


def test_a_link_in_place_of_the_temporary_file_is_not_followed(folder: Folder, tmp_path: Path) -> None:
    (folder.path / ".a.unfinished").symlink_to("../elsewhere/kept")
    folder.write("a", b"x", alone=True)
    assert (tmp_path / "elsewhere" / "kept").read_text() == "kept"
    assert folder.read("a", 1) == b"x"


def test_what_is_added_to_is_neither_a_link_nor_a_fifo(folder: Folder, tmp_path: Path) -> None:
    (folder.path / "a").symlink_to("../elsewhere/kept")
    with pytest.raises(OSError, match="Too many levels of symbolic links"):
        folder.append("a")
    os.mkfifo(folder.path / "b")
    with pytest.raises(NotAFileError, match="it is a fifo"):
        folder.append("b")
    assert (tmp_path / "elsewhere" / "kept").read_text() == "kept"


def test_a_folder_that_is_moved_away_is_still_the_one_that_was_opened(folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "in").rename(tmp_path / "moved")
    (tmp_path / "in").symlink_to("elsewhere")
    folder.write("new", b"x")
    assert sorted(path.name for path in (tmp_path / "elsewhere").iterdir()) == ["kept"]
    assert (tmp_path / "moved" / "new").is_file()


def test_the_folder_that_somebody_named_may_be_a_link(folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("elsewhere")
    assert Folder(tmp_path / "link").read("kept", 4) == b"kept"


def test_more_bytes_than_were_asked_for_are_not_read(either_way: Folder) -> None:
    either_way.write("a", b"four")
    with pytest.raises(TooLargeError):
        either_way.read("a", 3)


def test_a_disk_without_room_leaves_what_was_there_and_no_part_of_the_new(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write("a", b"old")

    def full(file: object, data: bytes, to_stay: bool) -> None:
        file.write(data[:1])  # type: ignore[attr-defined]
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(opened, "_put", full)
    for alone in (False, True):
        with pytest.raises(OSError, match="No space"):
            folder.write("a", b"new", alone=alone)
    with pytest.raises(OSError, match="No space"):
        folder.write_first("b", b"new")
    assert [entry.name for entry in folder.entries()] == ["a"]
    assert folder.read("a", 3) == b"old"


def test_what_a_killed_run_left_is_cleared_away_by_the_next_writing(folder: Folder) -> None:
    (folder.path / ".a.unfinished").write_text("par")
    folder.write("a", b"new", alone=True)
    assert [entry.name for entry in folder.entries()] == ["a"]


def test_what_is_written_first_never_takes_the_place_of_anything(either_way: Folder) -> None:
    assert either_way.write_first("a", b"one")
    assert not either_way.write_first("a", b"two")
    assert either_way.read("a", 3) == b"one"
    assert [entry.name for entry in either_way.entries()] == ["a"]


def test_a_disk_without_hard_links_takes_what_is_written_first_too(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    assert folder.write_first("a", b"one")
    assert not folder.write_first("a", b"two")
    assert folder.read("a", 3) == b"one"
    assert [entry.name for entry in folder.entries()] == ["a"]


@pytest.mark.parametrize("before", [0o600, 0o640, 0o664, 0o444])
def test_what_is_replaced_keeps_its_mode(folder: Folder, before: int) -> None:
    folder.write("a", b"old")
    (folder.path / "a").chmod(before)
    folder.write("a", b"new")
    assert mode(folder.path / "a") == before


@pytest.mark.parametrize(
    ("of_folder", "of_file", "of_inner"),
    [(0o700, 0o600, 0o700), (0o755, 0o640, 0o750), (0o777, 0o660, 0o770), (0o2770, 0o660, 0o2770)],
)
def test_what_is_new_is_for_its_owner_and_for_the_group_as_the_folder_is(
    folder: Folder, of_folder: int, of_file: int, of_inner: int
) -> None:
    folder.path.chmod(of_folder)
    with modes_of(folder):
        folder.write("a/b", b"x")
        os.close(folder.append("c"))
    assert mode(folder.path / "a") == of_inner
    assert mode(folder.path / "a" / "b") == mode(folder.path / "c") == of_file


def test_modes_are_those_of_the_process_again_afterwards(folder: Folder) -> None:
    before = os.umask(0o022)
    try:
        with modes_of(folder):
            pass
        assert os.umask(0o022) == 0o022
    finally:
        os.umask(before)


@pytest.mark.skipif(sys.platform != "linux", reason="counts descriptors in Linux's /proc")
def test_no_descriptor_is_left_open(folder: Folder, tmp_path: Path) -> None:
    (folder.path / "file").touch()
    os.mkfifo(folder.path / "fifo")
    before = list(Path("/proc/self/fd").iterdir())
    for _ in range(3):
        folder.write("a/b/c", b"x")
        folder.read("a/b/c", 1)
        with folder.folder("a/b"):
            pass
        for place in ("file/b/c", "a/file/c", "a/b/none"):
            with pytest.raises((NotADirectoryError, FileNotFoundError)):
                folder.read(place, 1)
        with pytest.raises(NotAFileError):
            folder.append("fifo")
    assert len(list(Path("/proc/self/fd").iterdir())) == len(before)
