"""A second course, about something else, goes through every command; and a new one by its own README's lines."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest

from grader.authoring import audit
from grader.manifest.course import PACKAGE, VARIABLE, load_course

COURSE = load_course(Path(__file__).parent / "statistics")
CENTRE, SPREAD = COURSE.exercises
CHECKOUT = PACKAGE.parent


def run(folder, *command, status=0, path=CHECKOUT):
    """Run `grader` in a folder, as somebody would who has it installed; return what it said."""
    environment = {key: value for key, value in os.environ.items() if key != VARIABLE}
    environment |= {"PYTHONPATH": str(path), "COLUMNS": "160", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "grader", *map(str, command)],
        cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == status, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Return a copy of the course, in a folder of its own, and beside it a class."""
    folder = tmp_path_factory.mktemp("author") / "course"
    shutil.copytree(COURSE.places.course, folder, ignore=shutil.ignore_patterns("__pycache__"))
    of_all = SPREAD.solution.read_text().replace("(len(values) - 1)", "len(values)")
    for learner, centre, spread in (
        ("learner-001", CENTRE.solution.read_text(), SPREAD.solution.read_text()),
        ("learner-002", CENTRE.stub.read_text(), of_all),
        ("learner-003", (COURSE.places.submissions / "centre/wrong_by_overwriting.py").read_text(), "def variance(:"),
    ):
        target = folder.parent / "class" / learner
        target.mkdir(parents=True)
        (target / "centre.py").write_text(centre)
        (target / "spread.py").write_text(spread)
    return folder


@pytest.fixture(scope="module")
def graded(course):
    out = course.parent / "out"
    run(course.parent, "grade", "class", "--out", out, "--course", course, "--seed", "a secret")
    return out


def report(out, learner, exercise):
    return json.loads((out / "reports" / learner / f"{exercise}.json").read_text())


def test_the_stubs_that_lie_there_are_those_that_the_solutions_give(course):
    for exercise in load_course(course).exercises:
        assert exercise.stub.read_bytes() == (COURSE.by_slug[exercise.slug]).stub.read_bytes()
        assert "NotImplementedError" in exercise.stub.read_text()


def test_grade_gives_each_exercise_its_own_points(graded):
    rows = list(csv.reader((graded / "grades.csv").read_text().splitlines()))
    assert rows == [
        ["learner", "exercise", "score", "max_score", "status"],
        ["learner-001", "centre", "6", "6", "graded"],
        ["learner-001", "spread", "4", "4", "graded"],
        ["learner-002", "centre", "0", "6", "graded"],
        ["learner-002", "spread", "0", "4", "graded"],
        ["learner-003", "centre", "1", "6", "graded"],
        ["learner-003", "spread", "0", "4", "graded"],
    ]


def test_its_own_mistake_is_told_without_a_lesson_that_it_has_not_got(graded):
    said = {check["diagnosis"] for check in report(graded, "learner-002", "spread")["checks"]}
    assert len(said) == 1
    assert said.pop().endswith("of a sample, divide by one less.")


def test_its_own_picture_is_on_the_page_and_no_word_of_the_first_course(graded):
    page = (graded / "feedback/learner-001/centre.html").read_text()
    assert "<title>Sample and mean</title>" in page
    assert "slope" not in page
    assert "gradient" not in page.lower()


def test_nothing_is_graded_again_and_another_function_that_is_handed_in_grades_all_again(course, graded):
    again = run(course.parent, "grade", "class", "--out", graded, "--course", course)
    assert "graded again" not in again
    changed = shutil.copytree(course, course.parent / "changed")
    shutil.copytree(graded, course.parent / "changed-out")
    (changed / "handed.py").write_text((changed / "handed.py").read_text() + "\nOTHER = 1\n")
    said = run(course.parent, "grade", "class", "--out", "changed-out", "--course", changed)
    assert "what the course's checks hand in changed" in said


@pytest.mark.parametrize("form", ["wide", "long", "jsonl"])
def test_export_counts_with_the_courses_own_points_and_weights(course, graded, form):
    said = run(course.parent, "export", graded, "--format", form, "--course", course)
    wanted = {"wide": "learner-001,6,4,14", "long": "learner-001,centre,6,6,graded", "jsonl": '"max_score": 6.0'}
    assert wanted[form] in said


