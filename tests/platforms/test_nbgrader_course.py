"""`grader nbgrader`: the course that it makes, and nbgrader's own commands on it, from the source to the export."""

import csv
import datetime
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest
from nbgrader.utils import parse_utc

from grader.authoring.stub import ReleaseError
from grader.checking.report import CheckResult
from grader.cli.in_course import assign_penalties, submitted_in
from grader.collect.submission import Submission
from grader.manifest.course import Exercise, Places, load_course
from grader.platforms.nbgrader import course as nbgrader_course
from grader.platforms.nbgrader.course import make_course, source_notebook
from grader.platforms.nbgrader.exchange import as_utc, with_times
from grader.publish.adjustments import time_of
from tests import command, nbgrader_class
from tests.nbgrader_class import ASSIGNMENT, CHECKOUT, SLUG, golden, hand_in, nbgrader, released, with_code

COURSE = load_course()
EXERCISE = COURSE.find(SLUG)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course folder as the command writes it."""
    folder = tmp_path_factory.mktemp("made") / "a course"
    assert "11 files written in" in grader(folder.parent, "nbgrader", str(folder)).stdout
    return folder


def grader(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return command.grader(*arguments, cwd=folder, width=300)


@pytest.fixture
def course(made: Path, tmp_path: Path) -> Path:
    """A copy of it to do with as one likes."""
    return Path(shutil.copytree(made, tmp_path / "course"))


def sources(folder: Path) -> list[Path]:
    return sorted(folder.glob("source/*/*.ipynb"))


def cells(path: Path) -> list[dict[str, object]]:
    return list(json.loads(path.read_text(encoding="utf-8"))["cells"])


# What is made.


def test_every_exercise_has_a_notebook_whose_points_add_up_to_ten(made):
    assert [path.parent.name for path in sources(made)] == [exercise.name for exercise in COURSE.exercises]
    for path in sources(made):
        metadata = [cell["metadata"].get("nbgrader", {}) for cell in cells(path)]
        assert sum(keys.get("points", 0) for keys in metadata) == 10
        assert sum(keys.get("solution", False) for keys in metadata) >= 3


def test_metadata_and_notebooks_are_valid_for_nbgrader_and_nbformat(made):
    code = """
import sys, nbformat
from nbgrader.nbgraderformat import MetadataValidator
for name in sys.argv[1:]:
    book = nbformat.read(name, as_version=4)
    nbformat.validate(book)
    MetadataValidator().validate_nb(book)
    print(len(book.cells))
