"""Stage 1, collect: a folder of hand-ins becomes one Submission for every learner and exercise.

Nothing is run, nothing is written, and no link is followed: what a learner hands in is bytes. Whatever is wrong
with them becomes the `problem` of that learner's submission, so that one file never stops a class.
"""

import hashlib
import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from grader.collect.archives import File, FolderTree, Stored, folder_files, may_be_work, open_folder, plain_name
from grader.collect.finding import Names, look_through, odd_ones, reason, why_nothing
from grader.collect.hand_in import LIMITS, PREFERENCES, Answer, Attempt, HandIn, handed_in, versions
from grader.collect.notebooks import Code, read_code
from grader.collect.siblings import siblings
from grader.collect.submission import (
    CollectError,
    EmptyError,
    MachineError,
    ProblemError,
    Submission,
    folder_names,
    learner_name,
)
from grader.collect.untouched import is_untouched
from grader.manifest.course import Course, Exercise

if TYPE_CHECKING:
    from grader.collect.arrivals import Arrivals
    from grader.collect.layouts import Arrival
    from grader.collect.store import Store

__all__ = ["CollectError", "Collection", "collect", "read_folder", "read_one"]

_NUMBERED = re.compile("[0-9][0-9]_")  # as the folder of an exercise begins
MAX_READ = 32 * 2**20  # bytes of them together
MAX_ANSWERS = 10  # files that may be the answer to one exercise: each is read, and is named in a note
_FLAWS = ("", "it cannot be read", "it is the untouched stub", "it holds no code")  # from the least to the worst

_NOTHING = Code(())


@dataclass(frozen=True)
class Collection:
    """What was found in a folder of hand-ins."""

    submissions: tuple[Submission, ...]  # by learner, then in the order of the course
    ignored: tuple[str, ...]  # printable lines, one for each entry that is no learner's, with the reason
    layout: str = "plain"  # one of `grader.collect.layouts.NAMES`
    files: int = 0  # that may be work
    notes: tuple[str, ...] = ()  # what else the instructor should know, a line each

    @property
    def said(self) -> str:
        """What the hand-ins were read as, in one line; nothing for a folder of learners."""
        if self.layout in ("plain", "nbgrader"):
            return ""
        from grader.collect.layouts import TITLES

        learners = len({one.learner for one in self.submissions})
        return f"read as a {TITLES[self.layout]}: {_counted(learners, 'learner')}, {_counted(self.files, 'file')}"


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


def collect(  # noqa: PLR0913  # each has its default
    submissions: Path,
    course: Course,
    only: str | Iterable[str] | None = None,
    distinct_by_case: bool = True,
    out: Path | None = None,
    *,
    layout: str | None = None,
    logins: Iterable[str] = (),
    store: "Store | None" = None,
) -> Collection:
    """Read what a class handed in.

    Parameters
    ----------
    submissions : Path
        The folder with, for each learner, a folder or a zip: `LEARNER/slug.py`, `LEARNER/NN_slug/slug.py`, either as
        `.ipynb`, `LEARNER/NN_slug/NN_slug.ipynb`, a released kit, or a `LEARNER.zip` of these. Or what a platform lets
        an instructor download, unpacked or as the very zip.
    course : Course
        The course.
    only : str or collection of str, optional
        The exercises to read, each as `Course.find` takes it; all if not given.
    distinct_by_case : bool
        Whether `Submission.folder` must differ by more than case or Unicode form.
    out : Path, optional
        The folder of results, which is no learner's if it lies among the hand-ins.
    layout : str, optional
        One of `grader.collect.layouts.NAMES`; recognised if not given.
    logins : iterable of str
        User names of the class list; they help to recognise where the name of an assignment ends.
    store : Store, optional
        Where the code is kept until it is asked for; with the submissions if not given.

    Returns
    -------
    Collection
        For every learner and exercise one submission: with cells, with a problem, with a fault of ours, or missing.

    Raises
    ------
    CollectError
        If `submissions` cannot be read, has no learner, or is the folder of results itself, or if nothing in it is as
        `layout` has it.
    CourseError
        If `only` is no exercise of the course.
    """
    from grader.collect.arrivals import (
        arrivals,  # what follows reads a class; a learner's kit has it not, and does without
    )
    from grader.collect.inbox import open_inbox

    exercises = course.exercises
    if only is not None:
        slugs = {course.find(one).slug for one in ([only] if isinstance(only, str) else only)}
        exercises = tuple(exercise for exercise in exercises if exercise.slug in slugs)
    names = Names(course.exercises)
    with ExitStack() as open_for_now:
        try:
            inbox = open_for_now.enter_context(open_inbox(submissions))
            found = arrivals(inbox, course.exercises, names, out, layout, logins)
        except OSError as error:
            raise CollectError(
                f"{_plain(submissions)}: {error.strerror}; {_expected(submissions, course.example)}"
            ) from None
        return _collected(found, names, course, exercises, distinct_by_case, store)


