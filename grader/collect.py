"""Stage 1, collect: a folder of hand-ins becomes one Submission for every learner and exercise.

Nothing is run, nothing is written, and no link is followed: what a learner hands in is bytes. Whatever is wrong
with them becomes the `problem` of that learner's submission, so that one file never stops a class.
"""

import hashlib
import os
import re
import stat
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from grader.archives import MAX_ZIP, File, Stored, folder_files, open_folder, plain_name, read_file, unpack
from grader.course import PACKAGE, Course, Exercise
from grader.notebooks import MAX_CODE, MAX_NOTEBOOK, Code, read_code
from grader.opened import Folder
from grader.siblings import siblings
from grader.submission import EmptyError, MachineError, ProblemError, Submission, folder_names, learner_name

_LAYOUTS = ("update_rule.py", "02_update_rule/update_rule.py", "02_update_rule/update_rule.ipynb")
_NUMBERED = re.compile("[0-9][0-9]_")  # as the folder of an exercise begins
_LIMITS = {".py": MAX_CODE, ".ipynb": MAX_NOTEBOOK}
MAX_READ = 32 * 2**20  # bytes of them together
MAX_ANSWERS = 10  # files that may be the answer to one exercise: each is read, and is named in a note
_LOOKS_LIKE_WORK = re.compile(r"(?i)(?!(.*/)?(test_|conftest\.|\.)).*\.(py|ipynb|zip)\Z")
# What a file is that goes before another, from the most important difference to the least; see `_fit`.
_PREFERENCES = ("a script", "in the exercise's own folder", "named by the slug alone", "named as it should be")
_FLAWS = ("", "it cannot be read", "it is the untouched stub", "it holds no code")  # from the least to the worst

_NOTHING = Code(())

_Entry = os.DirEntry[str]
_Answer = tuple[
    File, tuple[bool, ...]
]  # a file that may answer an exercise, and which of `_PREFERENCES` it falls short of


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

    answers: Mapping[str, list["_Answer"]] = field(default_factory=dict)  # by slug
    notes: tuple[str, ...] = ()
    problem: str = ""  # why nothing of it can be read
    fault: str = ""  # ours, for which nothing of it can be read
    files: Callable[[], Iterable[File]] = field(default=tuple, compare=False)  # all of them, for what answers import
    strange: tuple[str, ...] = ()  # what looks like work and is no exercise's


@dataclass(frozen=True)
class _Reading:
    """One file, read as the answer to one exercise."""

    place: str
    fit: tuple[bool, ...]
    sha256: str
    code: Code = _NOTHING
    problem: str = ""
    flaw: int = 0  # of `_FLAWS`
    size: int = 0  # bytes