"""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code, *sources(made)], capture_output=True, text=True, check=True
    )
    assert len(done.stdout.split()) == len(COURSE.exercises)
    assert done.stderr == ""


def test_cells_are_named_by_slug_and_place_and_solution_cells_by_their_function(made):
    path = made / "source" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    assert [cell["id"] for cell in cells(path)] == [f"update-rule-{n + 1}" for n in range(len(cells(path)))]
    solutions = [c["metadata"]["nbgrader"] for c in cells(path) if c["metadata"].get("nbgrader", {}).get("solution")]
    assert [keys["grade_id"] for keys in solutions] == ["update", "descend", "descend_until"]


def test_the_same_solutions_give_the_same_bytes_and_no_outputs(made, tmp_path):
    make_course(tmp_path, COURSE)
    assert [path.read_bytes() for path in sources(made)] == [path.read_bytes() for path in sources(tmp_path)]
    assert {str(cell.get("outputs", [])) for path in sources(made) for cell in cells(path)} == {"[]"}


def test_test_cells_come_public_first_in_the_checks_order(made):
    for exercise in COURSE.exercises:
        path = made / "source" / exercise.name / f"{exercise.name}.ipynb"
        tests = [cell for cell in cells(path) if cell["metadata"].get("nbgrader", {}).get("grade")]
        hidden = ["BEGIN HIDDEN TESTS" in "".join(cell["source"]) for cell in tests]
        assert hidden == sorted(hidden)
        written = [file.read_text(encoding="utf-8") for file in (exercise.public_checks, exercise.hidden_checks)]
        names = [line[4:].partition("(")[0] for text in written for line in text.splitlines() if line[:8] == "def test"]
        assert [cell["metadata"]["nbgrader"]["grade_id"] for cell in tests] == names


def test_a_test_cell_holds_nothing_of_a_hidden_check_but_its_name(made):
    for exercise in COURSE.exercises:
        telling = {
            line.strip()
            for line in exercise.hidden_checks.read_text(encoding="utf-8").splitlines()
            if len(line.strip()) > 20 and not line.strip().startswith(("def test_", "import ", "from "))
        } - set(exercise.public_checks.read_text(encoding="utf-8").split("\n"))
        path = made / "source" / exercise.name / f"{exercise.name}.ipynb"
        tests = [cell for cell in cells(path) if cell["metadata"].get("nbgrader", {}).get("grade")]
        lines = {line.strip() for cell in tests for line in "".join(cell["source"]).splitlines()}
        assert telling
        assert lines & telling == set()


def test_the_courses_secret_is_the_owners_alone(made):
    assert (made / ".grader").stat().st_mode & 0o077 == 0
    assert len((made / ".grader" / "secret").read_text(encoding="utf-8")) == 32


# What is there already.


def test_a_second_call_writes_nothing(course):
    assert make_course(course, COURSE) == []


def test_a_notebook_that_is_gone_comes_back_and_the_secret_stays(course):
    secret = (course / ".grader" / "secret").read_bytes()
    sources(course)[0].unlink()
    assert make_course(course, COURSE) == [sources(course)[0]]
    assert (course / ".grader" / "secret").read_bytes() == secret


def test_an_edited_notebook_is_named_and_nothing_is_overwritten(course):
    edited, lost = sources(course)[3], sources(course)[5]
    edited.write_text(edited.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    lost.unlink()
    with pytest.raises(ReleaseError, match=r"04_descent_2d\.ipynb: was edited"):
        make_course(course, COURSE)
    assert edited.read_text(encoding="utf-8").endswith("\n\n")
    assert not lost.exists()


def of_today(_exercise: Exercise, check: CheckResult, _which: str) -> str:
    return f"# {check.name}, as of today"


def test_an_untouched_notebook_follows_its_solution(course, monkeypatch):
    monkeypatch.setattr(nbgrader_course, "_test_source", of_today)
    assert make_course(course, COURSE) == sources(course)
    monkeypatch.undo()
    assert make_course(course, COURSE) == sources(course)


def test_what_a_killed_call_left_is_taken_for_its_own(course, monkeypatch):
    written = []

    def write_two(path: Path, text: str) -> None:
        if len(written) == 2:
            raise KeyboardInterrupt
        written.append(path)
        path.write_text(text, encoding="utf-8")

    monkeypatch.setattr(nbgrader_course, "_test_source", of_today)
    monkeypatch.setattr(nbgrader_course, "write", write_two)
    with pytest.raises(KeyboardInterrupt):
        make_course(course, COURSE)
    monkeypatch.undo()
    assert make_course(course, COURSE) == written


def test_a_configuration_that_is_there_is_left_alone_if_it_is_safe(course):
    config = course / "nbgrader_config.py"
    config.write_text(config.read_text(encoding="utf-8") + "c.Exchange.root = 'elsewhere'\n", encoding="utf-8")
    before = config.read_text(encoding="utf-8")
    assert make_course(course, COURSE) == []
    assert config.read_text(encoding="utf-8") == before


def test_a_course_whose_configuration_would_run_code_unlocked_is_refused(tmp_path):
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n", encoding="utf-8")
    with pytest.raises(ReleaseError, match=r"does not name grader\.platforms\.nbgrader\.autograde\.RunChecks"):
        make_course(tmp_path, COURSE)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["nbgrader_config.py"]


def test_the_command_refuses_in_one_line(course):
    sources(course)[0].write_text("{}", encoding="utf-8")
    done = grader(course, "nbgrader", ".")
    assert done.returncode == 2
    assert done.stderr.startswith("error: source/01_derivatives/01_derivatives.ipynb: was edited")
    assert done.stderr.count("\n") == 1


def test_a_folder_that_cannot_be_written_is_named_in_one_line(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ReleaseError, match="file") as refused:
        make_course(tmp_path / "file", COURSE)
    assert "\n" not in str(refused.value)


CHECKS = (CheckResult("test_it", "It is.", 0.0, 10.0, "failed", hidden=False),)


def checkout_with(folder: Path, source: str) -> Path:
    path = folder / "solutions" / ASSIGNMENT / f"{SLUG}.py"
    path.parent.mkdir(parents=True)
    path.write_text(source, encoding="utf-8")
    return folder


SOLUTION = '# %%\ndef update():\n    {doc}\n    ### BEGIN SOLUTION\n    return "{text}"\n    ### END SOLUTION\n'


@pytest.mark.parametrize("marker", ["### BEGIN SOLUTION", "END SOLUTION", "BEGIN HIDDEN TESTS", "END MARK SCHEME"])
def test_a_marker_in_a_string_which_only_nbgrader_would_obey_is_refused(tmp_path, marker):
    checkout = checkout_with(tmp_path, SOLUTION.format(doc=f'"""Do.\n\n    {marker}\n    """', text=""))
    with pytest.raises(ReleaseError, match="for a marker"):
        source_notebook(replace(EXERCISE, places=Places(checkout)), CHECKS)


def test_a_marker_in_a_string_of_a_solution_is_refused(tmp_path):
    checkout = checkout_with(tmp_path, SOLUTION.format(doc="pass", text="END SOLUTION"))
    with pytest.raises(ReleaseError, match="for a marker"):
        source_notebook(replace(EXERCISE, places=Places(checkout)), CHECKS)


def test_a_stray_end_which_nbgrader_drops_silently_is_refused(tmp_path):
    checkout = checkout_with(tmp_path, SOLUTION.format(doc="### END SOLUTION", text=""))
    with pytest.raises(ReleaseError, match="the end of no region"):
        source_notebook(replace(EXERCISE, places=Places(checkout)), CHECKS)


def test_a_missing_solution_is_named(tmp_path):
    with pytest.raises(ReleaseError, match=r"update_rule\.py: cannot be read"):
        source_notebook(replace(EXERCISE, places=Places(tmp_path)), CHECKS)


# nbgrader's own commands, one after the other, as the guide has them.

LEARNERS = {
    "learner-001": "right_with_numpy",
    "learner-002": "partial_without_the_stopping_rule",
    "learner-003": "wrong_sign_everywhere",
    "learner-004": "syntax_error",
    "learner-005": "right_by_recursion",
    "learner-006": "endless_with_no_epochs",
}
OTHER = "04_descent_2d"
PLUG_IN = """
from nbgrader.plugins import BasePlugin

