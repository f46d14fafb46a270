"""One truth about who has what: grades.csv, exports and the gradebook agree after any sequence of runs."""

import csv
import errno
import io
import json
import re
import shutil
import sqlite3
from collections import defaultdict
from contextlib import closing
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.checking.report import CheckResult, make_report
from grader.collect.opened import Folder
from grader.grading import grade as grading
from grader.manifest.course import load_course
from grader.publish.gradebook import Gradebook, GradebookError
from tests.command import grader

COURSE = load_course(Path(__file__).resolve().parents[1] / "courses" / "statistics")
SLUGS = [exercise.slug for exercise in COURSE.exercises]
LEARNERS = ["login-1", "login-2", "login-3"]
CAME = "2030-05-02-08-00-00"  # when everybody handed in, as Blackboard's names have it
ROSTER = "id,username\nlearner-001,login-1\nlearner-002,login-2\nlearner-004,login-4\n"

pytest.importorskip("nbgrader", reason="no nbgrader: make test installs it")

which = {"learner": st.sampled_from(LEARNERS), "slug": st.sampled_from(SLUGS)}
run = st.fixed_dictionaries(
    {
        "do": st.just("run"),
        "only": st.sampled_from([None, None, *SLUGS]),
        "roster": st.sampled_from([False, False, True]),
    }
)
handing_in = st.fixed_dictionaries(
    {"do": st.just("hand in"), **which, "points": st.sampled_from(["0", "1", "2.5", "held"])}
)
deed = st.one_of(
    handing_in,
    handing_in,
    run,
    st.fixed_dictionaries({"do": st.sampled_from(["withdraw", "edit", "delete", "delete page"]), **which}),
    st.fixed_dictionaries({"do": st.sampled_from(["remove", "rename"]), "learner": st.sampled_from(LEARNERS)}),
    st.fixed_dictionaries({"do": st.sampled_from(["next week", "killed before the tables"])}),
    run,
)


def quickly(submissions, *_):
    """Grade as the real thing does, but by what the work says of itself."""
    for one in submissions:
        said = one.cells[0].source.split("=")[1].strip()
        most = COURSE.by_slug[one.exercise].points
        points, outcome = (
            (0.0, "grader_error") if said == "held" else (float(said), "passed" if said != "0" else "failed")
        )
        check = CheckResult("test_it", "It is.", points, most, outcome, hidden=False)
        yield grading.Graded(one, make_report(one, (check,), "0" * 16, "none", ""))


@pytest.fixture(scope="module")
def new_gradebook(tmp_path_factory):
    """Return a gradebook that nbgrader has made, and in which nobody is: making one takes seconds."""
    file = tmp_path_factory.mktemp("gradebook") / "gradebook.db"
    with closing(Gradebook(file, COURSE)) as book:
        book.write([])
    return file


