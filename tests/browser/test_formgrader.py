"""nbgrader's formgrader, in a real Chromium: it opens OUT and shows who handed in, the scores and the notebooks."""

import os
import re
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from grader.checking.report import CheckResult, Report
from grader.collect.submission import Cell, Submission
from grader.manifest.course import load_course
from grader.platforms.nbgrader.course import make_course
from grader.publish.gradebook import Gradebook
from grader.publish.gradebook.notebooks import Notebooks
from tests.nbgrader_class import golden, hand_in, nbgrader, released, total, with_code

COURSE = load_course()
EXERCISE = COURSE.by_slug["update_rule"]
SOURCE = "def update(parameter, gradient, learning_rate):\n    return parameter + learning_rate * gradient\n"
TOKEN = secrets.token_hex(8)
pytest.importorskip("nbgrader", reason="no nbgrader: make test installs it")


def handed_in(out: Path) -> tuple[Submission, Report]:
    """Return a submission that goes uphill, with a verdict on each check of the course."""
    text = (out / "source" / EXERCISE.name / f"{EXERCISE.name}.ipynb").read_text(encoding="utf-8")
    names = re.findall(r'"grade_id": "(test_\w+)"', text)
    points = [float(worth) for worth in re.findall(r'"points": ([\d.]+)', text)]
    checks = tuple(
        CheckResult(name, f"claim {number}", 0.0, worth, "failed", hidden=False, message="It went <b>uphill</b>.")
        if number == 0
        else CheckResult(name, f"claim {number}", worth, worth, "passed", hidden=False)
        for number, (name, worth) in enumerate(zip(names, points, strict=True))
    )
    score = sum(check.points for check in checks)
    report = Report("learner-001", "update_rule", score, 10.0, "graded", "0" * 16, "none", "0" * 64, 0.0, checks)
    return Submission(
        "learner-001", "learner-001", "update_rule", (Cell("update_rule.py", SOURCE),), sha256="0" * 64
    ), report


def write_scores(out: Path, graded: tuple[Submission, Report]) -> None:
    gradebook = Gradebook(f"sqlite:///{out}/gradebook.db", COURSE)
    assert gradebook.write([graded]) == []
    gradebook.close()


