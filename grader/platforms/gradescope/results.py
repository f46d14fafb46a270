"""What a bundle's `run_autograder` calls on Gradescope: one learner's submission in, results.json out. Stage 5.

Whatever goes wrong on our side leaves no results.json. Gradescope then says that the autograder failed, gives no score,
and lets the instructor run it again; a results.json with a zero in it would be a grade.
"""

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.checking.report import CheckResult, Report, make_report
from grader.collect.choosing import read_folder
from grader.collect.submission import Submission
from grader.grading import grade as grading
from grader.manifest.course import Course, CourseError, Exercise, load_course
from grader.publish.formats import gradescope
from grader.sandbox import LockUnavailable, lock_name

ROOT = "/autograder"  # where the platform lays everything out
SETTINGS = "bundle.json"  # in the bundle's root


class PlatformError(Exception):
    """A file that the platform or the bundle should have brought is not as it should be; the message says which."""


@dataclass(frozen=True)
class BundleSettings:
    """What the instructor chose when the bundle was made."""

    secret: str
    locked: bool
    exercises: tuple[str, ...]

    def to_json(self) -> str:
        return json.dumps(vars(self), indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "BundleSettings":
        """Read settings that `to_json` wrote.

        Raises
        ------
        ValueError
            If they are none.
        """
        try:
            data: dict[str, Any] = json.loads(text)
            return cls(str(data["secret"]), bool(data["locked"]), tuple(map(str, data["exercises"])))
        except (KeyError, TypeError) as error:
            raise ValueError(f"an entry is missing or wrong: {error}") from None


def main(root: Path) -> int:
    """Grade what lies in `root`, laid out as on the platform; return the exit status."""
    results = root / "results" / "results.json"
    results.unlink(missing_ok=True)  # an old one would pass for ours if we failed
    try:
        settings = _settings(root / "source" / SETTINGS)
        learner = learner_of(root / "submission_metadata.json")
        reports, faults = grade_folder(root / "submission", learner, settings, load_course())
    except (PlatformError, CourseError, LockUnavailable) as error:
        print(f"not graded: {error}", file=sys.stderr)
        return 2
    for report, exercise in reports:
        score = "held" if report.score is None else f"{report.score:g} of {report.max_score:g}"
        print(f"{exercise.slug}: {score} (learner {report.learner}, sandbox {report.sandbox})")
    if faults:
        print("\n".join(["a fault of the grader; no score is given to anybody:", *faults]), file=sys.stderr)
        return 1
    results.parent.mkdir(exist_ok=True)
    unfinished = results.with_name(f".{results.name}")
    unfinished.write_text(gradescope(reports), encoding="utf-8")
    unfinished.replace(results)  # whole or not at all
    return 0


def learner_of(metadata: Path) -> str:
    """Return who handed in, as a name that stays the same at every regrade: Gradescope's numbers of the users.

    Raises
    ------
    PlatformError
        If the platform's file does not say.
    """
    try:
        users = json.loads(metadata.read_text(encoding="utf-8"))["users"]
        numbers = sorted(int(user["id"]) for user in users)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PlatformError(f"{metadata.name} does not tell the learner's number: {error}") from None
    if not numbers:
        raise PlatformError(f"{metadata.name} names no user; expected at least one")
    return "+".join(map(str, numbers))


def grade_folder(
    folder: Path, learner: str, settings: BundleSettings, course: Course
) -> tuple[list[tuple[Report, Exercise]], list[str]]:
    """Grade the exercises of a bundle; return their reports, and what went wrong on our side.

    Raises
    ------
    LockUnavailable
        If the container does not give the lock, and the bundle was not made to do without.
    """
    lock = lock_name() if settings.locked else "none"
    exercises = tuple(course.find(slug) for slug in settings.exercises)
    submissions = read_folder(folder, learner, exercises, course)
    todo = [submission for submission in submissions if not submission.missing]
    run = grading.Settings(lock, settings.locked, tuple(one.exercise for one in todo))
    done, faults = {}, []
    for graded in grading.grade(todo, settings.secret, run, lambda: grading.processes(1), 1) if todo else ():
        done[graded.submission.exercise] = graded.report
        faults += [f"{graded.submission.exercise}: {fault}" for fault in graded.faults]
        for lost in graded.lost:
            print(f"{graded.submission.exercise}: graded, but {lost}", file=sys.stderr)
    reports = [done.get(submission.exercise) or _missing(submission, lock) for submission in submissions]
    faults += [f"{one.exercise}: held" for one in reports if one.score is None and not faults]
    return list(zip(reports, exercises, strict=True)), faults


def _missing(submission: Submission, lock: str) -> Report:
    """Return the report on an exercise that was not handed in, which on this platform is a row with no points."""
    slug = submission.exercise
    message = "\n".join([f"There is no {slug}.py and no {slug}.ipynb among your files.", *submission.notes])
    check = CheckResult(
        "handed_in",
        "The exercise is handed in.",
        0.0,
        10.0,
        "failed",
        hidden=False,
        message=message,
        hint=f"Upload `{slug}.py` or `{slug}.ipynb` by itself, or in the folder that you got it in.",
    )
    return make_report(submission, (check,), "", lock, "")


def _settings(path: Path) -> BundleSettings:
    try:
        return BundleSettings.from_json(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise PlatformError(f"{path.name} of the bundle cannot be read: {error}; make the bundle again") from None


if __name__ == "__main__":
    sys.exit(main(Path(os.environ.get("AUTOGRADER_ROOT", ROOT))))
