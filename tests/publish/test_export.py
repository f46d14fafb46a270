"""Exports: each is valid for whoever reads it, no cell is a formula, and no person becomes another."""

import csv
import io
import json
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.collect.roster import Entry
from grader.manifest.course import load_course
from grader.publish.export import FORMATS, ExportError, Gathered, Line, export, gather
from grader.publish.results import FORMULA_STARTS
from tests.command import grader
from tests.gradebook_writer import CHECKS, graded

COURSE = load_course()
ROSTER = (
    Entry("learner-002", "learner-002", "learner-002", "Family, Other", "learner-002@example.org", "B", "login-002"),
    Entry("learner-003", "learner-003", "learner-003", "=HYPERLINK(1)", "lee@example.org", "@A", "lee"),
    Entry("learner-001", "learner-001", "learner-001", "Family, Given", "learner-001@example.org", "A", "login-001"),
)


@pytest.fixture
def out(tmp_path):
    """Return an OUT with two learners of the class, one of them held back in an exercise, and a stranger."""
    some = [
        graded("learner-001"),
        graded("learner-001", held=True, slug="derivatives"),
        graded("learner-002", CHECKS | {"test_update_moves": 0.0}),
        graded("=1+1", CHECKS | {"test_update_moves": 0.25}),
    ]
    for submission, report in some:
        path = tmp_path / "reports" / submission.folder / f"{report.exercise}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(report.to_json())
    return tmp_path


def table(text):
    return list(csv.reader(io.StringIO(text)))


def test_wide_has_a_line_for_each_learner_and_a_column_for_each_exercise(out):
    lines = table(export(gather(out, COURSE), "wide").removeprefix("\N{BYTE ORDER MARK}"))
    assert lines == [
        ["learner", "derivatives", "update_rule", "total"],
        ["'=1+1", "", "6.25", "6.25"],
        ["learner-001", "", "10", "10"],
        ["learner-002", "", "6", "6"],
    ]


def test_long_has_the_columns_of_grades_csv_and_says_missing_and_held(out):
    lines = table(export(gather(out, COURSE), "long").removeprefix("\N{BYTE ORDER MARK}"))
    assert lines[0] == ["learner", "exercise", "score", "max_score", "status"]
    assert ["learner-001", "derivatives", "", "10", "held"] in lines
    assert ["learner-001", "update_rule", "10", "10", "graded"] in lines
    assert ["learner-002", "derivatives", "", "10", "missing"] in lines


def test_with_a_roster_the_class_comes_first_and_strangers_are_marked(out):
    gathered = gather(out, COURSE, ROSTER)
    assert gathered.strangers == ("=1+1",)
    lines = table(export(gathered, "wide").removeprefix("\N{BYTE ORDER MARK}"))
    assert [line[0] for line in lines[1:]] == ["learner-002", "learner-003", "learner-001", "'=1+1"]
    assert lines[2] == ["learner-003", "'=HYPERLINK(1)", "lee@example.org", "'@A", "yes", "", "", ""]
    assert lines[4][1:5] == ["", "", "", "no"]


# What Canvas reads, as its documentation of grade imports and its importer have it.

CANVAS_COLUMNS = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]


def canvas_import(text):
    """Read a file as Canvas does; return the points of each assignment, and the grades by SIS id."""
    header, points, *people = table(text)
    assert header[:5] == CANVAS_COLUMNS
    assert "Points Possible" in points[0]
    assert points[1:5] == [""] * 4
    assert {len(line) for line in [header, points, *people]} == {len(header)}
    assert len(set(header)) == len(header)
    assert all(line[2] or line[3] for line in people), "found by name alone"
    assert all(re.fullmatch(r"|\d+(\.\d+)?", cell) for line in [points, *people] for cell in line[5:])
    return dict(zip(header[5:], points[5:], strict=True)), {line[2]: line[5:] for line in people}


def test_canvas_gets_its_columns_a_row_of_points_and_the_class_alone(out):
    text = export(gather(out, COURSE, ROSTER), "canvas")
    points, grades = canvas_import(text)
    assert points == {"01_derivatives": "10", "02_update_rule": "10"}
    assert grades == {"learner-002": ["", "6"], "learner-003": ["", ""], "learner-001": ["", "10"]}
    assert '"Family, Other",,learner-002,login-002,B,' in text
    assert "\n'=HYPERLINK(1),,learner-003,lee,'@A," in text
    assert not text.startswith("\N{BYTE ORDER MARK}")


def test_one_exercise_alone_can_be_exported_so_that_no_other_column_changes_on_a_platform(out):
    assert canvas_import(export(gather(out, COURSE, ROSTER, "update_rule"), "canvas"))[0] == {"02_update_rule": "10"}


# What Moodle reads: a heading line, a column that finds a person in each, and numbers or "-".


