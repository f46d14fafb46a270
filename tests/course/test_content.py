"""What the course promises of its own content, as far as a machine can see it, graded by the real command line."""

import ast
import csv
import doctest
import importlib.util
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from grader.authoring.release import notebook
from grader.authoring.stub import BEGIN, END, stub
from grader.diagnosis.mistakes import Misconception, of_exercise, source
from grader.diagnosis.words import without_trial
from grader.manifest.course import Exercise, load_course

CHECKOUT = Path(__file__).resolve().parents[2]
GOLDEN = CHECKOUT / "tests" / "submissions"
COURSE = load_course()
EXERCISES = pytest.mark.parametrize("exercise", COURSE.exercises, ids=lambda exercise: exercise.slug)
FORMS = pytest.mark.parametrize("form", ["", "_notebook", "_zip"], ids=["script", "notebook", "zip"])
MISCONCEPTIONS = [(exercise, mistake) for exercise in COURSE.exercises for mistake in of_exercise(exercise)]
SUBMISSIONS = sorted(path for path in GOLDEN.glob("*/*") if path.suffix in (".py", ".ipynb"))

Verdict = dict[str, Any]


def solution(exercise: Exercise) -> Path:
    return CHECKOUT / "solutions" / exercise.name / f"{exercise.slug}.py"


def contract(exercise: Exercise) -> list[str]:
    """Return the functions that a learner writes."""
    tree = ast.parse(solution(exercise).read_text(encoding="utf-8"))
    return [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]


def checks_of(*paths: Path) -> list[ast.FunctionDef]:
    return [
        node
        for path in paths
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]


def marked(check: ast.FunctionDef, name: str) -> list[Any]:
    """Return the arguments of a check's marker, none if it has no such marker."""
    return [
        ast.literal_eval(argument)
        for decorator in check.decorator_list
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == f"pytest.mark.{name}"
        for argument in decorator.args
    ]


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"content_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def judged(check: str, exercise: Exercise) -> str:
    """Return the function that a check is about: the longest whose name it begins with."""
    found = [name for name in contract(exercise) if check.startswith(f"test_{name}_")]
    assert found, f"{check} begins with the name of no function of {exercise.slug}"
    return max(found, key=len)


def grade(folder: Path, out: Path) -> dict[tuple[str, str], Verdict]:
    """Run the command line on a class and return its reports by learner and exercise."""
    command = [sys.executable, "-m", "grader", "grade", str(folder), "--out", str(out), "--seed", "content"]
    run = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, timeout=600, check=False)
    assert run.returncode == 0, run.stderr
    with (out / "grades.csv").open(encoding="utf-8", newline="") as table:
        rows = [row for row in csv.DictReader(table) if row["status"] != "missing"]
    paths = {
        (row["learner"], row["exercise"]): out / "reports" / row["learner"] / f"{row['exercise']}.json" for row in rows
    }
    return {key: json.loads(path.read_text(encoding="utf-8")) for key, path in paths.items()}


def lost(report: Verdict) -> list[str]:
    return [check["name"] for check in report["checks"] if check["outcome"] != "passed"]


def told(mistake: Misconception) -> str:
    """Return the diagnosis that names the mistake."""
    return mistake.told


def learner_of(mistake: Misconception) -> str:
    return f"{mistake.function} {mistake.name}".replace(" ", "_").replace("'", "")


@pytest.fixture(scope="module")
def own_class(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Verdict]:
    """Grade the solutions and the stubs in each form, and the solutions with one misconception each."""
    folder = tmp_path_factory.mktemp("own_class")
    for exercise in COURSE.exercises:
        text = solution(exercise).read_text(encoding="utf-8")
        for name, content in (("solution", text), ("stub", stub(text, exercise.slug))):
            (folder / f"{name}_notebook").mkdir(exist_ok=True)
            (folder / f"{name}_notebook" / f"{exercise.slug}.ipynb").write_text(notebook(content, exercise.slug))
            with zipfile.ZipFile(folder / f"{name}_zip.zip", "a") as archive:
                archive.writestr(f"{exercise.name}/{exercise.slug}.py", content)
        texts = {"solution": text, "stub": stub(text, exercise.slug)}
        texts |= {learner_of(mistake): f"{text}\n{source(mistake)}" for mistake in of_exercise(exercise)}
        for learner, content in texts.items():
            (folder / learner).mkdir(exist_ok=True)
            (folder / learner / f"{exercise.slug}.py").write_text(content, encoding="utf-8")
    return grade(folder, tmp_path_factory.mktemp("own_class_out"))


