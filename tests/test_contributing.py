"""CONTRIBUTING's steps for a new exercise, walked one by one in a copy of the kit with a toy exercise."""

import json
import os
import re
import shutil
import subprocess
import sys

import pytest

from grader.manifest.course import PACKAGE

CHECKOUT = PACKAGE.parent
NAME = "11_line_search"

SOLUTION = '''# %% [markdown]
# # 11. Line search

# %%
def slope(x):
    """Return the slope of x**2 at `x`.

    Examples
    --------
    >>> slope(3.0)
    6.0
    """
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION
'''
PUBLIC = '''import pytest

from grader.expect import expect


@pytest.mark.points(4)
@pytest.mark.hint("Twice the place.")
def test_slope_at_three(submission):
    """`slope` of x**2 at 3 is 6."""
    expect(submission.slope(3.0)).number(6.0)
'''
HIDDEN = '''import pytest

from grader.expect import expect


@pytest.mark.points(6)
@pytest.mark.hint("Downhill on the left.")
def test_slope_anywhere(submission, rng):
    """`slope` of x**2 is right at any place."""
    x = float(rng.uniform(-9, -1))
    expect(submission.slope(x)).number(2 * x)
'''
MISCONCEPTIONS = '''from grader.misconceptions import misconception


@misconception("slope", "forgets the factor", lesson="lessons/line_search/", loses=("test_slope_anywhere",))
def slope_without_factor(x):
    """The power comes down in front as a factor."""
    return x
'''


@pytest.fixture(scope="module")
def kit(tmp_path_factory):
    """Walk steps 1 to 6 in a copy of the kit, and look after each as the guide says."""
    kit = tmp_path_factory.mktemp("toy") / "kit"
    for name in ("grader", "exercises", "solutions"):
        shutil.copytree(CHECKOUT / name, kit / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(CHECKOUT / "pyproject.toml", kit)
    run(kit, "-m", "grader", "new", "exercise", "line_search")  # 1
    guide = (CHECKOUT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (entry,) = re.findall(r"```toml\n(.*?)```", guide, re.DOTALL)
    manifest = kit / "grader/course/course.toml"
    written = manifest.read_text(encoding="utf-8")
    before, _begun, after = written.rpartition("[[exercise]]")
    assert 'slug = "line_search"' in after
    manifest.write_text(before + re.sub(r"^ {3}", "", entry, flags=re.MULTILINE), encoding="utf-8")
    (kit / "solutions" / NAME / "line_search.py").write_text(SOLUTION)  # 2
    run(kit, "-m", "grader.authoring.release")  # what `make stubs` runs
    run(kit, "-m", "pytest", "-q", "--doctest-modules", kit / "solutions" / NAME)
    (kit / "exercises" / NAME / "test_line_search.py").write_text(PUBLIC)  # 3
    run(kit, "-m", "grader", "check", "11", status=1)
    (kit / "grader/course/checks/test_line_search.py").write_text(HIDDEN)  # 4
    (kit / "grader/course/misconceptions/line_search.py").write_text(MISCONCEPTIONS)  # 5
    (kit / "tests/submissions/line_search/right_by_adding.py").write_text("def slope(x):\n    return x + x\n")
    assert "✗" not in run(kit, "-m", "grader", "audit", "11")  # 6
    return kit


def run(kit, *arguments, status=0):
    environment = os.environ | {"PYTHONPATH": str(kit)}
    done = subprocess.run(
        [sys.executable, *map(str, arguments)], cwd=kit, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout


def test_make_stubs_runs_what_this_test_runs():
    assert re.search(
        r"^stubs:.*\n\t\$\(RUN\) -m grader\.authoring\.release$", (CHECKOUT / "Makefile").read_text(), re.MULTILINE
    )


def test_a_toy_exercise_made_by_the_steps_grades_stub_solution_and_misconception(kit, tmp_path):
    stub = (kit / "exercises" / NAME / "line_search.py").read_text()
    assert 'raise NotImplementedError("line_search: implement slope")' in stub
    wrong = SOLUTION.replace("2 * x", "x")
    for learner, source in (("learner-001", SOLUTION), ("learner-002", stub), ("learner-003", wrong)):
        (tmp_path / "class" / learner).mkdir(parents=True)
        (tmp_path / "class" / learner / "line_search.py").write_text(source)
    run(kit, "-m", "grader", "grade", tmp_path / "class", "--out", tmp_path / "out", "--only", "line_search")
    reports = [
        json.loads((tmp_path / f"out/reports/learner-00{number}/line_search.json").read_text()) for number in (1, 2, 3)
    ]
    assert [report["score"] for report in reports] == [10, 0, 0]
    assert {check["diagnosis"] for check in reports[2]["checks"]} == {
        "The power comes down in front as a factor. Read on: lessons/line_search/"
    }


def test_the_toy_exercise_is_released_without_its_solution(kit, tmp_path):
    run(kit, "-m", "grader", "release", tmp_path / "learners")
    files = [file for file in (tmp_path / "learners").rglob("*") if file.is_file()]
    assert tmp_path / "learners/exercises" / NAME / "line_search.ipynb" in files
    assert not [file for file in files if b"return 2 * x" in file.read_bytes()]
    assert not [file for file in files if b"test_slope_anywhere" in file.read_bytes()]