def _collected(
    found: "Arrivals",
    names: Names,
    course: Course,
    exercises: Sequence[Exercise],
    distinct_by_case: bool,
    store: "Store | None",
) -> Collection:
    from grader.collect.arrivals import attempts

    path = found.inbox.path
    learners: dict[bytes, list[Arrival]] = defaultdict(list)
    for arrival in found.arrivals:
        learners[os.fsencode(arrival.learner)].append(arrival)
    if learners and {os.fsdecode(raw) for raw in learners} <= {exercise.name for exercise in course.exercises}:
        raise CollectError(f"{str(path)!r} looks like one learner's own folder: name the folder that holds it")
    folders = folder_names(learners, distinct_by_case)
    collected, ignored, files = list[Submission](), list(found.ignored), 0
    for raw in sorted(learners, key=learner_name):
        tries = attempts(found, learners[raw], names, course.exercises)
        if os.fsdecode(raw) == found.on_the_way and tries[0].hand_in == HandIn():
            ignored.append(f"{found.on_the_way!r}: the results go below it")
            continue
        files += sum(one.hand_in.files for one in tries)
        choose = _all_of if course.attempts == "best" else _latest
        own = [choose(tries, learner_name(raw), folders[raw], exercise) for exercise in exercises]
        strange = dict.fromkeys(file for one in tries for file in one.hand_in.strange)
        own = _with_what_was_lost(own, strange, course, names)
        others = tries[0].hand_in.others
        if all(one.hand_in.is_nothing for one in tries) and (others or any(map(_is_zip, learners[raw]))):
            why = why_nothing(others, own[0].exercise)
            own[0] = replace(own[0], notes=(*own[0].notes, why))
        collected += own if store is None else map(store.without_code, own)
    if not collected:
        flat = [name for name, entry in found.entries.items() if entry.kind == "file" and may_be_work(name)]
        if flat:
            raise CollectError(
                f"no learner in '{_plain(path)}': {_counted(len(flat), 'file')}, {flat[0][:80]!r} among them, "
                f"{'lies' if len(flat) == 1 else 'lie'} in it by {'itself' if len(flat) == 1 else 'themselves'}, and nothing "
                "that a platform wrote says whose. Make a folder for each learner, called by their id, and put their files into it"
            )
        raise CollectError(f"no learner in '{_plain(path)}': {_expected(path, course.example)}")
    return Collection(tuple(collected), tuple(ignored), found.layout, files, tuple(found.notes))


def _latest(tries: Sequence[Attempt], learner: str, folder: str, exercise: Exercise) -> Submission:
    """Take, of several attempts, the latest that has an answer to an exercise in which anything was written."""
    if len(tries) == 1:
        (only,) = tries
        return replace(
            _submission(only.hand_in, learner, folder, exercise), who=only.who, when=only.when, late=only.late
        )
    read = [_submission(one.hand_in, learner, folder, exercise) for one in tries[:MAX_ANSWERS]]
    taken = next(
        # What this machine could not read may be the answer: an earlier one is not graded in its place.
        (place for place, one in enumerate(read) if one.fault or (one.cells and not _is_stub(one, exercise))),
        None,
    )
    if taken is None:  # a stub, a problem, or nothing: the first that is anything
        taken = next((place for place, one in enumerate(read) if not one.missing), 0)
    one, notes = read[taken], list[str]()
    if taken:
        why = read[0].problem or f"nothing was written for {exercise.slug}"
        notes.append(f"{tries[taken].called} was graded, not {tries[0].called}: {why}")
    elif not one.missing and any(exercise.slug in other.hand_in.answers for other in tries[1:]):
        notes.append(f"of {len(tries)} attempts {tries[0].called} was graded, the latest")
    chosen = tries[taken]
    return replace(one, notes=(*notes, *one.notes), who=chosen.who, when=chosen.when, late=chosen.late)


