"""The package as a wheel, installed apart from this checkout: every command works, on its own course and on one that is named."""

import shutil
import subprocess
import sys

import pytest

from tests.courses.test_statistics import CHECKOUT, COURSE, run


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Return where the wheel is installed; what it needs is there already."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    for command in (
        [*pip, "wheel", "--no-deps", "--wheel-dir", folder, CHECKOUT],
        [
            *pip,
            "install",
            "--no-deps",
            "--target",
            folder / "site",
            *["gradient-descent-kit"],
            "--no-index",
            "--find-links",
            folder,
        ],
    ):
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    return folder / "site"


@pytest.fixture(scope="module")
def class_of_one(tmp_path_factory):
    folder = tmp_path_factory.mktemp("class")
    (folder / "class/learner-001").mkdir(parents=True)
    for exercise in COURSE.exercises:
        shutil.copy(exercise.solution, folder / "class/learner-001")
    shutil.copy(CHECKOUT / "solutions/02_update_rule/update_rule.py", folder / "class/learner-001")
    return folder


def test_a_named_course_is_graded_released_packed_and_audited(installed, class_of_one):
    course = shutil.copytree(COURSE.places.course, class_of_one / "course")
    run(class_of_one, "grade", "class", "--out", "out", "--course", "course", path=installed)
    assert "learner-001,spread,4,4,graded" in (class_of_one / "out/grades.csv").read_text()
    run(class_of_one, "export", "out", "--course", "course", path=installed)
    for command in (
        ("release", "kit"),
        ("nbgrader", "nb"),
        ("bundle", "gradescope", "b.zip"),
        ("bundle", "github", "gh"),
    ):
        run(class_of_one, *command, "--course", course, path=installed)
    assert "✗" not in run(class_of_one, "audit", "spread", "--course", "course", path=installed)
    assert "numpy==" in (class_of_one / "gh/constraints.txt").read_text()


def test_its_own_course_is_graded_and_released(installed, class_of_one):
    run(class_of_one, "grade", "class", "--out", "own", path=installed)
    assert "learner-001,update_rule,10,10,graded" in (class_of_one / "own/grades.csv").read_text()
    run(class_of_one, "release", "own-kit", path=installed)
    assert not list((class_of_one / "own-kit").rglob("checks/*.py"))
    assert "not implemented yet" in run(class_of_one / "own-kit", "check", "2", status=1, path=class_of_one / "own-kit")


def test_a_new_course_begins_anywhere(installed, tmp_path):
    run(tmp_path, "new", "course", "mine", path=installed)
    assert "0 of 4 points" in run(tmp_path / "mine", "check", "1", status=1, path=installed)
