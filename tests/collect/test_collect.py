"""Stage 1: whose work is found where, what is taken when there are two, and what hostile names and files do."""

import contextlib
import errno
import hashlib
import io
import json
import os
import re
import shutil
import signal
import socket
import stat
import sys
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.collect import archives
from grader.collect import choosing as collect_module
from grader.collect.choosing import MAX_ANSWERS, CollectError, Collection, collect, read_folder, read_one
from grader.collect.opened import Folder
from grader.collect.submission import Cell, Submission, folder_names, learner_name
from grader.manifest import course as course_module
from grader.manifest.course import Course, CourseError, Exercise, Limits

EXERCISE = Exercise(2, "update_rule", "The update rule", True, "lessons/update_rule/")
OTHER = Exercise(4, "descent_2d", "Descent in two dimensions", True, "lessons/descent_2d/")
COURSE = Course("Gradient descent", Limits(3.0, 10.0, 512, 16), (EXERCISE, OTHER))

STUB = '''# %% [markdown]
# # The update rule

# %%
def update(parameter, gradient, learning_rate):
    """Take one step."""
    raise NotImplementedError("update_rule: implement update")
'''
WORK = "def update(parameter, gradient, learning_rate):\n    return parameter - learning_rate * gradient\n"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """The folder of hand-ins."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture(autouse=True)
def pristine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The course's own exercises: one has a stub, the other not yet."""
    folder = tmp_path / "exercises"
    put(folder / "02_update_rule/update_rule.py", STUB)
    monkeypatch.setattr(course_module, "PACKAGE", tmp_path / "grader")
    return folder


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


def put(path: Path, content: str | bytes = WORK) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def notebook(*sources: str) -> str:
    cells = [{"cell_type": "code", "metadata": {}, "outputs": [], "source": source} for source in sources]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def the_one(inbox: Path, learner: str = "learner-001", exercise: str = "update_rule") -> Submission:
    found = [one for one in collect(inbox, COURSE).submissions if (one.learner, one.exercise) == (learner, exercise)]
    (submission,) = found
    return submission


def learners(collection: Collection) -> list[str]:
    return list(dict.fromkeys(one.learner for one in collection.submissions))


LAYOUTS: dict[str, tuple[str, str]] = {
    "update_rule.py": (WORK, "update_rule.py"),
    "02_update_rule/update_rule.py": (WORK, "update_rule.py"),
    "update_rule.ipynb": (notebook(WORK), "update_rule.ipynb, cell 1"),
    "02_update_rule/update_rule.ipynb": (notebook(WORK), "update_rule.ipynb, cell 1"),
    "02_update_rule/02_update_rule.ipynb": (notebook(WORK), "02_update_rule.ipynb, cell 1"),
}


@pytest.mark.parametrize(("place", "content", "label"), [(place, *rest) for place, rest in LAYOUTS.items()])
def test_every_layout_is_read(inbox: Path, place: str, content: str, label: str) -> None:
    put(inbox / "learner-001" / place, content)
    sha256 = hashlib.sha256(content.encode()).hexdigest()
    assert the_one(inbox) == Submission(
        "learner-001", "learner-001", "update_rule", (Cell(label, WORK),), sha256=sha256
    )


@pytest.mark.parametrize("around", ["", "learner-001/", "my homework/"])
@pytest.mark.parametrize(("place", "content", "label"), [(place, *rest) for place, rest in LAYOUTS.items()])
def test_every_layout_is_read_from_a_zip_with_or_without_a_folder_around_it(
    inbox: Path, around: str, place: str, content: str, label: str
) -> None:
    clutter: dict[str, str | bytes] = {
        "__MACOSX/._update_rule.py": b"\0",
        f"{around}.DS_Store": b"\0",
        f"{around}README.txt": "hello",
    }
    put(inbox / "learner-001.zip", zipped({around + place: content, **clutter}))
    sha256 = hashlib.sha256(content.encode()).hexdigest()
    assert the_one(inbox) == Submission(
        "learner-001", "learner-001", "update_rule", (Cell(label, WORK),), sha256=sha256
    )


def test_a_class_may_mix_all_layouts_and_every_learner_has_every_exercise_once(inbox: Path) -> None:
    for number, (place, (content, _)) in enumerate(LAYOUTS.items()):
        put(inbox / f"learner {number}" / place, content)
        put(inbox / f"zip {number}.ZIP", zipped({place: content}))
    (inbox / "nothing").mkdir()
    submissions = collect(inbox, COURSE).submissions
    names = [*(f"learner {number}" for number in range(5)), "nothing", *(f"zip {number}" for number in range(5))]
    assert [(one.learner, one.exercise) for one in submissions] == [
        (name, slug) for name in names for slug in ("update_rule", "descent_2d")
    ]
    missing = {one.learner for one in submissions if one.exercise == "update_rule" and one.missing}
    assert missing == {"nothing"}


def test_a_missing_exercise_is_missing_and_has_no_hash(inbox: Path) -> None:
    put(inbox / "learner-001" / "update_rule.py")
    assert the_one(inbox, exercise="descent_2d") == Submission("learner-001", "learner-001", "descent_2d")


def test_only_one_exercise_is_read_when_one_is_asked_for(inbox: Path) -> None:
    put(inbox / "learner-001" / "update_rule.py")
    assert [one.exercise for one in collect(inbox, COURSE, only="descent_2d").submissions] == ["descent_2d"]
    with pytest.raises(CourseError, match="unknown exercise 'descent_3d'"):
        collect(inbox, COURSE, only="descent_3d")


def test_a_missing_folder_is_an_error_that_says_what_is_expected(tmp_path: Path) -> None:
    with pytest.raises(CollectError, match=r"/absent: No such file or directory; expected .*LEARNER/descent_2d\.py"):
        collect(tmp_path / "absent", COURSE)


def test_a_file_for_a_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CollectError, match="Not a directory"):
        collect(put(tmp_path / "a.txt"), COURSE)


