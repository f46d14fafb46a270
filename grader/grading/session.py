"""Stage 3: one pytest session for many submissions. Checks are collected once, and run again for each learner."""

import gc
import os
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import pytest

from grader.checking import plugin
from grader.checking.comfort import Comfort
from grader.checking.proxy import Answering, Call, SubmissionProxy
from grader.checking.report import CheckResult, Report, make_report
from grader.collect.submission import Cell, Other, Submission
from grader.diagnosis.asking import Renewable, asked
from grader.diagnosis.behaviour import behaviours
from grader.diagnosis.dynamics import DIAGNOSED, depending, describe
from grader.diagnosis.questions import Answer
from grader.manifest.course import PACKAGE, Course, CourseError, Exercise
from grader.sandbox import Session

ROUNDING = 1e-9  # of points that are added up
# Nothing of the machine's or a learner's configuration takes part, and nothing that costs time for each check.
WITHOUT = (
    "terminal cacheprovider capture logging doctest junitxml pastebin debugging stepwise setuponly setupplan "
    "skipping unittest faulthandler unraisableexception threadexception warnings tmpdir monkeypatch recwarn legacypath"
).split()
ARGUMENTS = [
    *[argument for name in WITHOUT for argument in ("-p", f"no:{name}")],
    "--noconftest",
    "--import-mode=importlib",
    "--assert=plain",
    "--disable-plugin-autoload",
    f"--rootdir={PACKAGE}",
    "-c",
    os.devnull,
]


class Opening(Protocol):
    """A sandbox: opens a session for each submission."""

    def wait_until_ready(self) -> None: ...

    def open(self, name: str, cells: tuple[Cell, ...], others: tuple[Other, ...] = ()) -> Session: ...


class CheckSession:
    """An open pytest session, waiting for submissions.

    pytest runs in a thread of its own: its loop, which it calls once, is where the waiting happens.

    Parameters
    ----------
    course
        The course whose checks are collected.
    sandbox
        Where submissions run; the session does not close it.
    lock
        What reports call the sandbox.
    exercises
        Which exercises' checks to collect.
    with_hidden
        Whether hidden checks run too.
    with_examples
        Whether the examples in the docstrings are tried too.

    Raises
    ------
    CourseError
        If the checks cannot be collected, or an exercise's points do not add up.
    """

    def __init__(
        self,
        course: Course,
        sandbox: Opening,
        lock: str,
        exercises: tuple[Exercise, ...],
        with_hidden: bool = True,
        with_examples: bool = False,
    ) -> None:
        self._course = course
        self._sandbox = sandbox
        self._lock = lock
        self._with_hidden = with_hidden
        self._exercises = exercises
        self._last: tuple[Submission, Session] | None = None  # what was checked last, and where
        self._answers: dict[str, list[Answer]] = {}  # of that, to further questions
        self.lost: list[str] = []  # of the last `check`, what could not be made to explain it, and why
        self._loop = plugin.Loop(self._points_error, with_examples)
        self._thread = threading.Thread(target=self._run, name="pytest", daemon=True)
        self._thread.start()
        self._loop.wait()
        sandbox.wait_until_ready()  # it was getting warm while the checks were collected
        gc.freeze()  # pytest, NumPy and SymPy stay: no need to look through them for garbage again and again

    def _run(self) -> None:
        files = [exercise.public_checks for exercise in self._exercises]
        if self._with_hidden:
            files += [exercise.hidden_checks for exercise in self._exercises]
        _run_loop(self._loop, files)

    def _points_error(self) -> CourseError | None:
        for exercise in self._exercises if self._with_hidden else ():
            checks = self._loop.items[exercise.slug]
            points = sum(map(plugin.points_of, checks))
            if abs(points - exercise.points) > ROUNDING:
                without = [check.name for check in checks if not plugin.points_of(check)]
                unmarked = f"; without @pytest.mark.points: {', '.join(without)}" if without else ""
                return CourseError(
                    f"{exercise.slug}: its checks are worth {points:g} points; expected {exercise.points:g}{unmarked}"
                )
        return None

    def check(self, submission: Submission, seed: str) -> tuple[Report, list[str]]:
        """Run the submission's checks and explain the verdict; return the report, and what went wrong in the checks."""
        verdict, faults = self.verdict(submission, seed)
        comfort = Comfort()
        report = replace(self.explained(verdict, comfort), left_out=tuple(comfort.left_out))
        self.lost = comfort.faults
        return report, faults

    def verdict(self, submission: Submission, seed: str) -> tuple[Report, list[str]]:
        """Run the submission's checks; return the report without any explanation, and what went wrong on our side.

        Where a worker was killed they run once more: the system's killer takes whom it likes, and what is the submission's
        own doing happens again.
        """
        report, faults, struck = self._verdict(submission, seed)
        return self._verdict(submission, seed)[:2] if struck else (report, faults)

    def _verdict(self, submission: Submission, seed: str) -> tuple[Report, list[str], bool]:
        session = self._sandbox.open(submission.exercise, submission.cells, submission.others)
        self._last = submission, session
        try:
            proxy = SubmissionProxy(submission, session)
            self._loop.todo.put((proxy, seed, submission.exercise))
            self._loop.wait()
        finally:
            session.close()
        desk = self._loop.desk
        report = make_report(submission, tuple(desk.results.values()), seed, self._lock, proxy.output(), proxy.notes())
        # In whole seconds: a learner's code could sleep for as long as a hidden input says.
        return replace(report, duration_s=report.duration_s + round(desk.hidden_s)), desk.faults, session.struck

    def explained(self, verdict: Report, comfort: Comfort) -> Report:
        """Return the verdict on the submission last checked with diagnoses, as far as they can be made."""
        calls = self._loop.desk.calls
        answers = _asked(*self._last, verdict, self._loop.desk, comfort) if self._last is not None else {}
        self._answers = answers
        report = _described(verdict, self._loop.desk, answers, comfort)
        if not self._with_hidden or not any(check.outcome in (*DIAGNOSED, "timeout") for check in report.checks):
            return report

        exercise = self._course.by_slug[report.exercise]

        def prepared() -> bool:
            from grader.diagnosis.replay import prepare  # with the misconceptions, which no learner has

            prepare(exercise)
            return True

        def diagnosed() -> Report:
            from grader.diagnosis.replay import diagnose

            return replace(report, checks=_hedged(self._loop.desk, diagnose(exercise, report.checks, calls, answers)))

        own = Comfort()  # with a time of its own: what one submission costs must not stop what serves all
        if own.make("diagnosis", prepared, False):
            return comfort.make("diagnosis", diagnosed, report)
        comfort.left_out += own.left_out
        comfort.faults += own.faults
        return report

    def behaviours(self, report: Report) -> dict[str, str]:
        """Return fingerprints of how the submission last checked, of which this is the explained report, failed undiagnosed."""
        return behaviours(report.checks, self._loop.desk.calls, self._answers)

    def picture(self) -> str:
        """Return the picture of what the submission last checked did in a public check: SVG, "" if there is none."""
        from grader.diagnosis.picture import picture, telling  # for pages: `grader check` prints, and needs none

        return picture(telling(self._loop.desk.results.values(), self._loop.desk.calls))

    def close(self) -> None:
        """End the session."""
        self._loop.todo.put(None)
        self._thread.join()


