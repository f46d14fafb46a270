"""Stage 1: the same class in the form of each platform's download is the same class; nobody's name can be forged."""

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from grader.collect.archives import FolderTree
from grader.collect.choosing import CollectError, Collection, collect
from grader.collect.inbox import FolderInbox
from grader.collect.layouts import NAMES
from grader.collect.submission import Identity, Submission
from grader.manifest.course import load_course

COURSE = load_course()
WORK = "def update(parameter, gradient, learning_rate):\n    return parameter - learning_rate * gradient\n"
ORDINALS = (
    "One O'Two Thrée Fōur-Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen Fifteen Sixteen Seventeen "
    "Eighteen Nineteen Twenty Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda"
).split()


@dataclass(frozen=True)
class Learner:
    """One of the class."""

    number: int
    files: Mapping[str, bytes]  # as they would lie in their own folder

    @property
    def name(self) -> str:
        return f"Learner {ORDINALS[self.number - 1]}"

    @property
    def login(self) -> str:
        return f"l{self.number:03d}"


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def the_class() -> list[Learner]:
    """Thirty learners, each with work of their own, handed in as people do."""
    learners = []
    for number in range(1, 31):
        work = f"{WORK}# {number}\n".encode()
        files: dict[str, bytes]
        match number % 5:
            case 0:  # the whole kit, zipped
                kit = {
                    "learners/exercises/02_update_rule/update_rule.py": work,
                    "learners/grader/update_rule.py": b"no",
                }
                files = {"kit.zip": zipped({**kit, "learners/README.md": b"a kit"})}
            case 1:
                files = {"update_rule.py": work, "starting_values.py": b"x = 1\n"}
            case 2:
                files = {"update_rule (1).py": work, "my_notes_of_week_2.txt": b"learnt a lot"}
            case 3:
                files = {"homework.zip": zipped({"02_update_rule\\update_rule.py": work})}
            case _:
                files = {"Update_Rule.py": work}
        learners.append(Learner(number, files))
    return learners


def plain(learners: list[Learner]) -> dict[str, bytes]:
    return {f"{one.login}/{name}": data for one in learners for name, data in one.files.items()}


def canvas(learners: list[Learner]) -> dict[str, bytes]:
    files = {}
    for one in learners:
        for place, (name, data) in enumerate(one.files.items()):
            letters = "".join(
                letter for letter in f"{one.name.split()[1]}learner".lower() if letter in "abcdefghijklmnopqrstuvwxyz"
            )
            late = "_LATE" if one.number % 7 == 0 else ""
            files[f"{letters}{late}_{10000 + one.number}_{67800 + 10 * one.number + place}_{name}"] = data
    return files


def moodle(learners: list[Learner]) -> dict[str, bytes]:
    files = {}
    for one in learners:
        front = f"{one.name}_{1234500 + one.number}_assignsubmission"
        files.update({f"{front}_file_/{name}": data for name, data in one.files.items()})
        if one.number % 4 == 0:
            files[f"{front}_onlinetext_/onlinetext.html"] = b"<p>done</p>"
    return files


def moodle_flat(learners: list[Learner]) -> dict[str, bytes]:
    return {name.replace("_/", "_"): data for name, data in moodle(learners).items()}


def brightspace(learners: list[Learner]) -> dict[str, bytes]:
    files = {"index.html": b"<html>"}
    for one in learners:
        front = f"{5000 + one.number}-77 - {one.name} - "
        files.update({f"{front}Feb 3, 2025 1205 PM/{name}": data for name, data in one.files.items()})
        if one.number % 3 == 0:  # an earlier attempt
            files[f"{front}Feb 3, 2025 1130 AM/update_rule.py"] = b"x = 'an earlier attempt'\n"
    return files


def blackboard(learners: list[Learner]) -> dict[str, bytes]:
    files = {}
    for one in learners:
        front = f"Week_2_Update20rule_{one.login}_attempt_2025-02-03-12-05-"
        files.update({f"{front}11_{name}": data for name, data in one.files.items()})
        files[f"{front}11.txt"] = f"Name: {one.name} ({one.login})\r\nAssignment: Week_2 Update rule\r\n".encode()
        if one.number % 3 == 0:
            files[f"{front}01_update_rule.py"] = b"x = 'an earlier attempt'\n"
    return files


def gradescope(learners: list[Learner]) -> dict[str, bytes]:
    files, told = {}, []
    for one in learners:
        folder = f"submission_{290000 + one.number}"
        files.update({f"{folder}/{name}": data for name, data in one.files.items()})
        told.append(
            f"{folder}:\n  :submitters:\n  - :name: {one.name}\n    :sid: {one.login}\n    :email: {one.login}@uni.example\n"
            "  :created_at: 2025-02-03 12:05:11.000000000 -08:00\n  :score: !ruby/object:Nothing {}\n"
        )
    return {**files, "submission_metadata.yml": "".join(told).encode()}


def github(learners: list[Learner]) -> dict[str, bytes]:
    files = {}
    for one in learners:
        folder = f"week-2-{one.login}"
        files.update({f"{folder}/{name}": data for name, data in one.files.items()})
        files[f"{folder}/.git/config"] = f'[remote "origin"]\n\turl = git@github.com:course/{folder}.git\n'.encode()
    return files


FORMS: dict[str, tuple[str, Callable[[list[Learner]], dict[str, bytes]], Callable[[Learner], Identity], str]] = {
    "canvas": ("canvas", canvas, lambda one: Identity(id=str(10000 + one.number)), "Canvas download"),
    "moodle": ("moodle", moodle, lambda one: Identity(one.name, participant=str(1234500 + one.number)), "Moodle download"),
    "moodle, flat": ("moodle", moodle_flat, lambda one: Identity(one.name, participant=str(1234500 + one.number)), "Moodle download"),
    "brightspace": ("brightspace", brightspace, lambda one: Identity(one.name, id=str(5000 + one.number)), "Brightspace download"),
    "blackboard": ("blackboard", blackboard, lambda one: Identity(one.name, login=one.login), "Blackboard download"),
    "gradescope": (
        "gradescope", gradescope, lambda one: Identity(one.name, one.login, email=f"{one.login}@uni.example"), "Gradescope export",
    ),
    "github": ("github", github, lambda one: Identity(login=one.login), "GitHub Classroom download"),
}  # fmt: skip
LEARNERS = the_class()


def write(home: Path, files: Mapping[str, bytes], form: str) -> Path:
    """Write hand-ins as a folder, as a zip, or as a zip with a folder around everything."""
    if form == "folder":
        for name, content in files.items():
            path = home / "inbox" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return home / "inbox"
    around = "the class/" if form == "zip around a folder" else ""
    path = home / "download.zip"
    path.write_bytes(zipped({around + name: content for name, content in files.items()}))
    return path


def of_update_rule(collection: Collection) -> list[Submission]:
    return [one for one in collection.submissions if one.exercise == "update_rule"]


def answers(collection: Collection) -> list[tuple[object, ...]]:
    """Return what is graded of everybody, without what they are called."""
    return sorted(((one.exercise, one.cells, one.sha256, one.problem) for one in collection.submissions), key=repr)


@pytest.mark.parametrize("written", ["folder", "zip", "zip around a folder"])
@pytest.mark.parametrize(("layout", "form", "who", "title"), FORMS.values(), ids=FORMS)
def test_a_class_of_thirty_is_the_same_class_in_each_platforms_form(
    tmp_path: Path,
    layout: str,
    form: Callable[[list[Learner]], dict[str, bytes]],
    who: Callable[[Learner], Identity],
    title: str,
    written: str,
) -> None:
    (tmp_path / "plain").mkdir()
    as_folders = collect(write(tmp_path / "plain", plain(LEARNERS), "folder"), COURSE)
    collection = collect(write(tmp_path, form(LEARNERS), written), COURSE)
    assert (as_folders.layout, collection.layout) == ("plain", layout)
    assert answers(collection) == answers(as_folders)
    assert collection.said.startswith(f"read as a {title}: 30 learners, ")
    assert as_folders.said == ""
    assert collection.ignored == ()
    by_work = {one.cells[0].source: one for one in of_update_rule(collection)}
    assert len(by_work) == 30
    for learner in LEARNERS:
        assert by_work[f"{WORK}# {learner.number}\n"].who == (who(learner),)