def collect(
    submissions: Path,
    course: Course,
    only: str | None = None,
    distinct_by_case: bool = True,
    out: Path | None = None,
) -> Collection:
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
    out : Path, optional
        The folder of results, which is no learner's if it lies among the hand-ins.

    Returns
    -------
    Collection
        For every learner and exercise one submission: with cells, with a problem, with a fault of ours, or missing.

    Raises
    ------
    CollectError
        If `submissions` cannot be listed, has no learner, or is the folder of results itself.
    CourseError
        If `only` is no exercise of the course.
    """
    exercises = course.exercises if only is None else (course.find(only),)
    try:
        inbox = Folder(submissions)
    except OSError as error:
        raise CollectError(f"{_plain(submissions)}: {error.strerror}; {_expected(submissions)}") from None
    with inbox:
        learners, ignored = _learners(inbox, out)
        on_the_way = _on_the_way(submissions, out)
        folders = folder_names(learners, distinct_by_case)
        if learners and {os.fsdecode(raw) for raw in learners} <= {exercise.name for exercise in course.exercises}:
            raise CollectError(
                f"{str(submissions)!r} looks like one learner's own folder: name the folder that holds it"
            )
        collected: list[Submission] = []
        for raw in sorted(learners, key=learner_name):
            hand_in = _hand_in(inbox, learners[raw], course)
            if os.fsdecode(raw) == on_the_way and hand_in == _HandIn():
                ignored.append(f"{on_the_way!r}: the results go below it")
                continue
            collected += (_submission(hand_in, learner_name(raw), folders[raw], exercise) for exercise in exercises)
    if not collected:
        raise CollectError(f"no learner in '{_plain(submissions)}': {_expected(submissions)}")
    return Collection(tuple(collected), tuple(ignored))


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
    name, own = learner_name(raw), folder_names([raw], distinct_by_case=True)[raw]
    if not path.exists():
        return Submission(name, own, exercise.slug)
    try:
        with ExitStack() as stack:
            folder = stack.enter_context(open_folder(path))
            found = _handed_in(folder_files(folder), (), (exercise,))
            hand_in = replace(found, strange=(), files=lambda: (*found.files(), *_beside(path, exercise, stack)))
            submission = _submission(hand_in, name, own, exercise)
            if submission.others:
                together = ", ".join(other.label for other in submission.others)
                note = f"{exercise.slug} uses other files of yours: hand it in together with {together}"
                submission = replace(submission, notes=(*submission.notes, note))
            return submission
    except ProblemError as error:
        return _submission(_HandIn(problem=str(error)), name, own, exercise)
    except MachineError as error:
        return _submission(_HandIn(fault=str(error)), name, own, exercise)


def _beside(path: Path, exercise: Exercise, stack: ExitStack) -> Iterable[File]:
    """Return the files in a kit's other folders, for one exercise may import another; they are open as long as `stack`."""
    if path.name != exercise.name:
        return ()
    kit = stack.enter_context(open_folder(path.parent))
    names = {entry.name.lower() for entry in kit.entries()}
    return folder_files(kit, below={name for name in names - {exercise.name} if _NUMBERED.match(name)})


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
    name, own = learner_name(raw), folder_names([raw], distinct_by_case=True)[raw]
    try:
        with open_folder(folder) as opened:
            home = _inside(opened, numbered)
            files = list(folder_files(opened, home, numbered))
            kit = f"{home}/exercises".lstrip("/")
            if _is_real_folder(opened, kit):
                files += folder_files(opened, kit, numbered)
            hand_in = _handed_in(files, (), course.exercises)
            return tuple(_submission(hand_in, name, own, exercise) for exercise in exercises)
    except ProblemError as error:
        hand_in = _HandIn(problem=str(error))
    except MachineError as error:
        hand_in = _HandIn(fault=str(error))
    return tuple(_submission(hand_in, name, own, exercise) for exercise in exercises)


def _inside(folder: Folder, numbered: set[str]) -> str:
    """Return the name of the one folder that somebody wrapped around everything, if there is one."""
    try:
        names = [entry.name for entry in folder.entries()]
    except OSError:
        return ""  # whoever lists it next says why it cannot be
    inner = [name for name in names if not name.startswith(".") and name != "__MACOSX"]
    wrapped = len(inner) == 1 and inner[0].lower() not in {*numbered, "exercises"} and _is_real_folder(folder, inner[0])
    return inner[0] if wrapped else ""


def _is_real_folder(folder: Folder, place: str) -> bool:
    try:
        return stat.S_ISDIR(folder.stat(place).st_mode)
    except OSError:
        return False


def _plain(submissions: Path) -> str:
    return repr(str(submissions)).strip("'\"")


def _expected(submissions: Path) -> str:
    shown = _plain(submissions)
    return f"expected {', '.join(f'{shown}/LEARNER/{layout}' for layout in _LAYOUTS)} or {shown}/LEARNER.zip"


def _learners(inbox: Folder, out: Path | None) -> tuple[dict[bytes, list[_Entry]], list[str]]:
    """Return what each learner handed in, best first, and what is no learner's."""
    try:
        results = out.stat() if out is not None else None
        if results is not None and os.path.samestat(results, inbox.stat()):
            raise CollectError(
                f"{_plain(inbox.path)} holds the hand-ins: name another folder for the results, within it or not"
            )
        # A link, which is never read, goes last; `LEARNER` goes before `LEARNER.zip`, which it may be unpacked from.
        entries = sorted(inbox.entries(), key=lambda entry: (entry.is_symlink(), entry.name))
    except OSError as error:
        raise CollectError(f"{_plain(inbox.path)}: {error.strerror}; {_expected(inbox.path)}") from None
    learners: dict[bytes, list[_Entry]] = {}
    ignored = []
    for entry in entries:
        if reason := _no_learner(inbox, entry, results):
            ignored.append(f"{entry.name!r}: {reason}")
        else:
            name = entry.name[: -len(".zip")] if _is_zip(entry) else entry.name
            learners.setdefault(os.fsencode(name), []).append(entry)
    return learners, ignored


