"""What a learner's files may be, and how a zip of them is unpacked without trust."""

import errno
import io
import os
import signal
import socket
import stat
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.collect import archives
from grader.collect.archives import MAX_LISTED, File, folder_files, may_be_work, plain_name, read_file
from grader.collect.opened import Folder
from grader.collect.submission import EmptyError, MachineError, ProblemError
from grader.collect.zips import MAX_ENTRIES, MAX_UNPACKED, Zip

SCRIPT = b"def update(parameter, gradient, learning_rate):\n    return parameter - learning_rate * gradient\n"


def zipped(*entries: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return packed.getvalue()


def unpack(data: bytes, name: str) -> tuple[tuple[File, ...], tuple[str, ...]]:
    """Unpack all of a zip that may be work."""
    packed = Zip(io.BytesIO(data), name)
    return tuple(packed.files()), packed.notes


def contents(data: bytes) -> dict[str, bytes]:
    files, _ = unpack(data, "'a.zip'")
    return {file.place: file.read(MAX_UNPACKED) for file in files}


def in_directory(data: bytes, offset: int, layout: str, value: int, entry: int = 0) -> bytes:
    """Forge a field of an entry in the zip's directory."""
    start = -1
    for _ in range(entry + 1):
        start = data.index(b"PK\x01\x02", start + 1)
    forged = bytearray(data)
    struct.pack_into(layout, forged, start + offset, value)
    return bytes(forged)


def read(path: Path, limit: int) -> bytes:
    with Folder(path.parent) as folder:
        return read_file(folder, path.name, limit)


@pytest.fixture
def in_time() -> Iterator[None]:
    """Turn a wait that never ends into a failure."""

    def give_up(*_: object) -> None:
        raise AssertionError("it blocks")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(5)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def test_a_zip_gives_its_files_with_their_folders() -> None:
    data = zipped(("update_rule.py", SCRIPT), ("02_update_rule/update_rule.ipynb", b"{}"), ("empty/", b""))
    assert contents(data) == {"update_rule.py": SCRIPT, "02_update_rule/update_rule.ipynb": b"{}"}


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@given(content=st.binary(max_size=3000))
def test_what_was_zipped_comes_back_byte_for_byte(method: int, content: bytes) -> None:
    assert contents(zipped(("a.py", content), method=method)) == {"a.py": content}


def test_a_zip_written_as_a_stream_is_read() -> None:
    class Stream(io.BytesIO):
        def seekable(self) -> bool:
            return False

    stream = Stream()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("update_rule.py", SCRIPT)
        archive.writestr("derivatives.py", b"x = 1\n")
    assert contents(stream.getvalue()) == {"update_rule.py": SCRIPT, "derivatives.py": b"x = 1\n"}


def test_hidden_files_and_those_of_macos_are_left_out_without_a_note() -> None:
    names = [
        ".DS_Store",
        "__MACOSX/._update_rule.py",
        "__MACOSX/update_rule.py",
        ".ipynb_checkpoints/update_rule.ipynb",
        "a/.b/c.py",
    ]
    assert unpack(zipped(*((name, b"x") for name in names)), "'a.zip'") == ((), ())


@pytest.mark.parametrize("name", ["02_update_rule\\update_rule.py", ".\\02_update_rule\\update_rule.py"])
def test_a_path_that_an_archiver_of_windows_wrote_with_backslashes_is_read(name: str) -> None:
    assert contents(zipped((name, SCRIPT))) == {"02_update_rule/update_rule.py": SCRIPT}


def test_a_leading_dot_and_doubled_slashes_in_a_path_mean_nothing() -> None:
    assert contents(zipped(("./02_update_rule//update_rule.py", SCRIPT))) == {"02_update_rule/update_rule.py": SCRIPT}


@pytest.mark.parametrize(
    "name",
    ["../update_rule.py", "a/../../update_rule.py", "/etc/update_rule.py", "C:/update_rule.py", "C:update_rule.py",
     "..\\update_rule.py", "a\\..\\..\\update_rule.py", "\\\\host\\update_rule.py", "\\update_rule.py", "C:\\update_rule.py"],
)  # fmt: skip
def test_an_entry_that_leads_out_of_the_zip_is_left_out_with_a_note(name: str) -> None:
    files, notes = unpack(zipped((name, SCRIPT), ("derivatives.py", b"x = 1")), "'a.zip'")
    assert [file.place for file in files] == ["derivatives.py"]
    assert len(notes) == 1
    assert repr(name) in notes[0]


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_a_link_or_device_in_a_zip_is_left_out_with_a_note(kind: int) -> None:
    link = zipfile.ZipInfo("update_rule.py")
    link.create_system, link.external_attr = 3, (kind | 0o777) << 16
    files, notes = unpack(zipped((link, b"/etc/passwd")), "'a.zip'")
    assert files == ()
    assert "'update_rule.py'" in notes[0]


def test_a_thousand_bad_entries_make_one_short_printable_note() -> None:
    data = zipped(*((f"../\x1b[31m\N{RIGHT-TO-LEFT OVERRIDE}{number}" + "x" * 500, b"") for number in range(900)))
    _, (note,) = unpack(data, "'a.zip'")
    assert note.isprintable()
    assert "897 more" in note
    assert len(note) < 1000


def test_nothing_of_a_zip_touches_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    monkeypatch.chdir(inner)
    unpack(zipped(("update_rule.py", SCRIPT), ("../out.py", SCRIPT), ("folder/", b""), ("nested.zip", b"PK")), "'a'")
    assert list(tmp_path.rglob("*")) == [inner]


def test_a_zip_in_a_zip_stays_packed() -> None:
    inner = zipped(("update_rule.py", SCRIPT))
    assert contents(zipped(("inner.zip", inner))) == {"inner.zip": inner}


def test_a_file_that_is_there_twice_is_a_problem() -> None:
    data = zipped(("update_rule.py", SCRIPT), ("update_rule.pz", b"x = 1")).replace(
        b"update_rule.pz", b"update_rule.py"
    )
    with pytest.raises(ProblemError, match=r"'update_rule.py' twice"):
        unpack(data, "'a.zip'")


def test_a_locked_zip_is_a_problem() -> None:
    with pytest.raises(ProblemError, match="password"):
        unpack(in_directory(zipped(("update_rule.py", SCRIPT)), 8, "<H", 0x1), "'a.zip'")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_unusual_compression_is_a_problem(method: int) -> None:
    with pytest.raises(ProblemError, match="method"):
        unpack(zipped(("update_rule.py", SCRIPT), method=method), "'a.zip'")


@pytest.mark.parametrize("declared", [0, 1, len(SCRIPT) - 1, len(SCRIPT) + 1, 10**6])
def test_an_entry_that_lies_about_its_size_is_a_problem(declared: int) -> None:
    with pytest.raises(ProblemError, match="does not hold what it declares"):
        unpack(in_directory(zipped(("update_rule.py", SCRIPT)), 24, "<I", declared), "'a.zip'")


def test_an_entry_whose_checksum_agrees_with_a_false_size_is_a_problem() -> None:
    data = zipped(("update_rule.py", SCRIPT))
    for offset, value in ((24, 10), (16, zlib.crc32(SCRIPT[:10]))):
        data = in_directory(data, offset, "<I", value)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.read("update_rule.py") == SCRIPT[:10], "zipfile itself is taken in"
    with pytest.raises(ProblemError, match="does not hold what it declares"):
        unpack(data, "'a.zip'")


def test_entries_that_share_their_bytes_are_a_problem() -> None:
    data = zipped(("a.py", SCRIPT), ("b.py", SCRIPT))
    with pytest.raises(ProblemError, match="overlap"):
        unpack(in_directory(data, 42, "<I", 0, entry=1), "'a.zip'")


def test_an_entry_that_holds_another_is_a_problem() -> None:
    data = zipped(("a.py", SCRIPT), ("b.py", SCRIPT), method=zipfile.ZIP_STORED)
    with pytest.raises(ProblemError, match="overlap"):
        unpack(in_directory(data, 20, "<I", len(SCRIPT) + 50), "'a.zip'")


def test_an_entry_that_runs_into_the_directory_is_a_problem() -> None:
    data = zipped(("a.py", SCRIPT), method=zipfile.ZIP_STORED)
    with pytest.raises(ProblemError, match="runs into the directory"):
        unpack(in_directory(data, 20, "<I", len(SCRIPT) + 1), "'a.zip'")


def test_a_bomb_that_says_it_is_small_is_unpacked_no_further_than_it_says() -> None:
    bomb = in_directory(zipped(("update_rule.py", bytes(200 * 2**20))), 24, "<I", 100)
    tracemalloc.start()
    try:
        with pytest.raises(ProblemError, match="does not hold what it declares"):
            unpack(bomb, "'a.zip'")
        assert tracemalloc.get_traced_memory()[1] < 10 * 2**20
    finally:
        tracemalloc.stop()


def test_what_unpacks_to_more_than_the_limit_in_sum_is_a_problem() -> None:
    half = bytes(MAX_UNPACKED // 2)
    assert sum(map(len, contents(zipped(("a.py", half), ("b.py", half))).values())) == MAX_UNPACKED
    with pytest.raises(ProblemError, match="16 MiB"):
        unpack(zipped(("a.py", half), ("b.py", half), ("c.py", b"x")), "'a.zip'")


def test_too_many_files_that_may_be_work_are_a_problem() -> None:
    names = [f"{number}.py" for number in range(MAX_ENTRIES + 1)]
    assert len(contents(zipped(*((name, b"") for name in names[:-1])))) == MAX_ENTRIES
    with pytest.raises(ProblemError, match="1000 scripts"):
        unpack(zipped(*((name, b"") for name in names)), "'a.zip'")


def test_what_is_no_work_in_a_zip_is_neither_counted_nor_unpacked_nor_judged() -> None:
    odd = [(f"data/{number}.csv", b"x") for number in range(MAX_ENTRIES + 1)]
    large = [("plot.png", bytes(MAX_UNPACKED + 1)), (".venv/lib/six.py", b"x" * 99)]
    assert contents(zipped(("update_rule.py", SCRIPT), *odd, *large)) == {"update_rule.py": SCRIPT}


def test_a_zip_of_more_entries_than_anybody_looks_through_is_a_problem_before_an_object_is_made_of_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = [f"{number}.txt" for number in range(11)]
    just, more = (zipped(*((name, b"") for name in some)) for some in (names[:-1], names))
    assert len(Zip(io.BytesIO(just), "'a.zip'", most=10).listed()[1]) == 10
    made: list[object] = []
    monkeypatch.setattr(zipfile, "ZipInfo", lambda *_: made.append(0))
    with pytest.raises(ProblemError, match="more than 10 entries"):
        Zip(io.BytesIO(more), "'a.zip'", most=10)
    assert made == []
    assert MAX_LISTED == 50_000


def test_entries_that_overlap_are_a_problem_even_where_they_are_no_work() -> None:
    data = zipped(("a.txt", SCRIPT), ("b.txt", SCRIPT), ("update_rule.py", SCRIPT))
    with pytest.raises(ProblemError, match="overlap"):
        unpack(in_directory(data, 42, "<I", 0, entry=1), "'a.zip'")


def test_an_entry_without_a_name_is_left_out_with_a_note() -> None:
    data = zipped(("update_rule.py", SCRIPT), ("x", b""))
    for offset, length in ((28, 0), (32, 1)):  # its name becomes its comment
        data = in_directory(data, offset, "<H", length, entry=1)
    files, notes = unpack(data, "'a.zip'")
    assert [file.place for file in files] == ["update_rule.py"]
    assert "not read: ''" in notes[0]


@pytest.mark.parametrize(
    "error", [IndexError, KeyError, RecursionError, UnicodeDecodeError("utf-8", b"x", 0, 1, "bad")]
)
def test_whatever_zipfile_raises_is_the_zips_problem(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(zipfile, "ZipFile", stumble)
    with pytest.raises(ProblemError, match=r"cannot be read as a zip: ['\w]"):
        unpack(b"PK", "'a.zip'")


def test_a_zip_for_which_memory_does_not_suffice_is_no_problem_of_the_learner(monkeypatch: pytest.MonkeyPatch) -> None:
    def starve(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(zipfile, "ZipFile", starve)
    with pytest.raises(MachineError, match="memory is used up"):
        unpack(b"PK", "'a.zip'")


@pytest.mark.parametrize(
    ("data", "claim"),
    [(b"Rar!\x1a\x07\x01\x00", "cannot be read as a zip"), (zipped(("a.py", SCRIPT))[:-10], "cannot be read as a zip")],
)
def test_what_is_no_zip_is_a_problem(data: bytes, claim: str) -> None:
    with pytest.raises(ProblemError, match=claim):
        unpack(data, "'a.zip'")


def test_a_zip_of_no_bytes_is_called_empty() -> None:
    with pytest.raises(EmptyError, match="0 bytes"):
        unpack(b"", "'a.zip'")


def test_a_flipped_bit_in_the_contents_is_a_problem() -> None:
    data = bytearray(zipped(("a.py", SCRIPT)))
    data[40] ^= 1
    with pytest.raises(ProblemError, match="corrupt"):
        unpack(bytes(data), "'a.zip'")


@given(
    forgeries=st.lists(st.tuples(st.integers(0, 300), st.binary(min_size=1, max_size=8)), max_size=6),
    length=st.integers(0, 400),
    before=st.binary(max_size=20),
)
def test_a_forged_zip_gives_files_or_a_problem(forgeries: list[tuple[int, bytes]], length: int, before: bytes) -> None:
    data = bytearray(zipped(("a.py", SCRIPT), ("02_x/b.ipynb", b"{}" * 40)))
    for offset, forged in forgeries:
        data[offset : offset + len(forged)] = forged
    files: tuple[File, ...] = ()
    said: tuple[str, ...]
    try:
        files, said = unpack(before + bytes(data[:length]), "'a.zip'")
    except ProblemError as problem:
        said = (str(problem),)
    assert all(line.isprintable() for line in said)
    assert sum(len(file.read(MAX_UNPACKED)) for file in files) <= MAX_UNPACKED


def test_a_plain_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(SCRIPT)
    assert read(tmp_path / "a.py", len(SCRIPT)) == SCRIPT


def test_a_file_larger_than_the_limit_is_a_problem_and_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a.py").open("wb") as file:
        file.truncate(2**40)
    tracemalloc.start()
    try:
        with pytest.raises(ProblemError, match="larger than 64 MiB"):
            read(tmp_path / "a.py", 64 * 2**20)
        assert tracemalloc.get_traced_memory()[1] < 2**20
    finally:
        tracemalloc.stop()


def test_a_file_that_grows_after_its_size_was_taken_is_a_problem() -> None:
    endless = Path("/proc/self/maps")  # the kernel gives it a size of 0 and then some kilobytes
    if not endless.exists():
        pytest.skip("needs Linux's /proc")
    assert endless.stat().st_size == 0
    with pytest.raises(ProblemError, match="larger"):
        read(endless, 100)


@pytest.mark.usefixtures("in_time")
def test_a_fifo_in_place_of_a_file_is_reported_and_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.py")
    with pytest.raises(ProblemError, match=r"a\.py is a fifo"):
        read(tmp_path / "a.py", 100)


@pytest.mark.usefixtures("in_time")
def test_a_fifo_put_in_place_after_the_first_look_does_not_block(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "a.py")
    (tmp_path / "b.py").touch()
    before = (tmp_path / "b.py").stat()
    monkeypatch.setattr(Folder, "stat", lambda *_, **__: before)
    with pytest.raises(ProblemError, match=r"a\.py is a fifo"):
        read(tmp_path / "a.py", 100)


def test_a_link_put_in_place_after_the_first_look_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "b.py").write_bytes(SCRIPT)
    (tmp_path / "a.py").symlink_to(tmp_path / "b.py")
    before = (tmp_path / "b.py").stat()
    monkeypatch.setattr(Folder, "stat", lambda *_, **__: before)
    with pytest.raises(ProblemError, match=r"a\.py cannot be read"):
        read(tmp_path / "a.py", 2**20)


def test_a_link_is_reported_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "classmate.py").write_bytes(SCRIPT)
    (tmp_path / "a.py").symlink_to("classmate.py")
    with pytest.raises(ProblemError, match=r"a\.py is a link"):
        read(tmp_path / "a.py", 2**20)


def test_a_socket_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the address of a socket has room for 107 bytes only
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("a.py")
        with pytest.raises(ProblemError, match=r"a\.py is a socket"):
            read(tmp_path / "a.py", 100)


def test_a_device_is_reported() -> None:
    with pytest.raises(ProblemError, match="null is a device"):
        read(Path("/dev/null"), 100)


def test_a_folder_in_place_of_a_file_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.py").mkdir()
    with pytest.raises(ProblemError, match=r"a\.py is a folder"):
        read(tmp_path / "a.py", 100)


def test_a_file_that_is_gone_is_reported(tmp_path: Path) -> None:
    with pytest.raises(ProblemError, match=r"a\.py cannot be read: No such file"):
        read(tmp_path / "a.py", 100)


def test_the_name_of_a_file_cannot_break_the_message(tmp_path: Path) -> None:
    with pytest.raises(ProblemError) as caught:
        read(tmp_path / "a\n\x1b[31m\udcff.py", 100)
    assert str(caught.value).isprintable()


def test_a_folder_is_read_one_level_deep_where_it_is_asked_for(tmp_path: Path) -> None:
    for place in (
        "a.py",
        "a.txt",
        "02_update_rule/b.py",
        "02_update_rule/deeper/c.py",
        "02_update_rule/b.csv",
        "other/d.py",
    ):
        (tmp_path / place).parent.mkdir(exist_ok=True)
        (tmp_path / place).touch()
    with Folder(tmp_path) as folder:
        assert [file.place for file in folder_files(folder, below={"02_update_rule"})] == [
            "02_update_rule/b.py",
            "a.py",
        ]


def test_a_link_to_an_exercises_folder_is_reported_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "classmate").mkdir()
    (tmp_path / "classmate" / "update_rule.py").write_bytes(SCRIPT)
    (tmp_path / "me").mkdir()
    (tmp_path / "me" / "02_update_rule").symlink_to("../classmate")
    with Folder(tmp_path) as folder:
        (file,) = folder_files(folder, "me", {"02_update_rule"})
        with pytest.raises(ProblemError, match="02_update_rule is not a folder"):
            file.read(2**20)


@pytest.mark.parametrize("what", ["me", "me/02_update_rule"])
def test_a_folder_that_becomes_a_link_between_listing_and_reading_gives_nobodys_file(tmp_path: Path, what: str) -> None:
    for place in ("me/02_update_rule", "classmate/02_update_rule"):
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / "update_rule.py").write_bytes(place.encode())
    with Folder(tmp_path) as folder:
        (file,) = folder_files(folder, "me", {"02_update_rule"})
        (tmp_path / what).rename(tmp_path / "away")
        (tmp_path / what).symlink_to(tmp_path / what.replace("me", "classmate"))
        with pytest.raises(ProblemError, match=r"update_rule\.py cannot be read: Not a directory"):
            file.read(2**20)


