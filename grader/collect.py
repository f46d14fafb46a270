"""Stage 1, collect: a folder of hand-ins becomes one Submission for every learner and exercise.

Nothing is run, nothing is written, and no link is followed: what a learner hands in is bytes. Whatever is wrong
with them becomes the `problem` of that learner's submission, so that one file never stops a class.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.archives import MAX_ZIP, read_file, too_large, unpack
from grader.course import Course, Exercise
from grader.notebooks import MAX_CODE, MAX_NOTEBOOK, read_notebook, read_script
from grader.submission import Cell, EmptyError, ProblemError, Submission, folder_names, learner_name

_LAYOUTS = ("/SLUG.py", "/NN_SLUG/SLUG.py", " with .ipynb for .py", "/NN_SLUG/NN_SLUG.ipynb", ".zip")
_LIMITS = {".py": MAX_CODE, ".ipynb": MAX_NOTEBOOK}  # the order is that of preference
_DOWNLOADED_AGAIN = re.compile(r" ?\([0-9]+\)\Z|-[0-9]+\Z")  # what browsers append: "update_rule (1).py"
_LOOKS_LIKE_WORK = re.compile(r"(?i)\A(?!(.*/)?(test_|conftest\.|\.)).*\.(py|ipynb|zip)\Z")

_Entry = os.DirEntry[str]


class CollectError(Exception):
    """The folder of hand-ins itself cannot be used; the message says where, what, and what would be right."""


@dataclass(frozen=True)
class Collection:
    """What was found in a folder of hand-ins."""

    submissions: tuple[Submission, ...]  # by learner, then in the order of the course
    ignored: tuple[str, ...]  # printable lines, one for each entry that is no learner's, with the reason


@dataclass(frozen=True)
class _HandIn:
    """All that one learner handed in."""

    files: tuple[_File, ...] = ()
    notes: tuple[str, ...] = ()
    problem: str = ""  # why nothing of it can be read
    strange: str = ""  # a note on files that look like work and are no exercise's


@dataclass(frozen=True)
class _Reading:
    """One file, read as the answer to one exercise."""

    place: str
    fit: tuple[bool, ...]  # how well its name fits, see `_fit`
    sha256: str
    cells: tuple[Cell, ...] = ()
    problem: str = ""
    flaw: int = 0  # 0 for work, 1 for what cannot be read, 2 for an untouched stub, 3 for nothing at all


def collect(submissions: Path, course: Course, only: str | None = None, distinct_by_case: bool = True) -> Collection:
    """Read what a class handed in.

    Parameters
    ----------
    submissions : Path
        The folder with, for each learner, `LEARNER/slug.py`, `LEARNER/NN_slug/slug.py`, either as `.ipynb`,
        `LEARNER/NN_slug/NN_slug.ipynb`, or a `LEARNER.zip` of these.
    course : Course
        The course.
    only : str, optional
        The one exercise to read, as `Course.find` takes it.
    distinct_by_case : bool
        Whether `Submission.folder` must differ by more than case or Unicode form.

    Returns
    -------
    Collection
        For every learner and exercise one submission: with cells, with a problem, or missing.

    Raises
    ------
    CollectError
        If `submissions` cannot be listed or has no learner.
    CourseError
        If `only` is no exercise of the course.
    """
    exercises = course.exercises if only is None else (course.find(only),)
    learners, ignored = _learners(submissions)
    folders = folder_names(learners, distinct_by_case)
    collected: list[Submission] = []
    for raw in sorted(learners, key=learner_name):
        hand_in = _hand_in(learners[raw], course)
        collected += (_submission(hand_in, learner_name(raw), folders[raw], exercise) for exercise in exercises)
    return Collection(tuple(collected), ignored)


def read_one(path: Path, learner: str, exercise: Exercise) -> Submission:
    """Read one exercise from the folder that a learner works in, by the same rules.

    Parameters
    ----------
    path : Path
        The exercise's folder, with `slug.py`, `slug.ipynb` or `NN_slug.ipynb` in it; missing if there is none.
    learner : str
        Any name.
    exercise : Exercise
        The exercise.
    """
    raw = os.fsencode(learner)
    try:
        hand_in = _HandIn(tuple(_File((entry.name,), Path(entry)) for entry in _listed(path)) if path.exists() else ())
    except ProblemError as error:
        hand_in = _HandIn(problem=str(error))
    return _submission(hand_in, learner_name(raw), folder_names([raw], distinct_by_case=True)[raw], exercise)


def _learners(submissions: Path) -> tuple[dict[bytes, list[_Entry]], tuple[str, ...]]:
    """Return what each learner handed in, best first, and what is no learner's."""
    expected = "expected " + ", ".join(f"{submissions}/LEARNER{layout}" for layout in _LAYOUTS)
    try:
        with os.scandir(submissions) as listing:
            # A folder goes before a zip, which may be what it was unpacked from; a link is never read.
            entries = sorted(listing, key=lambda entry: (entry.is_symlink(), not _is_folder(entry), entry.name))
    except OSError as error:
        raise CollectError(f"{submissions}: {error.strerror}; {expected}") from None
    learners: dict[bytes, list[_Entry]] = {}
    ignored = []
    for entry in entries:
        if reason := _no_learner(entry):
            ignored.append(f"{entry.name!r} was ignored: {reason}")
        else:
            name = entry.name[: -len(".zip")] if _is_zip(entry) else entry.name
            learners.setdefault(os.fsencode(name), []).append(entry)
    if not learners:
        raise CollectError(f"no learner in {str(submissions)!r}; {expected}")
    return learners, tuple(ignored)


