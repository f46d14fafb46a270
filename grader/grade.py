"""Grade a class: chunks of submissions go to an executor, reports come back one after the other.

Each grading process opens one pytest session and one sandbox and keeps them for all its chunks.
"""

import atexit
import multiprocessing
import multiprocessing.context
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import forkserver, resource_tracker
from typing import TYPE_CHECKING

from grader.course import Course, load_course
from grader.interrupts import interrupts_wait
from grader.report import FAULT, CheckResult, Report, make_report
from grader.sandbox import Sandbox, Unlocked, enter_grading_process
from grader.seeds import learner_seed
from grader.submission import Submission

if TYPE_CHECKING:
    from grader.checking import CheckSession

CHUNK = 4  # submissions handed over together: a few milliseconds of work for each hand-over


@dataclass(frozen=True)
class Settings:
    """What every grading process must know."""

    secret: str
    lock: str  # what reports call the sandbox
    locked: bool
    exercises: tuple[str, ...]


@dataclass(frozen=True)
class Graded:
    """One report, whose it is, the picture for its page, and what went wrong on our side."""

    submission: Submission
    report: Report
    faults: tuple[str, ...] = ()
    picture: str = ""  # SVG


_sessions: dict[Settings, "CheckSession"] = {}  # one for each grading process and run


def grade_chunk(chunk: tuple[Submission, ...], settings: Settings) -> list[Graded]:
    """Grade some submissions in this process, in the order given."""
    session = _sessions.get(settings)
    if session is None:
        session = _sessions[settings] = open_session(load_course(), settings)
    graded = []
    for submission in chunk:
        seed = learner_seed(settings.secret, submission.learner, submission.exercise)
        report, faults = session.check(submission, seed)
        graded.append(Graded(submission, report, tuple(faults), session.picture()))
    return graded


def open_session(course: Course, settings: Settings) -> "CheckSession":
    """Open the sandbox and the pytest session of this process, until it ends."""
    from grader.checking import CheckSession  # with pytest, NumPy and SymPy: in grading processes only

    exercises = tuple(exercise for exercise in course.exercises if exercise.slug in settings.exercises)
    symbolic = {exercise.slug: exercise.symbolic for exercise in exercises}
    sandbox = Sandbox(course.limits, symbolic) if settings.locked else Unlocked(course.limits, shared=False)
    atexit.register(sandbox.close)
    return CheckSession(course, sandbox, settings.lock, exercises)


def prepare() -> None:
    """Begin to import what grading processes need, beside whatever this process does meanwhile; once is enough."""
    # OpenBLAS's threads would wait in a loop for work that no check has.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    _context().set_forkserver_preload(["grader.preload"])
    resource_tracker.ensure_running()  # it would be started next, and would let the signal in again
    with interrupts_wait():
        forkserver.ensure_running()


def _context() -> multiprocessing.context.ForkServerContext:
    return multiprocessing.get_context("forkserver")  # imports once for all grading processes


def processes(jobs: int) -> ProcessPoolExecutor:
    """Return an executor of `jobs` grading processes on this machine."""
    prepare()
    context = _context()
    return ProcessPoolExecutor(
        jobs, mp_context=context, initializer=enter_grading_process, initargs=(context.Value("i", 0),)
    )


def grade(
    submissions: Iterable[Submission], settings: Settings, make_executor: Callable[[], Executor], in_flight: int
) -> Iterator[Graded]:
    """Grade all submissions; yield each as soon as it is done.

    A grading process that dies (out of memory, killed) takes its chunk with it: the submissions that were under way
    are tried again one by one, and one that ends its grading process twice is held back.

    Parameters
    ----------
    make_executor
        Called for an executor, and again after one broke.
    in_flight
        Chunks handed over at a time.
    """
    waiting = deque(_chunks(list(submissions)))
    suspects: set[Submission] = set()
    while waiting:
        with make_executor() as executor:
            running: dict[Future[list[Graded]], tuple[Submission, ...]] = {}
            try:
                while waiting or running:
                    while waiting and len(running) < in_flight:
                        chunk = waiting.popleft()
                        with interrupts_wait():  # or one could be half started, and nobody would end it
                            running[executor.submit(grade_chunk, chunk, settings)] = chunk
                    done, _ = wait(running, return_when=FIRST_COMPLETED)
                    for future in done:
                        graded = future.result()
                        del running[future]
                        yield from graded
            except BrokenProcessPool:
                for chunk in running.values():
                    for submission in chunk:
                        if submission in suspects:
                            yield _held(submission, settings)
                        else:
                            suspects.add(submission)
                            waiting.append((submission,))
                in_flight = 1  # so that the next one to break it is known
            except BaseException:
                # Nothing of what is under way is wanted, and it may be endless.
                for process in multiprocessing.active_children():
                    process.terminate()
                executor.shutdown(cancel_futures=True)
                raise


def _chunks(submissions: list[Submission]) -> Iterator[tuple[Submission, ...]]:
    for first in range(0, len(submissions), CHUNK):
        yield tuple(submissions[first : first + CHUNK])


def _held(submission: Submission, settings: Settings) -> Graded:
    check = CheckResult(
        "grading_process", "The grading process ended.", 0.0, 10.0, "grader_error", hidden=False, message=FAULT
    )
    seed = learner_seed(settings.secret, submission.learner, submission.exercise)
    report = make_report(submission, (check,), seed, settings.lock, "")
    return Graded(submission, report, ("the grading process ended twice while this was graded",))
