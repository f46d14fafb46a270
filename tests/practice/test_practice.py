"""What learners type: check, hint, watch and progress, on their own files and with whatever mistake."""

import json
import os
import pty
import select
import shutil
import signal
import subprocess
import sys
import time

import pytest

from grader.manifest.course import PACKAGE, load_course
from grader.practice import hints
from grader.practice.watching import Watched
from tests.command import grader

CHECKOUT = PACKAGE.parent
SOLUTION = (CHECKOUT / "solutions/02_update_rule/update_rule.py").read_text(encoding="utf-8")
STUB = (CHECKOUT / "exercises/02_update_rule/update_rule.py").read_text(encoding="utf-8")
HALF = STUB.replace(
    'raise NotImplementedError("update_rule: implement update")', "return parameter - learning_rate * gradient"
)


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Return a learner's folder with the stub of one exercise; commands run in it."""
    write(tmp_path, STUB)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(home, source, name="update_rule.py"):
    path = home / "exercises" / "02_update_rule" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source, encoding="utf-8")
    return path


@pytest.fixture
def type_():
    """Give a function that runs the command; it returns the exit status, what was printed, and what was said of errors."""

    def run(*arguments):
        done = grader(*arguments, cwd=".", width=150)
        assert "Traceback" not in done.stderr
        return done.returncode, done.stdout, done.stderr

    return run


def kept(home):
    return json.loads((home / "progress.json").read_text())["exercises"]


# check


def test_a_check_notes_the_best_beside_the_folder_of_exercises(home, type_):
    write(home, HALF)
    assert type_("check", "2")[0] == 1
    assert kept(home)["update_rule"] | {"when": ""} == {
        "passed": 1, "checks": 4, "points": 0.5, "max_points": 3.0, "when": ""
    }  # fmt: skip
    write(home, STUB)
    type_("check", "2")
    assert kept(home)["update_rule"]["passed"] == 1
    write(home, SOLUTION)
    assert type_("check", "2")[0] == 0
    assert kept(home)["update_rule"]["points"] == 3.0


def test_a_notebook_is_checked_and_noted_in_the_same_way(home, type_):
    cells = [{"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": SOLUTION}]
    write(home, json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), "update_rule.ipynb")
    assert type_("check", "02_update_rule")[0] == 0
    assert kept(home)["update_rule"]["passed"] == 4


def test_a_check_works_where_progress_cannot_be_kept_and_says_so(home, type_):
    (home / "progress.json").mkdir()
    write(home, SOLUTION)
    status, printed, said = type_("check", "2")
    assert status == 0
    assert "3 of 3 points" in printed
    assert "your progress was not kept" in said


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_check_works_in_a_folder_that_is_read_only(home, type_):
    write(home, SOLUTION)
    home.chmod(0o500)
    try:
        status, _, said = type_("check", "2")
    finally:
        home.chmod(0o700)
    assert status == 0
    assert "Permission denied" in said


def test_a_damaged_file_is_set_aside_and_the_run_is_noted(home, type_):
    (home / "progress.json").write_text("{half of it")
    _, _, said = type_("check", "2")
    assert "progress.damaged-1.json" in said
    assert (home / "progress.damaged-1.json").read_text() == "{half of it"
    assert "update_rule" in kept(home)


def test_a_mistake_of_syntax_is_told_once_and_no_hint_distracts_from_it(home, type_):
    write(home, "def update(parameter, gradient, learning_rate:\n    return 0\n")
    for command in ("check", "hint"):
        _, printed, _ = type_(command, "2")
        assert printed.count("update_rule.py, line 1") == 1, command
        assert "hint:" not in printed
        assert "hint 1" not in printed
        assert "uphill" not in printed


def test_a_function_that_is_not_there_gets_no_hint_on_what_it_should_do(home, type_):
    write(home, SOLUTION.replace("def update(", "def updte("))
    _, printed, _ = type_("check", "2")
    assert "There is no function `update`" in printed
    assert "There is `updte`: should it be called `update`?" in " ".join(printed.split())
    assert "uphill" not in printed