class World:
    """A class, what it hands in, and OUT."""

    flat = False  # whether it is a download of Blackboard's, whose learners a class list renames

    def __init__(self, folder, new_gradebook):
        self.handed_in, self.out, self.roster = folder / "class", folder / "out", folder / "class.csv"
        self.roster.write_text(ROSTER)
        self.out.mkdir()
        shutil.copy(new_gradebook, self.out / "gradebook.db")

    def do(self, do, learner="", slug="", points="", only=None, roster=False):
        work = self.place(learner, f"{slug}.py")
        reports = [*self.out.glob(f"reports/{learner}/{slug}.json")] if slug else []
        match do:
            case "hand in":
                work.parent.mkdir(parents=True, exist_ok=True)
                work.write_text(f"points = {points}\n")
            case "withdraw":
                work.unlink(missing_ok=True)
            case "remove":
                self.all_of(learner, lambda path: shutil.rmtree(path) if path.is_dir() else path.unlink())
            case "rename":
                other = f"another-{learner}-{len(list(self.out.glob('reports/*')))}"
                self.all_of(learner, lambda path: path.rename(path.with_name(path.name.replace(learner, other))))
            case "next week":
                shutil.rmtree(self.handed_in, ignore_errors=True)
            case "edit":
                for report in reports:
                    report.write_text(
                        re.sub('"score": [^,]+', '"score": 0.001', report.read_text()).replace("held", "graded")
                    )
            case "delete" | "delete page":
                for path in reports if do == "delete" else self.out.glob(f"feedback/{learner}/{slug}.html"):
                    path.unlink()
            case "killed before the tables":
                with mock.patch("grader.cli.recording.Recording.write", side_effect=KeyboardInterrupt):
                    self.grade(None, False)
            case "run":
                self.grade(only, roster)

    def place(self, learner, name):
        """Return where a file of a learner's lies among the hand-ins."""
        return self.handed_in / (f"Work_{learner}_attempt_{CAME}_{name}" if self.flat else f"{learner}/{name}")

    def all_of(self, learner, do):
        """Do something with all that a learner handed in."""
        for path in [*self.handed_in.glob(f"Work_{learner}_*" if self.flat else learner)]:
            do(path)

    def grade(self, only, roster):
        nothing = self.place("login-3", "notes.txt")  # who may have handed in no work
        nothing.parent.mkdir(parents=True, exist_ok=True)
        nothing.touch()
        return self.command(
            "grade", self.handed_in, "--out", self.out, "--unsafe-no-sandbox", "--seed", "a secret",
            *(["--layout", "blackboard"] if self.flat else []), *(["--only", only] if only else []), *(["--roster", self.roster] if roster else []),
        )  # fmt: skip

    def command(self, *arguments):
        with mock.patch.object(grading, "grade", quickly), mock.patch.object(grading, "prepare"):
            done = grader(*arguments, "--course", COURSE.places.course)
        assert "Traceback" not in done.stderr
        return done

    def edited(self):
        """Return whether a report says what no run wrote."""
        return any('"score": 0.001' in path.read_text() for path in self.out.glob("reports/*/*.json"))

    def grades(self):
        """Return the scores and statuses of grades.csv."""
        rows = list(csv.DictReader(io.StringIO((self.out / "grades.csv").read_text())))
        table = {(row["learner"], row["exercise"]): (row["score"], row["status"]) for row in rows}
        assert len(table) == len(rows)
        return table

    def exported(self):
        """Return the same of an export."""
        file = self.out.parent / "export.jsonl"
        file.unlink(missing_ok=True)
        done = self.command("export", self.out, "--format", "jsonl", "--to", file)
        rows = map(json.loads, file.read_text().splitlines() if file.is_file() else [])
        return {
            (row["learner"], row["exercise"]): ("" if row["score"] is None else f"{row['score']:g}", row["status"])
            for row in rows
        }, done

    def gradebook(self):
        """Return the sum of scores that the gradebook has; None where one is not known."""
        sums = defaultdict(list)
        with closing(sqlite3.connect(self.out / "gradebook.db")) as connection:
            for learner, name, score in connection.execute(
                "SELECT s.student_id, a.name, g.auto_score FROM grade g JOIN submitted_notebook n ON n.id = g.notebook_id "
                "JOIN submitted_assignment s ON s.id = n.assignment_id JOIN assignment a ON a.id = s.assignment_id"
            ):
                sums[learner, name[3:]].append(score)
        return {pair: None if None in scores else sum(scores) for pair, scores in sums.items()}

    def folders(self):
        """Return the folder of each learner."""
        people = json.loads((self.out / ".grader/names").read_text())["people"]
        return {one["learner"]: one["folder"] for one in people}


def require_agreement(world):
    table, folders = world.grades(), world.folders()
    there = {pair: cell for pair, cell in table.items() if cell[1] != "missing"}
    exported, done = world.exported()
    if world.edited():  # of somebody who hands in no more, or in an exercise that this run was not about
        assert done.returncode == 2
        assert "it is not as `grader grade` wrote it" in done.stderr
        assert any(status == "held" for _, status in table.values())
    elif there:
        assert {pair: cell for pair, cell in exported.items() if cell[1] != "missing"} == there
        assert {learner for learner, _ in exported} == {learner for learner, _ in table}
    book = {pair: "" if score is None else f"{score:g}" for pair, score in world.gradebook().items()}
    assert book == {(folders.get(learner, learner), slug): score for (learner, slug), (score, _) in there.items()}


@given(st.booleans(), st.lists(deed, min_size=3, max_size=9), run)
@settings(max_examples=20, derandomize=True, suppress_health_check=list(HealthCheck))
def test_grades_exports_and_gradebook_agree_after_any_sequence_of_runs(
    tmp_path_factory, new_gradebook, flat, deeds, last
):
    world = World(tmp_path_factory.mktemp("world"), new_gradebook)
    world.flat = flat
    for one in [*deeds, last]:
        world.do(**one)
        if one["do"] == "run":
            require_agreement(world)


@pytest.fixture
def world(tmp_path, new_gradebook):
    """Return a class of two, of whom one was graded in both exercises and one in the first."""
    made = World(tmp_path, new_gradebook)
    for learner, slug, points in (("login-1", "centre", "2.5"), ("login-1", "spread", "4"), ("login-2", "centre", "6")):
        made.do("hand in", learner, slug, points)
    made.grade(None, False)
    return made


def test_the_week_before_still_counts_after_a_download_of_this_week_alone(world):
    world.do("next week")
    world.do("hand in", "login-2", "spread", "1")
    done = world.grade(None, False)
    assert {pair: score for pair, (score, _) in world.grades().items() if score} == {
        ("login-1", "centre"): "2.5", ("login-1", "spread"): "4", ("login-2", "centre"): "6", ("login-2", "spread"): "1",
    }  # fmt: skip
    assert "no longer handed in: centre by login-1, login-2: the earlier report still counts" in done.stderr
    require_agreement(world)


