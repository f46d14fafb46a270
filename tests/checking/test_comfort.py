"""The verdict comes first and alone: whatever fails in what explains it costs that explanation, and nothing else."""

import json
import os
import shutil
import signal
import subprocess
import sys
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace

import pytest

from grader.checking.comfort import Comfort, in_one_line
from grader.checking.report import CheckResult, make_report
from grader.cli.terminal import print_report
from grader.collect.submission import Cell, Submission
from grader.grading.grade import Graded, Settings, Task, grade_chunk
from grader.grading.grade import grade as grade_class
from grader.grading.session import CheckSession
from grader.manifest.course import load_course
from tests.grading.test_grade import CHECKOUT, SOLUTION, WRONG, grades, hand_in, processes_below

ENDLESS_IN_C = "sum(__import__('itertools').repeat(1))"  # looks at no signal, and lets no other thread run


@pytest.fixture
def comfort():
    return Comfort()


def test_what_can_be_made_is_made_and_nothing_is_said(comfort):
    assert comfort.make("picture", lambda: "<svg/>", "") == "<svg/>"
    assert (comfort.left_out, comfort.faults) == ([], [])


def test_what_fails_is_left_out_by_name_and_why_is_told_apart(comfort):
    assert comfort.make("diagnosis", lambda: int("x"), "instead") == "instead"
    assert comfort.left_out == ["diagnosis"]
    assert comfort.faults == ["diagnosis left out: ValueError: invalid literal for int() with base 10: 'x'"]


def test_what_is_too_dear_is_given_up_even_where_every_exception_is_caught(comfort, monkeypatch):
    monkeypatch.setattr("grader.checking.comfort.CPU_S", 0.2)

    def stubborn():
        for _ in range(3):
            try:
                while True:
                    pass
            except BaseException:  # noqa: BLE001  # as a worker that runs a misconception does
                continue
        while True:
            pass

    assert Comfort().make("diagnosis", stubborn, "instead") == "instead"
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


def test_after_a_dear_verdict_less_is_left_to_explain_it():
    assert [Comfort(spent_s)._left_s for spent_s in (0.0, 1.0, 2.5)] == [2.0, 1.0, 0.5]


def test_an_interrupt_is_no_failure_of_ours(comfort):
    def interrupted():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        comfort.make("diagnosis", interrupted, "instead")
    assert comfort.left_out == []


def test_why_something_failed_is_one_line_that_a_terminal_can_show():
    assert in_one_line(ValueError("two\nlines\x1b[31m" + "x" * 1000)).isprintable()
    assert len(in_one_line(ValueError("x" * 1000))) == 300


