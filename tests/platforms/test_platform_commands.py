"""The platforms' commands as they are typed, and the two guides, walked through."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest

from grader.authoring.release import release
from grader.manifest.course import PACKAGE, load_course
from tests import command
from tests.platforms.test_bundle import SOLUTION, repository, run_step, step, workflow
from tests.publish.test_formats import EXERCISM, JUNIT, MarkdownIt

CHECKOUT = PACKAGE.parent
COURSE = load_course()
GUIDES = CHECKOUT / "site" / "instructors"


def grader(*arguments: str | Path, cwd: Path = CHECKOUT, **environment: str) -> subprocess.CompletedProcess[str]:
    with mock.patch.dict(os.environ, environment):
        return command.grader(*arguments, cwd=cwd, width=200)


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    """Return a kit in which exercise 02 is solved."""
    release(tmp_path / "kit", COURSE)
    (tmp_path / "kit/exercises/02_update_rule/update_rule.py").write_text(SOLUTION)
    return tmp_path / "kit"


# check.


def test_check_writes_each_format_that_is_asked_for(kit, tmp_path):
    files = ["--junit", tmp_path / "j.xml", "--json", tmp_path / "r.json", "--markdown", tmp_path / "s.md"]
    done = grader("check", "2", *files, cwd=kit, PYTHONPATH=str(kit))
    assert done.returncode == 0, done.stderr
    JUNIT.validate(str(tmp_path / "j.xml"))
    results = json.loads((tmp_path / "r.json").read_text())
    EXERCISM.validate(results)
    assert results["status"] == "pass"
    assert (tmp_path / "s.md").read_text().startswith("## 02 The update rule: ")


def test_a_file_that_cannot_be_written_is_named_in_one_line(kit, tmp_path):
    done = grader("check", "2", "--junit", tmp_path / "none" / "j.xml", cwd=kit, PYTHONPATH=str(kit))
    assert done.returncode == 2
    assert "error: cannot write" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_push_shows_the_public_checks_even_when_they_fail(kit):
    path = kit / ".github/workflows/checks.yml"
    summary, outputs = kit / "summary.md", kit / "outputs"
    done = run_step(step(path, "Check"), kit, GITHUB_STEP_SUMMARY=str(summary), GITHUB_OUTPUT=str(outputs))
    assert done.returncode == 1  # nine exercises are still to be done
    headings = [token for token in MarkdownIt().parse(summary.read_text()) if token.type == "heading_open"]
    assert len(headings) == len(COURSE.exercises)
    (job,) = workflow(path)["jobs"].values()
    for name in job["steps"][-1]["with"]["path"].split():
        assert (kit / name).is_file()
    # As GitHub Classroom's reporter decodes it.
    name, _, encoded = outputs.read_text().strip().partition("=")
    assert name == "result"
    decoded = subprocess.run(["base64", "-d"], input=encoded, capture_output=True, text=True, check=True).stdout
    assert decoded == (kit / "results.json").read_text()


# bundle.


def test_bundle_prints_the_secret_and_what_it_would_be_to_lose_the_lock(tmp_path):
    done = grader("bundle", "gradescope", tmp_path / "a.zip", "--only", "2", "--seed", "our secret")
    assert done.returncode == 0, done.stderr
    assert "secret  our secret" in done.stdout
    assert done.stderr == ""
    unlocked = grader("bundle", "gradescope", tmp_path / "a.zip", "--unsafe-no-sandbox")
    assert "secret  our secret" in unlocked.stdout
    assert "Without the lock" in unlocked.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["gradescope", "a.tar"], "Gradescope takes a zip"),
        (["gradescope", "a.zip", "--only", "x"], "unknown exercise 'x'"),
        (["github", "."], "neither absent nor an empty folder"),
    ],
)
def test_wrong_arguments_end_in_one_line(tmp_path, arguments, message):
    (tmp_path / "mine").write_text("")
    done = grader("bundle", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


# The guides.


def commands(guide: str) -> list[str]:
    """Return every line of a guide's code blocks that have no language."""
    text = (GUIDES / guide).read_text(encoding="utf-8")
    blocks = [token for token in MarkdownIt().parse(text) if token.type == "fence" and not token.info]
    return [line for block in blocks for line in block.content.splitlines()]


def walk(lines: list[str], course: Path, **environment: str) -> None:
    """Type a guide's commands in the course's folder."""
    done = run_step("\n".join(["set -x", *lines]), course, **environment)
    assert done.returncode == 0, done.stderr


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Return a checkout to type in, whose neighbours are in nobody's way."""
    names = ("grader", "exercises", "solutions", "pyproject.toml", "constraints.txt")
    for name in names:
        (tmp_path / "course").mkdir(exist_ok=True)
        copy = shutil.copytree if (CHECKOUT / name).is_dir() else shutil.copy
        copy(CHECKOUT / name, tmp_path / "course" / name)
    program = tmp_path / "course/.venv/bin/grader"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m grader "$@"\n')
    program.chmod(0o755)
    return tmp_path / "course"


def test_the_gradescope_guides_commands_make_the_bundles_that_it_names(course):
    lines = commands("gradescope.md")
    assert len(lines) == 3
    walk(lines, course)
    assert {path.name for path in course.parent.glob("*.zip")} == {"update_rule.zip", "derivatives.zip"}


def test_the_github_guides_commands_grade_what_learners_pushed(course):
    lines = commands("github-classroom.md")
    release_line, check_line, bundle_line, *rest = lines
    assert check_line == "grader check --junit junit.xml --json results.json --markdown summary.md"
    table, typed = rest[:3], rest[3:]
    assert table[0] == "learner,repository"

    walk([release_line, bundle_line], course)
    assert (course.parent / "exercises/.github/workflows/checks.yml").is_file()
    (course.parent / "grading/learners.csv").write_text("\n".join(table) + "\n")
    server = course.parent / "server"
    for line in table[1:]:
        repository(server, line.partition(",")[2], {"exercises/02_update_rule/update_rule.py": SOLUTION})
    walk(typed, course, GIT_SERVER=f"file://{server}")
    grades = (course.parent / "results/grades.csv").read_text()
    assert "learner-001,update_rule,10,10,graded" in grades
    assert "learner-002,derivatives,,10,missing" in grades


def test_the_step_for_classroom_reads_what_the_workflow_hands_out():
    text = (GUIDES / "github-classroom.md").read_text(encoding="utf-8")
    (job,) = workflow(PACKAGE / "platforms/github/checks.yml")["jobs"].values()
    (check,) = [one for one in job["steps"] if one.get("id")]
    assert f"steps.{check['id']}.outputs.result" in text
    assert f"{check['id'].upper()}_RESULTS:" in text
    assert f"runners: {check['id']}\n" in text
