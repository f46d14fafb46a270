"""Stage 1, collect: a folder of hand-ins becomes one Submission for every learner and exercise.

Nothing is run, nothing is written, and no link is followed: what a learner hands in is bytes. Whatever is wrong
with them becomes the `problem` of that learner's submission, so that one file never stops a class.
"""

import hashlib
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from grader.archives import MAX_ZIP, File, folder_files, plain_name, read_file, unpack
from grader.course import PACKAGE, Course, Exercise
from grader.notebooks import MAX_CODE, MAX_NOTEBOOK, read_notebook, read_script
from grader.submission import Cell, EmptyError, ProblemError, Submission, folder_names, learner_name

_LAYOUTS = ("update_rule.py", "02_update_rule/update_rule.py", "02_update_rule/update_rule.ipynb")
_LIMITS = {".py": MAX_CODE, ".ipynb": MAX_NOTEBOOK}
_LOOKS_LIKE_WORK = re.compile(r"(?i)(?!(.*/)?(test_|conftest\.|\.)).*\.(py|ipynb|zip)\Z")
# What a file is that goes before another, from the most important difference to the least; see `_fit`.
_PREFERENCES = ("a script", "in the exercise's own folder", "named by the slug alone", "named as it should be")
_FLAWS = ("", "it cannot be read", "it is the untouched stub", "it holds no code")  # from the least to the worst

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
    """All that one learner handed in, found but not read."""

    files: tuple[File, ...] = ()
    notes: tuple[str, ...] = ()
    problem: str = ""  # why nothing of it can be read
    strange: tuple[str, ...] = ()  # what looks like work and is no exercise's


@dataclass(frozen=True)
class _Reading:
    """One file, read as the answer to one exercise."""

    place: str
    fit: tuple[bool, ...]
    sha256: str
    cells: tuple[Cell, ...] = ()
    problem: str = ""
    flaw: int = 0  # of `_FLAWS`


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
    if {os.fsdecode(raw) for raw in learners} <= {exercise.name for exercise in course.exercises}:
        raise CollectError(f"{str(submissions)!r} looks like one learner's own folder: name the folder that holds it")
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
        hand_in = _HandIn(tuple(folder_files(path)) if path.exists() else ())
    except ProblemError as error:
        hand_in = _HandIn(problem=str(error))
    return _submission(hand_in, learner_name(raw), folder_names([raw], distinct_by_case=True)[raw], exercise)


def read_folder(folder: Path, learner: str, exercises: tuple[Exercise, ...], course: Course) -> tuple[Submission, ...]:
    """Read what one learner handed in where a platform has unpacked it: their files, or their whole kit.

    Parameters
    ----------
    folder : Path
        Holds what a learner's folder holds for `collect`, or a kit with its `exercises`, or one folder around either.
    learner : str
        Any name.
    exercises : tuple of Exercise
        What to read of it.
    course : Course
        The course.
    """
    raw = os.fsencode(learner)
    numbered = {exercise.name.lower() for exercise in course.exercises}
    home = _inside(folder, numbered)
    try:
        files = list(folder_files(home, numbered))
        if _is_real_folder(home / "exercises"):
            files += folder_files(home / "exercises", numbered)
        hand_in = _handed_in(files, (), course)
    except ProblemError as error:
        hand_in = _HandIn(problem=str(error))
    name, own = learner_name(raw), folder_names([raw], distinct_by_case=True)[raw]
    return tuple(_submission(hand_in, name, own, exercise) for exercise in exercises)


def _inside(folder: Path, numbered: set[str]) -> Path:
    """Step into the one folder that somebody wrapped around everything, if there is one."""
    try:
        inner = [path for path in folder.iterdir() if not path.name.startswith(".") and path.name != "__MACOSX"]
    except OSError:
        return folder  # whoever lists it next says why it cannot be
    wrapped = len(inner) == 1 and inner[0].name.lower() not in {*numbered, "exercises"} and _is_real_folder(inner[0])
    return inner[0] if wrapped else folder


def _is_real_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _learners(submissions: Path) -> tuple[dict[bytes, list[_Entry]], tuple[str, ...]]:
    """Return what each learner handed in, best first, and what is no learner's."""
    shown = repr(str(submissions)).strip("'\"")
    expected = f"expected {', '.join(f'{shown}/LEARNER/{layout}' for layout in _LAYOUTS)} or {shown}/LEARNER.zip"
    try:
        with os.scandir(submissions) as listing:
            # A link, which is never read, goes last; `LEARNER` goes before `LEARNER.zip`, which it may be unpacked from.
            entries = sorted(listing, key=lambda entry: (entry.is_symlink(), entry.name))
    except OSError as error:
        raise CollectError(f"{shown}: {error.strerror}; {expected}") from None
    learners: dict[bytes, list[_Entry]] = {}
    ignored = []
    for entry in entries:
        if reason := _no_learner(entry):
            ignored.append(f"{entry.name!r}: {reason}")
        else:
            name = entry.name[: -len(".zip")] if _is_zip(entry) else entry.name
            learners.setdefault(os.fsencode(name), []).append(entry)
    if not learners:
        raise CollectError(f"no learner in '{shown}': {expected}")
    return learners, tuple(ignored)