class Hourly(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return 0.25 * total_seconds_late / 3600
"""
TIMES_AND_PENALTIES = """
    SELECT student_id, assignment.name, timestamp, late_submission_penalty FROM submitted_notebook
    JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
    JOIN assignment ON assignment.id = submitted_assignment.assignment_id ORDER BY 1, 2"""


@pytest.fixture(scope="module")
def walked(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course after a term: through the exchange and back."""
    folder = tmp_path_factory.mktemp("walked")
    course = Path(shutil.copytree(made, folder / "a course"))
    exchange = folder / "exchange"
    exchange.mkdir(mode=0o777)
    exchange.chmod(0o777)
    with (course / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(f"c.Exchange.root = {str(exchange)!r}\nc.Exchange.cache = {str(folder / 'cache')!r}\n")
    nbgrader(
        course, f"generate_assignment {ASSIGNMENT}", f"generate_assignment {OTHER}", f"release_assignment {ASSIGNMENT}"
    )
    home = folder / "a learner's folder"
    home.mkdir()
    learner_config = (
        f"c = get_config()\nc.CourseDirectory.course_id = 'gradient-descent'\nc.Exchange.root = {str(exchange)!r}\n"
    )
    (home / "nbgrader_config.py").write_text(learner_config + f"c.Exchange.cache = {str(folder / 'mine')!r}\n")
    nbgrader(home, f"fetch_assignment {ASSIGNMENT}")
    fetched = home / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    fetched.write_text(json.dumps(with_code(json.loads(fetched.read_text()), golden("right_with_numpy"))))
    nbgrader(home, f"submit {ASSIGNMENT}")
    nbgrader(course, f"collect {ASSIGNMENT}")
    (submitted,) = (course / "submitted").iterdir()
    submitted.rename(course / "submitted" / "learner-001")
    for learner, behaviour in list(LEARNERS.items())[1:]:
        hand_in(course, learner, with_code(released(course), golden(behaviour)))
    hand_in(
        course,
        "learner-002",
        with_code(released(course, OTHER), golden("partial_with_one_array_for_all_rows", "descent_2d")),
        OTHER,
    )
    # One of them is late in the second assignment, and the course has a plug-in of its own for that.
    (course / "late.py").write_text(PLUG_IN, encoding="utf-8")
    with (course / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write('c.AssignLatePenalties.plugin_class = "late.Hourly"\n')
    with sqlite3.connect(course / "gradebook.db") as book:
        book.execute("UPDATE assignment SET duedate = '2026-01-05 07:30:00.000000' WHERE name = ?", (OTHER,))
    nbgrader(
        course,
        f"autograde {ASSIGNMENT}",
        f"autograde {OTHER}",
        f"generate_feedback {ASSIGNMENT}",
        f"release_feedback {ASSIGNMENT} --student=learner-001",  # who came by the exchange
        "export --to nbgrader-grades.csv",
    )
    done = nbgrader(course, f"validate source/{ASSIGNMENT}/{ASSIGNMENT}.ipynb")
    (folder / "validated.txt").write_text(done.stdout)
    return course


def test_every_command_of_the_guide_was_walked(walked):
    guide = (CHECKOUT / "site" / "instructors" / "nbgrader.md").read_text(encoding="utf-8")
    commands = [line for line in guide.splitlines() if line.startswith(("nbgrader ", "grader "))]
    this = Path(__file__).read_text(encoding="utf-8").replace("{ASSIGNMENT}", ASSIGNMENT)
    walked_elsewhere = [
        "grader nbgrader ../course",
        "grader grade submitted --out .",
    ]  # `made`; where scores are compared
    assert [command for command in commands if command.startswith("grader")] == walked_elsewhere
    theirs = [command.removeprefix("nbgrader ") for command in commands if command not in walked_elsewhere]
    assert len(theirs) == 10
    assert [command for command in theirs if f'"{command}' not in this] == []


def test_the_release_holds_neither_solutions_nor_hidden_calls(walked):
    text = json.dumps(released(walked))
    assert "parameter - step" not in text
    assert "SOLUTION" not in text
    assert "HIDDEN" not in text
    assert 'check(\\"update_rule\\", \\"test_update_scales' not in text
    assert 'check(\\"update_rule\\", \\"test_update_moves' in text


def test_the_source_notebook_validates(walked):
    assert "Success! Your notebook passes all the tests." in (walked.parent / "validated.txt").read_text()


def test_a_wrong_notebook_does_not_validate_and_says_what_the_check_says(walked, tmp_path):
    source = nbgrader_class.golden("wrong_sign_everywhere")
    notebook = walked / f"submitted/learner-003/{ASSIGNMENT}/{ASSIGNMENT}.ipynb"
    assert source in "".join(json.loads(notebook.read_text())["cells"][3]["source"])
    done = nbgrader(walked, f"validate {notebook.relative_to(walked)}")
    assert "VALIDATION FAILED ON 3 CELL(S)" in done.stdout
    assert "`update` steps from 3.0 down to 2.8 where the slope is 2.0" in done.stdout  # nbgrader cuts long lines
    assert "hint: The slope points uphill" in done.stdout
    # A kernel that is shut down while it writes prints a traceback of its own, in front of what nbgrader says.
    assert "Traceback" not in done.stdout.partition("VALIDATION FAILED")[2]


@pytest.fixture(scope="module")
def beside(walked: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of it in which `grader grade` has graded the same, and nbgrader's times and penalties were gone before."""
    course = Path(shutil.copytree(walked, tmp_path_factory.mktemp("beside") / "course"))
    with sqlite3.connect(course / "gradebook.db") as book:
        book.execute("UPDATE submitted_assignment SET timestamp = NULL")
        book.execute("UPDATE submitted_notebook SET late_submission_penalty = NULL")
    book.close()
    done = grader(course, "grade", "submitted", "--out", ".")  # which has the same secret, and the same gradebook
    assert done.returncode == 0, done.stderr
    return course


def test_scores_equal_those_of_grader_grade_check_by_check(walked, beside):
    course = beside
    compared = [(learner, ASSIGNMENT, SLUG) for learner in LEARNERS] + [("learner-002", OTHER, "descent_2d")]
    for learner, assignment, slug in compared:
        report = json.loads((course / "reports" / learner / f"{slug}.json").read_text())
        expected = {check["name"]: check["points"] for check in report["checks"]}
        assert nbgrader_class.scores(walked, learner, assignment) == expected
        assert nbgrader_class.scores(course, learner, assignment) == expected
        assert expected
    assert len({nbgrader_class.total(walked, learner) for learner in LEARNERS}) >= 4


def test_times_and_late_penalties_are_those_that_autograde_writes(walked, beside):
    theirs, ours = (
        sqlite3.connect(course / "gradebook.db").execute(TIMES_AND_PENALTIES).fetchall() for course in (walked, beside)
    )
    assert ours == theirs
    assert [row for row in theirs if row[3]] == [("learner-002", OTHER, "2026-01-05 10:00:00.000000", 0.625)]
    with (beside / "final.csv").open(newline="") as file:
        (row,) = (one for one in csv.DictReader(file) if one["late"] != "0")
    assert (row["learner"], row["exercise"], row["late"]) == ("learner-002", "descent_2d", "-0.625")
    assert float(row["final"]) == float(row["automatic"]) - 0.625


def test_a_late_plug_in_that_fails_is_said_and_costs_nothing_else(beside, tmp_path):
    course = Path(shutil.copytree(beside, tmp_path / "course"))
    (course / "late.py").write_text("raise RuntimeError('not today')\n", encoding="utf-8")
    done = grader(course, "grade", "submitted", "--out", ".", "--only", OTHER)
    assert done.returncode == 1
    assert "late penalties are as they were" in done.stderr
    assert "not today" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_configuration_among_hand_ins_is_no_course_of_the_teachers_and_is_not_run(tmp_path):
    for learner in ("learner-001", "learner-002"):
        place = tmp_path / f"download/submitted/{learner}/{ASSIGNMENT}"
        place.mkdir(parents=True)
        (place / "timestamp.txt").write_text("2026-01-05 10:00:00 UTC")
    (tmp_path / "download/nbgrader_config.py").write_text("raise SystemExit(open('ran', 'w').write('it was run'))")
    (tmp_path / "out").mkdir()
    assert submitted_in(tmp_path / "download", "nbgrader", tmp_path / "out") == tmp_path / "download/submitted"
    book = mock.Mock(perhaps_late=mock.Mock(return_value=[ASSIGNMENT]))
    assert assign_penalties(book, tmp_path / "download/submitted", tmp_path / "out")
    assert not book.ask_nbgrader.called
    assert assign_penalties(book, tmp_path / "download/submitted", tmp_path / "download")
    assert book.ask_nbgrader.called
    # Learners' own folders have no exchange: what lies beside their work, they wrote.
    assert submitted_in(tmp_path / "download/submitted", "plain", tmp_path / "out") is None


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-05 10:00:00.123456 UTC",
        "2026-01-05 10:00:00.5 Europe/Berlin",
        "2026-07-05 10:00:00 America/Los_Angeles",
        "2026-01-05 10:00:00 3600",
        "2026-01-05 10:00:00 Nowhere/AtAll",
        "2026-01-05 10:00:00",
        "2026-01-05T10:00:00+02:00",
    ],
)
def test_a_time_of_the_exchange_is_read_as_nbgrader_reads_it(text):
    assert as_utc(text) == parse_utc(text)


def test_a_time_of_the_exchange_that_is_none_is_named_and_costs_nothing(tmp_path):
    places = [tmp_path / f"learner-00{number}/{ASSIGNMENT}" for number in (1, 2, 3)]
    for place, text in zip(places[:2], ("2026-01-05 10:00:00 UTC", "yesterday at noon, or so"), strict=True):
        place.mkdir(parents=True)
        (place / "timestamp.txt").write_text(text)
    class_of_three = [Submission(f"learner-00{number}", "", SLUG, problem="some") for number in (1, 2, 3)]
    timed, said = with_times(class_of_three, tmp_path, COURSE)
    assert [one.when for one in timed] == ["2026-01-05 10:00:00.000000Z", "", ""]
    assert len(said) == 1
    assert said[0].startswith(f"{places[1] / 'timestamp.txt'}: no time: ")
    assert time_of(timed[0].when) == datetime.datetime(2026, 1, 5, 10, tzinfo=datetime.UTC)


def test_the_export_has_every_learners_total(walked):
    with (walked / "nbgrader-grades.csv").open(newline="") as file:
        rows = {(row["student_id"], row["assignment"]): float(row["score"]) for row in csv.DictReader(file)}
    for learner in LEARNERS:
        assert rows[learner, ASSIGNMENT] == nbgrader_class.total(walked, learner)
    assert rows["learner-001", ASSIGNMENT] == 10


def test_feedback_is_made_and_shows_the_message_and_the_hint(walked):
    page = (walked / "feedback" / "learner-003" / ASSIGNMENT / f"{ASSIGNMENT}.html").read_text()
    assert "The slope points uphill. Where do you want to go?" in page
    assert "update(3.0, 2.0, learning_rate=0.1)" in page


def test_a_command_given_the_course_from_another_folder_is_as_safe(walked, tmp_path):
    done = nbgrader(tmp_path, f"autograde {ASSIGNMENT} --course-dir '{walked}' --force --student=learner-002")
    assert "Autograding" in done.stdout
    outputs = [cell.get("outputs") for cell in nbgrader_class.autograded(walked, "learner-002")["cells"]]
    assert "✓ `update` steps from 3.0" in str(outputs)


def test_the_released_kit_runs_public_test_cells(walked, tmp_path):
    """What a learner has is the kit: there the public cells run, and there is nothing to run of the hidden ones."""
    from grader.authoring.release import release  # it takes a moment

    release(tmp_path / "kit", COURSE)
    script = "\n".join(
        [
            golden("wrong_sign_everywhere"),
            "from grader.practice.in_notebook import check",
            "for name in ('test_update_moves_against_the_gradient', 'test_update_works_elementwise'):",
            "    try:",
            "        check('update_rule', name)",
            "    except AssertionError as error:",
            "        print(error)",
        ]
    )
    environment = os.environ | {"PYTHONPATH": str(tmp_path / "kit")}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert "expected  2.8" in done.stdout
    assert "test_update_works_elementwise is not here to be run: it is an instructor's check" in done.stdout
    assert str(CHECKOUT) not in done.stdout