def _all_of(tries: Sequence[Attempt], learner: str, folder: str, exercise: Exercise) -> Submission:
    """Take the latest attempt that has an answer, with all others that have one beside it: the best of them is to count."""
    latest, found = _latest(tries, learner, folder, exercise), dict[str, Submission]()
    if len(tries) == 1 or latest.missing or latest.fault:
        return latest
    for one in reversed(tries[:MAX_ANSWERS]):  # of the same work, what came first counts: it is the least late
        read = _submission(one.hand_in, learner, folder, exercise)
        if read.fault:  # nobody knows what is in it, so nobody knows which is the best
            return read
        if read.cells and not _is_stub(read, exercise) and read.sha256 not in found:
            note = f"of {len(tries)} attempts {one.called} counts, the best"
            found[read.sha256] = replace(read, notes=(note, *read.notes), who=one.who, when=one.when, late=one.late)
    if not found:
        return latest
    first, *others = reversed(found.values())
    return replace(first, also=tuple(others))


def _is_stub(submission: Submission, exercise: Exercise) -> bool:
    sources = [cell.source for cell in submission.cells]
    return is_untouched(sources, exercise.stub.read_text(encoding="utf-8") if exercise.stub.is_file() else "")


def _with_what_was_lost(
    own: Sequence[Submission], strange: Iterable[File], course: Course, names: Names
) -> list[Submission]:
    """Say why what may be meant as the answer to a missing exercise was not taken for it, and what would be right."""
    meant = names.meant(strange)
    lost = {
        one.exercise: [reason(file, course.by_slug[one.exercise], names) for file in meant.get(one.exercise, [])[:5]]
        for one in own
        if one.missing
    }
    used = {other.label for one in own for other in one.others}
    odd = [file.place for file in strange if not any(file in files for files in meant.values())]
    odd = [place for place in odd if place.rpartition("/")[2] not in used]  # a helper that was used is no answer
    if odd and lost:  # it may be the answer to any of them, and is said once
        slug = next(iter(lost))
        lost[slug] += odd_ones(odd[:5], slug)
    on_pages = [note for notes in lost.values() for note in notes]  # a missing exercise has none
    return [replace(one, notes=(*one.notes, *lost.get(one.exercise, on_pages))) for one in own]


def _is_zip(arrival: "Arrival") -> bool:
    return (arrival.called or arrival.entry).lower().endswith(".zip")


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


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
    raw, names = os.fsencode(learner), Names((exercise,))
    name, own = learner_name(raw), folder_names([raw], distinct_by_case=True)[raw]
    if not path.exists():
        return Submission(name, own, exercise.slug)
    try:
        with ExitStack() as stack:
            folder = stack.enter_context(open_folder(path))
            found = handed_in(folder_files(folder), (), names, (exercise,))
            around = replace(found, strange=(), beside=lambda: (*found.beside(), *_beside(path, exercise, stack)))
            submission = _submission(around, name, own, exercise)
            if submission.others:
                together = ", ".join(other.label for other in submission.others)
                note = f"{exercise.slug} uses other files of yours: hand it in together with {together}"
                submission = replace(submission, notes=(*submission.notes, note))
            if submission.missing:  # work under another name is said to be that, as it is in class
                lost = [reason(file, exercise, names) for file in found.strange if names.may_be_meant(file.parts[-1])]
                lost = [one.replace("was not graded", "was not checked") for one in lost[:5]]
                submission = replace(submission, notes=(*submission.notes, *lost))
            return submission
    except ProblemError as error:
        return _submission(HandIn(problem=str(error)), name, own, exercise)
    except MachineError as error:
        return _submission(HandIn(fault=str(error)), name, own, exercise)


def _beside(path: Path, exercise: Exercise, stack: ExitStack) -> Iterable[File]:
    """Return the files in a kit's other folders, for one exercise may import another; they are open as long as `stack`."""
    if path.name != exercise.name:
        return ()
    kit = stack.enter_context(open_folder(path.parent))
    names = {entry.name.lower() for entry in kit.entries()}
    return folder_files(kit, below={name for name in names - {exercise.name} if _NUMBERED.match(name)})