@pytest.mark.parametrize("written", ["folder", "zip"])
@pytest.mark.parametrize(
    ("form", "named"),
    [(canvas, lambda one: f"_{10000 + one.number}"), (moodle, lambda one: one.name), (moodle_flat, lambda one: one.name),
     (brightspace, lambda one: one.name), (blackboard, lambda one: one.login), (gradescope, lambda one: one.login),
     (github, lambda one: one.login)],
)  # fmt: skip
def test_without_a_list_learners_have_the_names_that_last_from_week_to_week(
    tmp_path: Path, form: Callable[[list[Learner]], dict[str, bytes]], named: Callable[[Learner], str], written: str
) -> None:
    submissions = of_update_rule(collect(write(tmp_path, form(LEARNERS), written), COURSE, only="update_rule"))
    names = {one.cells[0].source: one.learner for one in submissions}
    for learner in LEARNERS:
        name = names[f"{WORK}# {learner.number}\n"]
        assert name.endswith(named(learner)) if form is canvas else name == named(learner)


@pytest.mark.parametrize("form", [one for _, one, _, _ in FORMS.values()], ids=FORMS)
def test_one_learner_alone_is_recognised_too(tmp_path: Path, form: Callable[[list[Learner]], dict[str, bytes]]) -> None:
    (layout,) = {layout for layout, one, _, _ in FORMS.values() if one is form}
    collection = collect(write(tmp_path, form(LEARNERS[:1]), "folder"), COURSE)
    assert collection.layout == layout
    assert {one.cells[0].source for one in of_update_rule(collection)} == {f"{WORK}# 1\n"}


# What is no platform's.


@pytest.mark.parametrize(
    "names",
    [
        ["learner-001", "learner-002", "learner-003"],
        ["learner-001"],
        ["Learner One", "Learner Two - late"],
        ["a_1_2_b.zip", "learner-001", "learner-002"],
        ["Eve_1_assignsubmission_file_", "learner-001", "learner-002"],
        ["submission_1", "submission_2"],
        ["one", "two", "three"],
        ["1-2 - Learner One", "1-3 - Learner Two"],
    ],
)
@pytest.mark.parametrize("cloned", [False, True])
def test_a_folder_of_learners_is_never_taken_for_a_platforms(tmp_path: Path, names: list[str], cloned: bool) -> None:
    files = {f"{name}/update_rule.py": WORK.encode() for name in names if not name.endswith(".zip")}
    files.update({name: zipped({"update_rule.py": WORK}) for name in names if name.endswith(".zip")})
    if cloned:
        files.update({f"{name}/.git/HEAD": b"ref" for name in names if not name.endswith(".zip")})
    collection = collect(write(tmp_path, files, "folder"), COURSE)
    assert collection.layout == "plain"
    assert {one.learner for one in collection.submissions} == {name.removesuffix(".zip") for name in names}
    assert {one.who for one in collection.submissions} == {()}


@pytest.mark.parametrize("names", [["learner-001", "learner-002"], ["learner-026"], ["learner-one", "learner-two"]])
def test_clones_of_plain_learners_are_plain(tmp_path: Path, names: list[str]) -> None:
    files = {f"{name}/exercises/02_update_rule/update_rule.py": WORK.encode() for name in names}
    files.update(
        {f"{name}/.git/config": b"[remote]\n url = https://forge.example/course/learners.git\n" for name in names}
    )
    collection = collect(write(tmp_path, files, "folder"), COURSE)
    assert (collection.layout, {one.learner for one in collection.submissions}) == ("plain", set(names))


@pytest.mark.parametrize(
    ("folders", "logins", "learners"),
    [
        (["update-rule-lone"], (), {"lone"}),
        (["02-update-rule-l-one", "02-update-rule-l-two"], (), {"l-one", "l-two"}),
        (["week-2-update-rule-lone", "week-2-update-rule-ltwo"], (), {"lone", "ltwo"}),
        (["week-2-x-one", "week-2-x-two"], ("X-One", "x-two"), {"x-one", "x-two"}),
        (["week-2-x-one"], ("x-one",), {"x-one"}),
    ],
)
def test_githubs_folders_are_known_by_an_exercise_in_front_or_by_the_class_list(
    tmp_path: Path, folders: list[str], logins: tuple[str, ...], learners: set[str]
) -> None:
    inbox = write(tmp_path, {f"{folder}/update_rule.py": WORK.encode() for folder in folders}, "folder")
    collection = collect(inbox, COURSE, logins=logins)
    assert (collection.layout, {one.learner for one in collection.submissions}) == ("github", learners)


@pytest.mark.parametrize(
    ("fronts", "logins", "learners"),
    [
        (["Week_2_lone", "Week_2_ltwo"], (), {"lone", "ltwo"}),
        (["Week_2_l_one", "Week_2_l_two"], ("l_one", "l_two"), {"l_one", "l_two"}),
        (["Update20Rule_l_one", "Update20Rule_l_two"], (), {"l_one", "l_two"}),
        (["Update Rule_l_one"], (), {"l_one"}),
    ],
)
def test_blackboards_assignment_ends_where_the_class_list_or_an_exercise_tells_or_else_where_names_begin_to_differ(
    tmp_path: Path, fronts: list[str], logins: tuple[str, ...], learners: set[str]
) -> None:
    files = {f"{front}_attempt_2025-02-03-12-05-11_update_rule.py": WORK.encode() for front in fronts}
    collection = collect(write(tmp_path, files, "folder"), COURSE, logins=logins)
    assert (collection.layout, {one.learner for one in collection.submissions}) == ("blackboard", learners)


def test_blackboards_own_text_tells_a_user_name_with_underscores(tmp_path: Path) -> None:
    files = {"Week_2_l_one_attempt_2025-02-03-12-05-11_update_rule.py": WORK.encode()}
    files["Week_2_l_one_attempt_2025-02-03-12-05-11.txt"] = (
        b"\xef\xbb\xbfName: Learner One (l_one)\nAssignment: Week_2\n"
    )
    files["Week_2_l_two_attempt_2025-02-03-12-05-11_update_rule.py"] = WORK.encode()
    collection = collect(write(tmp_path, files, "folder"), COURSE)
    assert {one.learner: one.who for one in collection.submissions} == {
        "l_one": (Identity("Learner One", login="l_one"),),
        "l_two": (Identity(login="l_two"),),
    }


# What a learner chose may imitate what the platform wrote.

VICTIM = b"def update(parameter, gradient, learning_rate):\n    return 'the victim'\n"
EVIL = b"def update(parameter, gradient, learning_rate):\n    return 'evil'\n"
FORGED = {
    "blackboard": [
        ("A_v_attempt_2025-01-01-00-00-00_update_rule.py", "A_eve_attempt_2026-01-01-00-00-00_{}"),
        "A_v_attempt_2099-01-01-00-00-00_update_rule.py",
        "x_v_attempt_2099-01-01-00-00-00_update_rule.py",
        "attempt_2099-01-01-00-00-00_update_rule.py",
        "A_v_attempt_2099-01-01-00-00-00.txt",
        "_v_attempt_2099-01-01-00-00-00_update_rule.py",
    ],
    "moodle": [
        ("Victim V_1_assignsubmission_file_update_rule.py", "Eve_2_assignsubmission_file_{}"),
        "Victim V_1_assignsubmission_file_update_rule.py",
        "x_assignsubmission_file_update_rule.py",
        "x_9_assignsubmission_file_update_rule.py",
        "_1_assignsubmission_file_update_rule.py",
        "1_assignsubmission_file_update_rule.py",
    ],
    "canvas": [
        ("victim_101_900_update_rule.py", "eve_102_901_{}"),
        "victim_101_999_update_rule.py",
        "101_999_update_rule.py",
        "LATE_101_999_update_rule.py",
        "_101_999_update_rule.py",
    ],
    "brightspace": [
        ("1-9 - Victim V - Jan 1, 2025 1200 PM - update_rule.py", "2-9 - Eve - Jan 2, 2025 1200 PM - {}"),
        "1-9 - Victim V - Jan 1, 2099 1200 PM - update_rule.py",
        "Jan 1, 2099 1200 PM - update_rule.py",
    ],
}  # fmt: skip


