"""The programs whose grades are known beforehand: solutions, right variants, misconceptions, wrong ones, mutants."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from grader.collect.choosing import read_one
from grader.collect.submission import Cell, Submission
from grader.diagnosis.mistakes import Misconception, of_exercise, source
from grader.manifest.course import Exercise


@dataclass(frozen=True, eq=False)
class Program:
    """One program, and what is known of it."""

    kind: str  # right, disguised, wrong, endless, misconception, mutant
    exercise: Exercise
    name: str
    submission: Submission
    mistakes: tuple[Misconception, ...] = ()  # what it should be diagnosed as
    line: str = field(default="")  # of a mutant: the line that was changed, and how

    def handed_in_by(self, learner: str) -> Submission:
        """Return it as a learner's submission: each learner has inputs of their own."""
        return replace(self.submission, learner=learner)


def solution_text(exercise: Exercise) -> str:
    return exercise.solution.read_text(encoding="utf-8")


def from_text(kind: str, exercise: Exercise, name: str, text: str, **more: Any) -> Program:
    """Return a script as a program."""
    cells = (Cell(f"{exercise.slug}.py", text),)
    return Program(kind, exercise, name, Submission("", "", exercise.slug, cells), **more)


def misconceptions(exercise: Exercise) -> Iterator[Program]:
    """Yield the solution with each of its misconceptions."""
    text = solution_text(exercise)
    for mistake in of_exercise(exercise):
        name = f"{mistake.function}: {mistake.name}"
        yield from_text("misconception", exercise, name, f"{text}\n{source(mistake)}", mistakes=(mistake,))


def golden(exercise: Exercise) -> Iterator[Program]:
    """Yield the solution, and the hand-ins that an author keeps of the exercise.

    What one is its name says: `right_…` must get all points, anything else must lose some. A file of the same name with the
    ending `.json` may tell what it should be diagnosed as.
    """
    yield from_text("right", exercise, "the solution", solution_text(exercise))
    known = {(mistake.function, mistake.name): mistake for mistake in of_exercise(exercise)}
    for path in sorted((exercise.places.submissions / exercise.slug).glob("*")):
        if path.suffix == ".json" or not path.is_file():
            continue
        kind, beside = path.stem.partition("_")[0], path.with_suffix(".json")
        expected = json.loads(beside.read_text(encoding="utf-8")) if beside.is_file() else {}
        with tempfile.TemporaryDirectory() as folder:
            shutil.copyfile(path, Path(folder, f"{exercise.slug}{path.suffix}"))
            submission = read_one(Path(folder), "", exercise)
        yield Program(
            kind if kind in ("right", "disguised", "endless") else "wrong",
            exercise,
            path.stem,
            submission,
            tuple(known[item] for item in expected.get("diagnosis", {}).items()),
        )