def test_check_hint_and_progress_find_the_course_above_the_folder(course):
    own = shutil.copytree(course, course.parent / "mine")
    within = own / "exercises" / CENTRE.name
    said = run(within, "check", "centre", status=1)
    assert "`mean` of 1, 2, 3 and 6 is 3." in said
    assert "0 of 3 points" in said
    assert "Add all numbers" in run(within, "hint", "1")
    shutil.copy(CENTRE.solution, within / "centre.py")
    assert "3 of 3 points" in run(within, "check", "1")
    assert "The centre of a sample" in run(within, "progress")
    assert "unknown exercise" in run(within, "check", "median", status=2)


def test_a_course_that_is_found_above_serves_its_author_and_never_a_class(course):
    own = shutil.copytree(course, course.parent / "author")
    shutil.copytree(course.parent / "class", own / "class")
    run(own, "grade", "class", "--out", "../unnamed", status=2)  # nobody has handed in anything of the installed course
    said = run(own.parent, "grade", "author", "--out", "unnamed", "--course", "author", status=2)
    assert "no hand-in may bring checks" in said


def test_the_kit_carries_the_course_and_nothing_hidden(course):
    kit = course.parent / "kit"
    run(course.parent, "release", kit, "--course", course)
    names = {path.relative_to(kit).as_posix() for path in kit.rglob("*") if path.is_file()}
    assert {"grader/course/course.toml", "grader/course/handed.py", "exercises/01_centre/centre.ipynb"} <= names
    assert not [name for name in names if "checks/" in name or "misconceptions/" in name or "solutions" in name]
    texts = [path.read_text(errors="replace") for path in kit.rglob("*") if path.is_file()]
    assert not [text for text in texts if "test_mean_of_any_sample" in text or "ordered[middle" in text]
    assert "descent" not in (kit / "README.md").read_text().lower()
    begun = run(kit, "check", "1", status=1, path=kit)
    assert "not implemented yet" in begun
    shutil.copy(CENTRE.solution, kit / "exercises" / CENTRE.name / "centre.py")
    assert "3 of 3 points" in run(kit, "check", "1", path=kit)


def test_nbgraders_course_names_it_and_has_its_checks(course):
    folder = course.parent / "nbgrader"
    run(course.parent, "nbgrader", folder, "--course", course)
    book = nbformat.read(folder / "source/01_centre/01_centre.ipynb", as_version=4)
    points = [cell.metadata.nbgrader.points for cell in book.cells if cell.metadata.get("nbgrader", {}).get("grade")]
    assert sum(points) == CENTRE.points
    config = (folder / "nbgrader_config.py").read_text()
    assert f"os.environ[{VARIABLE!r}] = {str(course)!r}" in config


def test_a_bundle_carries_it_as_its_own_and_grades_with_it(course):
    run(course.parent, "bundle", "gradescope", "autograder.zip", "--course", course, "--seed", "a secret")
    root = course.parent / "autograder"
    with zipfile.ZipFile(course.parent / "autograder.zip") as bundle:
        bundle.extractall(root / "source")
    shutil.copytree(course.parent / "class/learner-001", root / "submission")
    (root / "submission_metadata.json").write_text(
        json.dumps({"users": [{"id": 1, "email": "learner-001@example.org", "sid": "1"}]})
    )
    environment = os.environ | {"PYTHONPATH": str(root / "source"), "AUTOGRADER_ROOT": str(root)}
    module = "grader.platforms.gradescope.results"
    done = subprocess.run(
        [sys.executable, "-P", "-m", module], env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    tests = json.loads((root / "results/results.json").read_text())["tests"]
    assert sum(test["score"] for test in tests) == CENTRE.points + SPREAD.points


def test_the_audit_finds_nothing_wrong_and_finds_what_is(course):
    said = run(course.parent, "audit", "spread", "--course", course)
    assert "✗" not in said
    assert re.search(r"mutants of the solution lose points\s+█+\s+(\d+) of \1\s", said)
    weak = shutil.copytree(course, course.parent / "weak")
    hidden = weak / "checks/test_spread.py"
    hidden.write_text(hidden.read_text().replace("for size in (2, 3, 12):", "for size in (2,):"))
    public = weak / "exercises/02_spread/test_spread.py"
    public.write_text(public.read_text() + "\n# return float(np.sum(distances**2) / (len(values) - 1))\n")
    said = run(weak, "audit", "spread", status=1)
    assert "survives in variance:" in said
    assert "exercises/02_spread/test_spread.py: return float(np.sum(distances**2)" in said


# Slips of authors.


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("course.toml", "points = 6", "points = 7", "centre: its checks are worth 6 points; expected 7"),
        ("course.toml", "number = 2", "number = 1", "course.toml: 2 exercises share the number 1"),
        ("course.toml", "number = 2\n", "", "course.toml: exercise 'spread': number is missing"),
        ("course.toml", "weight = 2", "wieght = 2", "exercise 'spread': wieght is unknown; did you mean weight?"),
        ("course.toml", "due = 2030-05-01", 'due = "May"', "exercise 'centre': due is 'May'; expected a date"),
        ("checks/test_centre.py", "@pytest.mark.points(1)\n", "", "without @pytest.mark.points: test_mean_of_any_sample"),
        ("checks/test_centre.py", "import pytest", "import pytset", "test_centre.py, line 4: ModuleNotFoundError: No module named 'pytset'"),
        ("checks/test_centre.py", "def test_mean_of_any_sample(submission, rng):", "def test_mean(submission, tmp_path):", "a check is a function of"),
        ("handed.py", 'Midrange("midrange", "midrange")', 'Midrange("middle", "midrange")', "it has no 'midrange'; it has middle"),
    ],
)  # fmt: skip
def test_a_slip_is_told_in_one_line_with_its_file(course, tmp_path, file, old, new, said):
    broken = shutil.copytree(course, tmp_path / "broken")
    text = (broken / file).read_text()
    assert old in text
    (broken / file).write_text(text.replace(old, new, 1))
    told = run(tmp_path, "grade", course.parent / "class", "--out", "out", "--course", broken, status=2)
    assert said in " ".join(told.split())