# From outside: a copy of the kit in which something is broken, and a class of three that is graded with it.


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A copy of the kit, and what it gives when nothing is broken."""
    folder = tmp_path_factory.mktemp("whole")
    for name in ("grader", "exercises", "solutions"):
        shutil.copytree(CHECKOUT / name, folder / "kit" / name, ignore=shutil.ignore_patterns("__pycache__"))
    for learner, source in (("learner-001", SOLUTION), ("learner-002", WRONG), ("learner-003", SOLUTION)):
        hand_in(folder / "class", learner, source)
    assert grade(folder)[0] == 0
    return folder


@pytest.fixture
def broken(whole, tmp_path):
    """Return a function that breaks a copy of the kit: file, text, and what stands there instead."""
    shutil.copytree(whole, tmp_path / "broken", ignore=shutil.ignore_patterns("out"))

    def change(file, old, new):
        path = tmp_path / "broken/kit" / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")
        return tmp_path / "broken"

    return change


def grade(folder, *arguments):
    command = [sys.executable, "-m", "grader", "grade", folder / "class", "--out", folder / "out", "--seed", "a secret"]
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(folder / "kit"), "COLUMNS": "300"}
    done = subprocess.run(
        [*command, "--jobs", "2", *arguments], capture_output=True, text=True, check=False, cwd="/", env=environment
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr


def reports(folder):
    """Return every report without what differs from run to run."""
    found = {}
    for path in sorted((folder / "out/reports").rglob("*.json")):
        report = json.loads(path.read_text(encoding="utf-8"))
        report["duration_s"] = 0
        report["checks"] = [check | {"duration_s": 0} for check in report["checks"]]
        found[path.parent.name] = report
    return found


def unexplained(report):
    return report | {"checks": [check | {"diagnosis": ""} for check in report["checks"]], "left_out": []}


def text_of(folder):
    return "".join(
        path.read_text(encoding="utf-8", errors="replace") for path in (folder / "out").rglob("*.*ml")
    ) + str(reports(folder))


DIAGNOSE = "    late, failed = _by_function(checks, calls,"


@pytest.mark.parametrize(
    ("failure", "left_out"),
    [
        ("raise ValueError('LEAK: a hidden input')", "diagnosis"),
        ("raise MemoryError", "diagnosis"),
        ("bytearray(2**41)", "diagnosis"),
        ("while True: pass", "diagnosis"),
        ("__import__('os')._exit(1)", "explanation"),
        ("__import__('os').kill(__import__('os').getpid(), 9)", "explanation"),
    ],
)
def test_a_diagnosis_that_fails_costs_itself_alone(whole, broken, failure, left_out):
    folder = broken("grader/diagnosis/replay.py", DIAGNOSE, f"    {failure}\n{DIAGNOSE}")
    status, said = grade(folder)
    assert status == 0
    assert said.count("could be explained: learner-002, update_rule") == 1
    after, before = reports(folder), reports(whole)
    assert after["learner-002"]["left_out"] == [left_out]
    assert {name: unexplained(report) for name, report in after.items()} == {
        name: unexplained(report) for name, report in before.items()
    }
    assert "left_out" not in after["learner-001"]
    assert "LEAK" not in text_of(folder)
    assert grades(folder / "out") == grades(whole / "out")


def test_what_hangs_in_a_librarys_call_ends_its_process_and_costs_the_explanation(whole, broken):
    broken("grader/grading/grade.py", "STALLED_S = 60.0", "STALLED_S = -10.0")
    folder = broken("grader/diagnosis/replay.py", DIAGNOSE, f"    {ENDLESS_IN_C}\n{DIAGNOSE}")
    assert grade(folder)[0] == 0
    assert reports(folder)["learner-002"]["left_out"] == ["explanation"]
    assert grades(folder / "out") == grades(whole / "out")


def test_a_picture_that_fails_costs_the_picture(whole, broken):
    scene = "    public = [call for call in calls if not call.hidden]"
    folder = broken("grader/diagnosis/picture/__init__.py", scene, f"    raise StopIteration\n{scene}")
    status, said = grade(folder)
    assert status == 0
    assert "and 2 more: picture left out: StopIteration" in said
    assert {report["left_out"] == ["picture"] for report in reports(folder).values()} == {True}
    assert grades(folder / "out") == grades(whole / "out")


def test_a_page_that_cannot_be_made_leaves_the_verdict_and_is_made_by_the_next_run(whole, broken):
    folder = broken(
        "grader/publish/feedback.py",
        "    return _template(name).render(",
        "    return _template(name).rendered(",
    )
    status, said = grade(folder)
    assert status == 1  # what was asked for is not all there
    assert "page left out: AttributeError" in said
    assert not list((folder / "out/feedback").rglob("*.html"))
    assert grades(folder / "out") == grades(whole / "out")
    shutil.copy(CHECKOUT / "grader/publish/feedback.py", folder / "kit/grader/publish/feedback.py")
    assert grade(folder)[0] == 0
    assert len(list((folder / "out/feedback").rglob("*.html"))) == 3
    assert reports(folder) == reports(whole)


def test_misconceptions_that_are_no_python_cost_the_diagnoses_of_their_exercise(whole, broken):
    first = '"""'
    path = "grader/course/misconceptions/update_rule.py"
    text = (CHECKOUT / path).read_text(encoding="utf-8")
    folder = broken(path, text, text.replace(first, "def (:\n" + first, 1))
    status, said = grade(folder)
    assert status == 0
    assert "diagnosis left out: CourseError: misconceptions/update_rule.py, line 1: invalid syntax" in said
    assert grades(folder / "out") == grades(whole / "out")


def test_a_verdict_that_ends_its_process_each_time_is_held_and_nobody_else(whole, broken):
    verdict = "        session = self._sandbox.open(submission.exercise, submission.cells, submission.others)\n"
    dies = "        if submission.learner == 'learner-002':\n            os._exit(1)\n"
    folder = broken("grader/grading/session.py", verdict, dies + verdict)
    status, said = grade(folder)
    assert status == 1
    assert "held: learner-002, update_rule: grading process: it ended three times" in said
    after, before = reports(folder), reports(whole)
    assert after.pop("learner-002")["status"] == "held"
    del before["learner-002"]
    assert after == before


def test_a_verdict_that_fails_outside_of_its_checks_is_held_and_nobody_else(whole, broken):
    verdict = "        session = self._sandbox.open(submission.exercise, submission.cells, submission.others)\n"
    fails = "        if submission.learner == 'learner-002':\n            raise OSError(24, 'too many open files')\n"
    folder = broken("grader/grading/session.py", verdict, fails + verdict)
    assert grade(folder)[0] == 1
    after, before = reports(folder), reports(whole)
    assert after.pop("learner-002")["status"] == "held"
    del before["learner-002"]
    assert after == before


