"""Stage 1: work is found in whatever a kit is wrapped, and what is misnamed is told with the reason and the remedy."""

import io
import os
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from grader.authoring.release import release
from grader.collect import archives
from grader.collect.archives import MAX_LISTED
from grader.collect.choosing import collect, read_folder
from grader.collect.submission import Submission
from grader.collect.zips import MAX_ENTRIES, MAX_UNPACKED
from grader.manifest.course import load_course

COURSE = load_course()
WORK = b"def update(parameter, gradient, learning_rate):\n    return parameter - learning_rate * gradient\n"


def zipped(files: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def put(home: Path, files: Mapping[str, bytes]) -> Path:
    for name, content in files.items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return home


def as_folder(home: Path, files: Mapping[str, bytes]) -> Path:
    put(home / "inbox" / "learner-001", files)
    return home / "inbox"


def as_zip(home: Path, files: Mapping[str, bytes]) -> Path:
    return put(home / "inbox", {"learner-001.zip": zipped(files)})


def as_zip_in_a_folder(home: Path, files: Mapping[str, bytes]) -> Path:
    return put(home / "inbox", {"learner-001/handed in.zip": zipped(files)})


def as_moodle(home: Path, files: Mapping[str, bytes]) -> Path:
    return put(home / "inbox", {f"Learner One_1_assignsubmission_file_/{name}": data for name, data in files.items()})


def as_moodle_zip(home: Path, files: Mapping[str, bytes]) -> Path:
    return (
        put(home, {"inbox.zip": zipped({"Learner One_1_assignsubmission_file_kit.zip": zipped(files)})}) / "inbox.zip"
    )


def as_canvas(home: Path, files: Mapping[str, bytes]) -> Path:
    return put(home / "inbox", {"onelearner_1_2_kit.zip": zipped(files)})


WAYS = [as_folder, as_zip, as_zip_in_a_folder, as_moodle, as_moodle_zip, as_canvas]
Way = Callable[[Path, Mapping[str, bytes]], Path]


def the_one(inbox: Path, exercise: str = "update_rule") -> Submission:
    (submission,) = collect(inbox, COURSE, only=exercise).submissions
    return submission


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a released kit in which one exercise is solved, in the script."""
    out = tmp_path_factory.mktemp("release") / "learners"
    files = {str(path.relative_to(out)): path.read_bytes() for path in release(out, COURSE)}
    return {**files, "exercises/02_update_rule/update_rule.py": WORK}


ENVIRONMENT = {
    ".venv/pyvenv.cfg": b"home = /usr/bin\n",
    **{f".venv/lib/python3.11/site-packages/sympy/m{number}.py": b"x = 1\n" for number in range(MAX_ENTRIES + 100)},
    ".venv/lib/python3.11/site-packages/large.py": bytes(MAX_UNPACKED + 1),
}
CLUTTER = {
    ".git/HEAD": b"ref: refs/heads/main\n",
    ".git/update_rule.py": b"no",
    ".ipynb_checkpoints/update_rule.ipynb": b"no",
    "__pycache__/update_rule.cpython-311.pyc": b"no",
    "node_modules/left/update_rule.py": b"no",
    "env/pyvenv.cfg": b"home = /usr/bin\n",
    "env/update_rule.py": b"no",
    "my env/pyvenv.cfg": b"home = /usr/bin\n",
    "my env/exercises/02_update_rule/update_rule.py": b"no",
    "lib/site-packages/update_rule.py": b"no",
    "solutions/02_update_rule/update_rule.py": b"no",
    "tests/update_rule.py": b"no",
    "__MACOSX/._update_rule.py": b"no",
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("around", ["", "learners/", "my homework/learners/", "a/b/learners/"])
@pytest.mark.parametrize("beside", [{}, CLUTTER, {"learners.pdf": b"%PDF", "notes/idea.md": b"#"}])
def test_the_kit_itself_is_read_however_it_is_wrapped_and_whatever_lies_beside(
    tmp_path: Path, kit: dict[str, bytes], way: Way, around: str, beside: dict[str, bytes]
) -> None:
    files = {around + name: content for name, content in {**kit, **beside}.items()}
    submissions = {one.exercise: one for one in collect(way(tmp_path, files), COURSE).submissions}
    assert submissions["update_rule"].cells[0].source == WORK.decode()
    assert len(submissions) == 10
    assert all(one.cells and not one.problem for one in submissions.values())


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("around", ["", "homework/", "a/b/"])
def test_what_is_installed_or_hidden_or_of_the_course_is_no_answer_where_there_is_no_kit_either(
    tmp_path: Path, way: Way, around: str
) -> None:
    files = {around + name: content for name, content in {"02_update_rule/update_rule.py": WORK, **CLUTTER}.items()}
    submission = the_one(way(tmp_path / "one", files))
    assert (submission.cells[0].source, submission.notes, submission.problem) == (WORK.decode(), (), "")
    alone = the_one(way(tmp_path / "two", {around + name: content for name, content in CLUTTER.items()}))
    assert alone.missing


@pytest.mark.parametrize("way", WAYS)
def test_of_a_kit_only_its_exercises_count(tmp_path: Path, way: Way) -> None:
    files = {"exercises/02_update_rule/update_rule.py": WORK, "from a friend/derivatives.py": b"x = 1\n"}
    assert the_one(way(tmp_path / "one", files)).cells
    assert the_one(way(tmp_path / "two", files), "derivatives").missing


@pytest.mark.parametrize("way", WAYS)
def test_an_environment_in_a_kit_costs_nothing_and_counts_to_no_limit(
    tmp_path: Path, kit: dict[str, bytes], way: Way
) -> None:
    submission = the_one(way(tmp_path, {**kit, **ENVIRONMENT}))
    assert submission.cells[0].source == WORK.decode()


def test_a_real_environments_folder_is_not_descended_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inbox = as_folder(tmp_path, {"exercises/02_update_rule/update_rule.py": WORK, **CLUTTER, ".venv/lib/a.py": b""})
    asked: list[str] = []
    listed = os.scandir

    def note(folder: int | str) -> object:
        asked.append(str(Path(f"/proc/self/fd/{folder}").readlink()) if isinstance(folder, int) else str(folder))
        return listed(folder)

    monkeypatch.setattr(os, "scandir", note)
    assert the_one(inbox).cells
    within = {str(Path(one).relative_to(inbox)) for one in asked}
    assert not [
        one for one in within if {".venv", ".git", "node_modules", "site-packages", "solutions"} & set(Path(one).parts)
    ]
    assert "learner-001/env/lib" not in within


@pytest.mark.parametrize("way", [as_folder, as_zip])
def test_the_cap_on_what_is_listed_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: Way) -> None:
    files = {"update_rule.py": WORK, **{f"{number}.txt": b"" for number in range(MAX_LISTED if way is as_zip else 10)}}
    if way is as_folder:
        monkeypatch.setattr(archives, "MAX_LISTED", 10)
    assert "more than" in the_one(way(tmp_path, files)).problem


@pytest.mark.parametrize("way", WAYS)
def test_a_large_folder_of_data_beside_an_answer_is_no_problem(tmp_path: Path, way: Way) -> None:
    data = {f"data/{number}.csv": b"" for number in range(6000)}
    assert the_one(way(tmp_path, {"update_rule.py": WORK, **data})).cells


@pytest.mark.parametrize("way", WAYS)
def test_a_folder_for_each_week_or_exercise_is_read(tmp_path: Path, way: Way) -> None:
    inbox = way(tmp_path, {"week 1/derivatives.py": b"x = 1\n", "week 2/update_rule.py": WORK})
    assert the_one(inbox).cells[0].source == WORK.decode()
    assert the_one(inbox, "derivatives").cells[0].source == "x = 1\n"


@pytest.mark.parametrize("way", WAYS)
def test_the_same_exercise_in_two_places_is_asked_about_by_their_places(tmp_path: Path, way: Way) -> None:
    problem = the_one(way(tmp_path, {"old/update_rule.py": b"x = 1\n", "new/update_rule.py": WORK})).problem
    assert "new/update_rule.py and " in problem
    assert "old/update_rule.py may both be" in problem


def test_what_lies_nearer_to_the_top_counts(tmp_path: Path) -> None:
    inbox = as_folder(
        tmp_path,
        {"update_rule.py": WORK, "old/update_rule.py": b"x = 1\n", "a.zip": zipped({"update_rule.py": b"x = 2\n"})},
    )
    assert the_one(inbox).cells[0].source == WORK.decode()
    assert the_one(inbox).problem == ""


def test_a_file_that_is_only_named_is_never_imported_as_an_empty_module(tmp_path: Path) -> None:
    inbox = as_folder(
        tmp_path, {"update_rule.py": b"from my_derivatives import d\n" + WORK, "old/my_derivatives.py": b"d = 1\n"}
    )
    assert the_one(inbox).others == ()


def test_a_zip_beside_an_answer_is_opened_for_the_other_exercises(tmp_path: Path) -> None:
    inbox = as_folder(
        tmp_path,
        {"update_rule.py": WORK, "rest.zip": zipped({"derivatives.py": b"x = 2\n", "update_rule.py": b"x = 3\n"})},
    )
    assert the_one(inbox).cells[0].source == WORK.decode()
    assert the_one(inbox, "derivatives").cells[0].source == "x = 2\n"


def test_a_bomb_in_a_folder_is_that_learners_problem(tmp_path: Path) -> None:
    bomb = zipped({"update_rule.py": bytes(MAX_UNPACKED + 1)})
    assert "unpacks to more than 16 MiB" in the_one(as_folder(tmp_path, {"kit.zip": bomb})).problem


@pytest.mark.parametrize("beside", [{}, {"derivatives.py": b"x = 1\n"}])
@pytest.mark.parametrize("place", ["inner.zip", "a/inner.zip"])
def test_a_zip_in_a_zip_is_named(tmp_path: Path, place: str, beside: dict[str, bytes]) -> None:
    inbox = as_zip_in_a_folder(tmp_path, {place: zipped({"update_rule.py": WORK}), **beside})
    found = {one.exercise: one for one in collect(inbox, COURSE).submissions}
    assert found["update_rule"].missing
    assert any(f"{place}'" in note for one in found.values() for note in one.notes)


def test_read_folder_finds_the_same(tmp_path: Path, kit: dict[str, bytes]) -> None:
    put(tmp_path / "upload", {f"a/b/{name}": content for name, content in {**kit, **CLUTTER}.items()})
    (submission,) = read_folder(tmp_path / "upload", "7", (COURSE.find("update_rule"),), COURSE)
    assert submission.cells[0].source == WORK.decode()


# What vanished without a word.

MISNAMED = {
    "update_rule.py.txt": ("it ends in .txt, not in .py", "Save it as update_rule.py"),
    "update_rule.txt": ("it ends in .txt, not in .py", "Save it as update_rule.py"),
    "update_rule.ipynb.json": ("it ends in .json, not in .ipynb", "Save it as update_rule.ipynb"),
    "update_rule.ipynb.txt": ("it ends in .txt, not in .ipynb", "Save it as update_rule.ipynb"),
    "update_rule": ("its name has no ending. ", "Save it as update_rule.py"),
    "02-update-rule.py": ("it is not called update_rule.py", "save it as update_rule.py"),
    "updaterule.py": ("it is not called update_rule.py", "save it as update_rule.py"),
    "UpdateRule.ipynb": ("it is not called update_rule.ipynb", "save it as update_rule.ipynb"),
    "update_rule_final.py": ("it is not called update_rule.py", "save it as update_rule.py"),
    "update rule.py": ("it is not called update_rule.py", "save it as update_rule.py"),
    "updat_rule.py": ("it is not called update_rule.py", "save it as update_rule.py"),
    "update_rule.docx": ("a document cannot be run", "as update_rule.py"),
    "update_rule.pdf": ("a document cannot be run", "as update_rule.py"),
    "update_rule.rar": ("such an archive is not opened", "Hand in update_rule.py itself, or a .zip"),
    "update_rule.7z": ("such an archive is not opened", "Hand in update_rule.py itself, or a .zip"),
    "02_update_rule/solution.py": ("it is not called update_rule.py", "save it as update_rule.py"),
    "02_update_rule/update_rule.py.txt": ("it ends in .txt", "Save it as update_rule.py"),
    "02_update_rule/my answer.txt": ("it ends in .txt", "Save it as update_rule.py"),
    "02_update_rule/solution.docx": ("a document cannot be run", "as update_rule.py"),
    "02_update_rule/old/update_rule.py": ("it is in too many folders", "Put it at 02_update_rule/update_rule.py"),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("name", "why", "remedy"), [(name, *said) for name, said in MISNAMED.items()])
def test_what_is_misnamed_is_told_with_the_reason_and_the_remedy_and_is_not_graded(
    tmp_path: Path, way: Way, name: str, why: str, remedy: str
) -> None:
    inbox = way(tmp_path, {name: WORK, "derivatives.py": b"x = 1\n"})
    found = {one.exercise: one for one in collect(inbox, COURSE).submissions}
    assert found["update_rule"].missing
    (note,) = found["update_rule"].notes
    assert f"{name}' was not graded: " in note
    assert why in note
    assert remedy in note
    assert "rename" not in note
    assert note in found["derivatives"].notes, "it has no page of its own"
    assert found["optimizers"].notes == (), "it is not meant for this one"


@pytest.mark.parametrize(
    "name", ["test_update_rule.py", "conftest.py", ".update_rule.py.swp", "update.txt", "README.md"]
)
def test_what_is_nobodys_answer_is_not_mentioned(tmp_path: Path, name: str) -> None:
    inbox = as_folder(tmp_path, {name: WORK, "derivatives.py": b"x = 1\n"})
    assert {one.notes for one in collect(inbox, COURSE).submissions} == {()}


def test_what_is_beside_a_graded_answer_is_not_mentioned(tmp_path: Path) -> None:
    inbox = as_folder(
        tmp_path,
        {"update_rule.py": WORK, "update_rule.pdf": b"%PDF", "update_rule.png": b"", "update_rule.py.txt": b""},
    )
    assert the_one(inbox).notes == ()


def test_an_empty_folder_of_an_exercise_is_no_misnamed_file(tmp_path: Path) -> None:
    inbox = as_folder(tmp_path, {"02_update_rule/answer.csv": b"", "update rule/x.csv": b""})
    assert not any("was not graded" in note for note in the_one(inbox).notes)


@pytest.mark.parametrize("way", [as_folder, as_zip, as_zip_in_a_folder, as_moodle])
def test_whatever_folders_and_endings_are_called_what_is_said_is_fit_to_be_shown(tmp_path: Path, way: Way) -> None:
    odd = "a\n\x1b[31m\N{RIGHT-TO-LEFT OVERRIDE}"
    files = {f"{odd}/update_rule (1).py": WORK, f"{odd}/derivatives.{odd}": WORK, f"{odd}/{odd}.py": WORK}
    inbox = way(
        tmp_path,
        {**files, "b/inner.zip": zipped({f"{odd}/starting_values.{odd}": b"", f"{odd}/optimizers-1.py": WORK})},
    )
    submissions = collect(inbox, COURSE).submissions
    assert sum(bool(one.cells) for one in submissions) == (1 if way in (as_zip, as_zip_in_a_folder) else 2)
    said = [note for one in submissions for note in (*one.notes, one.problem)]
    assert any("derivatives" in note for note in said)
    assert all(note.isprintable() for note in said)


def test_work_under_a_name_that_tells_nothing_is_named(tmp_path: Path) -> None:
    (note,) = the_one(as_folder(tmp_path, {"homework.py": WORK})).notes
    assert (
        note
        == "no update_rule.py and no update_rule.ipynb was found, but 'homework.py': save your answer as update_rule.py"
    )


@pytest.mark.parametrize("name", ["learner-001.rar", "learner-001.7z", "learner-001.tar.gz"])
def test_an_archive_among_the_learners_is_ignored_with_the_remedy(tmp_path: Path, name: str) -> None:
    collection = collect(put(as_folder(tmp_path, {"update_rule.py": WORK}), {name: b"Rar!"}), COURSE)
    assert collection.ignored == (
        f"{name!r}: such an archive is not opened; unpack it into a folder, or ask for a .zip",
    )


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "name", ["Copy of update_rule.py", "Kopie von update_rule.py", "update_rule - Copy.py", "update_rule copy 2.py", "update_rule 2.py", "update_rule-Copy1.py",
             "update_rule (1).py", "update_rule-1.py", "update_rule - Copy (2).py", "02_update_rule/Copy of update_rule.py"],
)  # fmt: skip
def test_what_copying_adds_to_a_name_is_taken_off_and_the_exact_name_goes_first(
    tmp_path: Path, way: Way, name: str
) -> None:
    assert the_one(way(tmp_path / "one", {name: WORK})).cells[0].source == WORK.decode()
    exact = f"{name.rpartition('/')[0]}/update_rule.py".lstrip("/")
    assert the_one(way(tmp_path / "two", {name: b"x = 1\n", exact: WORK})).cells[0].source == WORK.decode()
