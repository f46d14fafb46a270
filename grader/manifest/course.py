"""The course at hand, as its manifest `course.toml` describes it: exercises, where their parts lie, limits."""

import datetime
import difflib
import os
import re
import sys
import tomllib
from collections import Counter
from dataclasses import dataclass, field, fields
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from grader.manifest.late import late_policy, moment, zone_of
from grader.manifest.typed import typed

PACKAGE = Path(__file__).resolve().parent.parent
OWN = PACKAGE / "course"  # the course that the package carries
FILE = "course.toml"
VARIABLE = "GRADER_COURSE"  # of the environment: the folder of another course, for this process and those it starts
PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
ATTEMPTS = ("last", "best")
_A_ZONE = "expected one such as 'Europe/Berlin'"
MOST = 10**6  # of any limit: 11 days, a terabyte
Date = datetime.date | datetime.datetime | None
LAST_ZONE = datetime.timezone(datetime.timedelta(hours=-12))  # in which a day ends when it has ended everywhere


class CourseError(Exception):
    """The course itself is broken; the message says where, what, and what would be right."""


@dataclass(frozen=True)
class Places:
    """Where the parts of a course lie.

    All in one folder, but for the course that the package carries: its exercises and solutions lie beside the package in
    a checkout, and in a learner's kit the exercises that are worked on.
    """

    course: Path = OWN

    @property
    def checks(self) -> Path:
        return self.course / "checks"

    @property
    def misconceptions(self) -> Path:
        return self.course / "misconceptions"

    @property
    def stubs(self) -> Path:
        """Where a learner's kit keeps the pristine stubs."""
        return self.course / "stubs"

    @property
    def exercises(self) -> Path:
        return self._part("exercises")

    @property
    def solutions(self) -> Path:
        return self._part("solutions")

    @property
    def submissions(self) -> Path:
        """Where an author keeps hand-ins whose verdict is known, in a folder for each exercise."""
        return self._part("submissions", "tests/submissions")

    def _part(self, name: str, beside: str = "") -> Path:
        own = self.course / name
        return own if own.is_dir() or self.course != OWN else PACKAGE.parent / (beside or name)

    @property
    def own_files(self) -> list[Path]:
        """The manifest and the Python that lies beside it, relative to the course's folder, sorted."""
        found = [*self.course.glob("*.py"), *self.checks.glob("*.py"), *self.misconceptions.glob("*.py")]
        return [Path(FILE), *sorted(path.relative_to(self.course) for path in found)]

    @property
    def all(self) -> tuple[Path, ...]:
        return (self.course, self.exercises, self.solutions)


@dataclass(frozen=True)
class Exercise:
    """One exercise of the course."""

    number: int
    slug: str
    title: str
    core: bool = True
    lesson: str = ""  # the lesson's page, relative to the site's root
    points: float = 10.0  # what all its checks are worth together
    weight: float = 1.0  # in the course's total
    due: Date = None
    until: Date = None  # its solution may be shown when this is over, and never without it
    places: Places = field(default=Places(), repr=False)

    @property
    def name(self) -> str:
        """The folder's name, `NN_slug`."""
        return f"{self.number:02d}_{self.slug}"

    @property
    def public_checks(self) -> Path:
        return self.places.exercises / self.name / f"test_{self.slug}.py"

    @property
    def hidden_checks(self) -> Path:
        return self.places.checks / f"test_{self.slug}.py"

    @property
    def solution(self) -> Path:
        return self.places.solutions / self.name / f"{self.slug}.py"

    @property
    def stub(self) -> Path:
        """The pristine stub. A learner's kit, whose exercises are worked on, keeps it apart."""
        kept = self.places.stubs / f"{self.slug}.py"
        return kept if kept.is_file() else self.places.exercises / self.name / f"{self.slug}.py"

    @property
    def symbolic(self) -> bool:
        """Whether it is done with SymPy: its stub says so."""
        return "sympy" in self.stub.read_text(encoding="utf-8")