@pytest.mark.parametrize("becomes", ["nothing", "a folder", "a link", "a fifo", "large"])
@pytest.mark.usefixtures("in_time")
def test_a_file_that_becomes_something_else_between_listing_and_reading_is_a_problem(
    tmp_path: Path, becomes: str
) -> None:
    path = tmp_path / "update_rule.py"
    path.touch()
    with Folder(tmp_path) as folder:
        (file,) = folder_files(folder)
        path.unlink()
        {
            "nothing": lambda: None,
            "a folder": path.mkdir,
            "a link": lambda: path.symlink_to(__file__),
            "a fifo": lambda: os.mkfifo(path),
            "large": lambda: path.write_bytes(b"x" * 101),
        }[becomes]()
        with pytest.raises(ProblemError, match="larger" if becomes == "large" else "cannot be read|is a"):
            file.read(100)


def test_a_folder_of_more_entries_than_anybody_looks_through_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MAX_LISTED", 10)
    (tmp_path / "02_update_rule").mkdir()
    for number in range(6):
        (tmp_path / f"{number}.txt").touch()
        (tmp_path / "02_update_rule" / f"{number}.txt").touch()
    with Folder(tmp_path) as folder:
        assert list(folder_files(folder)) == []
        with pytest.raises(ProblemError, match="more than 10 files"):  # those within are counted too
            list(folder_files(folder, below={"02_update_rule"}))
        for number in range(6, 10):
            (tmp_path / f"{number}.txt").touch()
        with pytest.raises(ProblemError, match="more than 10 files"):
            list(folder_files(folder))