@pytest.mark.parametrize("written", ["folder", "zip"])
@pytest.mark.parametrize(
    ("layout", "victims", "front", "name"),
    [(layout, *first, name) for layout, (first, *names) in FORGED.items() for name in names],
)
def test_a_file_named_like_anothers_gains_nothing_and_replaces_nobody(
    tmp_path: Path, layout: str, victims: str, front: str, name: str, written: str
) -> None:
    files = {victims: VICTIM, front.format(name): EVIL}
    files.update(
        {victims.replace("_v_", f"_l{n}_").replace("ictim", f"l{n}").replace("101", f"11{n}"): VICTIM for n in "345"}
    )
    collection = collect(write(tmp_path, files, written), COURSE, only="update_rule")
    assert collection.layout == layout
    assert [one.sha256 for one in collection.submissions if "evil" in str(one.cells)] == []
    (own,) = [one for one in collection.submissions if one.learner in ("v", "Victim V", "victim_101")]
    assert "the victim" in own.cells[0].source
    assert own.notes == ()


@pytest.mark.parametrize(
    "name",
    [
        "Victim V_1_assignsubmission_file__2_assignsubmission_file_",
        "Victim V_1_assignsubmission_file_2_assignsubmission_file_",
    ],
)
def test_a_full_name_that_imitates_a_folder_of_anothers_is_nobodys_and_is_said(tmp_path: Path, name: str) -> None:
    files = {f"Victim V_1_assignsubmission_file_{end}": VICTIM for end in ["/update_rule.py"]}
    files.update({f"Learner {n}_{n}_assignsubmission_file_/update_rule.py": VICTIM for n in range(3, 9)})
    collection = collect(write(tmp_path, {**files, f"{name}/update_rule.py": EVIL}, "folder"), COURSE)
    assert collection.layout == "moodle"
    assert not any("evil" in str(one.cells) for one in collection.submissions)
    (line,) = collection.ignored
    assert "it can be read as handed in by 'Victim V' and as by 'Victim V_1_assignsubmission_file" in line


@pytest.mark.parametrize(
    ("layout", "name", "one", "other"),
    [
        ("blackboard", "Week_2_Update20rule_eve_attempt_2026-01-01-00-00-00_x_v_attempt_2099-01-01-00-00-00_update_rule.py", "eve", "v"),
        ("moodle", "Eve_2_assignsubmission_file_x_9_assignsubmission_file_update_rule.py", "Eve",
         "Eve_2_assignsubmission_file_x"),
        ("brightspace", "2-9 - Eve - Jan 2, 2025 1200 PM - V - Jan 1, 2099 1200 PM - update_rule.py", "Eve",
         "Eve - Jan 2, 2025 1200 PM - V"),
    ],
)  # fmt: skip
def test_a_name_that_can_be_read_as_twos_is_nobodys_and_both_are_said(
    tmp_path: Path, layout: str, name: str, one: str, other: str
) -> None:
    forms = {"blackboard": blackboard, "moodle": moodle_flat, "brightspace": brightspace}
    collection = collect(write(tmp_path, {**forms[layout](LEARNERS), name: EVIL}, "folder"), COURSE)
    assert (collection.layout, len({one.learner for one in collection.submissions})) == (layout, 30)
    assert collection.ignored == (f"{name!r}: it can be read as handed in by {one!r} and as by {other!r}",)


def test_a_date_in_front_is_nobody_in_canvas(tmp_path: Path) -> None:
    collection = collect(write(tmp_path, {**canvas(LEARNERS), "2025_01_02_update_rule.py": EVIL}, "folder"), COURSE)
    assert collection.ignored == ("'2025_01_02_update_rule.py': not named as in a Canvas download",)


def test_a_folder_in_a_folder_that_is_named_as_a_platform_names_is_still_its_learners(tmp_path: Path) -> None:
    inner = "1-9 - Victim V - Jan 1, 2099 1200 PM"
    files = {
        f"2-9 - Eve - Jan 2, 2025 1200 PM/{inner}/update_rule.py": EVIL,
        f"{inner.replace('2099', '2025')}/update_rule.py": VICTIM,
    }
    submissions = of_update_rule(collect(write(tmp_path, files, "folder"), COURSE))
    assert {one.learner: "evil" in str(one.cells) for one in submissions} == {"Eve": True, "Victim V": False}


def test_a_plain_learners_folder_in_which_names_of_others_lie_is_never_taken_off_unasked(tmp_path: Path) -> None:
    files = {f"eve/Victim {n}_{n}_assignsubmission_file_/update_rule.py": EVIL for n in "123"}
    inbox = write(tmp_path, files, "folder")
    with pytest.raises(
        CollectError, match="holds nothing but 'eve', which looks like a Moodle download: name that itself"
    ):
        collect(inbox, COURSE)
    assert {one.learner for one in collect(inbox, COURSE, layout="plain").submissions} == {"eve"}
    assert len({one.learner for one in collect(inbox, COURSE, layout="moodle").submissions}) == 3
    (inbox / "learner-001").mkdir()
    assert {one.learner for one in collect(inbox, COURSE).submissions} == {"eve", "learner-001"}


@pytest.mark.parametrize("layout", [None, "moodle"])
@pytest.mark.parametrize("written", ["folder", "zip"])
def test_the_only_learner_of_a_download_is_not_those_whose_names_are_in_their_folder(
    tmp_path: Path, written: str, layout: str | None
) -> None:
    files = {f"Eve_9_assignsubmission_file_/Victim {n}_{n}_assignsubmission_file_/derivatives.py": EVIL for n in "123"}
    collection = collect(write(tmp_path, files, written), COURSE, layout=layout)
    assert (collection.layout, {one.learner for one in collection.submissions}) == ("moodle", {"Eve"})


def test_a_single_learners_folders_may_be_called_as_githubs(tmp_path: Path) -> None:
    inbox = write(tmp_path, {"learner-001/update-rule-new/update_rule.py": WORK.encode()}, "folder")
    (submission,) = collect(inbox, COURSE, only="update_rule").submissions
    assert (submission.learner, bool(submission.cells)) == ("learner-001", True)


# Where in what was named the class lies.

DOWNLOAD = {f"Learner {n}_{20 + n}_assignsubmission_file_/update_rule.py": f"x = {n}\n".encode() for n in (1, 2, 3)}
OWN_FOLDERS = {f"learner-00{n}/update_rule.py": f"x = {n}\n".encode() for n in (1, 2, 3)}