@dataclass(frozen=True)
class Limits:
    """What a submission may use; `course.toml` explains each."""

    call_timeout_s: float = 3.0
    submission_timeout_s: float = 12.0
    memory_mib: int = 512
    output_kib: int = 8
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
    places: Places = Places()
    late: str = ""  # what lateness costs, as `late_policy` reads it
    zone: str = ""  # in which due dates, and times that name no zone, are meant
    cap: float | None = None  # percent of an exercise's points that a final score does not exceed
    attempts: str = "last"  # which of a learner's attempts counts, one of `ATTEMPTS`
    drop: int = 0  # how many exercises of a learner's have no part in the total: the lowest

    @property
    def other_python(self) -> str:
        """What is to be known where this Python is not the one that the course is graded with; nothing where it is."""
        if self.python == PYTHON:
            return ""
        return f"this is Python {PYTHON}, and work is graded with Python {self.python}: what that one does not know is an error there"

    @property
    def example(self) -> Exercise:
        """The exercise that messages name as an example: the second; the first where there is no other."""
        return self.exercises[:2][-1]

    @cached_property
    def by_slug(self) -> dict[str, Exercise]:
        return {exercise.slug: exercise for exercise in self.exercises}

    def may_show_solution(self, exercise: Exercise, now: datetime.datetime) -> bool:
        """Tell whether an exercise's solution may be shown at a moment, which has a zone: when its `until` is over.

        A date is over at the end of that day in the course's zone; where the course names none, when it is over everywhere.
        """
        if exercise.until is None:
            return False
        return now >= moment(exercise.until, zone_of(self.zone) or LAST_ZONE)

    def find(self, text: str) -> Exercise:
        """Return the exercise that `text` names: its slug, `NN_slug`, its number, or a path to either.

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


def load_course(folder: Path | None = None) -> Course:
    """Read the manifest in a folder; without one, that of the course at hand.

    Raises
    ------
    CourseError
        If it cannot be read or lacks something; the message names file and entry.
    """
    chosen = Path(folder or os.environ.get(VARIABLE) or OWN).resolve()
    try:
        state = (chosen / FILE).stat()
    except OSError as error:
        raise CourseError(f"{chosen / FILE}: {error.strerror}; expected a course's manifest") from None
    return _load(chosen, state.st_mtime_ns, state.st_size)


@cache
def _load(folder: Path, _changed: int, _size: int) -> Course:
    try:
        data = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))
    except OSError as error:
        raise CourseError(f"{folder / FILE}: {error.strerror}") from None
    except (ValueError, RecursionError) as error:  # a TOMLDecodeError is a ValueError, as bytes that are no text
        raise CourseError(f"{FILE}: {error}") from None
    for name, kind, needed in (("course", dict, True), ("limits", dict, False), ("exercise", list, True)):
        if not (type(data.get(name)) is kind or (name not in data and not needed)):
            wanted = f"[[{name}]] for each exercise" if kind is list else f"a table [{name}]"
            raise CourseError(f"{FILE}: {name} is missing or of another type; expected {wanted}")
    if unknown := data.keys() - {"course", "limits", "exercise"}:
        raise CourseError(f"{FILE}: [{min(unknown)}] is unknown; expected [course], [limits] and [[exercise]]")
    about, places = dict(data["course"]), Places(folder)
    packages = {"packages": _tuple(about.pop("packages", ()))}
    points = {"points": about.pop("points", 10.0)}
    limits = _entry(Limits, "[limits]", data.get("limits", {}), **packages)
    exercises = tuple(
        _entry(Exercise, f"exercise {entry.get('slug', number)!r}", {**points, **entry}, places=places)
        for number, entry in enumerate(data["exercise"], start=1)
    )
    course: Course = _entry(Course, "[course]", about, limits=limits, exercises=exercises, places=places)
    _examine(course)
    return course


def _entry(kind: type[Any], where: str, data: dict[str, Any], **made: Any) -> Any:
    """Return a dataclass of what one entry holds, and of what was made for it."""
    known = [one.name for one in fields(kind) if one.name not in made]
    if unknown := data.keys() - set(known):
        close = difflib.get_close_matches(min(unknown), known, n=1)
        guess = f"did you mean {close[0]}? " if close else ""
        raise CourseError(f"{FILE}: {where}: {min(unknown)} is unknown; {guess}it may have {', '.join(known)}")
    try:
        return typed(kind, {**data, **made})
    except TypeError as error:
        raise CourseError(f"{FILE}: {where}: {error}") from None


def _examine(course: Course) -> None:
    """Raise for what is of the right type and cannot be all the same."""
    if not course.exercises:
        raise CourseError(f"{FILE}: there is no exercise; expected at least one [[exercise]]")
    for exercise in course.exercises:
        where = f"{FILE}: exercise {exercise.slug!r}"
        if not re.fullmatch("[a-z][a-z0-9_]*", exercise.slug) or exercise.number < 0:
            raise CourseError(
                f"{FILE}: exercise {exercise.name!r}: expected a number from 0, and a slug of small letters, "
                "digits and underscores: it names files and modules"
            )
        for name, value in (("points", exercise.points), ("weight", exercise.weight)):
            if not 0 <= value < MOST or (name == "points" and value == 0):
                raise CourseError(f"{where}: {name} is {value:g}; expected a number above 0 and below {MOST:g}")
    _examine_finals(course)
    for name in ("slug", "number"):
        times = Counter(getattr(exercise, name) for exercise in course.exercises)
        (value, count), *_ = times.most_common(1)
        if count > 1:
            raise CourseError(f"{FILE}: {count} exercises share the {name} {value}")
    for name, limit in vars(course.limits).items():
        if name != "packages" and not 0 < limit < MOST:
            raise CourseError(f"{FILE}: [limits]: {name} is {limit}; expected a number above 0 and below {MOST:g}")


def _examine_finals(course: Course) -> None:
    """Raise for what cannot be about final scores."""
    where = f"{FILE}: [course]"
    if course.attempts not in ATTEMPTS:
        raise CourseError(f"{where}: attempts is {course.attempts!r}; expected {' or '.join(map(repr, ATTEMPTS))}")
    try:
        late_policy(course.late)
    except ValueError as error:
        raise CourseError(f"{where}: {error}") from None
    try:
        zone_of(course.zone)
    except (ValueError, OSError, KeyError):  # a ZoneInfoNotFoundError is a KeyError
        raise CourseError(f"{where}: zone is {course.zone!r}; {_A_ZONE}") from None
    if course.cap is not None and not 0 < course.cap < MOST:
        raise CourseError(f"{where}: cap is {course.cap:g}; expected a percentage, such as 100")
    if not 0 <= course.drop < len(course.exercises):
        raise CourseError(f"{where}: drop is {course.drop}; expected a number from 0, below that of the exercises")


def course_above(folder: Path) -> Path | None:
    """Return the nearest folder from this one upwards in which there is a course with solutions: an author's own."""
    for place in (folder, *folder.parents):
        if (place / FILE).is_file() and (place / "solutions").is_dir():
            return place
    return None


def _tuple(entry: Any) -> Any:
    return tuple(entry) if type(entry) is list else entry  # what is no list is of another type than its field says
