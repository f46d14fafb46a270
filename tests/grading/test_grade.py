"""`grader grade` from outside: a folder in, scores, reasons and pages out, and nothing lost."""

import ast
import csv
import io
import json
import multiprocessing
import os
import re
import select
import shutil
import signal
import subprocess
import sys
import threading
import time
import zipfile
from pathlib import Path

import jsonschema
import pytest
from rich.cells import cell_len
from rich.console import Console

from grader.cli import grading
from grader.collect.submission import Cell, Submission
from grader.grading import grade as engine
from grader.grading.interrupts import interrupts_wait
from grader.grading.session import CheckSession
from grader.manifest.course import PACKAGE, load_course
from grader.publish.results import neutral
from grader.publish.standing import Row
from grader.sandbox import Sandbox
from grader.sandbox.process import Process
from tests.command import grader

CHECKOUT = PACKAGE.parent
SOLUTION = (CHECKOUT / "solutions/02_update_rule/update_rule.py").read_text(encoding="utf-8")
WRONG = SOLUTION.replace("return parameter - ", "return parameter + ")
HOSTILE = "=cmd|' C calc'!A0"
MARKUP = "<script>alert(1)</script>[red]\x1b[31m"


def grade(*arguments, check=True, **options):
    """Run the command; in a process of its own where that has an environment or another option of its own."""
    if options:
        command = [sys.executable, "-m", "grader", "grade", *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", **options)
    else:
        done = grader("grade", *arguments)
    if check:
        assert done.returncode == 0, done.stderr
    return done


def hand_in(folder, learner, source, name="update_rule.py"):
    (folder / learner).mkdir(parents=True, exist_ok=True)
    (folder / learner / name).write_text(source, encoding="utf-8")


def grades(out):
    with (out / "grades.csv").open(encoding="utf-8", newline="") as file:
        return {(row["learner"], row["exercise"]): row for row in csv.DictReader(file)}


def report(out, learner, exercise="update_rule"):
    return json.loads((out / "reports" / learner / f"{exercise}.json").read_text(encoding="utf-8"))


BEYOND = """

import numpy as np


def beyond(value):
    if isinstance(value, (tuple, list)):
        return type(value)(map(beyond, value))
    if isinstance(value, (int, float, np.ndarray, np.generic)) and not isinstance(value, bool):
        with np.errstate(all="ignore"):
            return np.asarray(value, dtype=float) * {factor} + {shift}
    return spoiled(value) if callable(value) else value


def spoiled(function):
    return lambda *arguments, **options: beyond(function(*arguments, **options))


for name in CONTRACT:
    globals()[name] = spoiled(globals()[name])
"""


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("class")
    submissions = folder / "submissions"
    hand_in(submissions, "learner-001", SOLUTION)
    hand_in(submissions, "learner-002", WRONG)
    hand_in(submissions, "learner-003", "def update(:\n")
    hand_in(submissions, "learner-004", f"print({MARKUP!r})\ndef update(*a, **k): raise ValueError({MARKUP!r})\n")
    hand_in(
        submissions, "learner-005", "def update(*_, **__):\n    while True: pass\ndescend = descend_until = update\n"
    )
    hand_in(submissions, HOSTILE, SOLUTION)
    hand_in(submissions, "learner-006", "\ufeff" + SOLUTION.replace("\n", "\r\n"))
    hand_in(submissions, "learner-007", SOLUTION.replace("def update(", "def updte("))
    hand_in(submissions, "learner-008", "print('left out')", name="notes.py")
    hand_in(submissions, "learner-009", SOLUTION, name="update_rule_final.py")
    done = grade(submissions, "--out", folder / "out", "--seed", "a course secret")
    return submissions, folder / "out", done


def test_every_learner_and_exercise_has_a_row(graded):
    _, out, _ = graded
    rows = grades(out)
    assert len(rows) == 10 * len(load_course().exercises)
    assert rows["learner-001", "update_rule"] == {
        "learner": "learner-001", "exercise": "update_rule", "score": "10", "max_score": "10", "status": "graded",
    }  # fmt: skip
    assert rows["learner-008", "update_rule"]["status"] == "missing"
    assert rows["learner-001", "derivatives"]["score"] == ""


def test_one_wrong_function_loses_its_own_points_and_is_told_why(graded):
    _, out, _ = graded
    found = report(out, "learner-002")
    lost = [check for check in found["checks"] if check["outcome"] != "passed"]
    assert 0 < found["score"] < 10
    assert {check["name"].startswith("test_update_") for check in lost} == {True}
    assert "got       3.2\n  expected  2.8" in lost[0]["message"]
    assert "uphill" in lost[0]["diagnosis"]


def test_a_syntax_error_is_shown_with_its_line(graded):
    _, out, _ = graded
    found = report(out, "learner-003")
    assert found["score"] == 0
    assert "update_rule.py, line 1: def update(:" in found["checks"][0]["message"]


def test_a_misspelt_function_is_guessed(graded):
    _, out, _ = graded
    assert "There is `updte`: should it be called `update`?" in report(out, "learner-007")["checks"][0]["message"]


def test_an_endless_loop_times_out_and_everyone_else_is_graded(graded):
    _, out, _ = graded
    assert {check["outcome"] for check in report(out, "learner-005")["checks"]} <= {"timeout", "skipped"}
    assert grades(out)["learner-006", "update_rule"]["score"] == "10"


def test_reports_follow_the_published_schema(graded):
    _, out, _ = graded
    schema = json.loads((PACKAGE / "report.schema.json").read_text(encoding="utf-8"))
    files = list(out.glob("reports/*/*.json"))
    assert len(files) == 8
    for file in files:
        jsonschema.validate(json.loads(file.read_text(encoding="utf-8")), schema)


def test_what_may_be_a_misnamed_answer_is_told_to_the_instructor(graded):
    _, _, done = graded
    assert "missing: learner-009, update_rule: 'update_rule_final.py' was not graded" in " ".join(done.stderr.split())


def test_two_names_that_differ_by_case_stay_as_they_are_where_the_disk_tells_them_apart(tmp_path):
    hand_in(tmp_path / "class", "learner-001", SOLUTION)
    hand_in(tmp_path / "class", "Learner-001", WRONG)
    grade(tmp_path / "class", "--out", tmp_path / "out", "--only", "update_rule")
    assert sorted(path.name for path in (tmp_path / "out/reports").iterdir()) == ["Learner-001", "learner-001"]
    assert not (tmp_path / "out/.grader/Case").exists()


def test_a_formula_for_a_name_is_neutral_in_the_spreadsheet(graded):
    _, out, _ = graded
    assert (f"'{HOSTILE}", "update_rule") in grades(out)


@pytest.mark.parametrize("name", ["=1", "+1", "-1", "@sum", "\tx", "\rx"])
def test_whatever_a_spreadsheet_would_run_is_quoted(name):
    assert neutral(name) == f"'{name}"


def test_markup_and_escapes_of_a_learner_reach_neither_page_nor_terminal(graded):
    _, out, done = graded
    page = (out / "feedback/learner-004/update_rule.html").read_text(encoding="utf-8")
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "\x1b" not in page + report(out, "learner-004")["output"]
    assert "alert(1)" not in done.stdout + done.stderr


def test_the_secret_appears_nowhere_in_what_is_handed_back(graded):
    _, out, _ = graded
    for file in [out / "grades.csv", *out.glob("reports/**/*.json"), *out.glob("feedback/**/*.html")]:
        assert "a course secret" not in file.read_text(encoding="utf-8")


def test_a_second_run_repeats_nothing_and_changes_nothing(graded):
    submissions, out, _ = graded
    before = {file: (file.stat().st_mtime_ns, file.read_bytes()) for file in out.glob("reports/*/*.json")}
    assert grade(submissions, "--out", out, "--seed", "a course secret").returncode == 0
    assert before == {file: (file.stat().st_mtime_ns, file.read_bytes()) for file in out.glob("reports/*/*.json")}


def test_a_changed_submission_alone_is_graded_again(graded, tmp_path):
    submissions, out, _ = graded
    shutil.copytree(out, tmp_path / "out")
    shutil.copytree(submissions, tmp_path / "submissions")
    hand_in(tmp_path / "submissions", "learner-002", SOLUTION)
    kept = (tmp_path / "out/reports/learner-001/update_rule.json").stat().st_mtime_ns
    grade(tmp_path / "submissions", "--out", tmp_path / "out", "--seed", "a course secret")
    assert grades(tmp_path / "out")["learner-002", "update_rule"]["score"] == "10"
    assert (tmp_path / "out/reports/learner-001/update_rule.json").stat().st_mtime_ns == kept


def test_another_seed_gives_other_inputs_and_the_same_verdicts(graded, tmp_path):
    submissions, out, _ = graded
    grade(submissions, "--out", tmp_path, "--seed", "another")
    assert report(tmp_path, "learner-002")["seed"] != report(out, "learner-002")["seed"]
    assert [c["outcome"] for c in report(tmp_path, "learner-002")["checks"]] == [
        c["outcome"] for c in report(out, "learner-002")["checks"]
    ]


def test_a_kill_at_any_moment_loses_nothing_finished(tmp_path):
    for number in range(40):
        hand_in(tmp_path / "submissions", f"learner-{number:03d}", SOLUTION)
    command = [sys.executable, "-m", "grader", "grade", str(tmp_path / "submissions"), "--out", str(tmp_path / "out")]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    journal = tmp_path / "out/.grader/journal"
    while not (journal.exists() and len(journal.read_text().splitlines()) >= 5):
        assert running.poll() is None, "it ended before it could be killed"
        time.sleep(0.01)
    below = processes_below(running.pid)
    assert len(below) >= 4  # the fork server, grading processes, templates
    running.send_signal(signal.SIGKILL)
    running.wait()
    patience = time.monotonic() + 30
    while any(alive(pid) for pid in below):
        assert time.monotonic() < patience, "processes outlive the command"
        time.sleep(0.1)
    finished = journal.read_text().splitlines()
    before = {file: file.stat().st_mtime_ns for file in tmp_path.glob("out/reports/*/update_rule.json")}
    assert len(before) >= len(finished) >= 5
    subprocess.run(command, check=True, capture_output=True)
    again = {file: file.stat().st_mtime_ns for file in tmp_path.glob("out/reports/*/update_rule.json")}
    assert len(again) == 40
    assert sum(again[file] == before[file] for file in before) >= len(finished)
    assert len(set(journal.read_text().splitlines())) == len(journal.read_text().splitlines()) == 40


def test_without_a_lock_it_refuses_and_says_the_only_way_past(tmp_path):
    hand_in(tmp_path / "submissions", "learner-001", SOLUTION)
    # An interpreter without libseccomp: the library's finder finds nothing.
    code = (
        "import ctypes.util; ctypes.util.find_library = lambda name: None if name == 'seccomp' else 'libc.so.6'\n"
        "from grader.cli import main; main()"
    )
    arguments = ["grade", str(tmp_path / "submissions"), "--out", str(tmp_path / "out")]
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "libseccomp is missing" in done.stderr
    assert "--unsafe-no-sandbox" in done.stderr
    assert not (tmp_path / "out/grades.csv").exists()


def test_the_way_past_the_lock_is_written_into_every_report(tmp_path):
    hand_in(tmp_path / "submissions", "learner-001", SOLUTION)
    grade(tmp_path / "submissions", "--out", tmp_path / "out", "--unsafe-no-sandbox")
    assert report(tmp_path / "out", "learner-001")["sandbox"] == "none"
    assert report(tmp_path / "out", "learner-001")["score"] == 10


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere", "--out", "OUT"], "nowhere: no such folder"),
        (["CLASS.csv", "--out", "OUT"], "class.csv: a table, and no hand-ins"),
        (["CLASS.tar.gz", "--out", "OUT"], "class.tar.gz: such an archive is not opened: unpack it into a folder"),
        (["CLASS.docx", "--out", "OUT"], "class.docx: neither a folder nor a zip"),
        (["CLASS", "--out", "CLASS"], "holds the hand-ins: name another folder for the results"),
        (["CLASS", "--out", "LEARNER"], "'learner-001' holds a learner's work: name another folder"),
        (["CLASS", "--out", "COURSE"], "grades.csv is not the grader's, but another program's"),
        (["CLASS", "--out", "OUT", "--only", "derivatives"], "nobody handed in derivatives; the table says who"),
        (["MOODLE", "--out", "OUT"], "read as a Moodle download: 1 learner, 1 file, but none is called as an exercise"),
        (["EMPTY", "--out", "OUT"], "no learner"),
        (["EMPTY", "--out", "/proc/x"], "cannot write"),
        (["CLASS", "--out", "OUT", "--only", "updat_rule"], "unknown exercise 'updat_rule'"),
        (["CLASS", "--out", "OUT", "--jobs", "0"], "--jobs"),
        (
            ["CLASS", "--out", "OUT", "--layout", "mooodle"],
            "unknown layout 'mooodle'; expected one of plain, nbgrader,",
        ),
        (["CLASS", "--out", "OUT", "--layout", "moodle"], "nothing in it is named as in a Moodle download"),
        (["ONE", "--out", "OUT"], "looks like one learner's own folder"),
        (["CLASS"], "--out"),
        ([], "SUBMISSIONS"),
    ],
)
def test_wrong_arguments_end_in_a_message_and_status_2(tmp_path, arguments, words):
    (tmp_path / "empty").mkdir()
    hand_in(tmp_path / "class", "learner-001", SOLUTION)
    hand_in(tmp_path / "one", "02_update_rule", SOLUTION)
    places = {
        "ONE": tmp_path / "one",
        "EMPTY": tmp_path / "empty",
        "OUT": tmp_path / "out",
        "CLASS": tmp_path / "class",
        "LEARNER": tmp_path / "class/learner-001",
        "COURSE": tmp_path / "course",
        "MOODLE": tmp_path / "download",
    }
    for ending, content in ((".csv", b"id\n"), (".tar.gz", b"\x1f\x8b"), (".docx", b"PK\x03\x04")):
        places[f"CLASS{ending}"] = tmp_path / f"class{ending}"
        places[f"CLASS{ending}"].write_bytes(content)
    hand_in(tmp_path / "download", "Learner One_1_assignsubmission_file_", SOLUTION, name="final.py")
    (tmp_path / "course").mkdir()
    theirs = tmp_path / "course/grades.csv"
    theirs.write_text("assignment,duedate,timestamp,student_id,score\n")
    before = sorted((tmp_path / "class").rglob("*"))
    done = grade(*[places.get(argument, argument) for argument in arguments], check=False)
    assert done.returncode == 2
    assert words in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
    assert sorted((tmp_path / "class").rglob("*")) == before, "nothing is written among the hand-ins"
    assert theirs.read_text().startswith("assignment,duedate")


