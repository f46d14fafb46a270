"""Stage 1, collect: a folder of hand-ins becomes one Submission for every learner and exercise.

Nothing is run, nothing is written, and no link is followed: what a learner hands in is bytes. Whatever is wrong
with them becomes the `problem` of that learner's submission, so that one file never stops a class.
"""

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.archives import MAX_ZIP, unpack
from grader.course import Course, Exercise
from grader.notebooks import MAX_CODE, MAX_NOTEBOOK, decode, read_notebook
from grader.submission import Cell, EmptyError, ProblemError, Submission, folder_names, learner_name

_LIMITS = {".py": MAX_CODE, ".ipynb": MAX_NOTEBOOK}  # in the order in which they are preferred
_DOWNLOADED_AGAIN = re.compile(r" ?\([0-9]+\)\Z|-[0-9]+\Z")  # what browsers append: "update_rule (1).py"
# Not to follow a link, not to wait for a fifo's writer; Windows has neither flag, but would translate line ends.
_OPEN = os.O_RDONLY | sum(getattr(os, flag, 0) for flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY", "O_BINARY"))
_NO_FILE = {
    stat.S_IFDIR: "a folder",
    stat.S_IFLNK: "a link",
    stat.S_IFIFO: "a fifo",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


class CollectError(Exception):
    """The folder of hand-ins itself cannot be used; the message says where, what, and what would be right."""


@dataclass(frozen=True)
class Collection:
    """What was found in a folder of hand-ins."""

    submissions: tuple[Submission, ...]  # by learner, then in the order of the course
    ignored: tuple[str, ...]  # printable lines, one for each entry that is no learner's, with the reason


@dataclass(frozen=True)
class _File:
    """A file that a learner handed in, and where its bytes are."""

    parts: tuple[str, ...]  # ("update_rule.py",) or ("02_update_rule", "update_rule.py")
    content: Path | bytes | ProblemError

    @property
    def place(self) -> str:
        return "/".join(self.parts)


@dataclass(frozen=True)
class _HandIn:
    """All that one learner handed in, not read yet."""

    files: tuple[_File, ...] = ()
    notes: tuple[str, ...] = ()
    problem: str = ""  # why nothing of it can be read


@dataclass(frozen=True)
class _Reading:
    """One file, read as the answer to one exercise."""

    place: str
    fit: tuple[int, ...]  # the smaller, the sooner it is taken; the last says whether the name is not the exact one
    sha256: str
    cells: tuple[Cell, ...] = ()
    problem: str = ""
    rank: int = 0  # 0 for work, 1 for what cannot be read, 2 for an untouched stub, 3 for nothing at all


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
    found, ignored = _learners(submissions)
    folders = folder_names(found, distinct_by_case)
    collected: list[Submission] = []
    for raw in sorted(found, key=learner_name):
        hand_in = _hand_in(found[raw], course)
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
    hand_in = _HandIn()
    if path.exists():
        try:
            hand_in = _HandIn(tuple(_File((entry.name,), Path(entry)) for entry in _listed(path)))
        except ProblemError as error:
            hand_in = _HandIn(problem=str(error))
    return _submission(hand_in, learner_name(raw), folder_names([raw], distinct_by_case=True)[raw], exercise)


def _learners(submissions: Path) -> tuple[dict[bytes, list[os.DirEntry[str]]], tuple[str, ...]]:
    """Return what each learner handed in, best first, and what is no learner's."""
    expected = "expected " + ", ".join(f"{submissions}/LEARNER{layout}" for layout in _LAYOUTS)
    learners: dict[bytes, list[os.DirEntry[str]]] = {}
    ignored = []
    try:
        with os.scandir(submissions) as listing:
            # A folder goes before a zip, which may be what it was unpacked from; a link is never read.
            entries = sorted(listing, key=lambda entry: (entry.is_symlink(), not _is_folder(entry), entry.name))
    except OSError as error:
        raise CollectError(f"{submissions}: {error.strerror}; {expected}") from None
    for entry in entries:
        if reason := _no_learner(entry):
            ignored.append(f"{entry.name!r} was ignored: {reason}")
        else:
            name = entry.name if _is_folder(entry) or not _is_zip(entry.name) else entry.name[: -len(".zip")]
            learners.setdefault(os.fsencode(name), []).append(entry)
    if not learners:
        raise CollectError(f"no learner in {str(submissions)!r}; {expected}")
    return learners, tuple(ignored)


def _no_learner(entry: os.DirEntry[str]) -> str:
    """Return why an entry is no learner's, or nothing if it is one's."""
    if entry.name.startswith("._") or entry.name in ("__MACOSX", "__pycache__"):
        return "a computer made it, not a learner"
    if _is_zip(entry.name) and not _is_folder(entry):
        return ""
    if entry.name.startswith(".") and entry.name.strip("."):
        return "it is hidden"
    if _is_folder(entry) or (entry.is_symlink() and not os.path.isfile(entry)):
        return ""
    return "it is neither a learner's folder nor a learner's .zip"


def _is_folder(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir(follow_symlinks=False)


def _is_zip(name: str) -> bool:
    return name.lower().endswith(".zip")


def _hand_in(entries: list[os.DirEntry[str]], course: Course) -> _HandIn:
    """Find the files of a learner's folder or zip; what is wrong with all of it becomes its problem."""
    entry, *others = entries
    notes = [f"{entry.name!r} was read, not {other.name!r}: hand in one of them" for other in others]
    numbered = {exercise.name.lower() for exercise in course.exercises}
    try:
        if _is_folder(entry):
            files = tuple(_walk(Path(entry), numbered))
        elif _is_zip(entry.name):
            archive = unpack(read_file(Path(entry), MAX_ZIP), repr(entry.name))
            files = _unwrapped(tuple(_File(path, content) for path, content in archive.files.items()), numbered)
            notes += archive.notes
        else:
            raise ProblemError(f"{entry.name!r} is a link, which is not followed: hand in the folder itself")
    except ProblemError as error:
        return _HandIn(notes=tuple(notes), problem=str(error))
    if entry.name.lower() == ".zip":
        notes.append("the file was called '.zip', without a learner's name before the ending")
    strange = [file.place for file in files if not any(_fit(file, exercise) for exercise in course.exercises)]
    return _HandIn(files, tuple(notes), strange=tuple(filter(_LOOKS_LIKE_WORK.search, strange)))


def _walk(folder: Path, numbered: set[str]) -> Iterator[_File]:
    """Yield the files of a learner's folder and of the exercises' folders in it; raise ProblemError if it cannot."""
    for entry in _listed(folder):
        if "".join(_plain(entry.name)) not in numbered:
            yield _File((entry.name,), Path(entry))
        elif not _is_folder(entry):
            yield _File((entry.name,), ProblemError(f"{entry.name} is no folder: hand in the folder itself, not a link"))
        else:
            try:
                yield from [_File((entry.name, inner.name), Path(inner)) for inner in _listed(Path(entry))]
            except ProblemError as error:
                yield _File((entry.name,), error)


def _unwrapped(files: tuple[_File, ...], numbered: set[str]) -> tuple[_File, ...]:
    """Take off the one folder that a file manager wraps around what it zips."""
    scripts = [file for file in files if _plain(file.parts[-1])[1] in _LIMITS]
    around = {file.parts[0] for file in scripts}
    if len(around) != 1 or any(len(file.parts) == 1 for file in scripts) or "".join(_plain(*around)) in numbered:
        return files
    return tuple(_File(file.parts[1:], file.content) for file in scripts)


def _listed(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as listing:
            return sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        raise ProblemError(f"{folder.name!r} cannot be opened: {error.strerror}") from None


def read_file(path: Path, limit: int) -> bytes:
    """Return the bytes of a plain file, without following a link, waiting for a fifo or reading past `limit`.

    Raises
    ------
    ProblemError
        If it is no plain file, cannot be read, or is larger than `limit` bytes.
    """
    name = path.name if path.name.isprintable() else repr(path.name)
    try:
        _check(path.lstat(), limit, name)  # first: opening a device may already do something
        with open(os.open(path, _OPEN), "rb") as file:
            _check(os.fstat(file.fileno()), limit, name)
            data = file.read(limit + 1)
    except OSError as error:
        raise ProblemError(f"{name} cannot be read: {error.strerror}") from None
    if len(data) > limit:
        raise ProblemError(_too_large(name, limit))
    return data


def _check(status: os.stat_result, limit: int, name: str) -> None:
    if not stat.S_ISREG(status.st_mode):
        kind = _NO_FILE.get(stat.S_IFMT(status.st_mode), "something else")
        raise ProblemError(f"{name} is {kind}, not a file: hand in the file itself")
    if status.st_size > limit:
        raise ProblemError(_too_large(name, limit))


def _too_large(name: str, limit: int) -> str:
    return f"{name} is larger than {limit >> 20} MiB: hand in your code alone, without data or outputs"


def _submission(hand_in: _HandIn, learner: str, folder: str, exercise: Exercise) -> Submission:
    """Choose, among all that a learner handed in, the answer to one exercise."""
    if hand_in.problem:
        sha256 = _sha256(hand_in.problem.encode())
        return Submission(learner, folder, exercise.slug, (), hand_in.problem, hand_in.notes, sha256)
    candidates = [(fit, file) for file in hand_in.files if (fit := _fit(file, exercise))]
    notes = list(hand_in.notes)
    if not candidates:
        if hand_in.strange:
            notes.append(f"no file is called {exercise.slug}.py; not recognised: {', '.join(map(repr, hand_in.strange[:5]))}")
        return Submission(learner, folder, exercise.slug, notes=tuple(notes))
    stub = _code([exercise.stub.read_text("utf-8")]) if len(candidates) > 1 and exercise.stub.is_file() else ""
    readings = [_read(file, fit, stub) for fit, file in candidates]
    taken, *others = sorted(readings, key=lambda reading: (reading.rank, reading.fit, reading.place))
    if taken.fit.renamed:
    ...