def test_what_lies_in_several_folders_of_a_learner_is_counted_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MAX_LISTED", 10)
    for name in ("02_update_rule", "02_update_rule (1)"):
        (tmp_path / name).mkdir()
        for number in range(5):
            (tmp_path / name / f"{number}.txt").touch()
    with Folder(tmp_path) as folder, pytest.raises(ProblemError, match="more than 10 files"):
        list(folder_files(folder, below={"02_update_rule"}))


def test_what_is_no_work_is_passed_over_before_anything_else_is_done_with_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "b.csv", "update_rule.pyc", "c.py", "02_update_rule (1)"):
        (tmp_path / name).touch()
    asked: list[str] = []
    monkeypatch.setattr(archives, "plain_name", lambda name: asked.append(name) or (name, ""))
    with Folder(tmp_path) as folder:
        assert [file.place for file in folder_files(folder, below={"02_update_rule"})] == ["c.py"]
    assert asked == ["02_update_rule (1)"]


@given(st.text(alphabet="Upy.()-1 _i\u0130nbz", max_size=12))
def test_every_name_that_an_answer_may_have_may_be_work(name: str) -> None:
    assert may_be_work(name) or plain_name(name)[1] not in (".py", ".ipynb")


@pytest.mark.parametrize("number", [errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EIO, errno.ESTALE, errno.ENOSPC])
def test_what_this_machine_lacks_is_no_problem_of_the_learner(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    (tmp_path / "a.py").touch()

    def fail(*_: object, **__: object) -> int:
        raise OSError(number, os.strerror(number))

    with Folder(tmp_path) as folder:
        (file,) = folder_files(folder)
        monkeypatch.setattr(os, "open", fail)
        with pytest.raises(MachineError, match=os.strerror(number)):
            file.read(100)
        monkeypatch.setattr(os, "scandir", fail)
        with pytest.raises(MachineError, match=os.strerror(number)):
            list(folder_files(folder))


def test_the_limit_also_holds_for_what_came_out_of_a_zip() -> None:
    file = File(("a.py",), SCRIPT)
    assert file.read(len(SCRIPT)) == SCRIPT
    with pytest.raises(ProblemError, match="larger"):
        file.read(len(SCRIPT) - 1)


@pytest.mark.parametrize(
    ("name", "plain"),
    [("Update_Rule.PY", ("update_rule", ".py")), ("update_rule (1).py", ("update_rule", ".py")),
     ("update_rule(12).ipynb", ("update_rule", ".ipynb")), ("update_rule-1.py", ("update_rule", ".py")),
     ("02_update_rule (2)", ("02_update_rule", "")), ("update_rule-a.py", ("update_rule-a", ".py")),
     ("descent_2d.py", ("descent_2d", ".py")), ("(1).py", ("", ".py")), ("", ("", ""))],
)  # fmt: skip
def test_a_plain_name_is_in_lower_case_and_without_a_downloads_number(name: str, plain: tuple[str, str]) -> None:
    assert plain_name(name) == plain