def _on_the_way(submissions: Path, out: Path | None) -> str:
    """Return the name of the folder among the hand-ins below which the results go, if there is one."""
    home, results = submissions.resolve(), out.resolve() if out is not None else None
    below = results.relative_to(home).parts if results is not None and results.is_relative_to(home) else ()
    return below[0] if below else ""


def _no_learner(inbox: Folder, entry: _Entry, results: os.stat_result | None) -> str:
    """Return why an entry is no learner's, or nothing if it is one's."""
    if entry.name.startswith("._") or entry.name in ("__MACOSX", "__pycache__"):
        return "made by a computer, not by a learner"
    target = _target(inbox, entry)
    if results is not None and target is not None and os.path.samestat(target, results):
        return "the results go there"
    if _is_zip(entry):
        return ""
    if entry.name.startswith(".") and entry.name.strip("."):
        return "hidden"
    if _is_folder(entry) or (entry.is_symlink() and not (target and stat.S_ISREG(target.st_mode))):
        return ""
    return "neither a learner's folder nor a learner's .zip"


def _target(inbox: Folder, entry: _Entry) -> os.stat_result | None:
    """Return what the system says of an entry, or of what it leads to; nothing where that may not be looked at."""
    with suppress(OSError):
        return inbox.stat(entry.name, follow=True)
    return None


def _is_folder(entry: _Entry) -> bool:
    return entry.is_dir(follow_symlinks=False)


def _is_zip(entry: _Entry) -> bool:
    return entry.name.lower().endswith(".zip") and not _is_folder(entry)


def _hand_in(inbox: Folder, entries: list[_Entry], course: Course) -> _HandIn:
    """Find the files of a learner's folder or zip; what is wrong with all of it becomes its problem."""
    entry, *others = entries
    notes = [f"{entry.name!r} was read, not {other.name!r}: hand in one of them" for other in others]
    numbered = {exercise.name.lower() for exercise in course.exercises}
    try:
        if _is_folder(entry):
            files = tuple(folder_files(inbox, entry.name, numbered))
        elif _is_zip(entry):
            unpacked, left_out = unpack(read_file(inbox, entry.name, MAX_ZIP), repr(entry.name))
            files = _unwrapped(unpacked, numbered)
            notes += left_out
        else:
            raise ProblemError(f"{entry.name!r} is a link, which is not followed: hand in the folder itself")
        if entry.name.lower() == ".zip":
            notes.append("the file was called '.zip', without a learner's name before the ending")
        return _handed_in(files, notes, course.exercises)
    except ProblemError as error:
        return _HandIn(notes=tuple(notes), problem=str(error))
    except MachineError as error:
        return _HandIn(fault=str(error))


def _handed_in(files: Iterable[File], notes: Iterable[str], exercises: Iterable[Exercise]) -> _HandIn:
    """Sort a learner's files by the exercise that they may answer; what else looks like work is strange."""
    files = tuple(files)
    called = {name: one for one in exercises for name in (one.slug.lower(), one.name.lower())}
    answers: dict[str, list[_Answer]] = {}
    strange = []
    for file in files:
        # The name alone tells which exercise it could be: nothing is done here for each exercise.
        exercise = called.get(plain_name(file.parts[-1])[0])
        if exercise is not None and (fit := _fit(file, exercise)):
            answers.setdefault(exercise.slug, []).append((file, fit))
        elif _LOOKS_LIKE_WORK.match(file.place):
            strange.append(file.place)
    return _HandIn(answers, tuple(notes), files=lambda: files, strange=tuple(strange))


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
    if hand_in.fault:
        return Submission(learner, folder, slug, fault=hand_in.fault)
    answers = hand_in.answers.get(slug, [])
    if len(answers) > MAX_ANSWERS:
        problem = f"{len(answers)} files may be {slug}: hand in one of them, named {slug}.py"
    if problem:
        return Submission(learner, folder, slug, (), problem, hand_in.notes, _sha256(problem.encode()))
    if not answers:
        if hand_in.strange:
            shown = ", ".join(repr(place[:80]) for place in hand_in.strange[:5])
            notes.append(f"no {slug}.py and no {slug}.ipynb was found, but {shown}: rename it if it is your answer")
        return Submission(learner, folder, slug, notes=tuple(notes))
    try:
        return _chosen(answers, notes, learner, folder, exercise, hand_in.files)
    except MachineError as error:
        return Submission(learner, folder, slug, fault=str(error))