def _no_learner(entry: _Entry) -> str:
    """Return why an entry is no learner's, or nothing if it is one's."""
    if entry.name.startswith("._") or entry.name in ("__MACOSX", "__pycache__"):
        return "made by a computer, not by a learner"
    if _is_zip(entry):
        return ""
    if entry.name.startswith(".") and entry.name.strip("."):
        return "hidden"
    # Path.is_file() would raise for a link that leads where we may not look.
    if _is_folder(entry) or (entry.is_symlink() and not os.path.isfile(entry)):  # noqa: PTH113
        return ""
    return "neither a learner's folder nor a learner's .zip"


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
            unpacked, left_out = unpack(read_file(Path(entry), MAX_ZIP), repr(entry.name))
            files = _unwrapped(unpacked, numbered)
            notes += left_out
        else:
            raise ProblemError(f"{entry.name!r} is a link, which is not followed: hand in the folder itself")
    except ProblemError as error:
        return _HandIn(notes=tuple(notes), problem=str(error))
    if entry.name.lower() == ".zip":
        notes.append("the file was called '.zip', without a learner's name before the ending")
    return _handed_in(files, notes, course)


def _handed_in(files: Iterable[File], notes: Iterable[str], course: Course) -> _HandIn:
    """Look through a learner's files for what is work and no exercise's."""
    files = tuple(files)
    work = [file for file in files if _LOOKS_LIKE_WORK.match(file.place)]
    strange = [file.place for file in work if not any(_fit(file, exercise) for exercise in course.exercises)]
    return _HandIn(files, tuple(notes), strange=tuple(strange))


def _unwrapped(files: tuple[File, ...], numbered: set[str]) -> tuple[File, ...]:
    """Take off the one folder that a file manager wraps around what it zips."""
    scripts = [file.parts for file in files if plain_name(file.parts[-1])[1] in _LIMITS]
    around = {parts[0] if len(parts) > 1 else "" for parts in scripts}
    if len(around) != 1 or "".join(plain_name(*around)) in ("", *numbered):
        return files
    return tuple(File(file.parts[1:], file.content) for file in files if len(file.parts) > 1)


def _fit(file: File, exercise: Exercise) -> tuple[bool, ...]:
    """Return which of `_PREFERENCES` a file falls short of; nothing if it does not answer the exercise."""
    *folders, name = file.parts
    stem, ending = plain_name(name)
    slug, numbered = exercise.slug.lower(), exercise.name.lower()
    if isinstance(file.content, ProblemError):  # in place of the exercise's folder
        return (False,) * len(_PREFERENCES) if stem + ending == numbered else ()
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
    answers = [(file, fit) for file in hand_in.files if (fit := _fit(file, exercise))]
    if not answers:
        if hand_in.strange:
            shown = ", ".join(repr(place[:80]) for place in hand_in.strange[:5])
            notes.append(f"no {slug}.py and no {slug}.ipynb was found, but {shown}: rename it if it is your answer")
        return Submission(learner, folder, slug, notes=tuple(notes))
    stub = _stub(exercise, [file for file, _ in answers]) if len(answers) > 1 else None
    readings = [_read(file, fit, stub) for file, fit in answers]
    taken, *others = sorted(readings, key=lambda reading: (reading.flaw, reading.fit, reading.place))
    problem = taken.problem
    for other in others:
        if taken.flaw == other.flaw == _FLAWS.index("it is the untouched stub"):
            continue  # a kit as it was handed out: there is nothing to choose between
        better = (text for text, left, right in zip(_PREFERENCES, taken.fit, other.fit, strict=True) if left < right)
        reason = _FLAWS[other.flaw] or f"{taken.place} is {next(better, 'the same')}"
        notes.append(f"{taken.place} was graded, not {other.place}: {reason}")
        if taken.fit == other.fit and taken.flaw == other.flaw and taken.sha256 != other.sha256:
            problem = f"{taken.place} and {other.place} may both be {slug}: hand in one of them, named {slug}.py"
    if taken.fit[-1]:
        notes.append(f"{taken.place} was taken for {slug}{plain_name(taken.place)[1]}")
    return Submission(learner, folder, slug, () if problem else taken.cells, problem, tuple(notes), taken.sha256)


def _read(file: File, fit: tuple[bool, ...], stub: str | None) -> _Reading:
    """Read one file; what is wrong with it becomes its problem. Without `stub` its code is not compared."""
    name = file.parts[-1]
    ending, data = plain_name(name)[1], None
    try:
        data = file.read(_LIMITS.get(ending, 0))
        cells = read_notebook(data, name) if ending == ".ipynb" else read_script(data, name)
    except ProblemError as error:
        sha256 = _sha256(str(error).encode() if data is None else data)
        return _Reading(file.place, fit, sha256, problem=str(error), flaw=3 if isinstance(error, EmptyError) else 1)
    untouched = stub is not None and _code("\n".join(cell.source for cell in cells)) in ("", stub)
    return _Reading(file.place, fit, _sha256(data), cells, flaw=2 if untouched else 0)


def _stub(exercise: Exercise, answers: list[File]) -> str:
    """Return the code of an exercise's stub, or nothing if no untouched one is at hand."""
    if not exercise.stub.is_file():
        return ""
    data = exercise.stub.read_bytes()
    folder = exercise.stub.parent.resolve()
    if any(isinstance(file.content, Path) and file.content.parent.resolve() == folder for file in answers):
        # In a learner's kit the stub is the file that they edit; the kit's manifest tells whether they have.
        manifest = PACKAGE.parent / "release.json"
        if not manifest.is_file() or _sha256(data) not in manifest.read_text("utf-8", errors="replace"):
            return ""
    return _code(data.decode())


def _code(source: str) -> str:
    """Return what counts when code is compared: no white space, and no lines that are comments (or Markdown cells)."""
    lines = ("".join(line.split()) for line in source.split("\n"))
    return "".join(line for line in lines if not line.startswith("#"))


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