def test_a_misconception_file_that_is_no_python_costs_diagnoses_alone(course, tmp_path):
    broken = shutil.copytree(course, tmp_path / "broken")
    (broken / "misconceptions/spread.py").write_text("def (:\n")
    told = run(tmp_path, "grade", course.parent / "class", "--out", "out", "--course", broken)
    assert "misconceptions/spread.py, line 1: invalid syntax" in told
    assert report(tmp_path / "out", "learner-002", "spread")["score"] == 0


def test_a_solution_that_no_manifest_lists_is_named(course, tmp_path):
    strange = shutil.copytree(course, tmp_path / "strange")
    (strange / "solutions/03_shape").mkdir()
    (strange / "solutions/03_shape/shape.py").write_text("x = 1\n")
    assert "shape.py: no exercise of course.toml" in run(tmp_path, "release", "kit", "--course", strange, status=2)


def test_a_folder_that_is_no_course_is_told(tmp_path):
    assert "expected a course's manifest" in run(tmp_path, "grade", tmp_path, "--out", "out", "--course", ".", status=2)


# A new course, as its README says.


def test_a_new_course_works_by_its_readmes_lines(tmp_path):
    run(tmp_path, "new", "course", "my-course")
    folder = tmp_path / "my-course"
    (tmp_path / "handed-in/learner-001").mkdir(parents=True)
    shutil.copy(folder / "solutions/01_double/double.py", tmp_path / "handed-in/learner-001")
    shutil.copytree(folder / "exercises/01_double", tmp_path / "handed-in/learner-002")
    (lines,) = re.findall(r"```\n(.*?)```", (folder / "README.md").read_text(), re.DOTALL)
    statuses = {"check": 1}  # nothing is written yet
    for line in lines.splitlines():
        command = line.partition("#")[0].split()[1:]
        run(folder, *command, status=statuses.get(command[0], 0))
    scores = [row.split(",")[1:4] for row in (tmp_path / "results/grades.csv").read_text().splitlines()[1:]]
    assert scores == [["double", "10", "10"], ["double", "0", "10"]]
    assert (folder / "exercises/02_another/another.py").is_file()
    run(folder, "audit", "another")
    run(tmp_path, "new", "course", "my-course", status=2)
    run(folder, "new", "exercise", "double", status=2)
    run(folder, "new", "exercise", "Not a name", status=2)


def test_without_the_extra_the_audit_says_that_mutants_were_not_tried_and_blames_nobody(monkeypatch):
    monkeypatch.setitem(sys.modules, "grader.authoring.mutants", None)
    row = audit._of_mutants(CENTRE, jobs=1)
    assert (row.tried, row.good) == (False, True)
    assert "install the kit's extra `author`" in row.said[0]
