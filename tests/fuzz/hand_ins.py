"""What a learner can hand in: zips, folders, notebooks and scripts. None of it is run here."""

import atexit
import io
import json
import os
import random
import shutil
import struct
import tempfile
import warnings
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import nbformat
from hypothesis import strategies as st

from grader.authoring.release import notebook
from grader.checking.report import CheckResult, make_report
from grader.collect.choosing import CollectError, collect
from grader.collect.notebooks import read_all_cells, read_notebook, read_script
from grader.collect.submission import Cell, ProblemError, Submission
from grader.publish.gradebook.notebooks import graded_notebook
from tests.fuzz.programs import COURSE, Unlike, solution
from tests.fuzz.running import Target

NEIGHBOUR = "neighbour"
RIGHT = solution(COURSE.by_slug["update_rule"]).encode()
BOOK = notebook(RIGHT.decode(), "update_rule").encode()

# Names of files and folders: those of the course, and odd ones.
usual = st.sampled_from(
    [
        "update_rule.py", "update_rule.ipynb", "02_update_rule", "02_update_rule.ipynb", "update_rule (1).py",
        "UPDATE_RULE.py", "exercises", "__MACOSX", ".git", "derivatives.py", "01_derivatives",
        "update_rule-2.ipynb", "conftest.py", "a.zip",
    ]
)  # fmt: skip
odd_names = st.sampled_from(
    [
        "", ".", "..", "/", "//", "a" * 255, "a" * 3_000, "C:x.py", "a\\b.py", "..\\x.py", "\udcff.py", "\x00", "\n",
        "CON.py", "é.py", "é.py", "\u202egnp.py", " ", "update_rule.py/", "/update_rule.py", "=1+1.py", "<b>.py",
        "[red].py", "\x1b[31m.py",
    ]
)  # fmt: skip
file_names = usual | usual | odd_names | st.text(max_size=20)
contents = (
    st.sampled_from([RIGHT, BOOK, b"", b"\xff\xfe", b"\0", b"def update(:", b"\xef\xbb\xbf", b"PK\x03\x04"])
    | st.binary()
)


# Zips: real ones, then bent.


@dataclass(frozen=True)
class Entry:
    """An entry of a zip, as the standard library writes it."""

    name: str
    content: bytes
    method: int = zipfile.ZIP_DEFLATED
    flags: int = 0
    mode: int = 0o100644
    extra: bytes = b""


def zipped(entries: list[Entry], comment: bytes = b"") -> bytes:
    """Return a zip; what zipfile refuses to write is left out."""
    buffer = io.BytesIO()
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(buffer, "w") as archive:
        archive.comment = comment
        for entry in entries:
            info = zipfile.ZipInfo(entry.name.encode("utf-8", "replace").decode())
            info.filename = entry.name.encode("utf-8", "replace").decode()  # with what the constructor would clean
            info.compress_type, info.flag_bits = entry.method, entry.flags
            info.external_attr, info.extra = entry.mode << 16, entry.extra
            with suppress(ValueError, zipfile.LargeZipFile, NotImplementedError, struct.error):
                archive.writestr(info, entry.content)
    return buffer.getvalue()