def test_a_folder_without_a_learner_is_an_error_that_says_what_is_expected(inbox: Path) -> None:
    put(inbox / "README.txt")
    with pytest.raises(CollectError, match=r"no learner in '.*inbox': expected .*inbox/LEARNER\.zip"):
        collect(inbox, COURSE)


def test_stray_entries_are_ignored_and_each_is_named_with_its_reason(inbox: Path) -> None:
    put(inbox / "learner-001" / "update_rule.py")
    put(inbox / "README.txt")
    put(inbox / ".DS_Store")
    put(inbox / ".git" / "update_rule.py")
    put(inbox / "__MACOSX" / "update_rule.py")
    put(inbox / "._bob.zip")
    put(inbox / "a\nb\x1b[31m.txt")
    os.mkfifo(inbox / "fifo")
    (inbox / "link.txt").symlink_to("README.txt")
    collection = collect(inbox, COURSE)
    assert learners(collection) == ["learner-001"]
    assert all(line.isprintable() for line in collection.ignored)
    assert sorted(line.split(": ")[0] for line in collection.ignored) == sorted(
        [
            "'README.txt'",
            "'.DS_Store'",
            "'.git'",
            "'__MACOSX'",
            "'._bob.zip'",
            r"'a\nb\x1b[31m.txt'",
            "'fifo'",
            "'link.txt'",
        ]
    )
    assert all(line.split(": ")[1] for line in collection.ignored)


def test_what_tools_leave_in_a_learners_folder_is_not_mentioned(inbox: Path) -> None:
    put(inbox / "learner-001" / "02_update_rule" / ".ipynb_checkpoints" / "update_rule-checkpoint.ipynb", "broken")
    put(inbox / "learner-001" / ".ipynb_checkpoints" / "update_rule.ipynb", "broken")
    put(inbox / "learner-001" / "__pycache__" / "update_rule.cpython-311.pyc", "broken")
    for name in ("timestamp.txt", "test_update_rule.py", "conftest.py"):
        put(inbox / "learner-001" / "02_update_rule" / name, "broken")
        put(inbox / "learner-001" / name, "broken")
    assert the_one(inbox) == Submission("learner-001", "learner-001", "update_rule")
    put(inbox / "learner-001" / "02_update_rule" / "update_rule.py")
    assert the_one(inbox).cells
    assert the_one(inbox).notes == ()


def test_a_misspelt_file_leaves_the_exercise_missing_and_is_named(inbox: Path) -> None:
    put(inbox / "learner-001" / "updaterule.py")
    submission = the_one(inbox)
    assert submission.missing
    assert "'updaterule.py'" in submission.notes[0]


@pytest.mark.parametrize(
    "place",
    ["Update_Rule.py", "update_rule.PY", "update_rule (1).py", "update_rule(2).py", "update_rule-1.py",
     "02_UPDATE_RULE/update_rule.py", "02_update_rule (1)/update_rule.py"],
)  # fmt: skip
@pytest.mark.parametrize("in_zip", [False, True])
def test_a_name_changed_by_a_browser_or_a_shift_key_is_understood_and_noted(
    inbox: Path, place: str, in_zip: bool
) -> None:
    if in_zip:
        put(inbox / "learner-001.zip", zipped({place: WORK}))
    else:
        put(inbox / "learner-001" / place)
    submission = the_one(inbox)
    assert submission.cells == (Cell(Path(place).name, WORK),)
    assert submission.notes == (f"{place} was taken for update_rule.py",)


def test_a_file_deeper_in_a_zip_than_any_layout_is_no_answer_but_named(inbox: Path) -> None:
    put(inbox / "learner-001.zip", zipped({"02_update_rule/old/update_rule.py": WORK, "descent_2d.py": WORK}))
    submission = the_one(inbox)
    assert submission.missing
    assert "'02_update_rule/old/update_rule.py'" in submission.notes[0]
    assert the_one(inbox, exercise="descent_2d").cells


def test_two_such_names_with_different_work_are_a_problem(inbox: Path) -> None:
    put(inbox / "learner-001" / "update_rule (1).py")
    put(inbox / "learner-001" / "update_rule (2).py", WORK + "x = 1\n")
    assert "update_rule (1).py and update_rule (2).py may both be" in the_one(inbox).problem
    assert the_one(inbox).cells == ()
    assert not any("counts" in note for note in the_one(inbox).notes), "of two that differ, neither counts"


def test_two_such_names_with_the_same_work_are_none(inbox: Path) -> None:
    put(inbox / "learner-001" / "update_rule (1).py")
    put(inbox / "learner-001" / "update_rule (2).py")
    assert the_one(inbox).cells == (Cell("update_rule (1).py", WORK),)


def test_the_exact_name_goes_before_a_changed_one(inbox: Path) -> None:
    put(inbox / "learner-001" / "update_rule.py")
    put(inbox / "learner-001" / "Update_Rule.py", "x = 1\n")
    assert the_one(inbox).cells == (Cell("update_rule.py", WORK),)
    assert "update_rule.py counts: it is named as it should be" in the_one(inbox).notes[0]


BROKEN = {
    "empty": ("update_rule.py", b"", "is empty"),
    "blank": ("update_rule.py", b" \r\n\t\n", "is empty"),
    "latin-1": ("update_rule.py", b"# caf\xe9\n", "byte 0xE9 at position 5"),
    "utf-16": ("update_rule.py", WORK.encode("utf-16"), "is not UTF-8"),
    "coding line": ("update_rule.py", b"# coding: utf-7\n", "'utf-7'"),
    "null byte": ("update_rule.py", b"x = 1\0", "null byte at position 5"),
    "large script": ("update_rule.py", b"#" * (2**20 + 1), "larger than 1 MiB"),
    "broken notebook": ("update_rule.ipynb", b'{"cells": [\n,]}', "line 2"),
    "deep notebook": ("update_rule.ipynb", b"[" * 10_000, "nested too deep"),
    "text as notebook": ("update_rule.ipynb", b"my work", "broken: line 1"),
    "notebook without code": ("update_rule.ipynb", notebook().encode(), "no code cell"),
}