def _chosen(
    answers: list[_Answer],
    notes: list[str],
    learner: str,
    folder: str,
    exercise: Exercise,
    files: Callable[[], Iterable[File]],
) -> Submission:
    """Read all that may be the answer to one exercise, and take the best."""
    slug = exercise.slug
    stub = _stub(exercise, [file for file, _ in answers]) if len(answers) > 1 else None
    readings: list[_Reading] = []
    for file, fit in answers:
        readings.append(_read(file, fit, stub))
        if sum(reading.size for reading in readings) > MAX_READ:
            problem = f"the files that may be {slug} have more than {MAX_READ >> 20} MiB: hand in one of them"
            return Submission(learner, folder, slug, (), problem, tuple(notes), _sha256(problem.encode()))
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
    notes += taken.code.notes
    if problem:
        return Submission(learner, folder, slug, (), problem, tuple(notes), taken.sha256)
    used = siblings(taken.code.cells, taken.place, files)
    shas = "".join([taken.sha256, *(other.sha256 for other in used.others)])
    return Submission(
        learner,
        folder,
        slug,
        taken.code.cells,
        notes=(*notes, *used.notes),
        sha256=_sha256(shas.encode()) if used.others else taken.sha256,
        others=used.others,
        asides=taken.code.asides,
    )


def _read(file: File, fit: tuple[bool, ...], stub: str | None) -> _Reading:
    """Read one file; what is wrong with it becomes its problem. Without `stub` its code is not compared."""
    name = file.parts[-1]
    ending, data = plain_name(name)[1], None
    try:
        data = file.read(_LIMITS.get(ending, 0))
        code = read_code(data, name)
    except MachineError:
        raise
    except MemoryError:  # what is read is bounded, and small
        raise MachineError(f"{name} cannot be read: memory is used up") from None
    except Exception as error:  # noqa: BLE001  # whatever their bytes cause is theirs, and nobody else's
        problem = (
            str(error) if isinstance(error, ProblemError) else f"{name} is broken: {type(error).__name__}. Save it anew"
        )
        sha256 = _sha256(problem.encode() if data is None else data)
        return _Reading(
            file.place,
            fit,
            sha256,
            problem=problem,
            flaw=3 if isinstance(error, EmptyError) else 1,
            size=len(data or b""),
        )
    untouched = stub is not None and _code("\n".join(cell.source for cell in code.cells)) in ("", stub)
    return _Reading(file.place, fit, _sha256(data), code, flaw=2 if untouched else 0, size=len(data))


def _stub(exercise: Exercise, answers: list[File]) -> str:
    """Return the code of an exercise's stub, or nothing if no untouched one is at hand."""
    if not exercise.stub.is_file():
        return ""
    data = exercise.stub.read_bytes()
    folder = exercise.stub.parent.resolve()
    if any(_lies_in(file, folder) for file in answers):
        # In a learner's kit the stub is the file that they edit; the kit's manifest tells whether they have.
        manifest = PACKAGE.parent / "release.json"
        if not manifest.is_file() or _sha256(data) not in manifest.read_text("utf-8", errors="replace"):
            return ""
    return _code(data.decode())


def _lies_in(file: File, folder: Path) -> bool:
    stored = file.content
    return isinstance(stored, Stored) and (stored.folder.path / stored.place).parent.resolve() == folder


def _code(source: str) -> str:
    """Return what counts when code is compared: no white space, and no lines that are comments (or Markdown cells)."""
    lines = ("".join(line.split()) for line in source.split("\n"))
    return "".join(line for line in lines if not line.startswith("#"))


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