entries = st.builds(
    Entry,
    st.lists(file_names, min_size=1, max_size=3).map("/".join),
    contents,
    st.sampled_from(
        [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
    ),
    st.sampled_from([0, 0, 0, 1, 8, 0x800, 0x2041]),
    st.sampled_from([0o100644, 0, 0o120777, 0o040755, 0o010644, 0o060644]),
    st.sampled_from([b"", b"\1\0\4\0abcd", b"\1\0\x20\0" + b"\xff" * 32, b"\1\0\xff\xff", b"u"])
    | st.binary(max_size=40),
)
SIGNATURES = (b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07")


def bent(data: bytes, edits: list[tuple[bytes, int, bytes]]) -> bytes:
    """Return a zip with bytes replaced: at a distance behind the last of one of its signatures, or from its end."""
    changed = bytearray(data)
    for signature, distance, new in edits:
        place = max(changed.rfind(signature), 0) + distance
        changed[place : place + len(new)] = new
    return bytes(changed)


edits = st.tuples(
    st.sampled_from(SIGNATURES),
    st.integers(0, 60),
    st.sampled_from([b"\0", b"\1", b"\xff", b"\0\0", b"\xff\xff", b"\xff" * 4, b"\0" * 4, b"\xff" * 8, b"\x2d\0"])
    | st.binary(max_size=4),
)
zips = (
    st.builds(
        bent, st.builds(zipped, st.lists(entries, max_size=5), st.binary(max_size=30)), st.lists(edits, max_size=4)
    )
    | st.binary()
    | st.builds(lambda data, cut: zipped([Entry("update_rule.py", data)])[:cut], contents, st.integers(0, 400))
)


@cache
def _folder() -> Path:
    folder = tempfile.TemporaryDirectory(prefix="fuzz-")
    atexit.register(folder.cleanup)
    return Path(folder.name)


def _class(name: str) -> Path:
    """Return a class with one right hand-in, and nothing else."""
    folder = _folder() / name
    shutil.rmtree(folder, ignore_errors=True)
    (folder / NEIGHBOUR).mkdir(parents=True)
    (folder / NEIGHBOUR / "update_rule.py").write_bytes(RIGHT)
    return folder


def _collected(folder: Path) -> None:
    """Collect a class; raise unless the neighbour is whole and what is said of the others is fit to be shown."""
    collection = collect(folder, COURSE)
    found = {one.learner: one for one in collection.submissions if one.exercise == "update_rule"}
    if found[NEIGHBOUR].cells != (Cell("update_rule.py", RIGHT.decode()),):
        raise Unlike("another learner's hand-in is not what it was")
    for one in collection.submissions:
        if bool(one.cells) + bool(one.problem) > 1 or not one.learner.isprintable() or "/" in one.folder:
            raise Unlike(f"an impossible submission: {one!r}"[:300])
        "\n".join([one.problem, *one.notes, *(cell.source + cell.label for cell in one.cells)]).encode()
    "\n".join(collection.ignored).encode()


def holds_of_a_zip(data: bytes) -> None:
    folder = _class("zips")
    (folder / "learner-001.zip").write_bytes(data)
    _collected(folder)


# Folders.

paths = st.lists(file_names, min_size=1, max_size=4).map("/".join)
kinds = st.sampled_from(["file", "file", "file", "folder", "link", "fifo"])
links = st.sampled_from(
    [".", "..", "/", f"../{NEIGHBOUR}", f"../{NEIGHBOUR}/update_rule.py", "nowhere", "/proc/self/mem", "\udcff"]
)
folders = st.dictionaries(paths, st.tuples(kinds, contents, links), max_size=8)


def holds_of_a_folder(tree: dict[str, tuple[str, bytes, str]]) -> None:
    folder = _class("folders")
    own = folder.resolve() / "learner-001"
    own.mkdir()
    for name, (kind, content, target) in tree.items():
        # Nothing is ever written through a link that was made before, wherever it leads.
        with suppress(OSError, ValueError, RuntimeError):  # a name that no disk takes, or one that is taken
            place = Path(os.path.normpath(own / name.lstrip("/")))
            if not place.parent.resolve().is_relative_to(own):
                continue
            place.parent.mkdir(parents=True, exist_ok=True)
            if kind == "file":
                with place.open("xb") as file:
                    file.write(content)
            elif kind == "folder":
                place.mkdir()
            elif kind == "link":
                place.symlink_to(target)
            else:
                os.mkfifo(place)
    try:
        _collected(folder)
    except CollectError as error:
        raise Unlike(f"the class cannot be read: {error}") from None


# Notebooks and scripts.

json_atoms = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just("\ud800")
any_json = st.recursive(
    json_atoms,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=10,
)
lines = st.sampled_from(
    ["def update(a, b, c):", "    return a - b * c", "%time x = 1", "!ls", "x = !ls \\", "%%bash", "%%time", "? update", "'''", '"""', "(", "\\", "# %% [markdown]", "# %%", "@", "\x0c", "\u2028", "pass", "# coding: latin-1", "x = %matplotlib", "pip install x", "print?", "    ", "\x00"]
)  # fmt: skip
sources = st.lists(lines | st.text(max_size=30), max_size=12).map("\n".join)
cells = st.fixed_dictionaries(
    {
        "cell_type": st.sampled_from(["code", "code", "markdown", "raw"]) | any_json,
        "source": sources | st.lists(sources) | any_json,
    },
    optional={
        "metadata": any_json
        | st.fixed_dictionaries({"nbgrader": any_json | st.fixed_dictionaries({"grade_id": any_json})}),
        "outputs": any_json,
        "input": sources | any_json,
        "id": any_json,
        "attachments": any_json,
    },
)
books = st.one_of(
    st.fixed_dictionaries(
        {"cells": st.lists(cells | any_json, max_size=4) | any_json},
        optional={"metadata": any_json, "nbformat": any_json, "nbformat_minor": any_json},
    ),
    st.fixed_dictionaries(
        {"worksheets": st.lists(st.fixed_dictionaries({"cells": st.lists(cells) | any_json}) | any_json)}
    ),
    any_json,
)
nests = st.builds(
    lambda opening, depth: opening * depth, st.sampled_from(["[", '{"cells":[', '{"a":']), st.integers(1, 100_000)
)
notebook_bytes = (
    books.map(lambda book: json.dumps(book).encode())
    | nests.map(str.encode)
    | st.just(b'{"cells":[{"cell_type":"code","source":"x","n":' + b"9" * 6_000 + b"}]}")
    | st.builds(lambda seed, count: _flipped(BOOK, seed, count), st.integers(0, 2**20), st.integers(1, 20))
    | st.binary()
)
deep = st.builds(
    lambda opening, depth, closing: opening * depth + "1" + closing * depth,
    st.sampled_from(["(", "[", "-", "lambda: ", "not ", "x.", "f(", "1+", "if 1:\n "]),
    st.integers(1, 5_000),
    st.sampled_from([")", "]", ""]),
)
scripts = sources.map(lambda text: text.encode("utf-8", "replace")) | deep.map(str.encode) | st.binary()


def _flipped(data: bytes, seed: int, count: int) -> bytes:
    changed, chosen = bytearray(data), random.Random(seed)
    for _ in range(count):
        changed[chosen.randrange(len(changed))] = chosen.randrange(256)
    return bytes(changed)


CHECK = CheckResult("test_update_moves", "It moves.", 0.0, 10.0, "failed", hidden=False, message="no")
SOURCE_CELLS = [
    {
        "cell_type": "code",
        "metadata": {"nbgrader": {"grade": graded, "grade_id": name, "locked": graded, "schema_version": 3, "solution": not graded, "task": False}},
        "source": "",
        "outputs": [],
        "execution_count": None,
    }
    for name, graded in (("update", False), ("test_update_moves", True))
]  # fmt: skip


def _shown(read: tuple[Cell, ...]) -> None:
    """Make the notebook that the formgrader shows."""
    submission = Submission("learner-001", "learner-001", "update_rule", read)
    text = graded_notebook(
        submission, make_report(submission, (CHECK,), "", "none", ""), json.loads(json.dumps(SOURCE_CELLS))
    )
    text.encode()
    nbformat.validate(json.loads(text))


def holds_of_a_notebook(data: bytes) -> None:
    with suppress(ProblemError):
        _shown(read_notebook(data, "update_rule.ipynb"))
    with suppress(ProblemError):
        read_all_cells(data, "update_rule.ipynb")


def holds_of_a_script(data: bytes) -> None:
    with suppress(ProblemError):
        _shown(read_script(data, "update_rule.py"))


ZIPS: Target = Target("zips", zips, holds_of_a_zip, in_ci=150)
FOLDERS = Target("folders", folders, holds_of_a_folder)
NOTEBOOKS = Target("notebooks", notebook_bytes, holds_of_a_notebook)
SCRIPTS = Target("scripts", scripts, holds_of_a_script)


# Downloads of platforms: what a platform wrote stands in front of what one learner among honest ones chose.

# Before the file of learner number N, as each platform writes it.
FRONTS = {
    "canvas": "learner{0}_10{0}_900{0}_",
    "moodle": "Learner {0}_100{0}_assignsubmission_file_",
    "brightspace": "10{0}-9 - Learner {0} - Jan {0}, 2026 1000 AM/",
    "blackboard": "update20rule_learner{0}_attempt_2026-01-0{0}-10-00-00_",
    "gradescope": "submission_{0}/",
    "github": "update-rule-learner{0}/",
}
HONEST = range(1, 6)
METADATA = "".join(
    f"submission_{number}:\n  :submitters:\n  - :name: Learner {number}\n    :sid: 's{number}'\n"
    for number in [*HONEST, 6]
)
pieces = st.sampled_from(
    [
        "_", "-", " - ", "/", "learner1", "Learner 1", "101", "9001", "_attempt_", "2099-12-31-23-59-59", "_LATE_", "-2",
        "_assignsubmission_file_", "_assignsubmission_onlinetext_", "update_rule", ".py", ".ipynb", ".zip", ".txt", " (1)",
        "Copy of ", "update20rule_learner1_attempt_2099-12-31-23-59-59_", "Learner 1_1001_assignsubmission_file_",
        "learner1_101_9009_", "submission_1", "submission_metadata.yml", ".git", "exercises", "02_update_rule",
    ]
)  # fmt: skip
chosen_names = st.lists(pieces | pieces | file_names, min_size=1, max_size=6).map("".join)
downloads = st.tuples(st.sampled_from(sorted(FRONTS)), st.dictionaries(chosen_names, contents, max_size=4))


def holds_of_a_download(download: tuple[str, dict[str, bytes]]) -> None:
    platform, chosen = download
    folder = _folder() / "downloads"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    own = {RIGHT.decode() + f"# {number}\n" for number in HONEST}
    honest = dict(
        zip((FRONTS[platform].format(number) + "update_rule.py" for number in HONEST), sorted(own), strict=True)
    )
    if platform == "gradescope":
        honest["submission_metadata.yml"] = METADATA
    for name, source in honest.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(source, encoding="utf-8")
    for name, content in chosen.items():
        with suppress(OSError, ValueError):  # a name that no disk takes, or one that is taken
            place = Path(os.path.normpath(folder / (FRONTS[platform].format(6) + name)))
            front = FRONTS[platform].format(6)
            in_a_folder = front.endswith("/")
            if not place.relative_to(folder).as_posix().startswith(front) or (place.parent != folder) != in_a_folder:
                continue
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("xb") as file:
                file.write(content)
    collection = collect(folder, COURSE, "update_rule")
    if collection.layout != platform:
        raise Unlike(f"one learner's names make of {platform} {collection.layout}")
    whose: dict[str, set[str]] = {}
    for one in collection.submissions:
        whose.setdefault("".join(cell.source for cell in one.cells), set()).add(one.learner)
    if not all(len(whose.get(source, ())) == 1 for source in own):
        raise Unlike("another learner's hand-in is not what it was")


DOWNLOADS = Target("downloads", downloads, holds_of_a_download)