def below(folder: str, files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {f"{folder}/{name}": content for name, content in files.items()}


@pytest.mark.parametrize(
    ("files", "looks_like", "instead"),
    [
        ({**below("a", DOWNLOAD), "desktop.ini": b""}, "a Moodle download", "a"),
        ({**below("a", DOWNLOAD), "grades.csv": b"", "notes.txt": b""}, "a Moodle download", "a"),
        (below("a/b", DOWNLOAD), "a Moodle download", "a/b"),
        ({**below("a/b", DOWNLOAD), "a/Thumbs.db": b""}, "a Moodle download", "a/b"),
        (below("a", canvas(LEARNERS)), "a Canvas download", "a"),
        ({"download.zip": zipped(DOWNLOAD)}, "a Moodle download", "download.zip"),
        ({"download.zip": zipped(below("a", DOWNLOAD))}, "a Moodle download", "download.zip"),
        ({"a/download.zip": zipped(DOWNLOAD)}, "a Moodle download", "a/download.zip"),
        (below("a", OWN_FOLDERS), "a class", "a"),
        (below("a/b", OWN_FOLDERS), "a class", "a/b"),
        ({"class.zip": zipped(OWN_FOLDERS)}, "a class", "class.zip"),
        ({f"a/l{n}.zip": zipped({"update_rule.py": WORK}) for n in "12"}, "a class", "a"),
        (below("Homework 2", {f"Family{n}, Given(l{n})/Submission attachment(s)/update_rule.py": WORK.encode() for n in "12"}),
         "a class", "Homework 2"),
        ({**below("week1", DOWNLOAD), **below("week2", DOWNLOAD)}, "a Moodle download", "week1"),
        ({"week1.zip": zipped(DOWNLOAD), "week2.zip": zipped(DOWNLOAD), "a.txt": b""}, "a Moodle download", "week1.zip"),
        ({**below("week1", OWN_FOLDERS), **below("week2", OWN_FOLDERS)}, "a class", "week1"),
    ],
)  # fmt: skip
def test_a_class_that_lies_deeper_is_never_one_learner_and_it_is_said_what_to_name_instead(
    tmp_path: Path, files: dict[str, bytes], looks_like: str, instead: str
) -> None:
    inbox = write(tmp_path, files, "folder")
    with pytest.raises(CollectError) as error:
        collect(inbox, COURSE)
    assert f"looks like {looks_like}" in str(error.value)
    assert f"name that itself, {str(inbox / instead)!r}, or say --layout plain" in str(error.value)
    there = collect(inbox / instead, COURSE)
    assert len({one.learner for one in there.submissions if one.cells}) >= 2
    assert len({one.learner for one in collect(inbox, COURSE, layout="plain").submissions}) <= 2


@pytest.mark.parametrize("around", ["a/", "a/b/", "a/b/c/"])
def test_in_the_zip_of_a_platform_any_folders_around_it_are_taken_off(tmp_path: Path, around: str) -> None:
    (tmp_path / "download.zip").write_bytes(zipped({around + name: data for name, data in DOWNLOAD.items()}))
    collection = collect(tmp_path / "download.zip", COURSE)
    assert (collection.layout, len({one.learner for one in collection.submissions})) == ("moodle", 3)


@pytest.mark.parametrize("files", [DOWNLOAD, OWN_FOLDERS])
def test_a_folder_in_one_of_the_same_name_as_unpacking_makes_it_is_gone_into(
    tmp_path: Path, files: dict[str, bytes]
) -> None:
    collection = collect(write(tmp_path, below("inbox", files), "folder"), COURSE)
    assert len({one.learner for one in collection.submissions}) == 3


def test_results_in_a_folder_that_is_gone_into_are_no_learners(tmp_path: Path) -> None:
    inbox = write(tmp_path, below("inbox", OWN_FOLDERS), "folder")
    (inbox / "inbox/results").mkdir()
    collection = collect(inbox, COURSE, out=inbox / "inbox/results")
    assert {one.learner for one in collection.submissions} == {name.partition("/")[0] for name in OWN_FOLDERS}
    assert collection.ignored == ("'results': the results go there",)


@pytest.mark.parametrize(
    "files",
    [
        {"02_update_rule/update_rule.py": WORK, "01_derivatives/derivatives.py": "x = 1\n"},
        {"src/update_rule.py": WORK, "tests/update_rule.py": WORK},
        {"kit/exercises/02_update_rule/update_rule.py": WORK, "kit/solutions/update_rule.py": WORK},
        {"derivatives/derivatives.py": "x = 1\n", "update rule/update_rule.py": WORK, "update rule 2/update_rule.py": WORK},
        {"old/update_rule.py": WORK, "new/update_rule.py": WORK},
        {"attempt 1/update_rule.py": WORK, "b/update_rule.py": WORK},
        {"1/update_rule.py": WORK, "2/update_rule.py": WORK},
        {"Übung_1/update_rule.py": WORK, "Übung_2/update_rule.py": WORK},
        {"Version 1/update_rule.py": WORK, "Version 2/update_rule.py": WORK},
        {"first.zip": zipped({"update_rule.py": WORK}), "notes.zip": zipped({"a.txt": "x"})},
    ],
)  # fmt: skip
@pytest.mark.parametrize("clutter", [{}, {"desktop.ini": b""}])
def test_the_folder_of_the_only_learner_stays_one_learners(
    tmp_path: Path, files: Mapping[str, str | bytes], clutter: dict[str, bytes]
) -> None:
    own = {name: content.encode() if isinstance(content, str) else content for name, content in files.items()}
    collection = collect(write(tmp_path, {**below("learner-001", own), **clutter}, "folder"), COURSE)
    assert {one.learner for one in collection.submissions} == {"learner-001"}


def test_a_download_among_learners_is_said(tmp_path: Path) -> None:
    collection = collect(write(tmp_path, {**OWN_FOLDERS, **below("late", DOWNLOAD)}, "folder"), COURSE)
    (note,) = collection.notes
    assert "'late' lies among learners' folders and looks like a Moodle download" in note
    many = {f"learner-{n:03d}/update_rule.py": WORK.encode() for n in range(40)}
    collection = collect(write(tmp_path, {**many, **below("late", DOWNLOAD)}, "folder"), COURSE)
    assert collection.notes == (note,)


def test_a_class_among_learners_is_said(tmp_path: Path) -> None:
    theirs = {"learner-001/update_rule.py": WORK.encode(), "learner-002/update_rule.py": WORK.encode()}
    collection = collect(write(tmp_path, {**OWN_FOLDERS, **below("handed-in", theirs)}, "folder"), COURSE)
    (note,) = collection.notes
    assert "'handed-in' lies among learners' folders and looks like a class (in it are " in note
    assert "if it is not, grade it by itself" in note


def test_of_a_learners_folder_no_file_is_read_to_tell_whether_it_is_a_download(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {
        **below("learner-001", {"submission_1/a.txt": b"", "submission_metadata.yml": b"{"}),
        **below(
            "learner-002", {"A_v_attempt_2025-01-01-00-00-00.txt": b"", "A_v_attempt_2025-01-01-00-00-00_a.py": b""}
        ),
        **below("learner-003", {"a-b/.git/config": b"", "a-c/.git/config": b""}),
        **OWN_FOLDERS,
    }
    inbox = write(tmp_path, files, "folder")

    def refuse(*_: object) -> bytes:
        raise AssertionError

    monkeypatch.setattr(FolderInbox, "read", refuse)
    monkeypatch.setattr(FolderTree, "read", refuse)
    collection = collect(inbox, COURSE)
    assert [note[:13] for note in collection.notes] == ["'learner-001'", "'learner-002'"]


@pytest.mark.parametrize("written", ["folder", "zip"])
def test_learners_with_a_folder_for_each_week_are_learners(tmp_path: Path, written: str) -> None:
    files = {
        f"{one}/{name}/{name}.py": WORK.encode() for one in ("l1", "l2") for name in ("derivatives", "update_rule")
    }
    files = {name.replace("/derivatives/", "/A/").replace("/update_rule/", "/B/"): data for name, data in files.items()}
    collection = collect(write(tmp_path, files, written), COURSE)
    assert {one.learner for one in collection.submissions} == {"l1", "l2"}


# Few files, and others beside them.


@pytest.mark.parametrize(
    "beside",
    [{"homework.zip": zipped({"update_rule.py": WORK})}, {"extra/update_rule.py": b"x"}, {"update_rule.py": b"x"}],
)
@pytest.mark.parametrize("form", [canvas, blackboard, moodle_flat])
def test_one_stray_file_or_folder_does_not_make_a_small_download_unread(
    tmp_path: Path, form: Callable[[list[Learner]], dict[str, bytes]], beside: dict[str, bytes]
) -> None:
    three = form([LEARNERS[1], LEARNERS[3], LEARNERS[8]])
    three = {name: content for name, content in three.items() if name.lower().endswith("update_rule.py")}
    files = {**(three or form(LEARNERS[:3])), **beside}
    collection = collect(write(tmp_path, files, "folder"), COURSE)
    assert collection.layout != "plain"
    (line,) = [line for line in collection.ignored if next(iter(beside)).partition("/")[0] in line]
    assert "not named as in a" in line


def test_what_is_named_as_on_a_platform_among_more_that_is_not_is_said(tmp_path: Path) -> None:
    files = {"one_1_5_update_rule.py": WORK.encode(), **OWN_FOLDERS}
    collection = collect(write(tmp_path, files, "folder"), COURSE)
    assert collection.layout == "plain"
    assert collection.ignored == (
        "'one_1_5_update_rule.py': named as in a Canvas download, as most beside it is not; say --layout canvas if it is one",
    )


# Other spellings of a platform's names.


@pytest.mark.parametrize("every", [1, 5])
def test_moodles_folders_may_lack_the_last_underscore(tmp_path: Path, every: int) -> None:
    files = {
        name.replace("_/", "/") if place % every == 0 else name: content
        for place, (name, content) in enumerate(moodle(LEARNERS).items())
    }
    collection = collect(write(tmp_path, files, "folder"), COURSE)
    assert (collection.layout, collection.ignored) == ("moodle", ())
    assert {one.learner for one in collection.submissions if one.cells} == {one.name for one in LEARNERS}


@pytest.mark.parametrize("folder", ["homework", "02_update_rule"])
def test_a_folder_of_a_learners_own_in_moodles_flat_form_is_theirs(tmp_path: Path, folder: str) -> None:
    files = {f"Learner {n}_2{n}_assignsubmission_file_{folder}/update_rule.py": WORK.encode() for n in "12"}
    collection = collect(write(tmp_path, files, "folder"), COURSE, only="update_rule")
    assert {one.learner: bool(one.cells) for one in collection.submissions} == {"Learner 1": True, "Learner 2": True}


@pytest.mark.parametrize("end", ["file", "file_", "editpdf_", "comments_"])
def test_feedback_in_a_download_of_moodles_is_the_teachers(tmp_path: Path, end: str) -> None:
    feedback = f"Learner 4_24_assignfeedback_{end}"
    collection = collect(write(tmp_path, {**DOWNLOAD, f"{feedback}/update_rule.py": EVIL}, "folder"), COURSE)
    assert len({one.learner for one in collection.submissions}) == 3
    assert collection.ignored == (
        f"{feedback!r}: feedback that a teacher gave on Moodle, and nothing that was handed in",
    )


def test_a_full_name_that_ends_as_moodles_folders_do_is_nobodys(tmp_path: Path) -> None:
    name = "Victim V_1_assignsubmission_file_2_assignsubmission_file"
    collection = collect(write(tmp_path, {**DOWNLOAD, f"{name}/update_rule.py": EVIL}, "folder"), COURSE)
    assert len(collection.ignored) == 1
    assert not any("evil" in str(one.cells) for one in collection.submissions)


@pytest.mark.parametrize(
    ("earlier", "later", "when"),
    [
        ("3 févr. 2025 1205", "12 mars 2025 0905", "2025-03-12 09:05"),
        ("30 juin 2025 2305", "1 juil. 2025 105", "2025-07-01 01:05"),
        ("dic. 4, 2025 905 AM", "ene. 4, 2026 905 AM", "2026-01-04 09:05"),
        ("feb. 3, 2025 905 a. m.", "feb. 3, 2025 105 p. m.", "2025-02-03 13:05"),
        ("4 Okt, 2025 0905", "3 Dez, 2025 1205", "2025-12-03 12:05"),
        ("4 März 2025 0905", "3 Mai 2025 1205", "2025-05-03 12:05"),
        ("4 Oca, 2025 0905", "3 Şub, 2025 1205", "2025-02-03 12:05"),
        ("3 set 2025 0905", "3 out 2025 0905", "2025-10-03 09:05"),
        ("3 mei 2025 0905", "3 okt. 2025 0905", "2025-10-03 09:05"),
        ("2025年2月3日 1205", "2025年10月3日 905", "2025-10-03 09:05"),
        ("2025年2月3日 上午 1105", "2025年2月3日 下午 105", "2025-02-03 13:05"),
        ("2025년 2월 3일 1205", "2025년 10월 3일 905", "2025-10-03 09:05"),
        ("2025-02-03 1205", "2025-10-03 905", "2025-10-03 09:05"),
        ("3/2/2025 1205", "13/1/2026 905", "2026-01-13 09:05"),
        ("2/13/2025 1205 PM", "10/3/2025 905 AM", "2025-10-03 09:05"),
    ],
)
@pytest.mark.parametrize("written", ["folder", "zip"])
def test_brightspaces_times_are_read_in_the_languages_that_are_common(
    tmp_path: Path, earlier: str, later: str, when: str, written: str
) -> None:
    front = "3001-9001 - Learner One - "
    files = {f"{front}{later.replace('/', '.')}/update_rule.py": b"x = 2\n", "index.html": b""}
    files[f"{front}{earlier.replace('/', '.')}/update_rule.py"] = b"x = 1\n"
    collection = collect(write(tmp_path, files, written), COURSE, only="update_rule")
    (submission,) = collection.submissions
    assert (collection.layout, collection.notes, submission.learner) == ("brightspace", (), "Learner One")
    assert submission.cells[0].source == "x = 2\n"
    assert submission.notes == (f"of 2 attempts the attempt of {when} was graded, the latest",)


@pytest.mark.parametrize(
    ("one", "two"),
    [("3 Xyz 2025 905", "12 Xyz 2025 905"), ("3.2.2025 905", "4.2.2025 905"), ("3 ک 2025 905", "9 ک 2025 905")],
)
def test_where_brightspaces_times_cannot_be_read_it_is_said_which_attempt_counts_and_why(
    tmp_path: Path, one: str, two: str
) -> None:
    files = {f"1-9 - Learner One - {when}/update_rule.py": f"x = {when!r}\n".encode() for when in (one, two)}
    files[f"2-9 - Learner Two - {one}/update_rule.py"] = WORK.encode()
    collection = collect(write(tmp_path, files, "folder"), COURSE, only="update_rule")
    first, second = collection.submissions
    assert two in first.cells[0].source
    assert f"cannot be read: {one!r}, {two!r}; of these the last was taken for the latest" in str(first.notes)
    assert second.notes == (), "one attempt has no order"
    (note,) = collection.notes
    assert "not known which is the latest: Learner One." in note
    assert "set Brightspace to English and download again" in note


def test_a_file_that_is_called_as_a_time_of_another_language_is_nobodys_on_brightspace(tmp_path: Path) -> None:
    name = "2-9 - Eve - 3 févr. 2025 1205 - V - 3 févr. 2099 1205 - update_rule.py"
    files = {**brightspace(LEARNERS), name: EVIL}
    collection = collect(write(tmp_path, files, "folder"), COURSE)
    assert collection.ignored == (
        f"{name!r}: it can be read as handed in by 'Eve' and as by 'Eve - 3 févr. 2025 1205 - V'",
    )


@pytest.mark.parametrize(
    ("names", "groups"),
    [
        (["Group A-Learner One", "Learner Two"], {"Group A-Learner One": "Group A"}),
        (["Default group-Learner One"], {"Default group-Learner One": "Default group"}),
        (["3-Learner One"], {"3-Learner One": "3"}),
        (["Bears-Learner One", "Bears-Learner Two", "Bears-Learner Three"],
         {f"Bears-Learner {one}": "Bears" for one in ("One", "Two", "Three")}),
        (["Anne-Marie One", "Anne-Sophie Two", "Learner Four-Five"], {}),
    ],
)  # fmt: skip
def test_a_group_before_a_name_on_moodle_is_known_by_its_words_or_by_several_who_are_in_it(
    tmp_path: Path, names: list[str], groups: dict[str, str]
) -> None:
    files = {f"{name}_{20 + n}_assignsubmission_file_/update_rule.py": WORK.encode() for n, name in enumerate(names)}
    collection = collect(write(tmp_path, files, "folder"), COURSE, only="update_rule")
    assert {one.learner: one.who[0].group for one in collection.submissions if one.who[0].group} == groups


def test_what_canvas_made_anonymous_is_nobodys_and_what_to_do_is_said(tmp_path: Path) -> None:
    files = {
        "anon_aB3dE_67890_update_rule.py": b"x = 1\n",
        "anon_LATE_xY9zQ_67891_update_rule-1.py": b"x = 2\n",
        "anon_12345_67892_update_rule.py": b"x = 3\n",
    }
    collection = collect(write(tmp_path, files, "folder"), COURSE)
    assert collection.layout == "canvas"
    assert {one.learner: one.who for one in collection.submissions} == {
        "anon_aB3dE": (), "anon_xY9zQ": (), "anon_12345": (),
    }  # fmt: skip
    (note,) = collection.notes
    assert "Reveal the names there and download again" in note
    named = {"anon_12345_67892_update_rule.py": b"x = 3\n", "one_12346_67893_update_rule.py": b"x = 4\n"}
    collection = collect(write(tmp_path / "named", named, "folder"), COURSE)
    assert {one.who for one in collection.submissions} == {(Identity(id="12345"),), (Identity(id="12346"),)}


# Several attempts, groups, people of one name.


@pytest.mark.parametrize("written", ["folder", "zip"])
@pytest.mark.parametrize("version", ["Version {}", "version_{}", "Versión {}", "版本 {}"])
def test_of_several_versions_as_teams_keeps_them_the_latest_with_an_exercise_counts(
    tmp_path: Path, version: str, written: str
) -> None:
    front = f"learner-001/Homework 2/{version}"
    stub = COURSE.by_slug["starting_values"].stub.read_bytes()
    files = {
        f"{front.format(2)}/update_rule.py": b"x = 2\n",
        f"{front.format(2)}/derivatives.py": b"x = 'd'\n",
        f"{front.format(2)}/starting_values.py": b"x = 'written'\n",
        f"{front.format(9)}/update_rule.py": b"x = 9\n",
        f"{front.format(10)}/my homework/update_rule.py": b"x = 10\n",
        f"{front.format(10)}/starting_values.py": stub,
        f"{front.format(11)}/hw.zip": zipped({"derivatives.py": "x = 'zipped'\n"}),
        "learner-002/Homework 2/update_rule.py": WORK.encode(),
    }
    found = {one.exercise: one for one in collect(write(tmp_path, files, written), COURSE).submissions
             if one.learner == "learner-001"}  # fmt: skip
    assert found["update_rule"].cells[0].source == "x = 10\n"
    assert "zipped" in found["derivatives"].cells[0].source
    assert "written" in found["starting_values"].cells[0].source
    assert "version 10 was graded, not version 11" in found["update_rule"].notes[0]
    assert found["derivatives"].notes == ("of 4 attempts version 11 was graded, the latest",)
    assert all(not one.problem for one in found.values())


def test_teams_own_folder_around_all_is_gone_into(tmp_path: Path) -> None:
    files = below("Submitted files", {f"learner-00{n}/Homework/Version 1/update_rule.py": WORK.encode() for n in "12"})
    collection = collect(write(tmp_path, files, "folder"), COURSE)
    assert {one.learner for one in collection.submissions} == {"learner-001", "learner-002"}


def test_a_kit_handed_in_twice_counts_as_it_was_handed_in_last(tmp_path: Path) -> None:
    kit = "exercises/02_update_rule/update_rule.py"
    files = {f"learner-001/Homework/Version {n}/learners/{kit}": f"x = {n}\n".encode() for n in (1, 2)}
    (submission,) = collect(write(tmp_path, files, "folder"), COURSE, only="update_rule").submissions
    assert submission.cells[0].source == "x = 2\n"


def test_of_several_attempts_the_latest_that_contains_an_exercise_counts_and_the_page_says_so(tmp_path: Path) -> None:
    front = "1-9 - Learner One - "
    stub = COURSE.by_slug["starting_values"].stub.read_bytes()
    files = {
        f"{front}Feb 3, 2025 930 AM/update_rule.py": b"x = 'first'\n",
        f"{front}Feb 3, 2025 930 AM/derivatives.py": b"x = 'derivatives'\n",
        f"{front}Feb 3, 2025 930 AM/starting_values.py": b"x = 'written'\n",
        f"{front}Feb 3, 2025 1205 PM/update_rule.py": b"x = 'second'\n",
        f"{front}Feb 3, 2025 1205 PM/starting_values.py": stub,
        f"{front}Feb 3, 2025 110 PM/notes.txt": b"",
    }
    found = {one.exercise: one for one in collect(write(tmp_path, files, "folder"), COURSE).submissions}
    assert {one.learner for one in found.values()} == {"Learner One"}
    assert "second" in found["update_rule"].cells[0].source
    assert found["update_rule"].notes == (
        "the attempt of 2025-02-03 12:05 was graded, not the attempt of 2025-02-03 13:10: nothing was written for update_rule",
    )
    assert "derivatives" in found["derivatives"].cells[0].source
    assert "the attempt of 2025-02-03 09:30 was graded" in found["derivatives"].notes[0]
    assert "written" in found["starting_values"].cells[0].source, "an untouched stub is no later answer"
    assert found["optimizers"].missing
    assert found["optimizers"].notes == ()


def test_the_latest_of_several_attempts_at_an_exercise_is_noted(tmp_path: Path) -> None:
    files = {
        "A_l1_attempt_2025-02-03-12-05-11_update_rule.py": b"x = 1\n",
        "A_l1_attempt_2025-02-03-12-05-12_update_rule.py": b"x = 2\n",
    }
    (submission,) = collect(write(tmp_path, files, "folder"), COURSE, only="update_rule").submissions
    assert submission.cells[0].source == "x = 2\n"
    assert submission.notes == ("of 2 attempts the attempt of 2025-02-03 12:05 was graded, the latest",)


def test_canvas_numbers_of_resubmissions_are_taken_off_and_the_highest_counts(tmp_path: Path) -> None:
    files = {
        "one_1_50_update_rule.py": b"x = 0\n",
        "one_1_60_update_rule-1.py": b"x = 1\n",
        "one_LATE_1_70_update_rule-10.py": b"x = 10\n",
        "one_1_80_update_rule-2.py": b"x = 2\n",
        "one_1_51_derivatives.py": b"x = 'd'\n",
    }
    found = {one.exercise: one for one in collect(write(tmp_path, files, "folder"), COURSE).submissions}
    assert found["update_rule"].cells[0].source == "x = 10\n"
    assert found["update_rule"].cells[0].label == "update_rule.py"
    assert found["derivatives"].cells[0].source == "x = 'd'\n"


def test_what_canvas_marked_late_is_late_and_an_earlier_attempt_that_counts_is_not(tmp_path: Path) -> None:
    files = {
        "one_1_50_derivatives.py": b"x = 'd'\n",
        "one_LATE_1_70_update_rule-1.py": b"x = 1\n",
        "two_LATE_2_80_late.py": b"x = 1\n",
        "two_2_70_update_rule_LATE_2_3_x.py": b"x = 2\n",
    }
    collection = collect(write(tmp_path, files, "folder"), COURSE)
    assert {(one.learner, one.exercise) for one in collection.submissions if one.late and not one.missing} == {
        ("one_1", "update_rule")
    }


def test_a_broken_zip_handed_in_last_does_not_take_an_earlier_answer_away(tmp_path: Path) -> None:
    files = {
        "A_l1_attempt_2025-02-03-12-05-11_update_rule.py": b"x = 1\n",
        "A_l1_attempt_2025-02-03-12-05-12_kit.zip": b"PK broken",
    }
    (submission,) = collect(write(tmp_path, files, "folder"), COURSE, only="update_rule").submissions
    assert submission.cells[0].source == "x = 1\n"
    assert any("cannot be read as a zip" in note for note in submission.notes)


def test_a_group_is_one_learner_with_several_identities_called_by_the_smallest_id(tmp_path: Path) -> None:
    metadata = (
        "submission_1:\n  :submitters:\n  - :name: Learner Two\n    :sid: '007'\n    :email: two@uni.example\n"
        "  - :name: Learner One\n    :sid: '0010'\n    :email: one@uni.example\n  :created_at: 2025-02-03 12:05:11 Z\n"
    )
    files = {"submission_1/update_rule.py": WORK.encode(), "submission_metadata.yml": metadata.encode()}
    (submission,) = collect(write(tmp_path, files, "folder"), COURSE, only="update_rule").submissions
    assert submission.learner == "0010"
    assert [(one.number, one.name) for one in submission.who] == [("0010", "Learner One"), ("007", "Learner Two")]


def test_of_two_attempts_in_two_time_zones_the_later_counts(tmp_path: Path) -> None:
    times = {1: "2025-02-03 12:05:11.000000000 -08:00", 2: "2025-02-03 13:05:11.000000000 Z"}
    told = "".join(
        f"submission_{n}:\n  :submitters:\n  - :name: Learner One\n    :sid: '1'\n  :created_at: {time}\n"
        for n, time in times.items()
    )
    files = {f"submission_{n}/update_rule.py": f"x = {n}\n".encode() for n in times}
    inbox = write(tmp_path, {**files, "submission_metadata.yml": told.encode()}, "folder")
    (submission,) = collect(inbox, COURSE, only="update_rule").submissions
    assert submission.cells[0].source == "x = 1\n"


def test_what_gradescopes_file_does_not_name_keeps_the_platforms_name(tmp_path: Path) -> None:
    files = {"submission_1/update_rule.py": WORK.encode(), "submission_metadata.yml": b"submission_2:\n  :status: x\n"}
    (submission,) = collect(write(tmp_path, files, "folder"), COURSE, only="update_rule").submissions
    assert (submission.learner, submission.who) == ("submission_1", ())


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe\x00", b"[" * 5000, b"a: *b"])
def test_a_broken_file_of_gradescope_is_an_error_in_one_line(tmp_path: Path, content: bytes) -> None:
    files = {"submission_1/update_rule.py": WORK.encode(), "submission_metadata.yml": content}
    with pytest.raises(CollectError, match=r"submission_metadata\.yml: [^\n]+\Z"):
        collect(write(tmp_path, files, "folder"), COURSE)


def test_two_people_of_one_name_are_told_apart_by_the_platforms_number(tmp_path: Path) -> None:
    files = {f"Learner Nine_{n}_assignsubmission_file_/update_rule.py": f"x = {n}\n".encode() for n in (11, 12)}
    submissions = of_update_rule(collect(write(tmp_path, files, "folder"), COURSE))
    assert {one.learner: one.cells[0].source for one in submissions} == {
        "Learner Nine (11)": "x = 11\n",
        "Learner Nine (12)": "x = 12\n",
    }


def test_whoever_only_typed_text_into_moodles_editor_is_told_so(tmp_path: Path) -> None:
    files = {
        "Learner One_11_assignsubmission_onlinetext_/onlinetext.html": b"<p>def update",
        "Learner Two_12_assignsubmission_onlinetext_/onlinetext.html": b"<p>done",
        "Learner Two_12_assignsubmission_file_/update_rule.py": WORK.encode(),
    }
    one, two = of_update_rule(collect(write(tmp_path, files, "folder"), COURSE))
    assert one.missing
    assert "typed into the platform's own editor is not graded" in one.notes[0]
    assert (bool(two.cells), two.notes) == (True, ())


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"learner-001/answer.docx": b"PK"}, "but 'answer.docx': a document cannot be run. Save the code alone"),
        ({"learner-001/week 2/readme.txt": b""}, "but 'week 2/readme.txt': hand in derivatives.py"),
        ({"learner-001/empty.zip": zipped({})}, "but 'empty.zip': hand in derivatives.py"),
        ({"learner-001/hw.zip": zipped({"answer.pdf": b""})}, "but 'hw.zip', 'hw.zip/answer.pdf': a document cannot be run"),
        ({"learner-001.zip": zipped({})}, "there is no file in it: hand in derivatives.py"),
        ({"one_1_5_text.html": b"<p>"}, "what was typed into the platform's own editor is not graded: hand in a file"),
        ({"one_1_5_link.html": b"<a>"}, "a link is not followed, so nothing was graded: hand in the file itself"),
        ({"one_1_5_essay.docx": b"PK"}, "but 'essay.docx': a document cannot be run"),
        ({"A_l1_attempt_2025-02-03-12-05-11.txt": b"Name: Learner One (l1)\n"}, "no file was handed in, and what was typed"),
        ({"Learner One_1_assignsubmission_file_/hw.zip": zipped({})}, "but 'hw.zip': hand in derivatives.py"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("written", ["folder", "zip"])
def test_whoever_handed_in_nothing_that_can_be_graded_has_a_line_with_the_reason_and_the_remedy(
    tmp_path: Path, files: dict[str, bytes], said: str, written: str
) -> None:
    collection = collect(write(tmp_path, files, written), COURSE)
    assert len({one.learner for one in collection.submissions}) == 1
    assert all(one.missing for one in collection.submissions)
    (note,) = {note for one in collection.submissions for note in one.notes}
    assert said in note


def test_a_comment_on_canvas_beside_a_file_needs_no_word(tmp_path: Path) -> None:
    files = {"one_1_5_text.html": b"<p>", "one_1_6_update_rule.py": WORK.encode()}
    (submission,) = collect(write(tmp_path, files, "folder"), COURSE, only="update_rule").submissions
    assert (bool(submission.cells), submission.notes) == (True, ())


def test_whoever_gradescopes_file_names_without_a_folder_is_named(tmp_path: Path) -> None:
    told = "".join(
        f"submission_{n}:\n  :submitters:\n  - :name: Learner {n}\n    :sid: 's{n}'\n  :created_at: 2025-02-03 12:05:11 Z\n"
        for n in (1, 2)
    )
    files = {"submission_1/update_rule.py": WORK.encode(), "submission_metadata.yml": told.encode()}
    collection = collect(write(tmp_path, files, "folder"), COURSE)
    assert collection.notes == (
        "Learner 2 s2: handed in by submission_metadata.yml, but there is no folder 'submission_2' of it: download the export again",
    )


# The layout may be named.


def test_the_names_of_layouts_are_those_that_are_promised() -> None:
    assert NAMES == ("plain", "nbgrader", "canvas", "moodle", "brightspace", "blackboard", "gradescope", "github")


def test_an_unknown_layout_is_an_error_that_lists_them_all(tmp_path: Path) -> None:
    with pytest.raises(
        CollectError, match="unknown layout 'mooodle'; expected one of plain, nbgrader, canvas, moodle, "
    ):
        collect(write(tmp_path, plain(LEARNERS), "folder"), COURSE, layout="mooodle")


@pytest.mark.parametrize("layout", [name for name in NAMES if name not in ("plain", "nbgrader")])
def test_a_layout_that_is_named_and_is_not_there_is_an_error(tmp_path: Path, layout: str) -> None:
    with pytest.raises(CollectError, match="nothing in it is named as in a"):
        collect(write(tmp_path, plain(LEARNERS), "folder"), COURSE, layout=layout)


def test_a_download_may_be_read_as_a_folder_of_learners(tmp_path: Path) -> None:
    collection = collect(write(tmp_path, moodle(LEARNERS), "folder"), COURSE, layout="plain")
    assert "Learner One_1234501_assignsubmission_file_" in {one.learner for one in collection.submissions}


def test_what_does_not_belong_to_a_download_is_named_with_the_reason(tmp_path: Path) -> None:
    files = {**moodle(LEARNERS), "grades.csv": b"", "feedback/update_rule.py": b"x = 1\n", ".DS_Store": b""}
    collection = collect(write(tmp_path, files, "folder"), COURSE)
    assert (collection.layout, len({one.learner for one in collection.submissions})) == ("moodle", 30)
    assert sorted(collection.ignored) == [
        "'.DS_Store': hidden",
        "'feedback': not named as in a Moodle download",
        "'grades.csv': not named as in a Moodle download",
    ]


@pytest.mark.parametrize("forced", [None, "nbgrader"])
def test_an_nbgrader_courses_own_folder_is_read_by_what_was_submitted(tmp_path: Path, forced: str | None) -> None:
    files = {"submitted/learner-001/02_update_rule/update_rule.py": WORK.encode(), "source/02_update_rule/a.py": b"x"}
    collection = collect(write(tmp_path, {**files, "gradebook.db": b""}, "folder"), COURSE, layout=forced)
    assert (collection.layout, {one.learner for one in collection.submissions}) == ("nbgrader", {"learner-001"})


# The very zip.


def test_accents_are_read_from_a_zip_that_does_not_say_that_it_is_in_utf_8(tmp_path: Path) -> None:
    path = write(tmp_path, {"Lérner Ōne_1_assignsubmission_file_/update_rule.py": WORK.encode()}, "zip")
    data = bytearray(path.read_bytes())
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + place + 1] &= ~0x08
    path.write_bytes(data)
    assert {one.learner for one in collect(path, COURSE).submissions} == {"Lérner Ōne"}


def test_what_is_left_out_of_the_zip_of_a_class_is_said(tmp_path: Path) -> None:
    collection = collect(write(tmp_path, {**moodle(LEARNERS), "../update_rule.py": b"x"}, "zip"), COURSE)
    assert len({one.learner for one in collection.submissions}) == 30
    assert "not read: '../update_rule.py'" in collection.ignored[0]


def test_a_zip_of_plain_learners_is_read_with_or_without_a_folder_around_it(tmp_path: Path) -> None:
    for written in ("zip", "zip around a folder"):
        collection = collect(write(tmp_path, plain(LEARNERS), written), COURSE)
        assert {one.learner for one in collection.submissions} == {one.login for one in LEARNERS}
        assert sum(bool(one.cells) for one in of_update_rule(collection)) == 30


def test_the_one_learner_of_a_zip_is_found_in_the_folder_that_is_called_as_the_zip(tmp_path: Path) -> None:
    for files, learner in (
        ({"download/learner-001/update_rule.py": WORK.encode()}, "learner-001"),
        ({"learner-001/update_rule.py": WORK.encode()}, "learner-001"),
        ({"learner-001/learners/exercises/02_update_rule/update_rule.py": WORK.encode()}, "learner-001"),
    ):
        (submission,) = collect(write(tmp_path, files, "zip"), COURSE, only="update_rule").submissions
        assert (submission.learner, bool(submission.cells)) == (learner, True)


def test_one_learners_own_zip_is_not_taken_for_a_class(tmp_path: Path) -> None:
    with pytest.raises(CollectError, match="one learner's own zip"):
        collect(write(tmp_path, {"update_rule.py": WORK.encode()}, "zip"), COURSE)


def test_what_is_no_zip_is_an_error_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "download.zip").write_bytes(b"Rar!")
    with pytest.raises(CollectError, match=r"download\.zip.*cannot be read as a zip.*Download it again\Z"):
        collect(tmp_path / "download.zip", COURSE)
    (tmp_path / "download.zip").write_bytes(b"")
    with pytest.raises(CollectError, match=r"is empty \(0 bytes\)\. Download it again\Z"):
        collect(tmp_path / "download.zip", COURSE)