class Breaking(Executor):
    """An executor whose process dies in the moment in which more is handed over: what it has is lost, and it takes no more."""

    def __init__(self, after):
        self._left = after
        self._given = []

    def submit(self, _function, chunk, *_more):
        if self._left == 0:
            for future in self._given:
                future.set_exception(BrokenProcessPool())
            raise BrokenProcessPool
        self._left -= 1
        self._given.append(Future())
        if self._left > 10:
            self._given[-1].set_result([Graded(one.submission, None) for one in chunk])
        return self._given[-1]


@pytest.mark.parametrize("after", [1, 2, 3])
def test_what_an_executor_does_not_take_because_it_has_broken_is_graded_by_the_next(after):
    class_of = [Submission(f"learner-{number:03d}", "", "update_rule", problem="none") for number in range(40)]
    executors = iter([Breaking(after), Breaking(1000)])
    settings = Settings("lock", True, ("update_rule",))
    graded = [one.submission for one in grade_class(class_of, "secret", settings, lambda: next(executors), 6)]
    assert sorted(one.learner for one in graded) == [one.learner for one in class_of]


def test_a_grading_process_without_memory_costs_its_chunk_another_try_and_no_class():
    class_of = [Submission(f"learner-{number:03d}", "", "update_rule", problem="none") for number in range(8)]
    settings = Settings("lock", True, ("update_rule",))

    class Full(Executor):
        def submit(self, _function, chunk, *_more):
            future = Future()
            if any(one.submission.learner == "learner-002" for one in chunk):
                future.set_exception(MemoryError())
            else:
                future.set_result([Graded(one.submission, None) for one in chunk])
            return future

    graded = {one.submission.learner: one for one in grade_class(class_of, "secret", settings, Full, 2)}
    assert graded.keys() == {one.learner for one in class_of}
    assert [learner for learner, one in graded.items() if one.faults] == ["learner-002"]


def test_every_misconception_is_loaded_before_the_clock_of_a_submission_runs(monkeypatch):
    from grader.diagnosis import replay as diagnosis

    diagnosis._run.cache_clear()
    exercise = load_course().by_slug["update_rule"]
    settings = Settings("none", False, ("update_rule",))
    one = Submission("learner-001", "learner-001", "update_rule", (Cell("update_rule.py", WRONG),), sha256="0" * 64)
    diagnose, loaded = diagnosis.diagnose, []

    def watched(*arguments):
        # An alarm in the middle of a module would be taken for that module's own exception, and kept for good.
        loaded.append(diagnosis._run.cache_info().currsize)
        return diagnose(*arguments)

    monkeypatch.setattr(diagnosis, "diagnose", watched)
    (graded,) = grade_chunk((Task(one, "0" * 16),), settings)
    assert loaded == [len(diagnosis.of_exercise(exercise))]
    assert all(diagnosis._run(known, exercise)[0]._parameters for known in diagnosis.of_exercise(exercise))
    assert any(check.diagnosis for check in graded.report.checks)


def test_sessions_that_are_given_up_leave_no_process_behind(monkeypatch):
    settings = Settings("lock", True, ("update_rule",))
    one = Submission("learner-001", "learner-001", "update_rule", (Cell("update_rule.py", SOLUTION),), sha256="0" * 64)
    monkeypatch.setattr(CheckSession, "verdict", lambda *_: [].pop())
    before = set(processes_below(os.getpid()))
    for _ in range(3):
        (graded,) = grade_chunk((Task(one, "0" * 16),), settings)
        assert graded.report.status == "held"
    assert set(processes_below(os.getpid())) <= before


def test_a_learner_is_told_that_something_could_not_be_explained(capsys):
    check = CheckResult("test_it", "It works.", 1.0, 1.0, "passed", hidden=False)
    submission = Submission("you", "you", "update_rule", (Cell("update_rule.py", SOLUTION),))
    report = make_report(submission, (check,), "0" * 16, "none", "")
    print_report(replace(report, left_out=("dynamics",)), "The update rule")
    assert "not all could be explained (dynamics): a fault of the grader, not yours" in capsys.readouterr().out


def test_what_is_held_is_graded_again_when_the_fault_is_mended(whole, broken):
    """Graded, held because a check was broken, and the check as it was before: the journal's old line is no verdict."""
    check = "exercises/02_update_rule/test_update_rule.py"
    folder = broken(check, "import pytest\n", "import pytest\n\n")
    shutil.copy(CHECKOUT / check, folder / "kit" / check)
    assert grade(folder)[0] == 0
    body = "    expect(submission.update(3.0, 2.0, learning_rate=0.1)).number(2.8)"
    broken(check, body, body.replace("expect", "expected"))
    assert grade(folder)[0] == 1
    assert {row["status"] for row in grades(folder / "out").values()} >= {"held"}
    shutil.copy(CHECKOUT / check, folder / "kit" / check)
    assert grade(folder)[0] == 0
    assert reports(folder) == reports(whole)