def _no_learner(entry: _Entry) -> str:
    """Return why an entry is no learner's, or nothing if it is one's."""
    if entry.name.startswith("._") or entry.name in ("__MACOSX", "__pycache__"):
        return "a computer made it, not a learner"
    if _is_zip(entry):
        return ""
    if entry.name.startswith(".") and entry.name.strip("."):
        return "it is hidden"
    if _is_folder(entry) or (entry.is_symlink() and not os.path.isfile(entry)):
        return ""
    return "it is neither a learner's folder nor a learner's .zip"


def _is_folder(entry: _Entry) -> bool:
    return entry.is_dir(follow_symlinks=False)


def _is_zip(entry: _Entry) -> bool:
    return entry.name.lower().endswith(".zip") and not _is_folder(entry)


def _hand_in(entries: list[_Entry], course: Course) -> _HandIn:
    """Find the files of a learner's folder or zip; what is wrong with all of it becomes its problem."""
    entry, *others = entries
    notes = [f"{entry.name!r} was read, not {other.name!r}: hand in one of them" for other in others]
    numbered = {exercise.name.lower() for exercise in course.exercises}
    try:
        if _is_folder(entry):
            files = tuple(folder_files(Path(entry), numbered))
        elif _is_zip(entry):
            unpacked, refused = unpack(read_file(Path(entry), MAX_ZIP), repr(entry.name))
            files = _unwrapped(unpacked, numbered)
            notes += refused
        else:
            raise ProblemError(f"{entry.name!r} is a link, which is not followed: hand in the folder itself")
    except ProblemError as error:
        return _HandIn(notes=tuple(notes), problem=str(error))
    if entry.name.lower() == ".zip":
        notes.append("the file was called '.zip', without a learner's name before the ending")
    strange = [file.place for file in files if not any(_fit(file, exercise) for exercise in course.exercises)]
    return _HandIn(files, tuple(notes), strange=tuple(filter(_LOOKS_LIKE_WORK.match, strange)))


def _unwrapped(files: tuple[File, ...], numbered: set[str]) -> tuple[File, ...]:
    """Take off the one folder that a file manager wraps around what it zips."""
    scripts = [file for file in files if plain_name(file.parts[-1])[1] in _LIMITS]
    around = {file.parts[0] if len(file.parts) > 1 else "" for file in scripts}
    if len(around) != 1 or "".join(plain_name(*around)) in ("", *numbered):
        return files
    return tuple(File(file.parts[1:], file.content) for file in files if len(file.parts) > 1)


def _fit(file: File, exercise: Exercise) -> tuple[bool, ...]:
    """Return in what a file falls short of an exercise's first choice, see `_SHORTFALLS`; nothing if it is no answer."""
    *folders, name = file.parts
    stem, ending = plain_name(name)
    slug, numbered = exercise.slug.lower(), exercise.name.lower()
    if isinstance(file.content, ProblemError):
        return (False,) * len(_SHORTFALLS) if stem + ending == numbered else ()
    if stem not in (slug, numbered) or ending not in _LIMITS or len(folders) > 1:
        return ()
    if folders and "".join(plain_name(folders[0])) != numbered:
        return ()
    exact = {exercise.name, exercise.slug + ending, exercise.name + ending}
    return (ending != ".py", not folders, stem != slug, not exact.issuperset(file.parts))


def _submission(hand_in: _HandIn, learner: str, folder: str, exercise: Exercise) -> Submission:
    """Choose, among all that a learner handed in, the answer to one exercise."""
    slug, problem, notes = exercise.slug, hand_in.problem, list(hand_in.notes)
    if problem:
        return Submission(learner, folder, slug, (), problem, hand_in.notes, _sha256(problem.encode()))
    candidates = [(file, fit) for file in hand_in.files if (fit := _fit(file, exercise))]
    if not candidates:
        if hand_in.strange:
            notes.append(f"no {slug}.py or {slug}.ipynb among {', '.join(place[:80]!r for ...)}")
        return Submission(learner, folder, slug, notes=tuple(notes))
    stub = _code(exercise.stub.read_text("utf-8")) if len(candidates) > 1 and exercise.stub.is_file() else ""
    readings = [_read(file, fit, stub) for file, fit in candidates]
    taken, *others = sorted(readings, key=lambda reading: (reading.flaw, reading.fit, reading.place))
    problem = taken.problem
    for other in others:
        reason = _FLAWS[other.flaw] or next((f"..."), "the same")
        notes.append(f"graded {taken.place}, not {other.place}{reason}")