def check_here(
    exercise: Exercise, submission: Submission, session: Renewable, seed: str, with_examples: bool = False
) -> tuple[Report, dict[str, list[Call]]]:
    """Run an exercise's public checks in this very thread: for a page, where there is no other, and for a notebook.

    Returns
    -------
    report : Report
        The same that a `CheckSession` without hidden checks makes.
    calls : dict of str to list of Call
        What each check called.

    Raises
    ------
    CourseError
        If the checks cannot be collected.
    RuntimeError
        If a check is broken: a fault of ours.
    KeyboardInterrupt
        If somebody has interrupted it.
    """
    loop = plugin.Loop(lambda: None, with_examples)
    proxy = SubmissionProxy(submission, session)
    loop.todo.put((proxy, seed, exercise.slug))
    loop.todo.put(None)
    if _run_loop(loop, [exercise.public_checks]) == pytest.ExitCode.INTERRUPTED:
        raise KeyboardInterrupt
    loop.wait()
    if loop.desk.faults:
        raise RuntimeError("; ".join(loop.desk.faults))
    results = tuple(loop.desk.results.values())
    verdict = make_report(submission, results, seed, "none", proxy.output(), proxy.notes())
    comfort = Comfort()
    answers = _asked(submission, session, verdict, loop.desk, comfort)
    report = _described(verdict, loop.desk, answers, comfort)
    return replace(report, left_out=tuple(comfort.left_out)), loop.desk.calls


def _run_loop(loop: plugin.Loop, files: Sequence[Path]) -> int:
    """Collect checks, run pytest with `loop` until it ends, return its status; what prevents it waits in `loop.done`."""
    status = 0
    try:
        status = pytest.main([*ARGUMENTS, *map(str, files)], plugins=[loop])
    except BaseException as error:  # noqa: BLE001  # to be raised again by the one who waits
        loop.done.put(error)
    problems = "; ".join(loop.problems or ["no checks"])
    loop.done.put(CourseError(f"the checks cannot be collected: {problems}"))
    return status


def _asked(
    submission: Submission, session: Renewable, verdict: Report, desk: plugin.Desk, comfort: Comfort
) -> dict[str, list[Answer]]:
    """Return what the functions that failed answer to further questions."""
    return (
        {} if desk.proxy is None else asked(submission, session, verdict.checks, desk.calls, desk.proxy.uses, comfort)
    )


def _described(verdict: Report, desk: plugin.Desk, answers: dict[str, list[Answer]], comfort: Comfort) -> Report:
    """Return the verdict with what the recorded paths and the answers to further questions say where something failed."""
    if not any(check.outcome in DIAGNOSED for check in verdict.checks):
        return verdict

    def described() -> Report:
        checks = describe(verdict.exercise, verdict.checks, desk.calls, desk.findings, answers)
        return replace(verdict, checks=_hedged(desk, checks))

    return comfort.make("dynamics", described, verdict)


def _hedged(desk: plugin.Desk, checks: tuple[CheckResult, ...]) -> tuple[CheckResult, ...]:
    return checks if desk.proxy is None else depending(checks, desk.calls, desk.proxy.uses)


def check_once(
    exercise: Exercise, name: str, submission: Submission, session: Answering, seed: str
) -> tuple[CheckResult | None, str]:
    """Run one check in a pytest session of its own, in this very thread, so that an interrupt ends it.

    Returns
    -------
    result : CheckResult or None
        What it found; None if there is no such check here.
    output : str
        What the submission's code printed, if the check is public.
    """
    loop = plugin.Loop(lambda: None)
    proxy = SubmissionProxy(submission, session)
    loop.todo.put((proxy, seed, exercise.slug))
    loop.todo.put(None)
    for file in (exercise.public_checks, exercise.hidden_checks):
        if file.is_file() and f"def {name}(" in file.read_text(encoding="utf-8"):
            status = pytest.main([*ARGUMENTS, f"{file}::{name}"], plugins=[loop])
            if status == pytest.ExitCode.INTERRUPTED:
                raise KeyboardInterrupt
    return loop.desk.results.get(name), proxy.output()