def test_moodle_gets_columns_to_find_people_by_and_a_dash_where_there_is_no_grade(out):
    text = export(gather(out, COURSE, ROSTER), "moodle")
    assert table(text) == [
        ["Email address", "ID number", "Username", "01_derivatives", "02_update_rule"],
        ["learner-002@example.org", "learner-002", "login-002", "-", "6"],
        ["lee@example.org", "learner-003", "lee", "-", "-"],
        ["learner-001@example.org", "learner-001", "login-001", "-", "10"],
    ]
    assert not text.startswith("\N{BYTE ORDER MARK}")


@pytest.mark.parametrize("form", ["canvas", "moodle"])
def test_without_a_roster_a_learner_is_who_the_folder_says(out, form):
    (out / "reports" / "=1+1" / "update_rule.json").unlink()
    lines = table(export(gather(out, COURSE), form))
    assert any("learner-001" in line and "10" in line for line in lines)


@pytest.mark.parametrize("form", ["canvas", "moodle"])
def test_an_identifier_that_is_a_formula_is_refused_because_changed_it_would_be_nobodys(out, form):
    with pytest.raises(ExportError, match=r"'=1\+1' \(the name of a folder or zip\)"):
        export(gather(out, COURSE), form)
    bad = Entry("=1+1", "=1+1", "=1+1", line=7)
    with pytest.raises(ExportError, match=r"'=1\+1' \(line 7 of the roster\)"):
        export(gather(out, COURSE, [*ROSTER, bad]), form)


def test_an_identifier_that_only_looks_like_a_formula_stays_as_it_is(out):
    harmless = Entry("+491234", "+491234", "+491234", "Family", "-learner-001@example.org", line=2)
    assert "+491234" in canvas_import(export(gather(out, COURSE, [harmless]), "canvas"))[1]
    assert "-learner-001@example.org,+491234,," in export(gather(out, COURSE, [harmless]), "moodle")


def test_json_lines_are_one_object_for_each_learner_and_exercise(out):
    lines = [json.loads(line) for line in export(gather(out, COURSE, ROSTER), "jsonl").splitlines()]
    assert len(lines) == 8
    by = {(line["learner"], line["exercise"]): line for line in lines}
    assert by["learner-001", "derivatives"]["status"] == "held"
    assert by["learner-001", "derivatives"]["score"] is None
    assert by["learner-002", "update_rule"]["checks"] == {
        "test_update_moves": "failed",
        "test_descend_arrives": "passed",
    }
    assert by["learner-003", "update_rule"] | {"checks": None} == {
        "learner": "learner-003", "name": "=HYPERLINK(1)", "email": "lee@example.org", "section": "@A", "in_roster": True,
        "exercise": "update_rule", "score": None, "max_score": 10.0, "status": "missing", "checks": None,
        "submission_sha256": None, "grader_version": None,
    }  # fmt: skip
    assert by["=1+1", "update_rule"]["in_roster"] is False


TEXT = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=8)
HOSTILE = st.one_of(TEXT, st.sampled_from(FORMULA_STARTS).flatmap(lambda start: TEXT.map(lambda rest: start + rest)))


@given(name=HOSTILE, section=HOSTILE, learner=HOSTILE)
def test_no_cell_begins_like_a_formula_unless_it_is_a_number_or_an_unknown_name(name, section, learner):
    entry = Entry("id-1", "id-1", "id-1", name, "learner-001@example.org", section, "id-1")
    _, report = graded("id-1")
    lines = (Line("id-1", entry, {"update_rule": report}), Line(learner, None, {"update_rule": report}))
    gathered = Gathered((COURSE.by_slug["update_rule"],), lines, with_roster=True)
    for form in FORMATS.keys() - {"jsonl"}:
        cells = [cell for row in table(export(gathered, form).removeprefix("\N{BYTE ORDER MARK}")) for cell in row]
        # "-" alone is Moodle's word for no grade.
        assert not any(cell.startswith(FORMULA_STARTS) and cell != "-" for cell in cells)


def test_what_is_read_by_excel_has_a_byte_order_mark_and_the_rest_has_none(out):
    gathered = gather(out, COURSE, ROSTER)
    marked = {form for form in FORMATS if export(gathered, form).startswith("\N{BYTE ORDER MARK}")}
    assert marked == {"wide", "long"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text[:-20], "remove it"),
        (lambda text: text.replace('"score": 10.0', '"score": NaN'), "score is nan"),
        (lambda text: text.replace('"score": 10.0', '"score": 11'), "its score is 11 of 10.0"),
        (lambda text: text.replace('"points": 4.0', '"points": -4.0'), "test_update_moves has -4.0 of 4.0 points"),
        (lambda text: text.replace('"exercise": "update_rule"', '"exercise": "derivatives"'), "it is on 'derivatives'"),
        (lambda text: text.replace('"schema_version": 1', '"schema_version": 99'), "schema version 99"),
    ],
)
def test_a_damaged_report_is_named_and_nothing_is_exported(out, change, said):
    path = out / "reports" / "learner-001" / "update_rule.json"
    path.write_text(change(path.read_text()))
    with pytest.raises(ExportError, match=f"update_rule.json: .*{said}"):
        gather(out, COURSE)


