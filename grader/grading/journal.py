"""Stage 5: the journal of what is finished, and under which circumstances: who is to be graded again, and why.

A line is believed only while the report that it is about lies there as it was written: a report that was written since,
held back or cut off by a kill before its own line, makes the line before it worthless.
"""

import hashlib
import json
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from grader import __version__
from grader.collect.submission import Submission
from grader.grading.traces import NO_TRACES, Traces
from grader.manifest.contract import contract
from grader.manifest.course import PACKAGE, Course, Exercise
from grader.manifest.packages import installed
from grader.manifest.parts import HANDED, MOTIONS, QUESTIONS

# The rooms whose change may change a verdict or a message: all that a submission goes through until there is one.
ENGINE = "manifest wire collect sandbox checking diagnosis".split()
SESSION = PACKAGE / "grading" / "session.py"
PARTS = (MOTIONS, QUESTIONS, HANDED)  # of the course, beside each exercise's own

Circumstances = dict[str, str]  # what a verdict depends on, each by its hash, and the name its inputs are drawn for
Pair = tuple[str, str]  # a learner and an exercise's slug

_OWN = ("hand-in", "drawn for")


class Journal:
    """A file that only grows: one line for each report that is finished, page and all.

    Parameters
    ----------
    file
        The file, open to be read and added to.
    course
        The course.

    Raises
    ------
    OSError
        If it cannot be read.
    """

    def __init__(self, file: TextIO, course: Course) -> None:
        self._file = file
        self._file.seek(0)
        self.finished = Finished()
        line = "\n"
        for line in self._file:  # the last is looked at once more
            self.finished.read(line)
        # A kill may have cut the last line short: the next one must not be joined to it.
        self._before = "" if line.endswith("\n") else "\n"
        self._of_exercise = _of_course(course)

    def circumstances(self, submission: Submission, secret: str, lock: str) -> Circumstances:
        """Return what the verdict on a submission depends on."""
        # Where the best of several attempts counts, a report is about all of them, whichever it is of.
        read = _read(submission)
        if submission.also:
            read = sorted("\0".join([*_read(one), one.when]) for one in submission.attempts)
        return {
            "hand-in": _hash("\0".join(read).encode("utf-8", "surrogateescape")),
            **self._of_exercise[submission.exercise],
            "secret": _hash(secret.encode("utf-8", "surrogateescape")),
            "lock": lock,
            "drawn for": submission.inputs_of,
        }

    def changed(self, submission: Submission, circumstances: Circumstances) -> tuple[str, ...] | None:
        """Return what has changed since a submission was graded: nothing, some things, or None if it never was."""
        then = self.finished.circumstances((submission.learner, submission.exercise))
        if then is None:
            return None
        return tuple(name for name, value in circumstances.items() if then.get(name) != value)

    def wrote(self, submission: Submission, report: str) -> bool:
        """Tell whether this text is the report that was last finished."""
        return self.finished.report((submission.learner, submission.exercise)) == fingerprint(report)

    def fingerprints(self) -> Mapping[Pair, str]:
        """Return the fingerprint of each report that is finished, by learner and exercise."""
        return self.finished.reports()

    def forget(self, learner: str, exercise: str) -> None:
        """Note that a finished report is no more."""
        self._note(learner, exercise, {}, "")

    def finish(
        self, submission: Submission, circumstances: Circumstances, report: str, traces: Traces = NO_TRACES
    ) -> None:
        """Note that a submission's report, of this text, and its page are written, and what it leaves behind."""
        self._note(submission.learner, submission.exercise, circumstances, fingerprint(report), traces)

    def drawn_for(self, submission: Submission) -> str:
        """Return the name for which the inputs of a finished report were drawn; nothing where none is finished."""
        then = self.finished.circumstances((submission.learner, submission.exercise))
        return "" if then is None else then["drawn for"]

    def rename(self, before: str, after: str, exercise: str, report: str, renamed: str) -> None:
        """Note that a finished report, of the first text, is another learner's now, with the second text."""
        then, wrote = self.finished.circumstances((before, exercise)), self.finished.report((before, exercise))
        if then is not None and wrote == fingerprint(report):
            self._note(after, exercise, then, fingerprint(renamed), self.finished.traces((before, exercise)))
        if wrote:
            self._note(before, exercise, {}, "")  # or it would be believed of somebody else of that name

    def _note(
        self, learner: str, exercise: str, circumstances: Circumstances, report: str, traces: Traces = NO_TRACES
    ) -> None:
        self.finished.set((learner, exercise), circumstances, report, traces)
        line = [learner, exercise, circumstances, report, {name: one for name, one in vars(traces).items() if one}]
        self._file.write(f"{self._before}{json.dumps(line)}\n")
        self._file.flush()
        self._before = ""