@pytest.mark.parametrize(("encoding", "name"), [("cp1252", "Lérner Ønë"), ("gbk", "小明 王"), ("cp437", "Lérner Öne")])
def test_names_in_a_zip_that_does_not_say_how_they_are_written_are_said_to_be_a_guess(
    tmp_path: Path, encoding: str, name: str
) -> None:
    written = f"{name}_1_assignsubmission_file_/update_rule.py".encode(encoding)
    ascii_name = "x" * len(written)
    data = zipped({ascii_name: WORK, "Learner Two_2_assignsubmission_file_/update_rule.py": WORK})
    (tmp_path / "download.zip").write_bytes(data.replace(ascii_name.encode(), written))
    collection = collect(tmp_path / "download.zip", COURSE)
    assert collection.layout == "moodle"
    (note,) = collection.notes
    assert "'download.zip' does not say how its names are written: " in note
    assert "unpack the zip with the program that made it, and name the folder" in note


# Files that lie by themselves, and other places.


def test_files_without_a_folder_are_nobodys_and_it_is_said_where_to_put_them(tmp_path: Path) -> None:
    flat = {"Learner One - update_rule.py": WORK.encode(), "update_rule (1).py": WORK.encode(), "notes.txt": b""}
    collection = collect(write(tmp_path / "some", {**flat, **OWN_FOLDERS}, "folder"), COURSE)
    assert collection.ignored == (
        "'Learner One - update_rule.py': nobody knows whose it is: if it is of 'Learner One', put it into a folder of that name",
        "'notes.txt': neither a learner's folder nor a learner's .zip",
        "'update_rule (1).py': nobody knows whose it is: put it into a folder that is called by the id of who handed it in",
    )
    with pytest.raises(CollectError) as error:
        collect(write(tmp_path / "all", flat, "folder"), COURSE)
    assert "2 files, 'Learner One - update_rule.py' among them, lie in it by themselves" in str(error.value)
    assert "Make a folder for each learner" in str(error.value)