def test_a_report_in_two_folders_is_named(out):
    other = out / "reports" / "copy" / "update_rule.json"
    other.parent.mkdir()
    other.write_text((out / "reports" / "learner-001" / "update_rule.json").read_text())
    with pytest.raises(ExportError, match="a second report on 'learner-001'"):
        gather(out, COURSE)


def test_a_folder_without_reports_is_refused(tmp_path):
    with pytest.raises(ExportError, match=r"name the folder that `grader grade --out` wrote"):
        gather(tmp_path, COURSE)


# The guides.

CHECKOUT = Path(__file__).resolve().parents[2]
GUIDES = CHECKOUT / "site" / "instructors"


@pytest.fixture
def folder(tmp_path):
    """Return the course's folder as a guide's reader has it, beside what a class of two handed in."""
    (tmp_path / "course").mkdir()
    (tmp_path / "course" / ".venv").symlink_to(sys.prefix)
    solution = CHECKOUT / "solutions" / "02_update_rule" / "update_rule.py"
    for learner in ("learner-001", "learner-002"):
        (tmp_path / "handed-in" / learner).mkdir(parents=True)
        shutil.copy(solution, tmp_path / "handed-in" / learner)
    roster = re.search(
        r"^id,name,.*?(?=```)", (GUIDES / "exports.md").read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    (tmp_path / "roster.csv").write_text(roster[0], encoding="utf-8")
    return tmp_path / "course"


def walk(folder, guide):
    """Run a guide's commands, in order, as they stand there."""
    text = (GUIDES / guide).read_text(encoding="utf-8")
    fenced = re.findall(r"^```(\w*)[^\n]*\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    blocks = [block for language, block in fenced if not language]
    commands = [line for block in blocks for line in block.splitlines() if line.startswith(".venv/bin/grader ")]
    assert commands
    for command in commands:
        done = subprocess.run(
            shlex.split(command), cwd=folder, capture_output=True, text=True, timeout=300, check=False
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"


def run_block(folder, guide, begin):
    """Run a guide's block of commands that begins so, as a shell does."""
    text = (GUIDES / guide).read_text(encoding="utf-8")
    blocks = re.findall(r"^```([^\n]*)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    (block,) = [block for language, block in blocks if not language and block.startswith(begin)]
    return subprocess.run(
        ["bash", "-e", "-c", block], cwd=folder, capture_output=True, text=True, timeout=300, check=False
    )


def test_the_guide_to_safetys_own_try_of_the_lock_finds_what_it_looks_for(folder):
    (folder / "solutions").symlink_to(CHECKOUT / "solutions")
    done = run_block(folder, "safety.md", "mkdir -p ../probe/spy")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith("PermissionError: no file or folder can be used\n")


def test_what_the_guide_says_of_late_hand_ins_and_the_next_week_works(folder):
    solution = CHECKOUT / "solutions" / "02_update_rule" / "update_rule.py"
    for place in ("late/learner-003", "week-1/learner-001", "week-2/learner-001"):
        (folder.parent / place).mkdir(parents=True)
        shutil.copy(solution, folder.parent / place)
    (folder.parent / "week-1/learner-001/update_rule.py").rename(folder.parent / "week-1/learner-001/derivatives.py")
    grader = [".venv/bin/grader", "grade", "../handed-in", "--out", "../results"]
    subprocess.run(grader, cwd=folder, capture_output=True, check=True)
    done = run_block(folder, "run-a-class.md", "cp -r ../late/.")
    assert done.returncode == 0, done.stdout + done.stderr
    table = (folder.parent / "results/grades.csv").read_text()
    assert [f"learner-00{n},update_rule,10,10,graded" in table for n in (1, 2, 3)] == [True] * 3
    shutil.rmtree(folder.parent / "results")
    done = run_block(folder, "run-a-class.md", ".venv/bin/grader grade ../week-1")
    assert done.returncode == 0, done.stdout + done.stderr
    table = (folder.parent / "results/grades.csv").read_text()
    assert [line.split(",")[1] + line[-7:] for line in table.splitlines()[1:]] == [
        "derivatives,graded", "update_rule,graded", "starting_valuesmissing",
    ]  # fmt: skip


def test_every_command_of_the_guide_to_exports_does_what_it_says(folder):
    subprocess.run(
        [".venv/bin/grader", "grade", "../handed-in", "--out", "../results"],
        cwd=folder,
        capture_output=True,
        check=True,
    )
    walk(folder, "exports.md")
    written = {path.name: path.read_text(encoding="utf-8") for path in folder.parent.glob("*.*sv")}
    assert written.keys() == {"roster.csv", "scores.csv", "scores-long.csv", "canvas.csv", "moodle.csv"}
    assert canvas_import(written["canvas.csv"])[1] == {
        "learner-001": ["10"],
        "learner-002": ["10"],
        "learner-003": [""],
    }
    assert "learner-003@example.org,learner-003,learner-003,-" in written["moodle.csv"]
    assert (folder.parent / "scores.jsonl").is_file()


def test_every_command_of_the_guide_to_the_gradebook_does_what_it_says(folder):
    walk(folder, "gradebook.md")
    results = folder.parent / "results"
    for file in (results / "gradebook.db", folder.parent / "all-courses.db"):
        with sqlite3.connect(file) as connection:
            scores = connection.execute(
                "SELECT s.student_id, sum(g.auto_score) FROM grade g JOIN submitted_notebook n ON n.id = g.notebook_id "
                "JOIN submitted_assignment s ON s.id = n.assignment_id GROUP BY s.student_id"
            ).fetchall()
            students = {row[0] for row in connection.execute("SELECT id FROM student WHERE last_name IS NOT NULL")}
        connection.close()
        assert sorted(scores) == [("learner-001", 10.0), ("learner-002", 10.0)]
        assert students == ({"learner-001", "learner-002", "learner-003"} if file.parent == results else set())
    assert len(list(results.glob("autograded/*/02_update_rule/02_update_rule.ipynb"))) == 2
    with (results / "grades.csv").open() as table:
        assert len(table.readlines()) == 1 + 2 * len(COURSE.exercises)


def test_with_a_roster_grade_shows_who_is_missing_altogether_and_who_is_not_in_the_list(folder):
    (folder.parent / "roster.csv").write_text("id\nlearner-001\nlearner-003\n")
    done = grader(
        "grade", "../handed-in", "--out", "../results", "--roster", "../roster.csv", "--only", "2", cwd=folder
    )
    assert done.returncode == 0, done.stderr
    assert "not in the roster: learner-002" in done.stderr
    assert re.search(r"learner-003 +│ +–", done.stdout)
    assert "learner-003,update_rule,,10,missing\n" in (folder.parent / "results" / "grades.csv").read_text()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["grade", "../handed-in", "--out", "../r", "--gradebook", "mysql://me:secret@h/g"], "not supported"),
        (
            ["grade", "../handed-in", "--out", "../r", "--gradebook", "sqlite:////nowhere/at/all.db"],
            "unable to open database file",
        ),
        (["grade", "../handed-in", "--out", "../r", "--roster", "../nowhere.csv"], "No such file"),
        (["grade", "../handed-in", "--out", "../r", "--columns", "id=Nr"], "name the list with --roster"),
        (["export", "../nowhere"], "no report in"),
        (["export", "../nowhere", "--columns", "id=Nr"], "name the list with --roster"),
        (["export", "../nowhere", "--roster", "../nowhere.csv"], "no report in|No such file"),
    ],
)
def test_what_cannot_be_used_is_refused_in_a_line_before_anything_is_graded(folder, arguments, said):
    done = grader(*arguments, cwd=folder)
    assert done.returncode == 2
    assert re.search(said, " ".join(done.stderr.split()))
    assert "Traceback" not in done.stderr
    assert "secret" not in done.stderr
    assert not list(folder.parent.glob("r/reports/*"))


def test_a_gradebook_that_fails_at_the_end_costs_no_report_and_the_same_command_completes_it(folder):
    arguments = ["grade", "../handed-in", "--out", "../results", "--only", "2"]
    assert grader(*arguments, cwd=folder).returncode == 0
    file = folder.parent / "results" / "gradebook.db"
    with sqlite3.connect(file) as connection:
        connection.execute(
            "CREATE TRIGGER full BEFORE INSERT ON grade BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"
        )
        connection.execute("DELETE FROM grade")
    (folder.parent / "results" / "reports" / "learner-001" / "update_rule.json").unlink()
    failed = grader(*arguments, cwd=folder)
    assert failed.returncode == 1
    assert "the disk is full" in failed.stderr
    assert "Traceback" not in failed.stderr
    assert (folder.parent / "results" / "reports" / "learner-001" / "update_rule.json").is_file()
    with sqlite3.connect(file) as connection:
        connection.execute("DROP TRIGGER full")
    assert grader(*arguments, cwd=folder).returncode == 0
    with sqlite3.connect(file) as connection:
        assert connection.execute("SELECT sum(auto_score) FROM grade").fetchone() == (20.0,)
    connection.close()
