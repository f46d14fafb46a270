"""Stage 5: what `grade` leaves in OUT, written so that a kill at any moment loses nothing finished.

OUT/grades.csv, OUT/reports/LEARNER/SLUG.json and OUT/feedback/LEARNER/SLUG.html are for reading, and so is
OUT/changes.csv after a regrade that changed a verdict; OUT/.grader/ is the grader's own: the course's secret, the
journal of what is finished, what platforms call the learners, and what the class list says of them. The overview is
made of all this (`grader.publish.overview`).
"""

import csv
import io
import os
import stat
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TextIO

from grader.checking.comfort import Comfort
from grader.checking.report import Report, lacks_something
from grader.checking.seeds import course_secret, keep_secret
from grader.collect.opened import OWN, Folder
from grader.collect.roster import Entry, Known, Move
from grader.collect.submission import Submission
from grader.grading.grade import Graded
from grader.grading.journal import Circumstances, Finished, Journal, Pair, fingerprint
from grader.grading.regrade import Change, compare, why
from grader.manifest.course import Course
from grader.publish.adjustments import AdjustmentError, read_given
from grader.publish.attempts import Attempts
from grader.publish.by_hand import BY_HAND, ByHand, keep_by_hand, kept_by_hand
from grader.publish.by_learner import rename_kept
from grader.publish.cells import FORMULA_STARTS, neutral
from grader.publish.changes import append_adjusted, append_changes
from grader.publish.class_list import Contact, contacts_of, read_contacts, write_contacts
from grader.publish.feedback import Around, headed, page
from grader.publish.final_pages import show_finals
from grader.publish.finals import SHOWN, Finals, read_finals
from grader.publish.parcels import of_report
from grader.publish.renaming import Moves, Renaming, read_names, write_names
from grader.publish.returned import Returned
from grader.publish.standing import COLUMNS, MOST, Reading, Standing, earlier_rows, listed_in
from grader.publish.timing import TIMES, Deadlines, keep_times, read_deadlines
from grader.publish.writer import LOCK, OutputError, Writer, refuse_link, refused

__all__ = ["COLUMNS", "FORMULA_STARTS", "OutputError", "Results", "neutral", "write"]

_UNRECORDED = f"{OWN}/unrecorded"
_SITE = f"{OWN}/site"
_OURS = ("reports", "feedback", "autograded")  # folders in OUT