def test_the_exchange_of_nbgrader_is_not_read_for_anybody_may_write_any_name_there(tmp_path: Path) -> None:
    files = {f"l{n}+02_update_rule+2025-02-03 12:05:11.123456 UTC+Zm9v/02_update_rule.ipynb": b"{}" for n in "12"}
    inbox = write(tmp_path, files, "folder")
    with pytest.raises(
        CollectError, match=r"inbound folder of nbgrader's exchange.*say nbgrader collect 02_update_rule"
    ):
        collect(inbox, COURSE)
    assert len({one.learner for one in collect(inbox, COURSE, layout="plain").submissions}) == 2


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("hw.rar", b"Rar!", "'hw.rar': such an archive is not opened. Hand in derivatives.py itself, or a .zip"),
        ("hw.tar.gz", b"x", "'hw.tar.gz': such an archive is not opened. Hand in derivatives.py itself, or a .zip"),
        ("hw.zip", zipped({"inner.zip": zipped({"update_rule.py": WORK})}), "'hw.zip/inner.zip': a zip in a zip is not opened."),
        ("Untitled.ipynb", b"{}", "'Untitled.ipynb': save your answer as derivatives.ipynb"),
        ("final.py", b"x = 1", "'final.py': save your answer as derivatives.py"),
    ],
)  # fmt: skip
def test_what_helps_is_said_of_what_a_file_is(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    collection = collect(write(tmp_path, {f"learner-004/{name}": content, **OWN_FOLDERS}, "folder"), COURSE)
    notes = {note for one in collection.submissions if one.learner == "learner-004" for note in one.notes}
    assert notes == {note for note in notes if said in note}
    assert len(notes) == 1


def test_one_learners_broken_file_in_the_zip_of_a_class_is_theirs_alone(tmp_path: Path) -> None:
    path = write(tmp_path, {f"one_{n}_5{n}_update_rule.py": f"x = {n}\n".encode() for n in range(1, 4)}, "zip")
    data = path.read_bytes()
    path.write_bytes(data.replace(b"x = 2\n", b"x = 7\n"))
    submissions = of_update_rule(collect(path, COURSE))
    assert [bool(one.cells) for one in submissions] == [True, False, True]
    assert "does not hold what it declares" in submissions[1].problem