@contextmanager
def serving(folder, tmp_path_factory):
    """Run a Jupyter server in a folder; give its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = {f"JUPYTER_{kind}_DIR": str(tmp_path_factory.mktemp(kind)) for kind in ("CONFIG", "DATA", "RUNTIME")}
    command = [sys.executable, "-m", "jupyter_server", "--no-browser", "--allow-root", f"--ServerApp.port={port}"]
    command += ["--ServerApp.port_retries=0", f"--IdentityProvider.token={TOKEN}", "--ServerApp.ip=127.0.0.1"]
    log = (tmp_path_factory.mktemp("log") / "server").open("w")
    server = subprocess.Popen(command, cwd=folder, env=os.environ | own, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{address}/api", timeout=5).close()
            break
        except (urllib.error.URLError, OSError):
            assert server.poll() is None, Path(log.name).read_text()
            time.sleep(0.1)
    try:
        yield address
    finally:
        server.terminate()
        server.wait(30)
        log.close()


@pytest.fixture(scope="module")
def formgrader(tmp_path_factory):
    """Serve an OUT with one report; give the address, the folder and the report."""
    out = tmp_path_factory.mktemp("out")
    make_course(out, COURSE)
    graded = handed_in(out)
    write_scores(out, graded)
    with closing(Notebooks(out, COURSE)) as notebooks:
        notebooks.write(*graded, whole=lambda submission: submission)
    assert notebooks.lost == []
    with serving(out, tmp_path_factory) as address:
        yield address, out, graded


@pytest.fixture
def new_page(browser):
    """Give a function that opens a page at a server and logs in, as a teacher who follows the link that it prints."""
    context = browser.new_context()

    def new(address):
        page = context.new_page()
        page.goto(f"{address}/login?token={TOKEN}")
        return page

    yield new
    context.close()


@pytest.fixture
def page(new_page, formgrader):
    return new_page(formgrader[0])


def test_the_formgrader_shows_the_learner_the_score_and_the_notebook(formgrader, page):
    address, _, (_, report) = formgrader
    page.goto(f"{address}/formgrader/gradebook")
    page.get_by_role("link", name=EXERCISE.name, exact=True).click()
    page.get_by_role("link", name=EXERCISE.name, exact=True).click()
    row = page.locator("tbody tr", has_text="Submission #1")
    row.wait_for()
    assert f"{report.score:g} / 10" in row.inner_text()
    row.get_by_role("link").first.click()
    page.wait_for_url("**/formgrader/submissions/**")
    page.locator("#notebook-container").first.wait_for()
    shown = page.locator("#notebook-container").first.inner_text()
    assert "return parameter + learning_rate * gradient" in shown
    assert "It went <b>uphill</b>." in shown  # as text, not as markup
    first, second = report.checks[:2]
    # The scores come from the database, by name, into the field beside each check.
    page.wait_for_function("name => Boolean(document.getElementById(name)?.placeholder)", arg=first.name)
    assert float(page.locator(f"#{first.name}").get_attribute("placeholder")) == 0
    assert float(page.locator(f"#{second.name}").get_attribute("placeholder")) == second.points
    assert page.locator("#update-comment").count() == 1


def test_the_formgrader_lists_the_learner_with_the_whole_score(formgrader, page):
    address, _, (_, report) = formgrader
    page.goto(f"{address}/formgrader/manage_students/learner-001")
    row = page.locator("tbody tr", has_text=EXERCISE.name)
    row.wait_for()
    assert f"{report.score:g} / 10" in row.inner_text()


def test_what_a_teacher_types_into_the_formgrader_stands_after_the_next_run(formgrader, page):
    address, out, graded = formgrader
    report = graded[1]
    page.goto(f"{address}/formgrader/gradebook/{EXERCISE.name}/{EXERCISE.name}")
    page.locator("tbody tr", has_text="Submission #1").get_by_role("link").first.click()
    name = report.checks[0].name
    page.wait_for_function("name => Boolean(document.getElementById(name)?.placeholder)", arg=name)
    with page.expect_response(lambda answer: "/api/grade/" in answer.url and answer.request.method == "PUT"):
        page.locator(f"#{name}").fill("0.25")
        page.locator(f"#{name}").press("Tab")
    write_scores(out, graded)
    page.reload()
    page.wait_for_function("name => document.getElementById(name).value !== ''", arg=name)
    assert page.locator(f"#{name}").input_value() == "0.25"


HOSTILE = """
def update(parameter, gradient, learning_rate):
    open("gradebook.db", "wb").write(b"mine")
    return parameter - learning_rate * gradient
"""


def test_the_formgraders_button_runs_a_learners_cells_in_the_sandbox(new_page, tmp_path_factory):
    course = tmp_path_factory.mktemp("course")
    make_course(course, COURSE)
    nbgrader(course, f"generate_assignment {EXERCISE.name}")
    handed_out = released(course)
    solution = (Path(__file__).parents[2] / "solutions" / EXERCISE.name / "update_rule.py").read_text(encoding="utf-8")
    for learner, source in (
        ("learner-001", solution),
        ("learner-002", golden("partial_without_the_stopping_rule")),
        ("learner-003", HOSTILE),
    ):
        hand_in(course, learner, with_code(handed_out, source))
    with serving(course, tmp_path_factory) as address:
        page = new_page(address)
        page.goto(f"{address}/formgrader/manage_submissions/{EXERCISE.name}/")
        for learner in ("learner-001", "learner-002", "learner-003"):
            row = page.locator("tbody tr", has_text=learner)
            row.locator(".autograde a").click()
            page.get_by_text(f"Successfully autograded '{EXERCISE.name}' for student '{learner}'.").wait_for()
            page.get_by_role("button", name="Close").last.click()
            page.locator(".modal").wait_for(state="hidden")
        assert "10 / 10" in page.locator("tbody tr", has_text="learner-001").inner_text()
    assert total(course, "learner-001") == 10
    assert 0 < total(course, "learner-002") < 10
    assert total(course, "learner-003") == 0
