"""Grade a class: chunks of submissions go to an executor, reports come back one after the other.

Each grading process opens one pytest session and one sandbox and keeps them for all its chunks. For each submission the
verdict comes first, and then, apart from it, what explains it (`grader.checking.comfort`).
"""

import atexit
import faulthandler
import multiprocessing
import multiprocessing.context
import os
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from multiprocessing import forkserver, resource_tracker
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from grader.checking.comfort import Comfort, in_one_line
from grader.checking.report import FAULT, CheckResult, Report, make_report
from grader.checking.seeds import learner_seed
from grader.collect.submission import Submission
from grader.grading.interrupts import interrupts_wait
from grader.grading.traces import NO_TRACES, Traces, traces
from grader.manifest.course import OWN, VARIABLE, Course, load_course
from grader.sandbox import Sandbox, Unlocked, enter_grading_process

if TYPE_CHECKING:
    from grader.grading.session import CheckSession

ENDING_S = 10.0  # in which a grading process that has no work any more should have ended
CHUNK = 4  # submissions handed over together: a few milliseconds of work for each hand-over
STALLED_S = 60.0  # beyond the time that a submission itself may take: then this process hangs in a call of a library


@dataclass(frozen=True)
class Settings:
    """What every grading process must know."""

    lock: str  # what reports call the sandbox
    locked: bool
    exercises: tuple[str, ...]
    course: str = ""  # its folder; nothing for the kit's own, wherever that lies

    @classmethod
    def of(cls, course: Course, lock: str, exercises: Iterable[str]) -> "Settings":
        """Return the settings for some of a course's exercises, under a lock of this name, or none."""
        folder = course.places.course
        return cls(lock, lock != "none", tuple(exercises), "" if folder == OWN else str(folder))


class Task(NamedTuple):
    """A submission, and the seed of its learner's inputs. The course's secret stays where the seed was made."""

    submission: Submission
    seed: str


class ChunkLost(Exception):
    """The process that had a chunk has ended, and its executor goes on."""


@dataclass(frozen=True)
class Graded:
    """One report, whose it is, the picture for its page, and what went wrong on our side."""

    submission: Submission
    report: Report
    faults: tuple[str, ...] = ()  # for which the score is held
    picture: str = ""  # SVG
    lost: tuple[str, ...] = ()  # what could not be made to explain the verdict, and why
    traces: Traces = NO_TRACES  # for the class's overview alone

    def for_each(self, submissions: Iterable[Submission]) -> "Iterator[Graded]":
        """Yield the same for each of some submissions of the same work."""
        for one in submissions:
            yield replace(self, submission=one, report=replace(self.report, learner=one.learner))


# One for each grading process and run, with its sandbox and the seconds after which a submission has stalled it.
_sessions: dict[Settings, tuple["CheckSession", Sandbox | Unlocked, float]] = {}


def grade_chunk(chunk: tuple[Task, ...], settings: Settings, explained: bool = True) -> list[Graded]:
    """Grade some submissions in this process, in the order given; without `explained` there are verdicts alone."""
    graded = []
    for task in chunk:
        session, patience_s = _session(settings)
        # What hangs where no exception can reach it ends this process, and is tried again without what may be left out.
        faulthandler.dump_traceback_later(patience_s, exit=True, file=_nowhere())
        graded.append(_grade_one(task, session, settings, explained))
        faulthandler.cancel_dump_traceback_later()
    return graded


def _session(settings: Settings) -> tuple["CheckSession", float]:
    if settings not in _sessions:
        course = choose(settings)
        _sessions[settings] = *open_session(course, settings), course.limits.submission_timeout_s + STALLED_S
    session, _, patience_s = _sessions[settings]
    return session, patience_s


def choose(settings: Settings) -> Course:
    """Make the course of the settings the one at hand: this process may have been started before it was chosen."""
    if settings.course:
        os.environ[VARIABLE] = settings.course
    else:
        os.environ.pop(VARIABLE, None)
    return load_course()


def _close_session(settings: Settings) -> None:
    session, sandbox, _ = _sessions.pop(settings)
    session.close()
    sandbox.close()
    atexit.unregister(sandbox.close)


def _grade_one(task: Task, session: "CheckSession", settings: Settings, explained: bool) -> Graded:
    submission, seed = task
    if submission.fault:
        return _held(task, settings, "reading", submission.fault)
    began = time.process_time()
    try:
        report, faults = session.verdict(submission, seed)
    except Exception as error:  # noqa: BLE001  # a fault of ours must hold one score, and end no class
        _close_session(settings)  # whatever it was, the next submission gets a new one
        return _held(task, settings, "verdict", in_one_line(error))
    comfort, unseen = Comfort(time.process_time() - began), Comfort()
    picture, left = "", NO_TRACES
    if explained:
        report = session.explained(report, comfort)
        picture = comfort.make("picture", session.picture, "")
        # What learners do not see leaves no mark in their reports either, should it fail.
        exercise = load_course().by_slug[submission.exercise]
        left = unseen.make("traces", lambda: traces(submission, exercise, report, session), left)
    else:
        comfort.give_up("explanation", "this process ended while it was made")
    report = replace(report, left_out=tuple(comfort.left_out))
    return Graded(submission, report, tuple(faults), picture, (*comfort.faults, *unseen.faults), left)


@cache
def _nowhere() -> int:
    return os.open(os.devnull, os.O_WRONLY)  # as long as this process lives