class Results:
    """The folder OUT, for one command alone until it is closed.

    Parameters
    ----------
    out
        The folder; made if need be.
    course
        The course.
    regrade
        Whether what learners have been given may change.

    Raises
    ------
    OutputError
        If it cannot be written, or another command is writing it.
    """

    def __init__(self, out: Path, course: Course, regrade: bool = False) -> None:
        self._out = out
        self._regrade = regrade
        self._course = course
        self._writer = Writer(out)
        self._folder = self._writer.folder
        self.again: Counter[str] = Counter()  # how many were graded again, by the reason
        self.changes: list[Change] = []  # what that changed
        self.edited: list[tuple[str, str]] = []  # whose reports are not as they were written: learner and exercise
        self._given: dict[Pair, str] = {}  # the fingerprints of those
        self.kept: Counter[str] = Counter()  # how many stay as learners have been given them, by what has changed since
        with self._or_refused():
            for name in _OURS:
                refuse_link(self._folder, name)
            # What is no UTF-8 in it was damaged: its line tells nothing, and what it told is graded again.
            file = os.fdopen(self._folder.append(f"{OWN}/journal"), "a+", encoding="utf-8", errors="replace")
            self._writer.opened.callback(_close, file)
            self._journal = Journal(file, course)
            self._returned = Returned(self._folder)
            self._contacts = read_contacts(self._folder)
            self._site = self._kept_site()

    @property
    def folder(self) -> Folder:
        """OUT, opened: this command alone is writing it."""
        return self._folder

    @property
    def unlocked(self) -> bool:
        """Whether the disk lacks locks, so that nothing keeps a second command from writing OUT."""
        return self._writer.unlocked

    def close(self) -> None:
        """Let others write OUT."""
        self._writer.close()

    def secret(self, given: str | None) -> str:
        """Return the course's secret: the one given, from now on, or the one that this OUT was first graded with.

        Raises
        ------
        SecretError
            If it is empty or damaged.
        """
        with self._or_refused():
            if given is None:
                return course_secret(self._folder)
            keep_secret(self._folder, given)
            return given

    def gradebook(self) -> Path:
        """Return where the gradebook is kept unless another is named: a file, which SQLite would make for too few."""
        with self._or_refused():
            refuse_link(self._folder, "gradebook.db")
            os.close(self._folder.append("gradebook.db"))
        return self._out / "gradebook.db"

    def folds_case(self) -> bool:
        """Tell whether `Learner` and `learner` are the same name on the disk that holds OUT."""
        try:
            return os.path.samestat(self._folder.stat(LOCK), self._folder.stat(LOCK.upper().replace(OWN.upper(), OWN)))
        except OSError:
            return False

    def known(self) -> tuple[Known, ...]:
        """Return whom earlier runs graded here, and under which names."""
        with self._or_refused():
            return read_names(self._folder)[0]

    def rename(
        self, known: tuple[Known, ...], moves: Moves, elsewhere: Callable[[tuple[Move, ...]], None]
    ) -> list[str]:
        """Keep who everybody is, and rename what OUT has of them, then the same `elsewhere`.

        What an earlier run was killed at is completed first.

        Returns
        -------
        list of str
            What could not be renamed, a line each.
        """
        with self._or_refused():
            before, left = read_names(self._folder)
            renaming = Renaming(self._folder, self._course, self._journal)

            def in_tables(level: tuple[Move, ...]) -> None:
                self._rename_grades({neutral(move.before): neutral(move.after) for move in level})
                rename_kept(self._folder, (TIMES, SHOWN, BY_HAND), {move.before: move.after for move in level})
                self._returned.rename(level)
                elsewhere(level)

            renaming.complete(before, left, in_tables)
            if moves or known != before:
                write_names(self._folder, known, moves)
            renaming.complete(known, moves, in_tables)
        return renaming.said

    def keep_class(self, entries: Iterable[Entry]) -> None:
        """Keep what a class list says of its learners, and write their names on the pages that are there."""
        contacts = {**self._contacts, **contacts_of(entries)}
        if contacts == self._contacts:
            return
        folders = {one.learner: one.folder for one in self.known()}
        for learner, one in contacts.items():
            if learner not in folders or one.name == self._contacts.get(learner, Contact()).name:
                continue
            for exercise in self._course.exercises:
                place = f"feedback/{folders[learner]}/{exercise.slug}.html"
                with suppress(
                    FileNotFoundError, NotADirectoryError, ValueError
                ):  # no page: when it is made, it has the name
                    shown = self._folder.read(place, MOST).decode()
                    self._write(place, headed(shown, one.name))
        with self._or_refused():
            write_contacts(self._folder, contacts)
        self._contacts = contacts

    @property
    def site(self) -> str:
        """Where the lessons are; empty where that was never said."""
        return self._site

    def keep_site(self, site: str) -> None:
        """Keep where the lessons are, for the links on pages; those that lead elsewhere are made again as they are graded."""
        if site != self._site:
            with self._or_refused():
                self._folder.write(_SITE, site.encode(), alone=True, to_stay=True)
        self._site = site

    def _kept_site(self) -> str:
        with suppress(FileNotFoundError, ValueError):
            return self._folder.read(_SITE, 2**10).decode()
        return ""

    def as_drawn(self, submissions: Sequence[Submission]) -> tuple[Submission, ...]:
        """Return submissions with the inputs that their finished reports had, so that another name changes no verdict.

        A group has the inputs of its smallest id, unless all of its members were graded with others.
        """
        drawn: dict[Submission, set[str]] = {}
        for one in submissions:
            drawn.setdefault(one.work, set()).add(self._journal.drawn_for(one))
        return tuple(
            replace(one, drawn_for="" if name == one.learner else name)
            if not one.missing and len(names := drawn[one.work]) == 1 and (name := next(iter(names)))
            else one
            for one in submissions
        )

    @contextmanager
    def _or_refused(self) -> Iterator[None]:
        """Say in one line why OUT cannot be written."""
        try:
            yield
        except OSError as error:
            raise refused(self._out, error) from None

    def _write(self, place: str, text: str) -> None:
        with self._or_refused():
            self._folder.write(place, text.encode(), alone=True)

    def is_finished(self, submission: Submission, secret: str, lock: str) -> bool:
        """Tell whether the report of an earlier run stays: of this very submission, checks, seed and lock, or handed back.

        What was held back, or could not be explained or shown, is tried again.
        """
        circumstances = self._circumstances(submission, secret, lock)
        changed = self._journal.changed(submission, circumstances)
        if changed != () and self._stays_as_given(submission, changed):
            return True
        if changed is None:
            return False
        text = self._report_text(submission)
        whole = text is not None and self._journal.wrote(submission, text)
        # What was held back since it was finished has no line of its own.
        if text is not None and not whole and not _is_held(text):
            self.edited.append((submission.learner, submission.exercise))
        # If somebody removed or changed the report, or the page is gone, both are made again.
        if text is None or not whole or changed or not self._is_there(_page_place(submission)):
            return False
        return not lacks_something(text)

    def _stays_as_given(self, submission: Submission, changed: tuple[str, ...] | None) -> bool:
        """Tell whether a learner has been given the report, and it is not to change: whatever has changed since, it stays."""
        if self._regrade or not self._returned.has(submission.learner, submission.exercise):
            return False
        text, report = self._report_text(submission), self.earlier(submission)
        if text is None or report is None:
            return False
        if not self._returned.was_given(submission.learner, submission.exercise, of_report(report)):
            return False
        self.kept[why(changed or ())] += 1
        self._given[submission.learner, submission.exercise] = fingerprint(text)
        return True

    def _circumstances(self, submission: Submission, secret: str, lock: str) -> Circumstances:
        found = {**self._journal.circumstances(submission, secret, lock), "site": self._site}
        if submission.also:
            found["terms"] = self._deadlines.terms((submission.learner, submission.exercise))
        return found

    @cached_property
    def _deadlines(self) -> Deadlines:
        try:
            return read_deadlines(self._folder, self._course)
        except AdjustmentError as error:  # written since it was read for its errors
            raise OutputError(str(error)) from None

    def attempts(self, submissions: Iterable[Submission]) -> Attempts:
        """Return what of these is to be graded, where several attempts are, and which of it counts."""
        return Attempts(submissions, lambda: self._deadlines)

    def earlier(self, submission: Submission) -> Report | None:
        """Return the report that lies there from an earlier run, whatever it was made of."""
        try:
            return Report.from_json(self._report_text(submission) or "")
        except ValueError:
            return None

    def _report_text(self, submission: Submission) -> str | None:
        try:
            return self._folder.read(_report_place(submission), MOST).decode(errors="replace")
        except OSError:
            return None

    def add(self, graded: Graded, secret: str, lock: str) -> Graded:
        """Write a report and its page, then its line in the journal: in this order, so that a line means both.

        Returns
        -------
        Graded
            The same, with what was lost on the way to the page.
        """
        submission, report = graded.submission, graded.report
        circumstances = self._circumstances(submission, secret, lock)
        changed = self._journal.changed(submission, circumstances)
        before = self.earlier(submission) if changed else None
        exercise, comfort = self._course.by_slug[submission.exercise], Comfort()
        around = Around(self._contacts.get(submission.learner, Contact()).name, self._site, submission)
        shown = comfort.make("page", lambda: page(report, exercise, graded.picture, around), "")
        report = replace(report, left_out=(*report.left_out, *comfort.left_out))
        text = report.to_json()
        self._write(_report_place(submission), text)
        if shown:
            self._write(_page_place(submission), shown)
        else:  # one of an earlier verdict would not be true any more
            with self._or_refused(), suppress(FileNotFoundError):
                self._folder.unlink(_page_place(submission))
        if before is not None and changed:
            self._compare(before, report, why(changed))
        if report.status == "graded":
            with self._or_refused():
                self._journal.finish(submission, circumstances, text, graded.traces)
        return replace(graded, report=report, lost=(*graded.lost, *comfort.faults))

    def _compare(self, before: Report, after: Report, because: str) -> None:
        self.again[because] += 1
        change = compare(before, after, because)
        if change is not None:
            self.changes.append(change)
            with self._or_refused():
                append_changes(self._folder, [change])

    def reading(self, asked: Iterable[Pair]) -> Reading:
        """Return how to read how OUT stands now.

        Who has no report and is not `asked` for keeps a row only on exercises that this run was not about.
        """
        listed = list(asked)
        about = {slug for _, slug in listed}
        listed += [pair for pair in listed_in(self._folder) if pair[1] not in about]
        with self._or_refused():
            # What stays as it was handed back is believed as it lies there.
            return Reading(self._folder, self._course, {**self._journal.fingerprints(), **self._given} or None, listed)

    def finished(self) -> Finished:
        """Return what the journal says of what is finished."""
        return self._journal.finished

    def write_grades(self, now: Standing) -> None:
        """Write grades.csv."""
        self._write("grades.csv", now.grades())

    def keep_by_hand(self, given: Mapping[Pair, ByHand], address: str) -> None:
        """Keep what hand-ins were given by hand in a gradebook, by folder and exercise, and which gradebook that was."""
        with self._or_refused():
            keep_by_hand(self._folder, given, address)

    def keep_times(self, submissions: Iterable[Submission]) -> None:
        """Keep when these were handed in."""
        with self._or_refused():
            keep_times(self._folder, filter(None, map(self._as_graded, submissions)))

    def _as_graded(self, one: Submission) -> Submission | None:
        """Return the attempt that the report is on; None where it is on none: what was handed back stays, whatever comes since."""
        if one.missing:
            return None
        if not one.also and (one.learner, one.exercise) not in self._given:
            return one
        report = self.earlier(one)
        graded = None if report is None else one.graded_as(report.submission_sha256)
        return (
            graded if report is not None and graded is not None and graded.sha256 == report.submission_sha256 else None
        )

    def write_finals(self, now: Standing) -> Finals:
        """Write final.csv, and the final scores on pages.

        Raises
        ------
        AdjustmentError
            If what a teacher wrote cannot be read.
        """
        with self._or_refused():
            found = read_finals(self._folder, now, kept_by_hand(self._folder))
            show_finals(self._folder, now, found, self.folders())
            append_adjusted(self._folder, found)
        self._write("final.csv", found.table())
        return found

    def read_given(self) -> None:
        """Read what a teacher wrote, for its errors.

        Raises
        ------
        AdjustmentError
            If it cannot be read.
        """
        read_given(self._folder, self._course)

    def folders(self) -> dict[str, str]:
        """Return the folder of each learner whom OUT knows."""
        return {one.learner: one.folder for one in self.known()}

    def unrecorded(self) -> bool:
        """Tell whether an earlier run may not have brought all reports into the gradebook; from now on this one has not."""
        before = self._is_there(_UNRECORDED)
        with self._or_refused():
            os.close(self._folder.append(_UNRECORDED))
        return before

    def recorded(self) -> None:
        """Note that the gradebook has all reports."""
        with self._or_refused(), suppress(FileNotFoundError):
            self._folder.unlink(_UNRECORDED)

    def forget(self, places: Mapping[Pair, Pair], graded_by_hand: Collection[Pair]) -> None:
        """Take away what is left of reports that somebody took away: pages, notebooks, and the lines of the journal.

        Parameters
        ----------
        places : mapping of pair to pair
            Folder and exercise of each, and learner and exercise.
        graded_by_hand : collection of pair
            Of which of these places the notebook stays, because the formgrader still shows a teacher's points in it.
        """
        with self._or_refused():
            for (folder, slug), pair in places.items():
                name = self._course.by_slug[slug].name
                left = [f"feedback/{folder}/{slug}.html"]
                left += [f"autograded/{folder}/{name}/{name}.ipynb"] if (folder, slug) not in graded_by_hand else []
                for place in left:
                    with suppress(FileNotFoundError, NotADirectoryError):
                        self._folder.unlink(place)
                self._folder.remove_empty(f"autograded/{folder}/{name}")
                self._journal.forget(*pair)

    def _rename_grades(self, names: Mapping[str, str]) -> None:
        rows = earlier_rows(self._folder)
        if not any(row[0] in names for row in rows):
            return
        chosen: dict[tuple[str, str], list[str]] = {}
        for row in rows:
            learner = names.get(row[0], row[0])
            # Of two rows on one exercise the one with a grade counts.
            if (learner, row[1]) not in chosen or row[-1] != "missing":
                chosen[learner, row[1]] = [learner, *row[1:]]
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([COLUMNS, *chosen.values()])
        self._write("grades.csv", text.getvalue())

    def _is_there(self, place: str) -> bool:
        try:
            return stat.S_ISREG(self._folder.stat(place).st_mode)
        except OSError:
            return False