@pytest.mark.parametrize("exercises", [1, 4, 10])
@pytest.mark.parametrize("length", [5, 39, 68, 200])
def test_the_table_shows_every_score_however_long_the_names_are(monkeypatch, exercises, length):
    course = load_course()
    slugs = [one.slug for one in course.exercises[:exercises]]
    learners = [f"a{'é' * (length - 2)}{end}" for end in "xy"] + ["b" + "王" * (length // 2)]
    pairs = [(learner, slug) for learner in learners for slug in slugs]
    rows = dict.fromkeys(pairs[1:], Row(7.25, 10.0, "graded", ""))
    shown = Console(file=io.StringIO(), width=80)
    monkeypatch.setattr(grading, "console", shown)
    grading.print_class(course, pairs, rows)
    rows = [line for line in shown.file.getvalue().splitlines() if line.startswith("│")]
    assert [line.count("7.25") for line in rows] == [exercises - 1, exercises, exercises]
    assert all(cell_len(line) <= 80 for line in rows)
    names = [line.split("│")[1].strip() for line in rows]
    assert [name[0] for name in names] == ["a", "a", "b"]
    assert [name[-1] for name in names[:2]] == ["x", "y"]
    assert (
        any("…" in name for name in names) == (length == 200 or (length > 20 and exercises == 10)) or 20 < length < 100
    )


def test_a_zip_without_an_ending_is_graded(tmp_path):
    with zipfile.ZipFile(tmp_path / "download", "w") as archive:
        archive.writestr("learner-001/update_rule.py", SOLUTION)
    grade(tmp_path / "download", "--out", tmp_path / "out", "--only", "2")
    assert grades(tmp_path / "out")["learner-001", "update_rule"]["score"] == "10"


def test_whoever_was_graded_before_and_is_not_in_a_later_download_is_named_and_still_counts(tmp_path):
    for number in (1, 2, 3):
        hand_in(tmp_path / "first", f"learner-00{number}", SOLUTION)
    hand_in(tmp_path / "late", "learner-004", SOLUTION)
    hand_in(tmp_path / "late", "learner-001", WRONG)
    roster = tmp_path / "class.csv"
    roster.write_text("id\n" + "".join(f"learner-00{number}\n" for number in range(1, 6)))
    arguments = ("--out", tmp_path / "out", "--only", "2")
    grade(tmp_path / "first", *arguments)
    for more in ((), ("--roster", roster)):
        done = grade(tmp_path / "late", *arguments, *more)
        assert "no longer handed in: update_rule by learner-002, learner-003: the earlier report still" in done.stderr
        assert grades(tmp_path / "out")["learner-002", "update_rule"]["status"] == "graded"
    # Put beside the others, everybody is handed in again, and only what is new is graded.
    shutil.copytree(tmp_path / "late", tmp_path / "first", dirs_exist_ok=True)
    done = grade(tmp_path / "first", *arguments)
    assert "no longer handed in" not in done.stderr
    scores = {learner: row["score"] for (learner, _), row in grades(tmp_path / "out").items()}
    assert {*scores} == {f"learner-00{number}" for number in (1, 2, 3, 4)}
    assert "" not in scores.values()


def test_the_next_weeks_exercises_come_to_those_of_the_weeks_before(tmp_path):
    hand_in(tmp_path / "week-1", "learner-001", "x = 1\n", name="derivatives.py")
    hand_in(tmp_path / "week-2", "learner-001", SOLUTION)
    hand_in(tmp_path / "week-2", "learner-002", "x = 1\n", name="starting_values.py")
    grade(tmp_path / "week-1", "--out", tmp_path / "out", "--only", "derivatives")
    grade(tmp_path / "week-2", "--out", tmp_path / "out", "--only", "update_rule", "--only", "starting_values")
    table = grades(tmp_path / "out")
    assert {key: row["status"] for key, row in table.items()} == {
        ("learner-001", "derivatives"): "graded",
        ("learner-001", "update_rule"): "graded",
        ("learner-001", "starting_values"): "missing",
        ("learner-002", "update_rule"): "missing",
        ("learner-002", "starting_values"): "graded",
    }
    command = [sys.executable, "-m", "grader", "export", tmp_path / "out", "--only", "1", "--only", "2"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True, cwd="/").stdout
    assert shown.splitlines()[0].removeprefix("\ufeff") == "learner,derivatives,update_rule,total"


def test_a_platforms_download_is_graded_as_the_very_zip_and_said_in_one_line(tmp_path):
    with zipfile.ZipFile(tmp_path / "download.zip", "w") as archive:
        archive.writestr("Learner One_1234500_assignsubmission_file_update_rule.py", SOLUTION)
        archive.writestr("Lérner O'Two_1234501_assignsubmission_file_update_rule.py.txt", SOLUTION)
    done = grade(tmp_path / "download.zip", "--out", tmp_path / "out", "--only", "update_rule")
    assert done.stderr.splitlines()[0] == "read as a Moodle download: 2 learners, 2 files"
    assert "missing: Lérner O'Two, update_rule: 'update_rule.py.txt' was not graded" in " ".join(done.stderr.split())
    assert report(tmp_path / "out", "Learner One")["score"] == 10


def test_a_fault_of_ours_holds_the_score_back_and_says_so(tmp_path):
    """The kit is copied and one of its checks broken, as a careless instructor might."""
    for name in ("grader", "exercises", "solutions"):
        shutil.copytree(CHECKOUT / name, tmp_path / "kit" / name, ignore=shutil.ignore_patterns("__pycache__"))
    checks = tmp_path / "kit/grader/course/checks/test_update_rule.py"
    text = checks.read_text(encoding="utf-8")
    checks.write_text(re.sub(r"(def test_update_works_elementwise\(.*\n(?:    \"\"\".*\n)?)", r"\1    1 / 0\n", text))
    hand_in(tmp_path / "submissions", "learner-001", SOLUTION)
    done = grade(
        tmp_path / "submissions", "--out", tmp_path / "out", check=False,
        env=os.environ | {"PYTHONPATH": str(tmp_path / "kit")},
    )  # fmt: skip
    assert done.returncode == 1
    assert "held: learner-001, update_rule: test_update_works_elementwise: ZeroDivisionError" in " ".join(
        done.stderr.split()
    )
    assert grades(tmp_path / "out")["learner-001", "update_rule"]["score"] == ""
    found = report(tmp_path / "out", "learner-001")
    assert (found["status"], found["score"]) == ("held", None)
    page = (tmp_path / "out/feedback/learner-001/update_rule.html").read_text(encoding="utf-8")
    assert "Held back" in page
    # Mended, the same command grades it.
    checks.write_text(text)
    done = grade(
        tmp_path / "submissions", "--out", tmp_path / "out", env=os.environ | {"PYTHONPATH": str(tmp_path / "kit")}
    )
    assert grades(tmp_path / "out")["learner-001", "update_rule"]["score"] == "10"


def test_where_nothing_is_a_hand_in_the_status_is_2_and_the_table_says_who_is_missing(tmp_path):
    hand_in(tmp_path / "submissions", "learner-001", SOLUTION, name="my_answer.txt")
    done = grade(tmp_path / "submissions", "--out", tmp_path / "out", check=False)
    assert done.returncode == 2
    assert "nothing in it was recognised as a hand-in" in " ".join(done.stderr.split())
    assert {row["status"] for row in grades(tmp_path / "out").values()} == {"missing"}


def test_an_umlaut_is_graded_in_a_locale_without_letters_beyond_ascii(tmp_path):
    hand_in(tmp_path / "submissions", "m\u00fcller", SOLUTION)
    environment = os.environ | {"LC_ALL": "C", "PYTHONUTF8": "0"}
    grade(tmp_path / "submissions", "--out", tmp_path / "\u00f6ut", env=environment)
    assert grades(tmp_path / "\u00f6ut")["m\u00fcller", "update_rule"]["score"] == "10"


def test_a_template_that_was_killed_is_replaced_and_holds_one_score_at_most(tmp_path):
    sandbox = Sandbox(load_course().limits, {"update_rule": False})
    session = CheckSession(load_course(), sandbox, "lock", (load_course().by_slug["update_rule"],))
    try:
        one = Submission("learner-001", "learner-001", "update_rule", (Cell("update_rule.py", SOLUTION),))
        assert session.verdict(one, "0" * 16)[0].score == 10
        (template,) = sandbox._templates.values()
        template._process.kill()
        template._process.wait()
        assert session.verdict(one, "0" * 16)[0].score == 10
    finally:
        session.close()
        sandbox.close()


def test_a_worker_that_somebody_else_killed_costs_its_learner_nothing(monkeypatch):
    sandbox = Sandbox(load_course().limits, {"update_rule": False})
    session = CheckSession(load_course(), sandbox, "lock", (load_course().by_slug["update_rule"],))
    asked, ask = [], Process.ask

    def struck_once(process, request, timeout_s):
        asked.append(request)
        if len(asked) == 5:
            signal.pidfd_send_signal(process._pidfd, signal.SIGKILL)
            select.select([process._pidfd], [], [])
        return ask(process, request, timeout_s)

    monkeypatch.setattr(Process, "ask", struck_once)
    try:
        one = Submission("learner-001", "learner-001", "update_rule", (Cell("update_rule.py", SOLUTION),))
        assert session.verdict(one, "0" * 16)[0].score == 10
        assert len(asked) > 10
    finally:
        session.close()
        sandbox.close()


def test_a_template_that_is_killed_while_it_starts_is_started_again():
    sandbox = Sandbox(load_course().limits, {"update_rule": False})
    try:
        (first,) = sandbox._templates.values()
        os.killpg(first._process.pid, signal.SIGKILL)
        sandbox.wait_until_ready()
        (second,) = sandbox._templates.values()
        assert first is not second
        sandbox.open("update_rule", (Cell("update_rule.py", SOLUTION),)).close()
    finally:
        sandbox.close()


def test_a_course_whose_points_do_not_add_up_is_refused(tmp_path):
    for name in ("grader", "exercises"):
        shutil.copytree(CHECKOUT / name, tmp_path / "kit" / name, ignore=shutil.ignore_patterns("__pycache__"))
    checks = tmp_path / "kit/grader/course/checks/test_update_rule.py"
    checks.write_text(re.sub(r"points\([\d.]+\)", "points(3)", checks.read_text(encoding="utf-8"), count=1))
    hand_in(tmp_path / "submissions", "learner-001", SOLUTION)
    environment = os.environ | {"PYTHONPATH": str(tmp_path / "kit")}
    done = grade(tmp_path / "submissions", "--out", tmp_path / "out", check=False, env=environment)
    assert done.returncode == 2
    assert re.search(r"update_rule: its checks are worth [\d.]+ points; expected 10", done.stderr)


def processes_below(command):
    """Return the numbers of all processes below a running command."""
    below = [command]
    for pid in below:
        below += map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
    return below[1:]


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_an_interrupt_says_that_nothing_is_lost(tmp_path):
    for number in range(300):  # so many that it cannot have ended before the signal arrives
        hand_in(tmp_path / "submissions", f"learner-{number:03d}", SOLUTION)
    command = [sys.executable, "-m", "grader", "grade", str(tmp_path / "submissions"), "--out", str(tmp_path / "out")]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    journal = tmp_path / "out/.grader/journal"
    while not (journal.exists() and journal.read_text()):
        assert running.poll() is None, "it ended before it could be interrupted"
        time.sleep(0.01)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "what was finished is kept" in " ".join(said.split())
    assert "Traceback" not in said


@pytest.mark.parametrize("later_s", [0.0, 0.3, 0.6, 0.9, 1.2])
def test_an_interrupt_while_everything_is_still_imported_leaves_no_traceback(tmp_path, later_s):
    for number in range(300):  # so many that it cannot have ended before the signal arrives
        hand_in(tmp_path / "submissions", f"learner-{number:03d}", SOLUTION)
    command = [sys.executable, "-m", "grader", "grade", str(tmp_path / "submissions"), "--out", str(tmp_path / "out")]
    running = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )
    children = Path(f"/proc/{running.pid}/task/{running.pid}/children")
    while not any(b"forkserver" in Path(f"/proc/{pid}/cmdline").read_bytes() for pid in children.read_text().split()):
        assert running.poll() is None, "it ended before it could be interrupted"
        time.sleep(0.001)
    time.sleep(later_s)
    os.killpg(running.pid, signal.SIGINT)  # as a terminal does: all that belong to the command hear it
    said, _ = running.communicate(timeout=60)
    assert running.returncode == 130, said
    assert "Traceback" not in said


def ended(folder, text):
    """Run a module, as `python -m grader` runs the command, and return how it ended; what sleeps on after an interrupt fails."""
    (folder / "interrupted.py").write_text(text)
    command = [sys.executable, "-m", "interrupted"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)


def test_an_interrupt_that_arrives_in_a_callback_ends_the_command_as_any_other(tmp_path):
    # As in the import system's, which Python calls when a module's lock is no longer used: what is raised there is printed.
    done = ended(
        tmp_path,
        "import signal, time, weakref, grader.cli as c\n"
        "class Lock: pass\n"
        "def run():\n"
        "    lock = Lock()\n"
        "    noted = weakref.ref(lock, lambda _: signal.raise_signal(signal.SIGINT))\n"
        "    del lock\n"
        "    time.sleep(90)\n"
        "    print('it went on')\n"
        "c._command = lambda: run\n"
        "c.main()\n",
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_an_interrupt_within_an_import_ends_the_command_as_any_other(tmp_path):
    # Of what is raised while a class is made, Python makes a RuntimeError.
    (tmp_path / "imported.py").write_text(
        "import os, signal, time\n"
        "class Attribute:\n"
        "    def __set_name__(self, owner, name):\n"
        "        os.kill(os.getpid(), signal.SIGINT)\n"
        "        time.sleep(0.1)\n"
        "class Owner:\n"
        "    attribute = Attribute()\n"
    )
    done = ended(
        tmp_path,
        "import time, grader.cli as c\n"
        "def run():\n"
        "    import imported\n"
        "    time.sleep(90)\n"
        "    print('it went on')\n"
        "c._command = lambda: run\n"
        "c.main()\n",
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_an_interrupt_in_what_python_executes_from_text_ends_the_command_as_any_other(tmp_path):
    # As in a dataclass while it is imported. Python minds it in what runs by `-m` alone, as `python -m grader` does.
    text = "import grader.cli as c; c._command = lambda: lambda: exec('raise KeyboardInterrupt'); c.main()"
    done = ended(tmp_path, text)
    assert (done.returncode, done.stderr) == (130, "")


def test_an_interrupt_waits_for_the_end_of_what_must_be_whole_whichever_thread_hears_it():
    at_the_end = threading.Event()
    other = threading.Thread(target=at_the_end.wait)
    other.start()  # to which the system may give the signal as well
    done = []
    try:
        with pytest.raises(KeyboardInterrupt), interrupts_wait():
            os.kill(os.getpid(), signal.SIGINT)
            done.append("first half")
            time.sleep(0.1)  # in which the other thread has heard it
            done.append("second half")
    finally:
        at_the_end.set()
        other.join()
    assert done == ["first half", "second half"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_what_is_started_while_interrupts_wait_never_hears_one():
    with interrupts_wait():
        status = subprocess.run(["cat", "/proc/self/status"], capture_output=True, text=True, check=True).stdout
    blocked = next(int(line.split()[1], 16) for line in status.splitlines() if line.startswith("SigBlk:"))
    assert blocked & 1 << signal.SIGINT - 1
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def grading_process_of(command):
    """Return the grading process below a running command: the one whose child is a sandbox's template."""
    below = [command]
    for pid in below:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        if any(b"\0-I\0-S\0" in Path(f"/proc/{child}/cmdline").read_bytes() for child in children):
            return pid
        below += map(int, children)
    raise AssertionError("no grading process was found")


def test_a_grading_process_that_is_killed_costs_nobody_anything(tmp_path):
    for number in range(30):
        hand_in(tmp_path / "submissions", f"learner-{number:03d}", SOLUTION)
    command = [sys.executable, "-m", "grader", "grade", str(tmp_path / "submissions"), "--out", str(tmp_path / "out")]
    running = subprocess.Popen([*command, "--jobs", "1"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    journal = tmp_path / "out/.grader/journal"
    while not (journal.exists() and len(journal.read_text().splitlines()) >= 4):
        assert running.poll() is None
        time.sleep(0.01)
    os.kill(grading_process_of(running.pid), signal.SIGKILL)
    assert running.wait(120) == 0
    assert {row["score"] for row in grades(tmp_path / "out").values() if row["exercise"] == "update_rule"} == {"10"}


def test_answers_beyond_all_numbers_lose_points_and_our_own_arithmetic_says_nothing_of_them(tmp_path):
    spoiled = [("1e305", "1e305"), ("-1e160", "0.0"), ("1e-200", "1e200"), ("np.inf", "0.0"), ("np.nan", "0.0")]
    for number, (factor, shift) in enumerate(spoiled, start=1):
        for exercise in load_course().exercises:
            source = (CHECKOUT / "solutions" / exercise.name / f"{exercise.slug}.py").read_text(encoding="utf-8")
            names = [node.name for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]
            spoil = BEYOND.format(factor=factor, shift=shift).replace("CONTRACT", repr(names))
            hand_in(tmp_path / "in", f"learner-{number:03d}", source + spoil, name=f"{exercise.slug}.py")
    done = grade(tmp_path / "in", "--out", tmp_path / "out")
    assert "Warning" not in done.stderr
    assert max(float(row["score"]) for row in grades(tmp_path / "out").values()) < 5


@pytest.mark.parametrize("victim", [0, 1])  # one of the two waits for work, and the other for the queue's lock
def test_a_grading_process_that_is_killed_as_the_run_ends_does_not_keep_it_from_ending(monkeypatch, victim):
    monkeypatch.setattr(engine, "ENDING_S", 0.5)
    executor = engine.processes(2)
    for future in [executor.submit(time.sleep, 0.3) for _ in range(2)]:
        future.result()
    workers = multiprocessing.active_children()
    assert len(workers) == 2
    time.sleep(0.2)  # both wait now
    for worker in workers:
        os.kill(worker.pid, signal.SIGSTOP)
    ending = threading.Thread(target=executor.shutdown, daemon=True)
    ending.start()
    time.sleep(0.2)
    os.kill(workers[victim].pid, signal.SIGKILL)
    os.kill(workers[1 - victim].pid, signal.SIGCONT)
    ending.join(20)
    ended = not ending.is_alive()
    for worker in workers:
        worker.kill()
    assert ended
