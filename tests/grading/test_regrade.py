"""A regrade: it grades again what a change touches and nothing else, and says whose verdict changed, and why."""

import ast
import csv
import os
import shutil
import subprocess
import sys

import pytest

from grader.grading.journal import ENGINE
from grader.manifest.course import PACKAGE
from tests.grading.test_grade import CHECKOUT, SOLUTION, WRONG, grades, hand_in
from tests.test_frame import imports

SLOPES = (CHECKOUT / "solutions/01_derivatives/derivatives.py").read_text(encoding="utf-8")
BESIDE_THE_VERDICT = {"course", "misconceptions", "picture", "__version__"}  # told apart by exercise, or only drawn
STRICT = "test_update_moves_against_the_gradient"


@pytest.fixture(scope="module")
def graded_once(tmp_path_factory):
    """A copy of the course, whose checks may be mended, and a class of two that was graded with it."""
    folder = tmp_path_factory.mktemp("course")
    for name in ("grader", "exercises", "solutions"):
        shutil.copytree(CHECKOUT / name, folder / "kit" / name, ignore=shutil.ignore_patterns("__pycache__"))
    for learner, update_rule in (("learner-001", SOLUTION), ("learner-002", WRONG)):
        hand_in(folder / "class", learner, update_rule)
        hand_in(folder / "class", learner, SLOPES, name="derivatives.py")
    grade(folder / "kit")
    return folder


@pytest.fixture
def kit(graded_once, tmp_path):
    return shutil.copytree(graded_once, tmp_path / "course") / "kit"


def grade(kit, *arguments):
    folder = kit.parent
    command = [sys.executable, "-m", "grader", "grade", folder / "class", "--out", folder / "out", *arguments]
    environment = os.environ | {"PYTHONPATH": str(kit), "COLUMNS": "200"}
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd="/", env=environment)
    return done.stdout + done.stderr


def mend(kit, old, new):
    path = kit / "exercises/02_update_rule/test_update_rule.py"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def written(kit):
    return {path: path.stat().st_mtime_ns for path in (kit.parent / "out/reports").rglob("*.json")}


def test_what_is_unchanged_is_not_graded_again(kit):
    before = written(kit)
    assert "graded again" not in grade(kit)
    assert written(kit) == before


def test_a_mended_check_regrades_its_exercise_alone_and_says_who_changed_and_why(kit):
    before, score = written(kit), float(grades(kit.parent / "out")["learner-002", "update_rule"]["score"])
    mend(kit, "submission.update(3.0, 2.0, learning_rate=0.1)).number(2.8)", "2.8).number(2.8)")
    mend(kit, "submission.update(3.0, -2.0, learning_rate=0.1)).number(3.2)", "3.2).number(3.2)")
    said = grade(kit)
    assert "graded again: 2 because the checks changed" in said
    touched = {path.name for path, when in written(kit).items() if when != before[path]}
    assert touched == {"update_rule.json"}
    row = grades(kit.parent / "out")["learner-002", "update_rule"]
    assert float(row["score"]) == score + 0.5
    (line,) = [line for line in said.splitlines() if f"{STRICT}: failed → passed" in line]
    assert "learner-002" in line
    assert f"{score:g} → {score + 0.5:g}" in line
    with (kit.parent / "out/changes.csv").open(encoding="utf-8", newline="") as file:
        (change,) = csv.DictReader(file)
    assert (change["learner"], change["because"]) == ("learner-002", "the checks changed")
    assert "graded again" not in grade(kit)


def test_a_check_said_in_other_words_changes_no_verdict(kit):
    mend(kit, "The slope points uphill. Where do you want to go?", "Uphill is where the slope points.")
    assert "no verdict changed" in grade(kit)
    assert not (kit.parent / "out/changes.csv").exists()


def test_another_hand_in_is_graded_again_and_told_apart_from_a_mended_check(kit):
    hand_in(kit.parent / "class", "learner-002", SOLUTION)
    said = grade(kit)
    assert "graded again: 1 because another hand-in" in said
    assert grades(kit.parent / "out")["learner-002", "update_rule"]["score"] == "10"


def test_a_seed_that_was_given_is_kept_for_the_next_run(kit):
    assert "graded again: 4 because another seed" in grade(kit, "--seed", "a course secret")
    assert "graded again" not in grade(kit)


def test_grading_one_exercise_keeps_the_others_in_the_table_of_grades(kit):
    before = grades(kit.parent / "out")
    hand_in(kit.parent / "class", "learner-002", SOLUTION)
    grade(kit, "--only", "update_rule")
    after = grades(kit.parent / "out")
    assert list(after) == list(before)
    assert {key for key in before if before[key] != after[key]} == {("learner-002", "update_rule")}


def test_a_file_that_was_taken_back_still_counts_and_is_named(kit):
    (kit.parent / "class/learner-001/update_rule.py").unlink()
    assert "no longer handed in: update_rule by learner-001: the earlier report still counts" in grade(kit)
    assert grades(kit.parent / "out")["learner-001", "update_rule"]["status"] == "graded"


def test_a_page_that_is_gone_is_made_again(kit):
    page = kit.parent / "out/feedback/learner-001/update_rule.html"
    page.unlink()
    grade(kit)
    assert page.is_file()


def test_a_journal_that_was_cut_short_costs_one_more_grading_and_no_more(kit):
    path = kit.parent / "out/.grader/journal"
    path.write_text(path.read_text(encoding="utf-8")[:-20], encoding="utf-8")
    before = written(kit)
    grade(kit)
    assert sum(when != before[path] for path, when in written(kit).items()) == 1


def test_the_grader_that_counts_is_all_that_a_verdict_is_made_with():
    found, waiting = set(), ["checking", "diagnosis", "collect"]
    while waiting:
        room = waiting.pop()
        if room in found or room in BESIDE_THE_VERDICT:
            continue
        found.add(room)
        for path in (PACKAGE / f"{room}.py", *(PACKAGE / room).glob("*.py")):
            if path.is_file():
                names = imports(ast.parse(path.read_text(encoding="utf-8")), f"grader.{path.stem}")
                waiting += [name.split(".")[1] for name in names if name.startswith("grader.")]
    assert found == set(ENGINE)