@pytest.mark.parametrize(("name", "content", "claim"), BROKEN.values(), ids=BROKEN.keys())
@pytest.mark.parametrize("in_zip", [False, True])
def test_what_cannot_be_read_is_that_learners_problem_and_nobody_elses(
    inbox: Path, name: str, content: bytes, claim: str, in_zip: bool
) -> None:
    if in_zip:
        put(inbox / "learner-001.zip", zipped({name: content, "descent_2d.py": WORK}))
    else:
        put(inbox / "learner-001" / name, content)
        put(inbox / "learner-001" / "descent_2d.py")
    put(inbox / "learner-002" / "update_rule.py")
    submission = the_one(inbox)
    assert claim in submission.problem
    assert name in submission.problem
    assert submission.problem.isprintable()
    assert submission.cells == ()
    assert not submission.missing
    assert the_one(inbox, exercise="descent_2d").cells
    assert the_one(inbox, "learner-002").cells
    read = hashlib.sha256(content).hexdigest()
    assert submission.sha256 == (hashlib.sha256(submission.problem.encode()).hexdigest() if "large" in claim else read)


def test_a_notebook_may_be_as_large_as_its_pictures_make_it_but_not_larger(inbox: Path) -> None:
    limit = 16 * 2**20
    content = notebook(WORK).encode().ljust(limit)
    put(inbox / "learner-001" / "update_rule.ipynb", content)
    assert the_one(inbox).cells == (Cell("update_rule.ipynb, cell 1", WORK),)
    put(inbox / "learner-001" / "update_rule.ipynb", content + b" ")
    assert "update_rule.ipynb is larger than 16 MiB" in the_one(inbox).problem


def test_a_byte_order_mark_and_windows_line_ends_are_fine(inbox: Path) -> None:
    put(inbox / "learner-001" / "update_rule.py", b"\xef\xbb\xbf" + WORK.replace("\n", "\r\n").encode())
    assert the_one(inbox).cells == (Cell("update_rule.py", WORK),)


def test_a_syntax_error_is_delivered_as_it_is(inbox: Path) -> None:
    put(inbox / "learner-001" / "update_rule.py", "def update(:\n")
    put(inbox / "learner-001" / "descent_2d.ipynb", notebook("scratch here", WORK))
    assert the_one(inbox).cells == (Cell("update_rule.py", "def update(:\n"),)
    assert [cell.source for cell in the_one(inbox, exercise="descent_2d").cells] == ["scratch here", WORK]


@pytest.mark.usefixtures("in_time")
def test_a_fifo_in_place_of_a_file_is_reported_and_does_not_block(inbox: Path) -> None:
    (inbox / "learner-001").mkdir()
    os.mkfifo(inbox / "learner-001" / "update_rule.py")
    os.mkfifo(inbox / "learner-002.zip")
    assert "update_rule.py is a fifo" in the_one(inbox).problem
    assert "learner-002.zip is a fifo" in the_one(inbox, "learner-002").problem