def open_session(course: Course, settings: Settings) -> tuple["CheckSession", Sandbox | Unlocked]:
    """Open the sandbox of this process, which ends with it, and the pytest session in it."""
    from grader.grading.session import CheckSession  # with pytest, NumPy and SymPy: in grading processes only

    exercises = tuple(exercise for exercise in course.exercises if exercise.slug in settings.exercises)
    symbolic = {exercise.slug: exercise.symbolic for exercise in exercises}
    sandbox = Sandbox(course.limits, symbolic) if settings.locked else Unlocked(course.limits, shared=False)
    atexit.register(sandbox.close)
    return CheckSession(course, sandbox, settings.lock, exercises), sandbox


def prepare() -> None:
    """Begin to import what grading processes need, beside whatever this process does meanwhile; once is enough."""
    # OpenBLAS's threads would wait in a loop for work that no check has.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    _context().set_forkserver_preload(["grader.grading.preload"])
    resource_tracker.ensure_running()  # it would be started next, and would let the signal in again
    with interrupts_wait():
        forkserver.ensure_running()


def _context() -> multiprocessing.context.ForkServerContext:
    return multiprocessing.get_context("forkserver")  # imports once for all grading processes


def _terminate(some: Iterable[BaseProcess]) -> None:
    for process in some:
        process.terminate()


class _Processes(ProcessPoolExecutor):
    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes. Whoever was killed while waiting for work took the queue's lock along, and the others wait for it for ever."""
        there = multiprocessing.active_children()
        stuck = threading.Timer(ENDING_S, _terminate, [there])
        stuck.daemon = True
        stuck.start()
        try:
            super().shutdown(wait, cancel_futures=cancel_futures)
        finally:
            stuck.cancel()


def processes(jobs: int) -> ProcessPoolExecutor:
    """Return an executor of `jobs` grading processes on this machine."""
    prepare()
    context = _context()
    return _Processes(jobs, mp_context=context, initializer=enter_grading_process, initargs=(context.Value("i", 0),))


def grade(
    submissions: Iterable[Submission],
    secret: str,
    settings: Settings,
    make_executor: Callable[[], Executor],
    in_flight: int,
) -> Generator[Graded, None, None]:
    """Grade all submissions; yield each as soon as it is done.

    A grading process that dies (out of memory, killed) takes its chunk with it: the submissions that were under way
    are tried again one by one, then without what explains a verdict; one whose verdict ends its grading process is held.

    Parameters
    ----------
    secret
        The course's, from which each learner's seed is made.
    make_executor
        Called for an executor, and again after one broke.
    in_flight
        Chunks handed over at a time.
    """
    # A large class's code does not fit into memory: what is not under way is not read yet.
    chunks = _chunks(Task(one, learner_seed(secret, one.inputs_of, one.exercise)) for one in submissions)
    waiting = deque(islice(chunks, 1))
    suspects: deque[Task] = deque()  # each may be the one that ends its process, so each is tried alone
    tried: Counter[Task] = Counter()
    while waiting or suspects:
        with make_executor() as executor:
            running: dict[Future[list[Graded]], tuple[Task, ...]] = {}
            try:
                while waiting or suspects or running:
                    alone = suspects or any(tried[chunk[0]] for chunk in running.values())
                    while (waiting or suspects) and len(running) < (1 if alone else in_flight):
                        chunk = (suspects[0],) if suspects else waiting[0]
                        with interrupts_wait():  # or one could be half started, and nobody would end it
                            running[executor.submit(grade_chunk, chunk, settings, tried[chunk[0]] < 2)] = chunk
                        (suspects or waiting).popleft()  # only now: an executor that has broken takes nothing
                        waiting.extend(islice(chunks, 1 - len(waiting)))
                    done, _ = wait(running, return_when=FIRST_COMPLETED)
                    for future in done:
                        try:
                            graded = future.result()
                        except (MemoryError, ChunkLost):  # of that process; the others go on
                            yield from _again(running.pop(future), suspects, tried, settings)
                            continue
                        del running[future]
                        yield from graded
            except BrokenProcessPool:
                for chunk in running.values():
                    yield from _again(chunk, suspects, tried, settings)
            except BaseException:
                # Nothing of what is under way is wanted, and it may be endless.
                _terminate(multiprocessing.active_children())
                executor.shutdown(cancel_futures=True)
                raise


def _again(
    chunk: tuple[Task, ...], suspects: deque[Task], tried: Counter[Task], settings: Settings
) -> Iterator[Graded]:
    """Note that these ended their process, so that each is tried again alone; give those that are held for it."""
    tried.update(chunk)
    for task in chunk:
        if tried[task] > 2:
            yield _held(task, settings, "grading process", "it ended three times")
        else:
            suspects.append(task)


def _chunks(tasks: Iterable[Task]) -> Iterator[tuple[Task, ...]]:
    tasks = iter(tasks)
    while chunk := tuple(islice(tasks, CHUNK)):
        yield chunk


def _held(task: Task, settings: Settings, what: str, why: str) -> Graded:
    submission, seed = task
    most = load_course(Path(settings.course) if settings.course else OWN).by_slug[submission.exercise].points
    check = CheckResult("verdict", "There is a verdict.", 0.0, most, "grader_error", hidden=False, message=FAULT)
    report = make_report(submission, (check,), seed, settings.lock, "")
    return Graded(submission, report, (f"{what}: {why}",))