def of(slug):
    """Return the solution of an exercise."""
    (path,) = (CHECKOUT / "solutions").glob(f"*/{slug}.py")
    return path.read_text(encoding="utf-8")


def write_all(home, source_of):
    for exercise in load_course().exercises:
        path = home / "exercises" / exercise.name / f"{exercise.slug}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source_of(exercise), encoding="utf-8")


def test_all_of_a_kit_that_nobody_has_begun_is_told_in_a_few_lines(home, type_):
    write_all(home, lambda exercise: "# mine\n" + exercise.stub.read_text(encoding="utf-8") + "\n")
    status, printed, _ = type_("check")
    assert status == 1
    everything = ", ".join(f"{exercise.number} {exercise.slug}" for exercise in load_course().exercises)
    told = f"checking … All public checks pass: 0 of 10 exercises Not begun: {everything} Next: Derivatives (grader check 1)"
    assert " ".join(printed.split()) == told


def test_a_check_of_all_ends_with_what_is_finished_and_where_to_go_on(home, type_):
    sources = {"update_rule": of("update_rule"), "descent_2d": of("descent_2d")}
    sources["starting_values"] = of("starting_values").replace("def slope(", "def steepness(")
    write_all(home, lambda exercise: sources.get(exercise.slug, exercise.stub.read_text(encoding="utf-8")))
    status, printed, _ = type_("check", "--junit", "junit.xml")
    assert status == 1
    assert printed.count("All public checks pass.") == 2
    assert "✗" in printed
    lines = printed.splitlines()
    assert "All public checks pass: 2 of 10 exercises" in lines
    assert next(line for line in lines if "Not begun" in line).startswith("Not begun: 1 derivatives, 5 ")
    assert lines[-1] == "Next: Starting values (grader check 3)", "what was begun is finished first"
    assert (home / "junit.xml").read_text().count("<testsuite ") == 10


def test_whoever_has_finished_all_is_told_so_and_sent_nowhere(home, type_):
    write_all(home, lambda exercise: of(exercise.slug))
    status, printed, _ = type_("check")
    assert status == 0
    assert "All public checks pass: 10 of 10 exercises" in printed
    assert "Not begun" not in printed
    assert "Next" not in printed


def test_a_finished_exercise_is_praised_and_the_next_unfinished_one_is_named(home, type_):
    write(home, SOLUTION)
    printed = type_("check", "2")[1]
    assert "All public checks pass." in printed
    assert "Next: Starting values (grader check 3)" in printed
    result = {"passed": 4, "checks": 4, "points": 3.0, "max_points": 3.0, "when": "2026-11-21T10:00:00Z"}
    exercises = {exercise.slug: result for exercise in load_course().exercises if exercise.number not in (1, 2)}
    (home / "progress.json").write_text(json.dumps({"schema_version": 1, "exercises": exercises}))
    assert "Next: Derivatives (grader check 1)" in type_("check", "2")[1]
    exercises["derivatives"] = result
    (home / "progress.json").write_text(json.dumps({"schema_version": 1, "exercises": exercises}))
    assert "Next" not in type_("check", "2")[1]
    write(home, HALF)
    assert "All public checks pass" not in type_("check", "2")[1]


@pytest.mark.parametrize(
    "loop", ["for i in range(3_000): print(i)", "print('long ' * 2_000)", "print('\\033[2J' * 500)"]
)
def test_whatever_was_printed_the_verdicts_come_last_and_stay_on_the_screen(home, type_, loop):
    write(home, f"{SOLUTION}\n{loop}\n")
    lines = type_("check", "2")[1].splitlines()
    printed = lines.index("  your code printed:")
    assert all(line.strip().startswith(("✓", "3 of 3", "All public", "You can hand", "Next")) for line in lines[-7:])
    assert len(lines) - printed < 7 + 24, "a terminal has 24 lines, and more"


