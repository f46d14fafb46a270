"""Stage 3: one pytest session for many submissions. Checks are collected once, and run again for each learner."""

import gc
import os
import threading
from typing import Protocol

import pytest

from grader import plugin
from grader.course import PACKAGE, Course, CourseError, Exercise
from grader.dynamics import DIAGNOSED, describe
from grader.proxy import SubmissionProxy
from grader.report import CheckResult, Report, make_report
from grader.sandbox import Session
from grader.submission import Cell, Submission

FULL_POINTS = 10.0
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

    def open(self, name: str, cells: tuple[Cell, ...]) -> Session: ...


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

    Raises
    ------
    CourseError
        If the checks cannot be collected, or an exercise's points do not add up to 10.
    """

    def __init__(
        self, course: Course, sandbox: Opening, lock: str, exercises: tuple[Exercise, ...], with_hidden: bool = True
    ) -> None:
        self._course = course
        self._sandbox = sandbox
        self._lock = lock
        self._with_hidden = with_hidden
        self._exercises = exercises
        self._loop = plugin.Loop(self._points_error)
        self._thread = threading.Thread(target=self._run, name="pytest", daemon=True)
        self._thread.start()
        self._loop.wait()
        sandbox.wait_until_ready()  # it was getting warm while the checks were collected
        gc.freeze()  # pytest, NumPy and SymPy stay: no need to look through them for garbage again and again

    def _run(self) -> None:
        files = [exercise.public_checks for exercise in self._exercises]
        if self._with_hidden:
            files += [exercise.hidden_checks for exercise in self._exercises]
        try:
            pytest.main([*ARGUMENTS, *map(str, files)], plugins=[plugin, self._loop])
        except BaseException as error:  # noqa: BLE001  # to be raised again in the thread that waits
            self._loop.done.put(error)
        problems = "; ".join(self._loop.problems or ["no checks"])
        self._loop.done.put(CourseError(f"the checks cannot be collected: {problems}"))

    def _points_error(self) -> CourseError | None:
        for exercise in self._exercises if self._with_hidden else ():
            points = sum(map(plugin.points_of, self._loop.items[exercise.slug]))
            if points != FULL_POINTS:
                return CourseError(f"{exercise.slug}: its checks are worth {points:g} points; expected {FULL_POINTS:g}")
        return None

    def check(self, submission: Submission, seed: str) -> tuple[Report, list[str]]:
        """Run the submission's checks; return its report, and what went wrong on our side."""
        session = self._sandbox.open(submission.exercise, submission.cells)
        try:
            proxy = SubmissionProxy(submission, session)
            self._loop.todo.put((proxy, seed, submission.exercise))
            self._loop.wait()
        finally:
            session.close()
        checks: tuple[CheckResult, ...] = tuple(self._loop.desk.results.values())
        if any(check.outcome in DIAGNOSED for check in checks):
            checks = describe(submission.exercise, checks, self._loop.desk.calls)
            if self._with_hidden:
                from grader.diagnosis import diagnose  # with the misconceptions, which no learner has

                checks = diagnose(self._course.by_slug[submission.exercise], checks, self._loop.desk.calls)
        output = proxy.output()
        report = make_report(submission, checks, seed, self._lock, output)
        return report, self._loop.desk.faults

    def close(self) -> None:
        """End the session."""
        self._loop.todo.put(None)
        self._thread.join()