def test_a_report_that_was_removed_is_missing_everywhere_and_its_page_goes_with_it(world):
    world.do("withdraw", "login-1", "centre")
    world.do("delete", "login-1", "centre")
    done = world.grade(None, False)
    assert "missing now, for the report was removed, and nothing is handed in: login-1 (centre)" in done.stderr
    assert world.grades()["login-1", "centre"] == ("", "missing")
    assert ("login-1", "centre") not in world.gradebook()
    assert not (world.out / "feedback/login-1/centre.html").exists()
    assert "missing now" not in world.grade(None, False).stderr


def test_points_that_a_teacher_gave_stay_when_the_report_is_removed(world):
    with closing(sqlite3.connect(world.out / "gradebook.db")) as connection:
        connection.execute("UPDATE grade SET extra_credit = 1")
        connection.commit()
    world.do("withdraw", "login-1", "centre")
    world.do("delete", "login-1", "centre")
    done = world.grade(None, False)
    assert "given something by hand: login-1 (centre)" in done.stderr
    assert world.gradebook()["login-1", "centre"] is None


def test_a_report_that_was_edited_is_said_and_graded_again(world):
    world.do("edit", "login-1", "centre")
    exported, done = world.exported()
    assert not exported
    assert done.returncode == 2
    assert "login-1/centre.json: it is not as `grader grade` wrote it" in " ".join(done.stderr.split())
    done = world.grade(None, False)
    assert "the report was edited, or cut off when a run was killed: login-1 (centre)" in done.stderr
    assert world.grades()["login-1", "centre"] == ("2.5", "graded")
    require_agreement(world)


def test_a_report_that_was_edited_and_cannot_be_graded_again_is_held(world):
    world.do("withdraw", "login-1", "centre")
    world.do("edit", "login-1", "centre")
    done = world.grade("spread", False)
    assert done.returncode == 1
    assert "login-1/centre.json: it is not as `grader grade` wrote it" in done.stderr
    assert world.grades()["login-1", "centre"] == ("", "held")
    assert world.gradebook()["login-1", "centre"] is None
    world.do("delete", "login-1", "centre")
    assert world.grade("spread", False).returncode == 0
    require_agreement(world)


def test_what_a_killed_run_did_not_bring_into_the_gradebook_the_next_one_brings_whatever_it_is_about(world):
    world.do("hand in", "login-2", "spread", "3")
    world.do("killed before the tables")
    assert ("login-2", "spread") not in world.gradebook()
    world.do("next week")
    world.do("hand in", "login-1", "centre", "1")
    world.grade("centre", False)
    assert world.gradebook()["login-2", "spread"] == 3.0
    require_agreement(world)


def test_without_a_journal_every_report_that_can_be_read_is_believed(world):
    world.do("edit", "login-1", "centre")
    (world.out / ".grader/journal").unlink()
    exported, _ = world.exported()
    assert exported["login-1", "centre"] == ("0.001", "graded")


def test_a_gradebook_that_fails_on_the_way_leaves_the_tables_and_the_overview_whole(world):
    world.do("hand in", "login-2", "centre", "3")
    with (
        mock.patch("grader.publish.gradebook.writing.BATCH", 1),  # so that it fails before all is read
        mock.patch("grader.publish.gradebook.Gradebook._write_exercise", side_effect=GradebookError("it is away")),
    ):
        done = world.grade(None, False)
    assert done.returncode == 1
    assert "it is away; all else is written" in " ".join(done.stderr.split())
    assert world.grades()["login-2", "centre"] == ("3", "graded")
    told = json.loads((world.out / "overview.json").read_text())
    assert told["graded"] == sum(status == "graded" for _, status in world.grades().values())
    world.grade(None, False)
    require_agreement(world)


def test_an_out_that_cannot_be_read_to_its_end_is_left_as_it_is(world):
    """What was not read is not missing: no row, no page and no score is taken away."""
    kept = ["grades.csv", "final.csv", "overview.json", "feedback/login-1/centre.html"]
    before = {name: (world.out / name).read_bytes() for name in kept}
    open_one = Folder.folder

    def fails(self, place, make=False):
        if place == "login-1" and self.path.name == "reports":
            raise OSError(errno.EIO, "Input/output error")
        return open_one(self, place, make)

    with mock.patch.object(Folder, "folder", fails):
        done = world.grade(None, False)
    assert done.returncode == 1
    assert "cannot go on: " in done.stderr
    assert {name: (world.out / name).read_bytes() for name in kept} == before
    assert world.grade(None, False).returncode == 0
    require_agreement(world)