@FORMS
@EXERCISES
def test_a_solution_scores_exactly_10(exercise: Exercise, form: str, own_class: dict[tuple[str, str], Verdict]) -> None:
    report = own_class[f"solution{form}", exercise.slug]
    assert (report["score"], lost(report)) == (10, [])


@FORMS
@EXERCISES
def test_a_stub_scores_exactly_0(exercise: Exercise, form: str, own_class: dict[tuple[str, str], Verdict]) -> None:
    report = own_class[f"stub{form}", exercise.slug]
    assert report["score"] == 0
    assert {check["outcome"] for check in report["checks"]} <= {"error", "skipped"}


@EXERCISES
def test_points_add_up_to_10_and_every_function_carries_some(exercise: Exercise) -> None:
    public, hidden = checks_of(exercise.public_checks), checks_of(exercise.hidden_checks)
    points = {check.name: marked(check, "points")[0] for check in public + hidden}
    assert len(points) == len(public + hidden), "two checks share a name"
    assert sum(points.values()) == 10
    assert all(worth > 0 and 2 * worth == int(2 * worth) for worth in points.values())
    assert 3 <= sum(points[check.name] for check in public) <= 4
    assert {judged(check.name, exercise) for check in public} == set(contract(exercise))
    counts = Counter(judged(check.name, exercise) for check in hidden)
    assert all(counts[name] >= 2 for name in contract(exercise))


@EXERCISES
@pytest.mark.parametrize("kind", ["public_checks", "hidden_checks"])
def test_every_check_says_what_it_claims_and_hints_in_steps(exercise: Exercise, kind: str) -> None:
    checks = checks_of(getattr(exercise, kind))
    for check in checks:
        title = str(ast.get_docstring(check)).splitlines()[0]
        assert title.startswith(f"`{judged(check.name, exercise)}`"), check.name
        assert title.endswith("."), check.name
        assert len(marked(check, "hint")) >= 2, check.name
        for other in marked(check, "depends"):
            # A learner has the public ones alone, and they come first.
            known = [one.name for one in (*checks_of(exercise.public_checks), *checks)]
            assert known.index(other) < known.index(check.name), f"{check.name} waits for {other}, which comes later"
            assert judged(other, exercise) == judged(check.name, exercise)


@EXERCISES
def test_a_check_calls_no_function_but_its_own(exercise: Exercise) -> None:
    for check in checks_of(exercise.public_checks, exercise.hidden_checks):
        called = {
            part.attr
            for part in ast.walk(check)
            if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name) and part.value.id == "submission"
        }
        assert called - {"each", "seen", "warned"} == {judged(check.name, exercise)}, check.name


@EXERCISES
def test_the_examples_in_the_docstrings_are_true(exercise: Exercise) -> None:
    results = doctest.testmod(load(solution(exercise)))
    assert results.failed == 0
    assert results.attempted >= len(contract(exercise))


@EXERCISES
def test_every_function_is_documented_for_the_learner(exercise: Exercise) -> None:
    module = load(solution(exercise))
    for name in contract(exercise):
        document = str(getattr(module, name).__doc__)
        for section in ("Parameters", "Returns", "Notes", "Examples"):
            assert f"\n    {section}\n    {'-' * len(section)}\n" in document, f"{name} lacks {section}"


@EXERCISES
def test_no_line_of_a_solution_is_given_away(exercise: Exercise) -> None:
    text = solution(exercise).read_text(encoding="utf-8")
    lines = {
        line.strip()
        for region in text.split(BEGIN)[1:]
        for line in region.split(END)[0].splitlines()
        if len(line.strip()) > 15
    }
    shipped = stub(text, exercise.slug) + exercise.public_checks.read_text(encoding="utf-8")
    assert [line for line in sorted(lines) if line in shipped] == []


