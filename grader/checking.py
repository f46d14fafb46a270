"""Stage 3: one pytest session for many submissions. Checks are collected once, and run again for each learner."""

import gc
import os
import queue
import threading
import time
from collections import defaultdict
from typing import Protocol

import pytest

from grader import plugin
from grader.course import PACKAGE, Course, CourseError, Exercise
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
        self._items: dict[str, list[pytest.Item]] = defaultdict(list)
        self._desk = plugin.Desk()
        self._problems: list[str] = []
        self._todo: queue.SimpleQueue[tuple[SubmissionProxy, str, str] | None] = queue.SimpleQueue()
        self._done: queue.SimpleQueue[BaseException | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="pytest", daemon=True)
        self._thread.start()
        self._wait()
        gc.freeze()  # pytest, NumPy and SymPy stay: no need to look through them for garbage again and again

    def _run(self) -> None:
        files = [exercise.public_checks for exercise in self._exercises]
        if self._with_hidden:
            files += [exercise.hidden_checks for exercise in self._exercises]
        try:
            pytest.main([*ARGUMENTS, *map(str, files)], plugins=[plugin, self])
        except BaseException as error:  # noqa: BLE001  # to be raised again in the thread that waits
            self._done.put(error)
        self._done.put(CourseError("the checks cannot be collected: " + "; ".join(self._problems or ["no checks"])))

    def _wait(self) -> None:
        error = self._done.get()
        if error is not None:
            raise error

    # pytest's hooks.

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self._problems.append(f"{report.nodeid}: {report.longreprtext.strip().splitlines()[-1]}")

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        self._desk = config.stash[plugin.DESK]
        for item in items:
            self._items[item.path.stem.removeprefix("test_")].append(item)

    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        if session.testsfailed:
            return None  # pytest ends the session, and what `_run` says last is heard
        self._done.put(self._points_error())
        while (task := self._todo.get()) is not None:
            proxy, seed, slug = task
            self._desk.open(proxy, seed)
            items = self._items[slug]
            for item, following in zip(items, [*items[1:], None], strict=True):
                item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
            self._done.put(None)
        return True

    def _points_error(self) -> CourseError | None:
        for exercise in self._exercises if self._with_hidden else ():
            points = sum(map(plugin.points_of, self._items[exercise.slug]))
            if points != FULL_POINTS:
                return CourseError(f"{exercise.slug}: its checks are worth {points:g} points; expected {FULL_POINTS:g}")
        return None

    def check(self, submission: Submission, seed: str) -> tuple[Report, list[str]]:
        """Run the submission's checks; return its report, and what went wrong on our side."""
        began = time.perf_counter()
        session = self._sandbox.open(submission.exercise, submission.cells)
        try:
            proxy = SubmissionProxy(submission, session)
            self._todo.put((proxy, seed, submission.exercise))
            self._wait()
        finally:
            session.close()
        checks: tuple[CheckResult, ...] = tuple(self._desk.results.values())
        if self._with_hidden and any(check.outcome == "failed" for check in checks):
            from grader.diagnosis import diagnose  # with the misconceptions, which no learner has

            checks = diagnose(self._course.by_slug[submission.exercise], checks, self._desk.calls)
        output = proxy.output()
        report = make_report(submission, checks, seed, self._lock, output, time.perf_counter() - began)
        return report, self._desk.faults

    def close(self) -> None:
        """End the session."""
        self._todo.put(None)
        self._thread.join()