class Finished:
    """What is finished, of a journal's lines: a large class has hundreds of thousands, and most of what they say is the same."""

    def __init__(self) -> None:
        # Of each its report's fingerprint, what is its own of the circumstances, what it shares with others of them, and the
        # fingerprint of its code.
        self._lines: dict[Pair, tuple[str, tuple[str, ...], Circumstances, str]] = {}
        self._shared: dict[tuple[tuple[str, str], ...], Circumstances] = {}
        self._behaviours: dict[Pair, dict[str, str]] = {}  # of those few that have any

    def read(self, line: str) -> None:
        """Take in a line; one that was cut short by a kill, or is of another version, tells nothing: it is graded again."""
        with suppress(ValueError, TypeError, AttributeError, RecursionError):
            learner, exercise, told, report, *left = json.loads(line)
            pair = str(learner), sys.intern(str(exercise))
            kept = left[0] if left else {}  # of earlier versions there are none
            traces = Traces(str(kept.get("code", "")), dict(kept.get("behaviours", {})))
            self.set(pair, {"hand-in": "", "drawn for": pair[0], "site": "", **told}, str(report), traces)

    def set(self, pair: Pair, circumstances: Circumstances, report: str, traces: Traces = NO_TRACES) -> None:
        """Take in that a report was finished under some circumstances; without a report, that it is no more."""
        self._behaviours.pop(pair, None)
        if not report:
            self._lines.pop(pair, None)
            return
        own = tuple(circumstances.get(name, "") for name in _OWN)
        shared = {name: value for name, value in circumstances.items() if name not in _OWN}
        self._lines[pair] = report, own, self._shared.setdefault(tuple(shared.items()), shared), traces.code
        if traces.behaviours:
            self._behaviours[pair] = {sys.intern(check): one for check, one in traces.behaviours.items()}

    def report(self, pair: Pair) -> str:
        """Return the fingerprint of a report; nothing where none is finished."""
        return self._lines[pair][0] if pair in self._lines else ""

    def reports(self) -> dict[Pair, str]:
        """Return the fingerprint of each report that is finished."""
        return {pair: report for pair, (report, *_) in self._lines.items()}

    def circumstances(self, pair: Pair) -> Circumstances | None:
        """Return the circumstances of a report; None where none is finished."""
        if pair not in self._lines:
            return None
        _, own, shared, _ = self._lines[pair]
        return {**shared, **dict(zip(_OWN, own, strict=True))}

    def traces(self, pair: Pair) -> Traces:
        """Return what a finished hand-in left behind; nothing where none is finished, or an earlier version graded it."""
        code = self._lines[pair][-1] if pair in self._lines else ""
        return Traces(code, self._behaviours.get(pair, {}))

    def codes(self) -> Iterator[tuple[Pair, str, str]]:
        """Yield the fingerprint of the code of each that has one, with the name for which its inputs were drawn.

        Of a group's members that name is the same: they handed in together.
        """
        for pair, (_, own, _, code) in self._lines.items():
            if code:
                yield pair, code, own[_OWN.index("drawn for")]


def _read(submission: Submission) -> list[str]:
    # The same bytes under another name are read otherwise, so what was read of them counts too.
    read = [submission.sha256, submission.problem, *submission.notes, *[cell.label for cell in submission.cells]]
    return read + ["late"] * submission.late  # its page says so


def identity(course: Course, exercises: Collection[str]) -> str:
    """Return what verdicts on some of a course's exercises depend on, but for hand-in, secret and lock: as one hash."""
    return _hash(repr([one for slug, one in sorted(_of_course(course).items()) if slug in exercises]).encode())


def _of_course(course: Course) -> dict[str, Circumstances]:
    shared = {
        "limits": _hash(repr(course.limits).encode()),
        "packages": _hash(repr(installed(course.limits.packages).versions).encode()),
        "course": _hash_of_files(*((course.places.course / name).with_suffix(".py") for name in PARTS)),
        "grader": _engine(),
    }
    return {exercise.slug: {**_of_exercise(exercise), **shared} for exercise in course.exercises}


def fingerprint(text: str) -> str:
    """Return by what a report or a page of ours is known again."""
    return _hash(text.encode())


def finished(lines: Iterable[str]) -> Finished:
    """Return what a journal's lines say."""
    found = Finished()
    for line in lines:
        found.read(line)
    return found


def _of_exercise(exercise: Exercise) -> Circumstances:
    return {
        "checks": _hash_of_files(exercise.public_checks, exercise.hidden_checks),
        "contract": _hash(repr(contract(exercise.slug)).encode()),
        "misconceptions": _hash_of_files(exercise.places.misconceptions / f"{exercise.slug}.py"),
    }


def _engine() -> str:
    files = [SESSION, *(path for room in ENGINE for path in sorted((PACKAGE / room).rglob("*.py")))]
    return _hash(__version__.encode() + _hash_of_files(*files).encode())


def _hash_of_files(*paths: Path) -> str:
    return _hash(b"\0".join(path.read_bytes() for path in paths if path.is_file()))


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]