def _is_held(text: str) -> bool:
    try:
        return Report.from_json(text).status == "held"
    except ValueError:
        return False


def _close(file: TextIO) -> None:
    # Each line was flushed when it was written, or that was an error; a full disk would be one here again.
    with suppress(OSError):
        file.close()


def _page_place(submission: Submission) -> str:
    return f"feedback/{submission.folder}/{submission.exercise}.html"


def _report_place(submission: Submission) -> str:
    return f"reports/{submission.folder}/{submission.exercise}.json"


def foreign_grades(out: Path) -> str:
    """Return why a `grades.csv` in OUT must not be replaced: it is not ours. Nothing if it is, or there is none."""
    table = out / "grades.csv"
    try:
        if table.is_symlink() or not table.is_file():  # a link is replaced, and not followed
            return ""
        with table.open("rb") as file:
            start = file.read(2**10)
    except OSError:
        return ""
    if not start or start.startswith(",".join(COLUMNS).encode()):
        return ""
    return (
        f"{table} is not the grader's, but another program's, as `nbgrader export` writes it: name another "
        "folder for the results, or rename that file"
    )


def write(path: Path, text: str) -> None:
    """Write a file whole or not at all: a reader sees the old text or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with Folder(path.parent) as folder:
        folder.write(path.name, text.encode())
