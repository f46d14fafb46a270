"""The course as its manifest `course.toml` describes it: exercises, their folders, limits."""

import difflib
import re
import sys
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from grader.typed import typed

PACKAGE = Path(__file__).resolve().parent
STUBS = "stubs"  # the folder of them in the package of a learner's kit
PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
MOST = 10**6  # of any limit: 11 days, a terabyte


class CourseError(Exception):
    """The course itself is broken; the message says where, what, and what would be right."""


@dataclass(frozen=True)
class Exercise:
    """One exercise of the course."""

    number: int
    slug: str
    title: str
    core: bool
    lesson: str  # the lesson's page, relative to the site's root

    @property
    def name(self) -> str:
        """The folder's name, `NN_slug`."""
        return f"{self.number:02d}_{self.slug}"

    @property
    def public_checks(self) -> Path:
        return exercises_folder() / self.name / f"test_{self.slug}.py"

    @property
    def hidden_checks(self) -> Path:
        return PACKAGE / "checks" / f"test_{self.slug}.py"

    @property
    def stub(self) -> Path:
        """The pristine stub. In a learner's kit, whose exercises are worked on, the package holds it."""
        kept = PACKAGE / STUBS / f"{self.slug}.py"
        return kept if kept.is_file() else exercises_folder() / self.name / f"{self.slug}.py"

    @property
    def symbolic(self) -> bool:
        """Whether it is done with SymPy: its stub says so."""
        return "sympy" in self.stub.read_text(encoding="utf-8")


@dataclass(frozen=True)
class Limits:
    """What a submission may use; `course.toml` explains each."""

    call_timeout_s: float
    submission_timeout_s: float
    memory_mib: int
    output_kib: int
    statement_timeout_s: float = 1.0
    loading_timeout_s: float = 10.0
    packages: tuple[str, ...] = ()  # beside NumPy and SymPy, as pip names them

    @property
    def modules(self) -> str:
        """What a submission may import, in words."""
        return f"{', '.join(('NumPy', 'SymPy', *self.names))} and the standard library"

    @property
    def names(self) -> list[str]:
        """The packages without their versions."""
        return re.findall(r"(?m)^[\w.-]+", "\n".join(self.packages))


@dataclass(frozen=True)
class Course:
    """The manifest, read and checked."""

    title: str
    limits: Limits
    exercises: tuple[Exercise, ...]
    python: str = PYTHON  # with which it is graded

    @property
    def other_python(self) -> str:
        """What is to be known where this Python is not the one that the course is graded with; nothing where it is."""
        if self.python == PYTHON:
            return ""
        return f"this is Python {PYTHON}, and work is graded with Python {self.python}: what that one does not know is an error there"

    @cached_property
    def by_slug(self) -> dict[str, Exercise]:
        return {exercise.slug: exercise for exercise in self.exercises}

    def find(self, text: str) -> Exercise:
        """Return the exercise that `text` names: `update_rule`, `02_update_rule`, `2`, or a path to either.

        Capitals and hyphens are as good as small letters and underscores.

        Raises
        ------
        CourseError
            If there is none; it says which there are, and which may be meant.
        """
        name = Path(text).name.lower().replace("-", "_")
        name = name.removesuffix(".py").removesuffix(".ipynb").removeprefix("test_")
        for exercise in self.exercises:
            if name in (exercise.slug, exercise.name) or (name.isdecimal() and int(name) == exercise.number):
                return exercise
        meant = difflib.get_close_matches(name.lstrip("0123456789_"), self.by_slug, n=2)
        guess = f"did you mean {' or '.join(meant)}? " if meant else ""
        known = ", ".join(f"{exercise.number} {exercise.slug}" for exercise in self.exercises)
        raise CourseError(f"unknown exercise {text!r}; {guess}the exercises are {known}")


def exercises_folder() -> Path:
    """Return the pristine exercises: in the package when installed, beside it in a checkout."""
    packaged = PACKAGE / "exercises"
    return packaged if packaged.is_dir() else PACKAGE.parent / "exercises"


def load_course(manifest: Path = PACKAGE / "course.toml") -> Course:
    """Read the manifest.

    Raises
    ------
    CourseError
        If it cannot be read or lacks something; the message names file and entry.
    """
    try:
        data = tomllib.loads(manifest.read_text(encoding="utf-8"))
        packages = {key: _tuple(data["course"][key]) for key in ("packages",) if key in data["course"]}
        limits = typed(Limits, {**packages, **data["limits"]})
        exercises = tuple(typed(Exercise, entry) for entry in data["exercise"])
        about = {key: data["course"][key] for key in ("title", "python") if key in data["course"]}
        course = typed(Course, {**about, "limits": limits, "exercises": exercises})
    except (
        OSError,
        ValueError,
        RecursionError,
    ) as error:  # a TOMLDecodeError is a ValueError, as bytes that are no text
        raise CourseError(f"{manifest.name}: {error}") from None
    except (KeyError, TypeError) as error:
        raise CourseError(f"{manifest.name}: an entry is missing, unknown or of another type: {error}") from None
    for exercise in exercises:
        if not re.fullmatch("[a-z][a-z0-9_]*", exercise.slug) or exercise.number < 0:
            raise CourseError(
                f"{manifest.name}: exercise {exercise.name!r}: expected a number from 0, and a slug of small letters, "
                "digits and underscores: it names files and modules"
            )
    if len(course.by_slug) != len(exercises) or len({exercise.number for exercise in exercises}) != len(exercises):
        raise CourseError(f"{manifest.name}: two exercises share a slug or a number")
    for name, limit in vars(limits).items():
        if name != "packages" and not 0 < limit < MOST:
            raise CourseError(f"{manifest.name}: {name} is {limit}; expected a number above 0 and below {MOST:g}")
    return course


def _tuple(entry: Any) -> Any:
    return tuple(entry) if type(entry) is list else entry  # what is no list is of another type than its field says