def read_folder(folder: Path, learner: str, exercises: tuple[Exercise, ...], course: Course) -> tuple[Submission, ...]:
    """Read what one learner handed in where a platform has unpacked it, as `collect` reads a learner's folder.

    Parameters
    ----------
    folder : Path
        Holds what a learner's folder holds for `collect`.
    learner : str
        Any name.
    exercises : tuple of Exercise
        What to read of it.
    course : Course
        The course.
    """
    raw, names = os.fsencode(learner), Names(course.exercises)
    name, own = learner_name(raw), folder_names([raw], distinct_by_case=True)[raw]
    try:
        with open_folder(folder) as opened:
            tree = FolderTree(opened)
            tries = versions(look_through(tree, names, tree.open), (), names, course.exercises)
            read = [_latest(tries, name, own, exercise) for exercise in exercises]
            strange = dict.fromkeys(file for one in tries for file in one.hand_in.strange)
            return tuple(_with_what_was_lost(read, strange, course, names))
    except ProblemError as error:
        found = HandIn(problem=str(error))
    except MachineError as error:
        found = HandIn(fault=str(error))
    return tuple(_submission(found, name, own, exercise) for exercise in exercises)


def _plain(submissions: Path) -> str:
    return repr(str(submissions)).strip("'\"")


def _expected(submissions: Path, example: Exercise) -> str:
    shown, slug = f"{_plain(submissions)}/LEARNER", example.slug
    names = (f"{slug}.py", f"{example.name}/{slug}.py", f"{example.name}/{slug}.ipynb")
    return f"expected {', '.join(f'{shown}/{name}' for name in names)} or {shown}.zip"


def _submission(found: HandIn, learner: str, folder: str, exercise: Exercise) -> Submission:
    """Choose, among all that a learner handed in, the answer to one exercise."""
    slug, problem, notes = exercise.slug, found.problem, list(found.notes)
    if found.fault:
        return Submission(learner, folder, slug, fault=found.fault)
    answers = found.answers.get(slug, [])
    if len(answers) > MAX_ANSWERS:
        problem = f"{len(answers)} files may be {slug}: hand in one of them, named {slug}.py"
    if problem:
        return Submission(learner, folder, slug, (), problem, found.notes, _sha256(problem.encode()))
    if not answers:
        return Submission(learner, folder, slug, notes=tuple(notes))
    try:
        return _chosen(answers, notes, learner, folder, exercise, found.beside)
    except MachineError as error:
        return Submission(learner, folder, slug, fault=str(error))


def _chosen(
    answers: list[Answer],
    notes: list[str],
    learner: str,
    folder: str,
    exercise: Exercise,
    beside: Callable[[], Iterable[File]],
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
        if other.flaw == _FLAWS.index("it is the untouched stub"):
            continue  # as it was handed out: nothing of the learner's is passed over
        if taken.fit == other.fit and taken.flaw == other.flaw and taken.sha256 != other.sha256:
            problem = f"{taken.place} and {other.place} may both be {slug}: hand in one of them, named {slug}.py"
        elif reason := _FLAWS[other.flaw]:
            notes.append(f"{taken.place} was graded, not {other.place}: {reason}")
        else:
            better = (text for text, left, right in zip(PREFERENCES, taken.fit, other.fit, strict=True) if left < right)
            notes.append(
                f"{taken.place} and {other.place} both hold work. {taken.place} counts: it is {next(better, 'the same')}. "
                f"For {other.place} to count, take {taken.place} away"
            )
    if taken.fit[-1]:
        notes.append(f"{taken.place} was taken for {slug}{plain_name(taken.place)[1]}")
    notes += taken.code.notes
    if problem:
        return Submission(learner, folder, slug, (), problem, tuple(notes), taken.sha256)
    used = siblings(taken.code.cells, taken.place, beside)
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
        data = file.read(LIMITS.get(ending, 0))
        code = read_code(data, name)
    except MachineError:
        raise
    except MemoryError:  # what is read is bounded, and small
        raise MachineError(f"{name} cannot be read: memory is used up") from None
    except Exception as error:  # noqa: BLE001  # whatever their bytes cause is theirs, and nobody else's
        problem = (
            str(error)
            if isinstance(error, ProblemError)
            else f"{name} is broken: {type(error).__name__}. Save it again"
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
    untouched = stub is not None and is_untouched((cell.source for cell in code.cells), stub)
    return _Reading(file.place, fit, _sha256(data), code, flaw=2 if untouched else 0, size=len(data))


def _stub(exercise: Exercise, answers: list[File]) -> str:
    """Return an exercise's stub, or nothing if no untouched one is at hand."""
    folder = exercise.stub.parent.resolve()
    # In the course's own checkout the stub may be the file that is being worked on.
    if not exercise.stub.is_file() or any(_lies_in(file, folder) for file in answers):
        return ""
    return exercise.stub.read_text(encoding="utf-8")


def _lies_in(file: File, folder: Path) -> bool:
    stored = file.content
    return isinstance(stored, Stored) and (stored.folder.path / stored.place).parent.resolve() == folder


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
