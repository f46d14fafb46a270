"""A learner's own loop: find their exercises, and run the public checks on their files."""

from pathlib import Path
from typing import Self

from grader.checking.report import Report
from grader.checking.seeds import learner_seed
from grader.collect.choosing import read_one
from grader.collect.submission import Submission
from grader.collect.untouched import is_untouched
from grader.manifest.course import Course, CourseError, Exercise
from grader.practice.progress import Best, now
from grader.sandbox.forked import own_sandbox

LEARNER = "you"


def find_exercises(here: Path, named: str | None) -> Path | None:
    """Return the folder that holds `NN_SLUG` of each exercise: here, in `exercises`, above, or where `named` is."""
    starts = [here]
    if named and Path(named).exists():
        starts.insert(0, Path(named).resolve())
    for start in starts:
        for folder in (start, *start.parents):
            for candidate in (folder / "exercises", folder):
                if candidate.is_dir() and any(candidate.glob("[0-9][0-9]_*")):
                    return candidate
    return None


class Practice:
    """A learner's own checks, open for as many runs as they like; a context manager.

    Parameters
    ----------
    course
        The course.
    exercises
        Those of it that will be checked.
    folder
        Holds `NN_SLUG` of each exercise.

    Raises
    ------
    CourseError
        If the checks cannot be collected.
    """

    def __init__(self, course: Course, exercises: tuple[Exercise, ...], folder: Path) -> None:
        self._folder = folder
        # On their own machine a learner's own code needs no lock, only the time limit.
        self._sandbox = own_sandbox(course.limits)
        from grader.grading.session import CheckSession  # with pytest: of what is imported from here on, no fork knows

        self._session = CheckSession(course, self._sandbox, "none", exercises, with_hidden=False, with_examples=True)

    def check(self, exercise: Exercise) -> Report:
        """Run the public checks of an exercise on what its file holds now.

        Raises
        ------
        CourseError
            If a check itself is broken, or this machine cannot read the file.
        """
        submission = self._read(exercise)
        report, faults = self._session.check(submission, learner_seed("", LEARNER, exercise.slug))
        if faults:
            raise CourseError(f"{exercise.public_checks.name} is broken: {faults[0]}")
        return report

    def begun(self, exercise: Exercise) -> bool:
        """Return whether anything was written into an exercise's file."""
        if exercise.stub.parent == self._folder / exercise.name:
            return True  # in the course's own checkout it is the stub itself that is worked on
        submission = self._read(exercise)
        stub = exercise.stub.read_text(encoding="utf-8")
        written = bool(submission.cells) and not is_untouched((cell.source for cell in submission.cells), stub)
        return written or bool(submission.problem) or (submission.missing and bool(submission.notes))

    def _read(self, exercise: Exercise) -> Submission:
        submission = read_one(self._folder / exercise.name, LEARNER, exercise)
        if submission.fault:
            raise CourseError(submission.fault)
        return submission

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()
        self._sandbox.close()


def best(report: Report) -> Best:
    """Return what a run of the public checks gave, as progress has it: of those that have points, as the page has them."""
    checks = [check for check in report.checks if check.max_points]
    good = [check for check in checks if check.outcome == "passed"]
    points = sum((check.points for check in good), 0.0)
    return Best(len(good), len(checks), points, report.max_score, now())
