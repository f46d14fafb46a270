"""A learner's own loop: find their exercises, and run the public checks on their files."""

from collections.abc import Iterator
from pathlib import Path

from grader.checking import CheckSession
from grader.collect import read_one
from grader.course import Course, Exercise
from grader.report import Report
from grader.sandbox import Unlocked
from grader.seeds import learner_seed

LEARNER = "you"


def find_exercises(here: Path, named: str | None) -> Path | None:
    """Return the folder that holds `02_update_rule` and its like: here, in `exercises`, above, or where `named` is."""
    starts = [here]
    if named and Path(named).exists():
        starts.insert(0, Path(named).resolve())
    for start in starts:
        for folder in (start, *start.parents):
            for candidate in (folder / "exercises", folder):
                if candidate.is_dir() and any(candidate.glob("[0-9][0-9]_*")):
                    return candidate
    return None


def check_own(course: Course, exercises: tuple[Exercise, ...], folder: Path) -> Iterator[tuple[Report, Exercise]]:
    """Run the public checks of `exercises` on the files below `folder`; yield each report."""
    # On their own machine a learner's own code needs no lock, only the time limit.
    sandbox = Unlocked(course.limits, shared=True)
    session = CheckSession(course, sandbox, "none", exercises, with_hidden=False)
    try:
        for exercise in exercises:
            submission = read_one(folder / exercise.name, LEARNER, exercise)
            report, faults = session.check(submission, learner_seed("", LEARNER, exercise.slug))
            for fault in faults:
                raise RuntimeError(fault)
            yield report, exercise
    finally:
        session.close()
        sandbox.close()