@EXERCISES
def test_an_exercise_has_at_least_8_misconceptions_with_names_of_their_own(exercise: Exercise) -> None:
    mistakes = of_exercise(exercise)
    assert len(mistakes) >= 8
    assert len({learner_of(mistake) for mistake in mistakes}) == len(mistakes)
    assert {mistake.function for mistake in mistakes} == set(contract(exercise))
    assert all(mistake.lesson.startswith(exercise.lesson) for mistake in mistakes)
    assert all(mistake.explanation.endswith(".") for mistake in mistakes)


@EXERCISES
def test_every_section_that_a_misconception_points_to_stands_in_the_lesson(exercise: Exercise) -> None:
    lesson = (CHECKOUT / "site" / exercise.lesson / "index.md").read_text(encoding="utf-8")
    sections = set(re.findall(r"^#{2,3} .* \{ #([\w-]+) \}$", lesson, re.MULTILINE))
    pointed_at = {mistake.lesson.removeprefix(f"{exercise.lesson}#") for mistake in of_exercise(exercise)}
    assert pointed_at <= sections


@pytest.mark.parametrize(
    ("exercise", "mistake"), MISCONCEPTIONS, ids=[f"{one.slug}-{learner_of(other)}" for one, other in MISCONCEPTIONS]
)
def test_a_misconception_loses_its_checks_and_none_of_another_function(
    exercise: Exercise, mistake: Misconception, own_class: dict[tuple[str, str], Verdict]
) -> None:
    report = own_class[learner_of(mistake), exercise.slug]
    assert report["score"] < 10
    assert set(mistake.loses) <= set(lost(report))
    assert {judged(name, exercise) for name in lost(report)} == {mistake.function}


@pytest.mark.parametrize(
    ("exercise", "mistake"), MISCONCEPTIONS, ids=[f"{one.slug}-{learner_of(other)}" for one, other in MISCONCEPTIONS]
)
def test_a_misconception_is_diagnosed_as_itself(
    exercise: Exercise, mistake: Misconception, own_class: dict[tuple[str, str], Verdict]
) -> None:
    report = own_class[learner_of(mistake), exercise.slug]
    diagnoses = {
        without_trial(check["diagnosis"]) for check in report["checks"] if check["outcome"] in ("failed", "timeout")
    }
    # Code that raises leaves no results to compare: then it is enough not to be taken for another.
    raises = any(check["outcome"] == "error" for check in report["checks"])
    assert diagnoses == {told(mistake)} or (raises and not diagnoses)


@pytest.fixture(scope="module")
def golden(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Verdict]:
    """Grade all golden submissions in one run, each as a learner of its own."""
    folder = tmp_path_factory.mktemp("golden")
    for path in SUBMISSIONS:
        target = folder / f"{path.parent.name}-{path.stem}" / f"{path.parent.name}{path.suffix}"
        target.parent.mkdir()
        shutil.copyfile(path, target)
    return grade(folder, tmp_path_factory.mktemp("golden_out"))


@pytest.mark.parametrize("path", SUBMISSIONS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_golden_submission_gets_the_verdict_beside_it(path: Path, golden: dict[tuple[str, str], Verdict]) -> None:
    report = golden[f"{path.parent.name}-{path.stem}", path.parent.name]
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert (report["score"], sorted(lost(report))) == (expected["score"], sorted(expected["lost"]))
    exercise = next(exercise for exercise in COURSE.exercises if exercise.slug == path.parent.name)
    explanations = {(mistake.function, mistake.name): told(mistake) for mistake in of_exercise(exercise)}
    for function, mistake in expected.get("diagnosis", {}).items():
        said = {
            without_trial(check["diagnosis"])
            for check in report["checks"]
            if check["outcome"] in ("failed", "timeout") and judged(check["name"], exercise) == function
        }
        assert said == {explanations[function, mistake]}


@EXERCISES
def test_golden_submissions_show_right_code_in_many_styles_and_wrong_code_too(exercise: Exercise) -> None:
    mine = [path for path in SUBMISSIONS if path.parent.name == exercise.slug]
    right = [path for path in mine if path.stem.startswith("right_")]
    disguised = [path for path in mine if path.stem.startswith("disguised_")]
    assert len(right) >= 8
    assert len(disguised) >= 4
    assert len(mine) - len(right) - len(disguised) >= 4
    assert any(path.suffix == ".ipynb" for path in right)
    for path in mine:
        expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        assert (expected["score"] == 10) == (path in right) == (expected["lost"] == [])
        assert bool(expected.get("diagnosis")) == (path in disguised)