def test_a_socket_in_place_of_a_file_is_reported(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (inbox / "learner-001").mkdir()
    monkeypatch.chdir(inbox / "learner-001")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("update_rule.py")
        assert "update_rule.py is a socket" in the_one(inbox).problem


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a device")
def test_a_device_in_place_of_a_file_is_reported(inbox: Path) -> None:
    (inbox / "learner-001").mkdir()
    try:
        os.mknod(inbox / "learner-001" / "update_rule.py", stat.S_IFCHR | 0o666, os.makedev(1, 5))
    except PermissionError:
        pytest.skip("this container's root cannot make a device")
    assert "update_rule.py is a device" in the_one(inbox).problem


def test_a_folder_in_place_of_a_file_is_reported(inbox: Path) -> None:
    (inbox / "learner-001" / "update_rule.py").mkdir(parents=True)
    assert "update_rule.py is a folder" in the_one(inbox).problem


@pytest.mark.parametrize("link", ["update_rule.py", "02_update_rule/update_rule.py", "02_update_rule", "."])
def test_a_link_to_a_classmates_work_is_reported_and_not_followed(inbox: Path, link: str) -> None:
    put(inbox / "learner-002" / "02_update_rule" / "update_rule.py")
    put(inbox / "learner-002" / "update_rule.py")
    here = inbox / "learner-001" / link
    here.parent.mkdir(parents=True, exist_ok=True)
    here.symlink_to(inbox / "learner-002" / link)
    submission = the_one(inbox)
    assert "link" in submission.problem
    assert submission.cells == ()
    assert the_one(inbox, "learner-002").cells


def test_a_link_in_place_of_a_learners_zip_is_reported_and_not_followed(inbox: Path) -> None:
    put(inbox / "learner-002.zip", zipped({"update_rule.py": WORK}))
    (inbox / "learner-001.zip").symlink_to("learner-002.zip")
    assert "learner-001.zip is a link" in the_one(inbox).problem
    assert the_one(inbox, "learner-002").cells


def test_a_link_that_leads_nowhere_or_in_a_circle_is_that_learners_problem(inbox: Path) -> None:
    (inbox / "learner-001").symlink_to("nowhere")
    (inbox / "learner-002").symlink_to("learner-002")
    put(inbox / "learner-003" / "02_update_rule" / "update_rule.ipynb", notebook(WORK))
    (inbox / "learner-003" / "update_rule.py").symlink_to("update_rule.py")
    assert "link" in the_one(inbox).problem
    assert "link" in the_one(inbox, "learner-002").problem
    assert the_one(inbox, "learner-003").cells == (Cell("update_rule.ipynb, cell 1", WORK),)


@contextlib.contextmanager
def as_nobody() -> Iterator[None]:
    """Be a user whom permissions bind, for they do not bind root."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_inbox() -> Iterator[Path]:
    """A folder of hand-ins that every user can reach; pytest's are for their owner alone."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    for path in folder.rglob("*"):
        path.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.parametrize(
    ("closed", "claim"),
    [("learner-001/update_rule.py", "update_rule.py cannot be read: Permission denied"),
     ("learner-001", "'learner-001' cannot be opened: Permission denied")],
)  # fmt: skip
def test_what_may_not_be_read_is_a_problem(open_inbox: Path, closed: str, claim: str) -> None:
    put(open_inbox / "learner-001" / "update_rule.py")
    put(open_inbox / "learner-002" / "update_rule.py")
    (open_inbox / closed).chmod(0)
    with as_nobody():
        assert claim in the_one(open_inbox).problem
        assert the_one(open_inbox, "learner-002").cells
    (open_inbox / closed).chmod(0o755)


def test_an_exercises_folder_that_may_not_be_listed_is_a_problem_of_that_exercise(open_inbox: Path) -> None:
    put(open_inbox / "learner-001" / "02_update_rule" / "update_rule.py")
    put(open_inbox / "learner-001" / "descent_2d.py")
    (open_inbox / "learner-001" / "02_update_rule").chmod(0)
    with as_nobody():
        assert "'02_update_rule' cannot be opened" in the_one(open_inbox).problem
        assert the_one(open_inbox, exercise="descent_2d").cells


def test_an_inbox_that_may_not_be_listed_is_an_error(open_inbox: Path) -> None:
    open_inbox.chmod(0)
    with as_nobody(), pytest.raises(CollectError, match="Permission denied"):
        collect(open_inbox, COURSE)


@pytest.mark.parametrize(
    ("script", "book", "taken"),
    [
        (WORK, notebook("x = 1"), ".py"),
        (STUB, notebook(WORK), ".ipynb"),
        (STUB.replace("    ", "\t").replace("\n", "\r\n\r\n"), notebook(WORK), ".ipynb"),
        ("\n", notebook(WORK), ".ipynb"),
        ("# I worked in the notebook\n", notebook(WORK), ".ipynb"),
        (b"\xff", notebook(WORK), ".ipynb"),
        (STUB.replace("# # The", "# # My"), notebook(WORK), ".ipynb"),
        (STUB + "x = 1\n", notebook(WORK), ".py"),
        (WORK, notebook(STUB), ".py"),
        (WORK, "broken", ".py"),
        (STUB, notebook(), ".py"),
        (STUB, "broken", ".ipynb"),
        (b"\xff", notebook(STUB), ".py"),
    ],
)
@pytest.mark.parametrize("in_zip", [False, True])
def test_of_script_and_notebook_that_is_taken_in_which_the_learner_worked(
    inbox: Path, script: str | bytes, book: str, taken: str, in_zip: bool
) -> None:
    files: dict[str, str | bytes] = {"02_update_rule/update_rule.py": script, "02_update_rule/update_rule.ipynb": book}
    if in_zip:
        put(inbox / "learner-001.zip", zipped(files))
    else:
        for name, content in files.items():
            put(inbox / "learner-001" / name, content)
    submission = the_one(inbox)
    chosen = files[f"02_update_rule/update_rule{taken}"]
    data = chosen if isinstance(chosen, bytes) else chosen.encode()
    assert submission.sha256 == hashlib.sha256(data).hexdigest()
    other = {".py": ".ipynb", ".ipynb": ".py"}[taken]
    assert all(f"02_update_rule/update_rule{other}" in note and "untouched" not in note for note in submission.notes)


def test_of_a_kit_as_it_was_handed_out_nothing_is_said(inbox: Path) -> None:
    put(inbox / "learner-001" / "02_update_rule" / "update_rule.py", STUB)
    put(inbox / "learner-001" / "02_update_rule" / "update_rule.ipynb", notebook(*STUB.split("# %%\n")))
    assert the_one(inbox).cells == (Cell("update_rule.py", STUB),)
    assert the_one(inbox).notes == ()


def test_an_untouched_stub_alone_is_what_was_handed_in(inbox: Path) -> None:
    put(inbox / "learner-001" / "update_rule.py", STUB)
    assert the_one(inbox).cells == (Cell("update_rule.py", STUB),)
    assert the_one(inbox).notes == ()


def test_the_exercises_own_folder_goes_first_unless_only_the_stub_is_in_it(inbox: Path) -> None:
    put(inbox / "learner-001" / "update_rule.py", "x = 1\n")
    put(inbox / "learner-001" / "02_update_rule" / "update_rule.py")
    assert the_one(inbox).cells == (Cell("update_rule.py", WORK),)
    assert "02_update_rule/update_rule.py counts: it is in the exercise's own folder" in the_one(inbox).notes[0]
    put(inbox / "learner-001" / "02_update_rule" / "update_rule.py", STUB)
    assert the_one(inbox).cells == (Cell("update_rule.py", "x = 1\n"),)
    assert the_one(inbox).notes == ()


def test_a_folder_goes_before_a_zip_of_the_same_learner_and_both_are_named(inbox: Path) -> None:
    put(inbox / "learner-001" / "update_rule.py")
    put(inbox / "learner-001.zip", zipped({"update_rule.py": "x = 1\n"}))
    put(inbox / "learner-001.ZIP", b"broken")
    collection = collect(inbox, COURSE)
    assert len(collection.submissions) == len(COURSE.exercises)
    for submission in collection.submissions:
        assert any("'learner-001' was read, not 'learner-001.zip'" in note for note in submission.notes)
        assert any("'learner-001' was read, not 'learner-001.ZIP'" in note for note in submission.notes)
    assert the_one(inbox).cells == (Cell("update_rule.py", WORK),)


def test_a_zip_goes_before_a_link_of_the_same_learner(inbox: Path) -> None:
    (inbox / "learner-001").symlink_to("nowhere")
    put(inbox / "learner-001.zip", zipped({"update_rule.py": WORK}))
    assert the_one(inbox).cells
    assert "'learner-001.zip' was read, not 'learner-001'" in the_one(inbox).notes[0]


@pytest.mark.parametrize("content", [b"", b"Rar!", zipped({"update_rule.py": WORK})[:-9]])
def test_a_broken_zip_is_a_problem_of_every_exercise_of_that_learner(inbox: Path, content: bytes) -> None:
    put(inbox / "learner-001.zip", content)
    put(inbox / "learner-002" / "update_rule.py")
    submissions = collect(inbox, COURSE).submissions
    problems = [one.problem for one in submissions if one.learner == "learner-001"]
    assert len(problems) == len(COURSE.exercises)
    assert all("'learner-001.zip'" in problem for problem in problems)
    assert all(one.sha256 for one in submissions if one.learner == "learner-001")
    assert the_one(inbox, "learner-002").cells


def test_what_is_left_out_of_a_zip_is_noted(inbox: Path) -> None:
    put(inbox / "learner-001.zip", zipped({"../update_rule.py": WORK, "inner.zip": zipped({"update_rule.py": WORK})}))
    submission = the_one(inbox)
    assert submission.missing
    assert "'../update_rule.py'" in submission.notes[0]
    assert "'inner.zip'" in submission.notes[1]


def test_nothing_is_run_and_nothing_is_written(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    boobytrap = "import pathlib\npathlib.Path('ran').touch()\nraise SystemExit\n"
    for name in ("update_rule.py", "conftest.py", "numpy.py", "sitecustomize.py", "pytest.ini", "descent_2d.py"):
        put(inbox / "learner-001" / name, boobytrap)
    put(inbox / "learner-002.zip", zipped({"update_rule.py": boobytrap, "numpy.py": boobytrap}))
    before, path = sorted(inbox.rglob("*")), list(sys.path)
    monkeypatch.chdir(inbox)
    collect(inbox, COURSE)
    assert sorted(inbox.rglob("*")) == before
    assert sys.path == path
    assert not any("learner-001" in entry for entry in sys.path)
    assert Path.cwd() == inbox


def test_the_learners_of_a_relative_folder_are_found(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(inbox / "learner-001" / "update_rule.py")
    monkeypatch.chdir(inbox)
    assert learners(collect(Path(), COURSE)) == ["learner-001"]


def test_a_learners_own_folder_is_read_by_the_same_rules(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    put(folder / "update_rule.py", STUB)
    put(folder / "test_update_rule.py", "broken")
    assert read_one(folder, "you", EXERCISE).cells == (Cell("update_rule.py", STUB),)
    put(folder / "update_rule.ipynb", notebook(WORK))
    submission = read_one(folder, "you", EXERCISE)
    assert (submission.learner, submission.folder, submission.exercise) == ("you", "you", "update_rule")
    assert submission.cells == (Cell("update_rule.ipynb, cell 1", WORK),)


def test_a_learners_folder_that_is_absent_or_no_folder_is_no_error(tmp_path: Path) -> None:
    assert read_one(tmp_path / "absent", "you", EXERCISE).missing
    assert "cannot be opened" in read_one(put(tmp_path / "file"), "you", EXERCISE).problem


@pytest.fixture
def kit(pristine: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A learner's kit as `release` makes it: they edit script or notebook, and the package keeps the pristine stub."""
    monkeypatch.setattr(course_module.Places, "stubs", pristine.parent / "stubs")
    put(pristine.parent / "stubs" / "update_rule.py", STUB)
    put(pristine / "02_update_rule" / "update_rule.ipynb", notebook(STUB))
    return pristine / "02_update_rule"


def test_in_a_kit_the_edited_script_is_taken(kit: Path) -> None:
    put(kit / "update_rule.py", WORK)
    assert read_one(kit, "you", EXERCISE).cells == (Cell("update_rule.py", WORK),)
    assert read_one(kit, "you", EXERCISE).notes == ()


def test_in_a_kit_the_edited_notebook_is_taken(kit: Path) -> None:
    put(kit / "update_rule.ipynb", notebook(WORK))
    assert read_one(kit, "you", EXERCISE).cells == (Cell("update_rule.ipynb, cell 1", WORK),)


def test_in_a_kit_of_which_nothing_is_edited_the_script_is_taken(kit: Path) -> None:
    assert read_one(kit, "you", EXERCISE).cells == (Cell("update_rule.py", STUB),)


def test_in_the_courses_own_checkout_a_stub_that_is_worked_on_is_never_taken_for_untouched(kit: Path) -> None:
    (kit.parents[1] / "stubs" / "update_rule.py").unlink()
    put(kit / "update_rule.py", WORK)
    assert read_one(kit, "you", EXERCISE).cells == (Cell("update_rule.py", WORK),)


HARMLESS = {
    "a blank line": STUB + "\n\n",
    "a blank line in a function": STUB.replace("    raise", "\n    raise"),
    "a comment": "# by learner-001\n" + STUB,
    "a comment at the end of a line": STUB.replace('update")', 'update")  # later'),
    "another quote": STUB.replace('("update_rule: implement update")', "('update_rule: implement update')"),
    "a formatter's line ends": STUB.replace('("update_rule', '(\n        "update_rule').replace(
        'update")', 'update",\n    )'
    ),
    "another docstring": STUB.replace("Take one step.", "Take one step, downhill."),
    "an import": "import numpy as np\n" + STUB,
    "a call that tries it out": STUB + "print(update(3.0, 2.0, learning_rate=0.1))\n",
    "a demonstration": STUB + 'if __name__ == "__main__":\n    rate = 0.1\n    print(rate)\n',
    "line ends of Windows": STUB.replace("\n", "\r\n"),
    "a byte-order mark": "\N{BYTE ORDER MARK}" + STUB,
}
TOUCHED = {
    "a function that is written": WORK,
    "half a function": STUB.replace("    raise", "    step = learning_rate * gradient\n    raise"),
    "a second function of the name": STUB + WORK,
    "another name for it": STUB + "update = lambda parameter, gradient, rate: parameter - rate * gradient\n",
    "a slip of syntax": WORK + "def more(:\n",
    "other parameters": STUB.replace("learning_rate", "rate"),
    "more than anybody parses": STUB + "print(1)\n" * 10_000,
}
FINISHED = notebook(WORK.replace("parameter -", "-"))


@pytest.mark.parametrize("door", ["check", "grade"])
@pytest.mark.parametrize("what", HARMLESS)
def test_what_is_no_work_in_the_script_discards_no_finished_notebook(
    kit: Path, inbox: Path, door: str, what: str
) -> None:
    folder = kit if door == "check" else inbox / "learner-001" / "02_update_rule"
    put(folder / "update_rule.py", HARMLESS[what])
    put(folder / "update_rule.ipynb", FINISHED)
    read = read_one(kit, "you", EXERCISE) if door == "check" else the_one(inbox)
    assert read.cells[0].label == "update_rule.ipynb, cell 1"
    assert read.notes == ()


@pytest.mark.parametrize("door", ["check", "grade"])
@pytest.mark.parametrize("what", TOUCHED)
def test_where_script_and_notebook_both_hold_work_one_line_says_which_counts_and_why(
    kit: Path, inbox: Path, door: str, what: str
) -> None:
    folder = kit if door == "check" else inbox / "learner-001" / "02_update_rule"
    put(folder / "update_rule.py", TOUCHED[what])
    put(folder / "update_rule.ipynb", FINISHED)
    read = read_one(kit, "you", EXERCISE) if door == "check" else the_one(inbox)
    assert read.cells[0].label == "update_rule.py"
    (note,) = read.notes
    assert "both hold work" in note
    assert "update_rule.py counts: it is a script" in note


@pytest.mark.parametrize("cell", ["%load_ext grader\n%check update_rule", "# nothing yet", "update(3.0, 2.0, 0.1)"])
def test_a_notebook_as_it_was_handed_out_is_untouched_with_its_cell_that_checks(kit: Path, cell: str) -> None:
    put(kit / "update_rule.py", WORK)
    put(kit / "update_rule.ipynb", notebook(*STUB.split("# %%\n"), cell))
    assert read_one(kit, "you", EXERCISE).notes == ()


def lacking(number: int, names: set[str], call: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one call of the system fail for want of something, wherever it is asked for one of these names."""
    original = getattr(os, call)

    def fail(path: object, *arguments: object, **options: object) -> object:
        if path in names:
            raise OSError(number, os.strerror(number), path)
        return original(path, *arguments, **options)

    monkeypatch.setattr(os, call, fail)


@pytest.mark.parametrize("number", [errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EIO, errno.ESTALE])
@pytest.mark.parametrize("what", ["update_rule.py", "learner-001", "learner-001.zip"])
def test_what_this_machine_cannot_read_is_a_fault_of_ours_and_no_problem_of_the_learner(
    inbox: Path, monkeypatch: pytest.MonkeyPatch, number: int, what: str
) -> None:
    if what == "learner-001.zip":
        put(inbox / what, zipped({"update_rule.py": WORK}))
    else:
        put(inbox / "learner-001/update_rule.py")
    put(inbox / "learner-002/update_rule.ipynb", notebook(WORK))
    with monkeypatch.context() as poor:
        lacking(number, {what}, "open", poor)
        submission = the_one(inbox)
        assert os.strerror(number) in submission.fault
        assert (submission.cells, submission.problem, submission.missing) == ((), "", False)
        assert the_one(inbox, "learner-002").cells
    assert the_one(inbox).fault == ""
    assert the_one(inbox).cells


def test_where_memory_does_not_suffice_the_fault_is_ours(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def starve(*_: object) -> None:
        raise MemoryError

    put(inbox / "learner-001/update_rule.py")
    monkeypatch.setattr(collect_module, "read_code", starve)
    assert the_one(inbox).fault == "update_rule.py cannot be read: memory is used up"
    assert the_one(inbox, exercise="descent_2d").missing


@pytest.mark.parametrize("error", [IndexError("x"), KeyError("x"), RecursionError(), ValueError(), AssertionError()])
def test_whatever_a_learners_bytes_raise_is_that_files_problem(
    inbox: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def stumble(*_: object) -> None:
        raise error

    put(inbox / "learner-001/update_rule.ipynb", notebook(WORK))
    put(inbox / "learner-001/descent_2d.py")
    read = collect_module.read_code
    monkeypatch.setattr(
        collect_module, "read_code", lambda data, name: stumble() if name.endswith(".ipynb") else read(data, name)
    )
    assert f"update_rule.ipynb is broken: {type(error).__name__}" in the_one(inbox).problem
    assert the_one(inbox, exercise="descent_2d").cells


def test_a_learners_own_folder_and_a_platforms_have_faults_of_ours_too(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(inbox / "update_rule.py")
    lacking(errno.EMFILE, {"update_rule.py"}, "open", monkeypatch)
    assert os.strerror(errno.EMFILE) in read_one(inbox, "you", EXERCISE).fault
    (submission,) = read_folder(inbox, "7", (EXERCISE,), COURSE)
    assert os.strerror(errno.EMFILE) in submission.fault
    lacking(errno.EMFILE, {inbox}, "open", monkeypatch)
    assert os.strerror(errno.EMFILE) in read_one(inbox, "you", EXERCISE).fault


@pytest.mark.parametrize("becomes", ["nothing", "a link", "a file", "another's folder"])
def test_a_learners_folder_that_changes_after_it_was_seen_is_their_problem_and_shows_nobody_elses_work(
    inbox: Path, monkeypatch: pytest.MonkeyPatch, becomes: str
) -> None:
    put(inbox / "learner-001/update_rule.py")
    put(inbox / "learner-002/update_rule.py")
    listed = Folder.entries

    def change(folder: Folder, most: int | None = None) -> list[os.DirEntry[str]]:
        found = listed(folder, most)
        if folder.path == inbox and (inbox / "learner-001").is_dir():
            shutil.rmtree(inbox / "learner-001")
            if becomes == "a link":
                (inbox / "learner-001").symlink_to("learner-002")
            elif becomes == "a file":
                (inbox / "learner-001").touch()
            elif becomes == "another's folder":
                (inbox / "learner-001").mkdir()
                (inbox / "learner-001/update_rule.py").symlink_to("../learner-002/update_rule.py")
        return found

    monkeypatch.setattr(Folder, "entries", change)
    first, _, other, _ = collect(inbox, COURSE).submissions
    assert re.search("[Hh]and (it )?in", first.problem)
    assert not first.cells
    assert other.cells


@pytest.mark.parametrize("place", ["out", "results/2026"])
def test_results_that_go_among_the_hand_ins_are_no_learners(inbox: Path, place: str) -> None:
    put(inbox / "learner-001/update_rule.py")
    put(inbox / place / "reports/learner-001/update_rule.json", "{}")
    put(inbox / place / "autograded/learner-001/02_update_rule/update_rule.ipynb", notebook(WORK))
    collection = collect(inbox, COURSE, out=inbox / place)
    assert learners(collection) == ["learner-001"]
    (line,) = collection.ignored
    assert line.startswith(repr(place.split("/", maxsplit=1)[0]))
    assert "the results go" in line


def test_results_behind_a_link_among_the_hand_ins_are_no_learners(inbox: Path, tmp_path: Path) -> None:
    put(inbox / "learner-001/update_rule.py")
    (tmp_path / "elsewhere").mkdir()
    (inbox / "out").symlink_to(tmp_path / "elsewhere")
    collection = collect(inbox, COURSE, out=inbox / "out")
    assert (learners(collection), collection.ignored) == (["learner-001"], ("'out': the results go there",))


@pytest.mark.parametrize("place", ["update_rule.py", "02_update_rule/update_rule.py"])
def test_a_learners_own_folder_is_refused_for_the_results(inbox: Path, place: str) -> None:
    put(inbox / "learner-001/update_rule.py")
    put(inbox / "learner-002" / place)
    with pytest.raises(CollectError, match=r"'learner-002' holds a learner's work: name another folder"):
        collect(inbox, COURSE, out=inbox / "learner-002")


def test_a_learner_in_whose_folder_the_results_go_is_still_a_learner(inbox: Path) -> None:
    put(inbox / "learner-001/update_rule.py")
    (inbox / "learner-001/out").mkdir()
    assert learners(collect(inbox, COURSE, out=inbox / "learner-001/out")) == ["learner-001"]


def test_the_hand_ins_may_lie_in_the_folder_of_results(inbox: Path) -> None:
    put(inbox / "learner-001/update_rule.py")
    collection = collect(inbox, COURSE, out=inbox.parent)
    assert (learners(collection), collection.ignored) == (["learner-001"], ())


def test_results_cannot_go_into_the_folder_of_hand_ins_itself(inbox: Path) -> None:
    put(inbox / "learner-001/update_rule.py")
    with pytest.raises(CollectError, match="name another folder for the results"):
        collect(inbox, COURSE, out=inbox)


def test_a_folder_with_more_files_than_anybody_looks_through_is_a_problem_of_that_learner(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MAX_LISTED", 10)
    for number in range(11):
        put(inbox / f"learner-001/{number}.txt")
    put(inbox / "learner-002/update_rule.py")
    assert "more than 10 files" in the_one(inbox).problem
    assert the_one(inbox, "learner-002").cells


@pytest.mark.parametrize("ending", ["txt", "py"])
def test_a_file_is_looked_at_a_few_times_however_many_exercises_there_are(
    inbox: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    for number in range(100):
        put(inbox / f"learner-001/odd_{number}.{ending}")
    asked: list[str] = []

    def count(name: str) -> tuple[str, str]:
        asked.append(name)
        return archives.plain_name(name)

    monkeypatch.setattr(collect_module, "plain_name", count)
    many = tuple(Exercise(number, f"exercise_{number}", "", True, "") for number in range(50))
    collect(inbox, Course("Many", Limits(3.0, 10.0, 512, 16), many))
    assert len(asked) <= 200


def test_many_files_that_may_be_one_answer_are_a_problem_and_are_not_read(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(MAX_ANSWERS + 1):
        put(inbox / f"learner-001/update_rule ({number}).py")
    put(inbox / "learner-001/descent_2d.py")
    read: list[str] = []
    monkeypatch.setattr(archives, "read_file", lambda _, place, __: read.append(place) or WORK.encode())
    assert f"{MAX_ANSWERS + 1} files may be update_rule" in the_one(inbox).problem
    assert set(read) == {"learner-001/descent_2d.py"}


def test_answers_to_one_exercise_are_read_up_to_a_bound_together(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collect_module, "MAX_READ", 2**20)
    for number in range(4):
        put(inbox / f"learner-001/update_rule ({number}).py", "#" * (2**20 - 9))
    assert "more than 1 MiB: hand in one of them" in the_one(inbox).problem


RAW = st.one_of(st.binary(max_size=150), st.text(max_size=60).map(lambda text: text.encode("utf-8", "replace")))


@pytest.mark.parametrize(
    "name",
    ["learner-001", "Learner One", "learner.one@example.org", "o'learner-x_2+x=1", "=1+1", "李小龍", "Ünsal", "Zoé",
     unicodedata.normalize("NFD", "Zoé"), "محمد", "learner-001~1", "#learner-001", "learner-001 (1)", "a" * 120],
)  # fmt: skip
def test_an_ordinary_name_stays_as_it_is(inbox: Path, name: str) -> None:
    put(inbox / name / "update_rule.py")
    assert {(one.learner, one.folder) for one in collect(inbox, COURSE).submissions} == {(name, name)}


@pytest.mark.parametrize(
    ("raw", "learner", "folder"),
    [
        (b"a\nb", "a%0Ab", "a%0Ab"),
        (b"\x1b[31mred\t", "%1B[31mred%09", "%1B[31mred%09"),
        ("\N{RIGHT-TO-LEFT OVERRIDE}eva".encode(), "%E2%80%AEeva", "%E2%80%AEeva"),
        (b"caf\xe9\xff", "caf%E9%FF", "caf%E9%FF"),
        (b"100%", "100%25", "100%25"),
        (b"%2E%2E", "%252E%252E", "%252E%252E"),
        (b"...", "%2E%2E%2E", "%2E%2E%2E"),
        (b'a<b>:"c"|?*\\', 'a<b>:"c"|?*\\', "a%3Cb%3E%3A%22c%22%7C%3F%2A%5C"),
        (b"learner-001.", "learner-001.", "learner-001%2E"),
        (b"Con", "Con", "%43on"),
        (b"nul.txt", "nul.txt", "%6Eul.txt"),
        (b"Conrad", "Conrad", "Conrad"),
    ],
)
def test_a_hostile_name_is_escaped(inbox: Path, raw: bytes, learner: str, folder: str) -> None:
    try:
        Path(os.fsdecode(os.fsencode(inbox) + b"/" + raw)).mkdir()
    except OSError:
        pytest.skip("this disk takes no such name")
    assert {(one.learner, one.folder) for one in collect(inbox, COURSE).submissions} == {(learner, folder)}


@pytest.mark.parametrize(
    ("name", "learner"),
    [("...zip", "%2E%2E"), ("..zip", "%2E"), (".zip", "%unnamed"), (".ZIP", "%unnamed"), ("a.b.zip", "a.b")],
)
def test_a_zip_is_named_by_what_stands_before_its_ending_or_as_unnamed(inbox: Path, name: str, learner: str) -> None:
    put(inbox / name, zipped({"update_rule.py": WORK}))
    (submission, _) = collect(inbox, COURSE).submissions
    assert (submission.learner, submission.folder) == (learner, learner)
    assert submission.cells
    assert ("without a learner's name" in "".join(submission.notes)) == (learner == "%unnamed")


def test_an_unnamed_zip_and_a_learner_called_unnamed_are_two(inbox: Path) -> None:
    put(inbox / ".zip", zipped({"update_rule.py": WORK}))
    (inbox / "unnamed").mkdir()
    (inbox / "%unnamed").mkdir()
    assert learners(collect(inbox, COURSE)) == ["%25unnamed", "%unnamed", "unnamed"]


@given(RAW)
def test_an_escaped_name_is_printable_and_tells_the_raw_one(raw: bytes) -> None:
    learner = learner_name(raw)
    assert learner.isprintable()
    assert learner.strip(".")
    assert learner.encode().decode() == learner
    if raw:
        assert unquote_to_bytes(learner) == raw


@given(RAW, RAW)
def test_two_names_never_come_out_the_same(one: bytes, other: bytes) -> None:
    assert (learner_name(one) == learner_name(other)) == (one == other)


@given(
    st.lists(
        RAW | st.sampled_from([b"Learner-001", b"learner-001", b"LEARNER-001", "\xe9".encode(), "e\u0301".encode()])
    ),
    st.booleans(),
)
def test_folders_are_safe_on_every_system_and_nobody_elses(raws: list[bytes], distinct_by_case: bool) -> None:
    folders = folder_names(raws, distinct_by_case)
    assert folders.keys() == set(raws)
    assert len(set(folders.values())) == len(folders)
    if distinct_by_case:
        on_windows = {unicodedata.normalize("NFC", folder).casefold() for folder in folders.values()}
        assert len(on_windows) == len(folders)
    for folder in folders.values():
        assert 0 < len(folder.encode()) <= 120
        assert folder.isprintable()
        assert not set(folder) & set('<>:"|?*\\/')
        assert folder.strip(".")
        assert folder[-1] not in ". "
        assert folder.split(".")[0].rstrip().upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT9"}


def test_a_long_name_is_cut_and_marked() -> None:
    raw = ("ü" * 100).encode()
    folder = folder_names([raw], distinct_by_case=False)[raw]
    assert folder == "ü" * 55 + "~" + hashlib.sha256(raw).hexdigest()[:8]


def test_twins_by_case_or_unicode_form_are_two_learners_with_two_folders(inbox: Path) -> None:
    twins = ["Learner-001", "learner-001", "e\u0301va", "\xe9va"]
    for name in twins:
        put(inbox / name / "update_rule.py", f"x = {name!r}\n")
    if len(list(inbox.iterdir())) < len(twins):
        pytest.skip("this disk knows no twins")
    apart = {one.learner: one.folder for one in collect(inbox, COURSE).submissions}
    marks = {name: f"{name}~{hashlib.sha256(name.encode()).hexdigest()[:8]}" for name in twins}
    assert apart == {
        "Learner-001": "Learner-001",
        "learner-001": marks["learner-001"],
        "e\u0301va": "e\u0301va",
        "\xe9va": marks["\xe9va"],
    }
    plain = {one.learner: one.folder for one in collect(inbox, COURSE, distinct_by_case=False).submissions}
    assert plain == {name: name for name in twins}


@pytest.mark.usefixtures("in_time")
def test_nobody_gets_a_classmates_folder_by_taking_its_name() -> None:
    long = b"x" * 200
    theirs = folder_names([long], distinct_by_case=True)[long]
    for forged in (theirs, theirs.upper()):  # the second comes first in the order of bytes
        folders = folder_names([long, forged.encode()], distinct_by_case=True)
        assert len({folder.casefold() for folder in folders.values()}) == 2


@given(st.binary(max_size=400), st.sampled_from(["update_rule.py", "update_rule.ipynb", "../learner-001.zip"]))
def test_no_bytes_stop_the_class(data: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "learner-001").mkdir()
        put(Path(folder) / "learner-002" / "update_rule.py")
        put(Path(folder) / "learner-001" / name, data)
        submissions = collect(Path(folder), COURSE).submissions
    assert [one.learner for one in submissions] == ["learner-001", "learner-001", "learner-002", "learner-002"]
    assert all(one.problem.isprintable() for one in submissions)
