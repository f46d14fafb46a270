"""Handing back: everybody gets their own pages and nothing else, by the number of the download that was graded, and once."""

import json
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from nbgrader.utils import notebook_hash

from grader.collect.opened import Folder
from grader.collect.roster import Known, Move, Person
from grader.collect.submission import Identity
from grader.manifest.course import load_course
from grader.publish.feedback import headed, nameless, renamed
from grader.publish.parcels import Parcels, assignments
from grader.publish.renaming import read_names
from grader.publish.returned import FILES, REFUSED, SENDING, SENT, Returned
from tests.command import grader

COURSE = load_course()
CHECKOUT = Path(__file__).resolve().parents[2]
RIGHT = (CHECKOUT / "solutions/02_update_rule/update_rule.py").read_text(encoding="utf-8")
WRONG = RIGHT.replace("return parameter - step", "return parameter + step")
ROSTER = """First name,Last name,ID number,Email address
Learner,One,learner-001,learner-001@example.org
Learner,Two <&>,learner-002,learner-002@example.org
Learner,Three,learner-003,
"""
LEARNERS = {"Learner One": 1001, "Learner Two <&>": 1002, "Learner Three": 1003}


def hand_in(folder, week, slug="update_rule", code=RIGHT):
    for number, (name, participant) in enumerate(LEARNERS.items()):
        place = folder / f"{name}_{participant + 100 * week}_assignsubmission_file_"
        place.mkdir(parents=True)
        (place / f"{slug}.py").write_text(WRONG if number == 1 and slug == "update_rule" else code, encoding="utf-8")


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """Return an OUT of two weeks of a Moodle class: in each, everybody has another number."""
    folder = tmp_path_factory.mktemp("class")
    hand_in(folder / "week-1", 0)
    derivatives = (CHECKOUT / "solutions/01_derivatives/derivatives.py").read_text(encoding="utf-8")
    hand_in(folder / "week-2", 1, "derivatives", derivatives)
    (folder / "roster.csv").write_text(ROSTER, encoding="utf-8")
    for week, slug in ((1, "update_rule"), (2, "derivatives")):
        done = grader(
            "grade", folder / f"week-{week}", "--out", folder / "out", "--roster", folder / "roster.csv",
            "--only", slug, "--site", "https://example.org/course",
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def out(graded, tmp_path):
    """Return a copy of it, to be written to."""
    shutil.copytree(graded / "out", tmp_path / "out")
    return tmp_path / "out"


def moodle_reads(archive):
    """Return what Moodle takes from a feedback zip, by participant, as its importer reads names."""
    found = {}
    with zipfile.ZipFile(archive) as file:
        for name in file.namelist():
            parts = name.split("/")
            assert not parts[-1].startswith((".", "~"))  # these it passes over
            while parts:
                info = parts.pop(0).split("_", 4)
                if len(info) < 4 or not info[1].isdigit():
                    continue
                assert info[2:4] == ["assignsubmission", "file"]
                place = "/".join([*info[4:], *parts])
                found.setdefault(int(info[1]), {})[place.lstrip("/")] = file.read(name).decode()
                break
            else:
                raise AssertionError(f"Moodle finds nobody in {name}")
    return found


def test_moodle_finds_each_learner_by_the_number_of_the_download_that_was_graded(out, tmp_path):
    done = grader("return", out, "--zip", tmp_path / "back")
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (tmp_path / "back/moodle").iterdir()) == [
        "01_derivatives.zip",
        "02_update_rule.zip",
    ]
    for week, name in ((0, "02_update_rule"), (1, "01_derivatives")):
        read = moodle_reads(tmp_path / f"back/moodle/{name}.zip")
        assert {number: list(files) for number, files in read.items()} == {
            number + 100 * week: [f"{name}.html"] for number in LEARNERS.values()
        }
        for learner, number in zip(("learner-001", "learner-002", "learner-003"), LEARNERS.values(), strict=True):
            page = (out / f"feedback/{learner}/{name[3:]}.html").read_text(encoding="utf-8")
            assert read[number + 100 * week][f"{name}.html"] == page