def test_that_something_goes_on_is_said_before_anything_heavy_is_imported(home):
    script = """
import sys
sys.argv = ["grader", "check", "2"]
from rich.console import Console
wrapped = Console.print
def told(self, *objects, **options):
    if "checking" in str(objects[0]):
        sys.stderr.write(f"heavy: {sorted({'numpy', 'sympy', 'pytest'} & set(sys.modules))}")
    wrapped(self, *objects, **options)
Console.print = told
from grader.cli import main
main()
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=home, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.splitlines()[0] == "checking …"
    assert done.stderr == "heavy: []"


@pytest.mark.parametrize("name", ["update-rule", "Update_Rule", "02-update-rule", "02", "exercises/02_update_rule/"])
def test_an_exercise_is_found_however_its_name_is_typed(home, type_, name):
    write(home, SOLUTION)
    assert type_("check", name)[0] == 0


@pytest.mark.parametrize(
    ("name", "said"),
    [("update_rul", "did you mean update_rule?"), ("02_updaterule", "update_rule?"), ("11", "; the ex")],
)
def test_who_mistypes_a_name_is_told_which_may_be_meant(home, type_, name, said):
    status, _, errors = type_("check", name)
    assert status == 2
    assert said in errors
    assert "10 gradient_fields" in errors


def test_pytest_in_the_exercises_folder_says_the_same_perhaps_as_check(home, type_):
    uphill = SOLUTION.replace("parameter - step", "parameter + step").replace("path[epoch] -", "path[epoch] +")
    folder = write(home, uphill).parent
    checks = load_course().by_slug["update_rule"].public_checks
    shutil.copy(checks, folder)
    perhaps = [
        line.strip() for line in type_("check", "2")[1].replace("\n      ", " ").splitlines() if "perhaps: " in line
    ]
    said = [line.partition("perhaps: ")[2].partition(" hint: ")[0] for line in perhaps]
    assert len(said) == 2
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist", str(folder)]
    at_home = {
        name: value for name, value in os.environ.items() if name != "CI"
    }  # there pytest repeats all in its summary
    done = subprocess.run(command, cwd=home, env=at_home, capture_output=True, text=True, timeout=60, check=False)
    printed = done.stdout
    told = [line.removeprefix("perhaps: ") for line in printed.splitlines() if line.startswith("perhaps: ")]
    assert [" ".join(one.split()) for one in said] == told


# hint


def test_hints_come_one_by_one_and_begin_again_when_asked(home, type_):
    for rung in (1, 2, 3, 3):
        assert f"hint {rung} of 3" in type_("hint", "2")[1]
    assert "hint 1 of 3: The slope points uphill" in type_("hint", "2", "--again")[1]
    assert "hint 2 of 3" in type_("hint", "2")[1]


def test_each_check_has_a_ladder_of_its_own(home, type_):
    type_("hint", "2")
    write(home, HALF)
    assert "hint 1 of 3: Do by hand" in type_("hint", "update_rule")[1]
    write(home, STUB)
    assert "hint 2 of 3" in type_("hint", "2")[1]


def test_who_has_solved_all_is_told_so(home, type_):
    write(home, SOLUTION)
    status, printed, _ = type_("hint", "2")
    assert status == 0
    assert "nothing to give a hint for" in printed


def test_a_hint_says_nothing_that_the_check_has_just_said(home, type_):
    _, said, _ = type_("check", "2")
    assert "hint: The slope points uphill" in said
    assert "not implemented yet" in said
    _, printed, _ = type_("hint", "2")
    assert "hint 2 of 3" in printed
    assert "uphill" not in printed
    assert "not implemented yet" not in printed
    assert "not implemented yet" in type_("hint", "2", "--again")[1]
    assert "not implemented yet" not in type_("hint", "2")[1]
    write(home, STUB.replace('raise NotImplementedError("update_rule: implement update")', "return None"))
    assert "hint 1 of 4: A function gives back" in type_("hint", "2")[1], "what ended otherwise is told, and begins so"


@pytest.mark.parametrize(
    ("body", "hint"),
    [
        ("return None", "A function gives back what stands behind `return`"),
        ("return [1, 2, 3]", "The docstring says under Returns what is asked for."),
        ("return 'text'", "The docstring says under Returns what is asked for."),
        ("return learning_rate / 0", "First make that line run: `print(...)`"),
        ("while True: pass", "Call it with small inputs"),
        ("import os; os._exit(1)", "What makes very large arrays"),
        ("return 7", "The slope points uphill."),
        ("return gradient", "The slope points uphill."),
    ],
)
def test_the_ladder_begins_with_the_hint_that_fits_how_it_ended(home, type_, body, hint):
    write(home, STUB.replace('raise NotImplementedError("update_rule: implement update")', body))
    assert f"hint: {hint}" in type_("check", "2")[1]


@pytest.mark.parametrize(
    ("source", "hint"),
    [
        (SOLUTION.replace("def update(", "def step("), "def update(parameter, gradient, learning_rate):`"),
        (
            SOLUTION.replace("max_epochs", "limit"),
            "def descend_until(gradient, start, learning_rate, tolerance, max_epochs",
        ),
    ],
)
def test_what_the_contract_calls_otherwise_has_a_hint_within_reach(home, type_, source, hint):
    write(home, source)
    assert f"hint: Its first line is `{hint}" in " ".join(type_("check", "2")[1].split())


@pytest.mark.parametrize("content", ["{", "[]", '{"update_rule.test": "two"}', '{"update_rule.test": 2}', "[" * 5_000])
def test_a_damaged_memory_of_hints_begins_anew(tmp_path, content):
    path = tmp_path / hints.NAME
    path.write_text(content)
    assert hints.next_rung(path, "update_rule.test", "said", ["a", "b"], again=False) == 1
    hints.note(path, {"update_rule.test": ["said", "a"]})
    assert hints.next_rung(path, "update_rule.test", "said", ["a", "b"], again=False) == 2


def test_another_failure_begins_a_ladder_of_its_own(tmp_path):
    path = tmp_path / hints.NAME
    hints.note(path, {"update_rule.test": ["first mistake", "a"]})
    assert hints.next_rung(path, "update_rule.test", "another", ["a", "b"], again=False) == 1
    hints.note(path, {"update_rule.test": ["another", "a"]})
    assert hints.load(path) == {"update_rule.test": ["another", "a"]}
    hints.note(path, {"update_rule.test": ["another", "b"]})
    assert hints.next_rung(path, "update_rule.test", "another", ["a", "b", "c"], again=False) == 3


def test_what_was_not_shown_uses_no_hint_up(home, type_):
    write_all(home, lambda exercise: exercise.stub.read_text(encoding="utf-8"))
    type_("check")
    assert "hint 1 of" in type_("hint", "1")[1]
    assert "hint 2 of" in type_("hint", "1")[1]


def test_work_under_another_name_is_named_at_home_too(home, type_):
    write(home, SOLUTION)
    folder = home / "exercises/02_update_rule"
    (folder / "update_rule.py").rename(folder / "update_rule2.py")
    for arguments in (("check", "2"), ("check",)):
        said = " ".join(type_(*arguments)[1].split())
        assert (
            "'update_rule2.py' was not checked: it is not called update_rule.py. If it is your answer, save it as"
            in said
        )
    write(home, SOLUTION)
    assert "was not checked" not in type_("check", "2")[1], "a copy beside the answer is none"


def test_where_nothing_can_be_noted_the_same_hint_comes_again(tmp_path):
    path = tmp_path / "gone" / hints.NAME
    hints.note(path, {"update_rule.test": ["said", "a"]})
    assert hints.next_rung(path, "update_rule.test", "said", ["a", "b"], again=False) == 1


def test_the_memory_of_hints_keeps_to_its_size(tmp_path):
    path = tmp_path / hints.NAME
    for number in range(2 * hints.MAX_TOLD):
        hints.note(path, {"update_rule.test": ["said", f"hint {number}"]})
    assert len(hints.load(path)["update_rule.test"]) == hints.MAX_TOLD
    assert hints.load(path)["update_rule.test"][-1] == f"hint {2 * hints.MAX_TOLD - 1}"


# progress


def test_progress_lists_every_exercise(home, type_):
    write(home, SOLUTION)
    type_("check", "2")
    status, printed, _ = type_("progress")
    lines = printed.splitlines()
    assert status == 0
    assert sum(line.split()[:1] == [str(number)] for line, number in zip(lines[1:11], range(1, 11), strict=True)) == 10
    assert "4 of 4" in lines[2]
    assert "3 of 3" in lines[2]
    assert "██████████" in lines[2]
    assert "1 of 10 exercises" in lines[-1]


def test_what_is_exported_there_is_imported_here_and_the_better_counts(home, type_):
    write(home, HALF)
    type_("check", "2")
    assert type_("progress", "--export", "half.json")[0] == 0
    (home / "progress.json").unlink()
    write(home, SOLUTION)
    type_("check", "2")
    status, printed, _ = type_("progress", "--import", "half.json")
    assert status == 0
    assert "0 of them better" in printed
    assert kept(home)["update_rule"]["passed"] == 4
    assert type_("progress", "--reset", "2")[0] == 0
    assert kept(home) == {}
    assert "1 of them better" in type_("progress", "--import", "half.json")[1]
    assert kept(home)["update_rule"]["passed"] == 1


def test_an_export_overwrites_nothing(home, type_):
    (home / "mine.json").write_text("mine")
    status, _, said = type_("progress", "--export", "mine.json")
    assert status == 2
    assert "is there already" in said
    assert (home / "mine.json").read_text() == "mine"


@pytest.mark.parametrize(
    ("arguments", "content", "said"),
    [
        (["--import", "absent.json"], None, "absent.json cannot be read: No such file"),
        (["--import", "."], None, "cannot be read: Is a directory"),
        (["--import", "file"], b"no json", "This is not a progress file: it is not JSON."),
        (["--import", "file"], b"\xff\xfe\x00", "it is not UTF-8"),
        (["--import", "file"], b'{"cells": [], "nbformat": 4}', "its schema_version is not 1"),
        (["--export", "no/such/folder/file"], None, "cannot be written: No such file"),
        (["--reset", "update_rul"], None, "unknown exercise 'update_rul'"),
        (["--import", "a", "--export", "b"], None, "at a time"),
    ],
)
def test_what_is_wrong_with_a_file_or_an_option_is_said_and_nothing_changes(home, type_, arguments, content, said):
    type_("check", "2")
    before = (home / "progress.json").read_bytes()
    if content is not None:
        (home / "file").write_bytes(content)
    status, _, errors = type_("progress", *arguments)
    assert status == 2
    assert said in errors.replace("\n", " ")
    assert (home / "progress.json").read_bytes() == before


def test_damaged_progress_is_told_and_stays_under_another_name(home, type_):
    (home / "progress.json").write_text("[]")
    status, _, said = type_("progress")
    assert status == 2
    assert "progress.damaged-1.json" in said
    assert (home / "progress.damaged-1.json").read_text() == "[]"
    assert type_("progress")[0] == 0


@pytest.mark.parametrize("command", ["check", "hint", "watch", "progress"])
def test_where_there_are_no_exercises_that_is_said(tmp_path, monkeypatch, type_, command):
    monkeypatch.chdir(tmp_path)
    status, _, said = type_(command, *["2"] * (command == "hint"))
    assert status == 2
    assert "no exercises here" in said


@pytest.mark.parametrize("command", ["check", "hint", "watch"])
def test_an_exercise_that_there_is_not_is_an_error_of_one_line(home, type_, command):
    status, _, said = type_(command, "gradients")
    assert status == 2
    assert "unknown exercise 'gradients'; did you mean image_gradients or gradient_fields?" in said
    assert said.count("\n") == 1
    assert "the exercises are 1 derivatives, 2 update_rule" in said


# watch


def test_every_way_of_saving_is_seen_and_nothing_else(home):
    path = write(home, STUB)
    watched = Watched((path.parent, home / "exercises" / "absent"))
    assert watched.saved() == []

    path.write_text(HALF)  # in place
    assert watched.saved() == [path]
    assert watched.saved() == []

    other = path.with_suffix(".py.tmp")
    other.write_text(SOLUTION)
    other.replace(path)  # by a new file in its place
    assert watched.saved() == [path]

    path.rename(path.with_suffix(".py~"))  # by a backup, and a new file a moment later
    assert watched.saved() == []
    path.write_text(STUB)
    assert watched.saved() == [path]

    path.unlink()
    assert watched.saved() == []
    shutil.rmtree(path.parent)
    assert watched.saved() == []
    path = write(home, HALF)
    assert watched.saved() == [path]

    notebook = write(home, "{}", "update_rule.ipynb")
    write(home, "notes", "notes.txt")
    assert watched.saved() == [notebook]


def test_a_file_is_reported_once_it_is_written_whole(home, monkeypatch):
    path = write(home, STUB)
    watched = Watched((path.parent,))
    path.write_text("a piece")
    pieces = ["a piece and another", "the whole"]
    monkeypatch.setattr(time, "sleep", lambda _: path.write_text(pieces.pop(0)) if pieces else None)
    assert watched.saved() == [path]
    assert path.read_text() == "the whole"
    assert watched.saved() == []


def until(read, text):
    """Read until something is printed; the test ends if it is not within a minute."""
    heard, ends = "", time.monotonic() + 60
    while text not in heard:
        assert time.monotonic() < ends, f"never printed {text!r}, but: {heard}"
        ready, _, _ = select.select([read], [], [], 0.1)
        heard += os.read(read, 65536).decode(errors="replace") if ready else ""
    return heard


def test_without_a_terminal_a_saved_file_is_checked_and_an_interrupt_ends_it(home):
    process = subprocess.Popen(
        [sys.executable, "-m", "grader", "watch", "2"],
        cwd=home,
        env=os.environ | {"PYTHONPATH": str(CHECKOUT), "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    begun = until(process.stdout.fileno(), "waiting for you to save")
    assert "0 of 3 points" in begun
    assert "q quit" not in begun
    write(home, SOLUTION)
    assert "3 of 3 points" in until(process.stdout.fileno(), "waiting for you to save")
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 0
    assert said == b""


def test_in_a_terminal_keys_work_and_it_is_left_as_it_was(home):
    parent, child = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "grader", "watch"],
        cwd=home,
        env=os.environ | {"PYTHONPATH": str(CHECKOUT), "TERM": "xterm", "COLUMNS": "120"},
        stdin=child,
        stdout=child,
        stderr=child,
    )
    import termios

    before = termios.tcgetattr(child)
    assert "Derivatives" in until(parent, "q quit"), "the first exercise that is not finished"
    os.write(parent, b"n")
    assert "The update rule" in until(parent, "q quit")
    os.write(parent, b"h")
    until(parent, "hint 2 of 3")
    os.write(parent, b"p")
    until(parent, "of 10 exercises")
    write(home, SOLUTION)
    assert "3 of 3 points" in until(parent, "q quit")
    os.write(parent, b"q")
    assert process.wait(60) == 0
    assert termios.tcgetattr(child) == before
    os.close(parent)
    os.close(child)