def test_each_learner_has_a_zip_of_their_own_pages_and_nbgrader_its_folder(out, tmp_path):
    assert grader("return", out, "--zip", tmp_path / "back", "--only", "2").returncode == 0
    assert grader("return", out, "--zip", tmp_path / "all").returncode == 0
    for learner in ("learner-001", "learner-002", "learner-003"):
        own = {path.name: path.read_bytes() for path in (out / "feedback" / learner).iterdir()}
        with zipfile.ZipFile(tmp_path / f"all/learners/{learner}.zip") as file:
            assert {name[3:]: file.read(name) for name in file.namelist()} == own
        with zipfile.ZipFile(tmp_path / f"back/learners/{learner}.zip") as file:
            assert file.namelist() == ["02_update_rule.html"]
        place = tmp_path / f"all/feedback/{learner}/02_update_rule/02_update_rule.html"
        assert place.read_bytes() == own["update_rule.html"]
    assert not list((tmp_path / "back").glob("**/01_derivatives*"))


def test_nbgrader_releases_the_pages_to_those_whose_hand_ins_it_collected(out, tmp_path):
    course, exchange = tmp_path / "course", tmp_path / "exchange"
    (exchange / "a-course/feedback").mkdir(parents=True)
    exchange.chmod(0o777)
    for learner in ("learner-001", "learner-002"):
        beside = course / f"submitted/{learner}/02_update_rule"
        beside.mkdir(parents=True)
        (beside / "timestamp.txt").write_text("2026-01-01 00:00:00 UTC", encoding="utf-8")
        (beside / "submission_secret.txt").write_text(f"secret of {learner}", encoding="utf-8")
    (out / "feedback/learner-003/update_rule.html").unlink()  # handed in elsewhere
    assert grader("return", out, "--zip", course, "--only", "2").returncode == 0
    command = [sys.executable, "-m", "nbgrader", "release_feedback", "02_update_rule", "--course=a-course"]
    done = subprocess.run(
        [*command, f"--Exchange.root={exchange}"], cwd=course, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    released = {path.stem: path.read_bytes() for path in (exchange / "a-course/feedback").glob("*.html")}
    assert released == {
        notebook_hash(secret=f"secret of {learner}", notebook_id="02_update_rule"): (
            out / f"feedback/{learner}/update_rule.html"
        ).read_bytes()
        for learner in ("learner-001", "learner-002")
    }


def test_exercises_of_one_download_go_into_one_zip_and_those_of_two_into_two():
    def known(name, *numbers):
        return Known(Person(name, Identity(name)), name, name, participants=numbers)

    found = assignments(
        [
            known("A", ("derivatives", "1"), ("update_rule", "1"), ("starting_values", "9")),
            known("B", ("update_rule", "2"), ("descent_2d", "2")),
            known("C", ("starting_values", "8")),
            known("D"),
        ],
        COURSE,
    )
    slugs = [[exercise.slug for exercise in one.exercises] for one in found]
    assert slugs == [["derivatives", "update_rule", "descent_2d"], ["starting_values"]]
    assert [one.numbers for one in found] == [{"A": ("A", "1"), "B": ("B", "2")}, {"A": ("A", "9"), "C": ("C", "8")}]


def test_a_score_that_is_held_back_and_a_damaged_report_are_not_returned_and_named(out, tmp_path):
    report = out / "reports/learner-001/update_rule.json"
    data = json.loads(report.read_text(encoding="utf-8"))
    report.write_text(json.dumps(data | {"score": None, "status": "held"}), encoding="utf-8")
    (out / "reports/learner-002/update_rule.json").write_text("{", encoding="utf-8")
    (out / "feedback/learner-003/update_rule.html").unlink()
    done = grader("return", out, "--zip", tmp_path / "back", "--only", "update_rule")
    assert not (tmp_path / "back").exists() or not list((tmp_path / "back").rglob("*.*"))
    assert "nothing to hand back" in done.stderr
    assert "learner-001, update_rule: its score is held back" in done.stderr
    assert "reports/learner-002/update_rule.json is damaged" in done.stderr
    assert "learner-003, update_rule: it has no page" in done.stderr


def test_nothing_is_handed_back_into_out_and_a_folder_is_asked_for(out, tmp_path):
    for options, said in (
        ((), "nothing to do"),
        (("--zip", out / "back"), "which is the grader's"),
        (("--smtp", "smtp://localhost"), "name that folder too"),
    ):
        done = grader("return", out, *options)
        assert done.returncode == 2
        assert said in done.stderr
    done = grader("return", tmp_path, "--zip", tmp_path / "back")
    assert (done.returncode, "no report in" in done.stderr) == (2, True)


def test_an_nbgrader_course_that_was_graded_in_its_own_folder_is_handed_back_there(out):
    before = {path: path.read_bytes() for path in out.glob("feedback/*/*.html")}
    (out / "submitted").mkdir()
    assert grader("return", out, "--zip", out).returncode == 0
    assert {path: path.read_bytes() for path in out.glob("feedback/*/*.html")} == before
    assert len(list(out.glob("feedback/*/02_update_rule/02_update_rule.html"))) == 3


def test_every_command_of_the_guide_to_handing_back_does_what_it_says(out, tmp_path):
    text = (CHECKOUT / "site/instructors/handing-back.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    commands = [line for language, block in blocks if not language for line in block.splitlines()]
    assert len(commands) == 2
    out.rename(tmp_path / "results")
    (tmp_path / "course").mkdir()
    for command in commands:
        done = grader(*shlex.split(command)[1:], cwd=tmp_path / "course")
        assert done.returncode == 0, done.stderr
    (listed,) = [block for _, block in blocks if block.startswith("../returned/learners")]
    for place in (line.split()[0] for line in listed.splitlines()):
        assert (tmp_path / "course" / place.replace("LEARNER", "learner-001")).is_file()
    assert (tmp_path / "mails/learner-001.eml").is_file()
    assert "no mail address, so no mail: learner-003;" in done.stderr


# What has been returned stays.


def scores(out):
    return [line.split(",")[2] for line in (out / "grades.csv").read_text(encoding="utf-8").splitlines()[1:]]


def regrade(out, folder, *options):
    done = grader("grade", folder, "--out", out, "--only", "update_rule", *options)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_what_a_learner_has_been_given_changes_only_with_regrade(out, tmp_path):
    hand_in(tmp_path / "again", 2)
    other = tmp_path / "again/Learner One_1201_assignsubmission_file_/update_rule.py"
    other.write_text(WRONG, encoding="utf-8")
    before, page = scores(out), (out / "feedback/learner-001/update_rule.html").read_bytes()
    assert grader("return", out, "--zip", tmp_path / "back").returncode == 0
    said = regrade(out, tmp_path / "again")
    assert "kept as they were handed back: 1 report (1 although another hand-in); --regrade" in said
    assert scores(out) == before
    assert (out / "feedback/learner-001/update_rule.html").read_bytes() == page
    assert not (out / "changes.csv").exists()
    assert "kept" not in regrade(out, tmp_path / "again", "--regrade")
    assert scores(out) != before
    assert "learner-001,update_rule" in (out / "changes.csv").read_text(encoding="utf-8")


def test_what_nobody_has_been_given_is_graded_again_as_ever(out, tmp_path):
    hand_in(tmp_path / "again", 2)
    other = tmp_path / "again/Learner One_1201_assignsubmission_file_/update_rule.py"
    other.write_text(WRONG, encoding="utf-8")
    assert grader("return", out, "--zip", tmp_path / "back", "--only", "derivatives").returncode == 0
    before = scores(out)
    assert "kept" not in regrade(out, tmp_path / "again")
    assert scores(out) != before


def test_who_gets_another_id_has_still_been_given_the_same(out, tmp_path):
    assert grader("return", out, "--zip", tmp_path / "back").returncode == 0
    hand_in(tmp_path / "again", 0)
    (tmp_path / "roster.csv").write_text(ROSTER.replace("One,learner-001", "One,s-1"), encoding="utf-8")
    regrade(out, tmp_path / "again", "--roster", tmp_path / "roster.csv")
    assert (out / "reports/s-1/update_rule.json").is_file()
    with Folder(out) as folder:
        record = Returned(folder)
        parcels = {parcel.learner: parcel for parcel in Parcels(folder, COURSE.exercises, {})}
        assert parcels.keys() == {"s-1", "learner-002", "learner-003"}
        for learner, parcel in parcels.items():
            assert all(record.was_given(learner, slug, report) for slug, (report, _) in parcel.hashes.items())
        before = json.loads((out / ".grader/returned").read_text(encoding="utf-8").splitlines()[0])
        assert before[1] == "learner-001"
        assert {slug: list(both) for slug, both in parcels["s-1"].hashes.items()} == before[2]
        found = assignments(read_names(folder)[0], COURSE)
    assert [one.numbers["s-1"] for one in found] == [("Learner One", "1101"), ("Learner One", "1001")]


# The record.


def test_the_record_survives_a_line_that_was_cut_short_and_knows_learners_by_their_new_names(tmp_path):
    (tmp_path / ".grader").mkdir()
    with Folder(tmp_path) as folder:
        record = Returned(folder)
        record.note(SENT, "a", {"x": ("r1", "p1"), "y": ("r2", "p2")})
        record.note(SENDING, "b", {"x": ("r3", "p3")})
        with (tmp_path / ".grader/returned").open("a", encoding="utf-8") as file:
            file.write('["sent", "b", {"x"')
        record = Returned(folder)
        record.rename([Move("a", "a", "c", "c"), Move("nobody", "nobody", "d", "d")])
        record.note_files([("c", {"x": ("r1", "p1")})])  # known already
        assert (tmp_path / ".grader/returned").read_text(encoding="utf-8").count("\n") == 4
        for one in (record, Returned(folder)):
            assert one.was_sent("c", "x", "p1")
            assert one.was_given("c", "y", "r2")
            assert not one.has("a", "x")
            assert one.may_be_sent("b", "x", "p3")
            assert not one.was_sent("b", "x", "p3")
            assert one.was_given("b", "x", "r3")


@pytest.mark.parametrize(("then", "perhaps"), [(SENT, False), (REFUSED, False), (FILES, True)])
def test_a_mail_may_have_gone_out_until_the_server_has_said_what_became_of_it(tmp_path, then, perhaps):
    (tmp_path / ".grader").mkdir()
    with Folder(tmp_path) as folder:
        record = Returned(folder)
        record.note(SENDING, "a", {"x": ("r", "p")})
        record.note(then, "a", {"x": ("r", "p")})
        assert Returned(folder).may_be_sent("a", "x", "p") is perhaps


# What pages say, and what not.


def test_the_class_lists_name_stands_in_the_head_and_a_list_that_comes_later_is_written_into_it(out, tmp_path):
    place = out / "feedback/learner-002/update_rule.html"
    page = place.read_text(encoding="utf-8")
    assert '<p class="name">Learner Two &lt;&amp;&gt;</p>\n<p class="faint">learner-002</p>' in page
    assert headed(headed(page, ""), "Learner Two <&>") == page
    assert "Learner Two" not in nameless(page, "learner-002")
    assert nameless(renamed(page, "learner-002", "learner-9"), "learner-9") == nameless(page, "learner-002")
    (tmp_path / "roster.csv").write_text(ROSTER.replace("Two <&>", "Zwei"), encoding="utf-8")
    hand_in(tmp_path / "again", 0)
    grader("grade", tmp_path / "again", "--out", out, "--roster", tmp_path / "roster.csv", "--only", "2")
    assert place.read_text(encoding="utf-8") == page.replace("Two &lt;&amp;&gt;", "Zwei")


def test_read_on_is_a_link_to_the_lesson_where_the_site_is_known(out):
    page = (out / "feedback/learner-002/update_rule.html").read_text(encoding="utf-8")
    link = '<a href="https://example.org/course/lessons/update_rule/#downhill">lessons/update_rule/#downhill</a>'
    assert f"Read on: {link}" in page


def test_where_the_lessons_are_is_kept_and_pages_are_made_again_when_it_is_another_place(out, tmp_path):
    hand_in(tmp_path / "again", 0)
    place = out / "feedback/learner-002/update_rule.html"
    before = place.read_bytes()
    assert "graded again" not in regrade(out, tmp_path / "again")
    said = regrade(out, tmp_path / "again", "--site", "https://other.example")
    assert "graded again: 3 because the address of the lessons changed" in said
    assert "no verdict changed" in said
    assert place.read_bytes() == before.replace(b"https://example.org/course/", b"https://other.example/")
    regrade(out, tmp_path / "again", "--site", "")
    assert b"href" not in place.read_bytes()
    for wrong in ("example.org", "javascript://x", "https://", "https://a.example/?q"):
        done = grader("grade", tmp_path / "again", "--out", tmp_path / "none", "--site", wrong)
        assert (done.returncode, f"--site {wrong}: no address of a site" in done.stderr) == (2, True)
    assert not (tmp_path / "none").exists()
