"""Stage 5: handing back. What of OUT goes to whom, and the zips and folders in which it does.

Of each learner nothing goes out but their own pages: not the reports, which name hidden checks as programs do.
"""

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from grader.checking.report import Report
from grader.collect.opened import Folder
from grader.collect.roster import Known
from grader.grading.journal import fingerprint
from grader.manifest.course import Course, Exercise
from grader.publish.feedback import nameless
from grader.publish.returned import Hashes

MOST = 2**26  # bytes of a report or a page
_OF_THE_EXCHANGE = ("timestamp.txt", "submission_secret.txt")  # which nbgrader put beside a hand-in
_MOST_BESIDE = 2**16  # bytes of each
_WHEN = (1980, 1, 1, 0, 0, 0)  # of all files in zips, so that the same pages give the same bytes
_NO_NAME = re.compile(r'[_<>:"|?*\\/\s]+')  # Moodle reads the number behind the first `_`


@dataclass(frozen=True)
class Page:
    """One page that is a learner's to have."""

    exercise: Exercise
    text: str
    hashes: tuple[str, str]  # of the report and of this page, whatever the learner is called

    @property
    def file(self) -> str:
        return f"{self.exercise.name}.html"


@dataclass(frozen=True)
class Parcel:
    """All that is one learner's to have."""

    learner: str
    folder: str  # below OUT/feedback, and nbgrader's id of the student
    pages: tuple[Page, ...]

    @property
    def hashes(self) -> Hashes:
        return {page.exercise.slug: page.hashes for page in self.pages}


@dataclass(frozen=True)
class Parcels:
    """What OUT holds for learners, read one learner at a time: a class's pages need not fit into memory."""

    out: Folder
    exercises: Sequence[Exercise]
    left_out: dict[str, None]  # what cannot be returned, a line each, in the order in which it was found

    def __iter__(self) -> Iterator[Parcel]:
        try:
            with self.out.folder("reports") as reports:
                folders = sorted(entry.name for entry in reports.entries() if entry.is_dir(follow_symlinks=False))
        except FileNotFoundError:
            return
        for folder in folders:
            yield from self._of(folder)

    def _of(self, folder: str) -> Iterator[Parcel]:
        """Yield what one learner is to have, if there is anything."""
        learner, pages = "", []
        for exercise in self.exercises:
            place = f"reports/{folder}/{exercise.slug}.json"
            try:
                report = Report.from_json(self.out.read(place, MOST).decode())
            except FileNotFoundError:
                continue
            except (OSError, ValueError):
                self.left_out[f"not returned: {place} is damaged; remove it, and `grader grade` makes it again"] = None
                continue
            if report.status != "graded":  # a score that is held back is nothing to be told
                self.left_out[f"not returned: {report.learner}, {exercise.slug}: its score is held back"] = None
                continue
            learner = report.learner
            try:
                text = self.out.read(f"feedback/{folder}/{exercise.slug}.html", MOST).decode()
            except (OSError, ValueError):
                said = f"not returned: {report.learner}, {exercise.slug}: it has no page; `grader grade` makes it again"
                self.left_out[said] = None
                continue
            pages.append(Page(exercise, text, (of_report(report), fingerprint(nameless(text, learner)))))
        if pages:
            yield Parcel(learner, folder, tuple(pages))


def of_report(report: Report) -> str:
    """Return by what a report is known again when its learner is called otherwise."""
    return fingerprint(replace(report, learner="").to_json())


@dataclass(frozen=True)
class Assignment:
    """One assignment on Moodle: the exercises that its download held, and everybody's number in it."""

    exercises: tuple[Exercise, ...]
    numbers: dict[str, tuple[str, str]]  # full name and number, by learner

    @property
    def name(self) -> str:
        first, last = self.exercises[0].name, self.exercises[-1].name
        return first if first == last else f"{first}-{last}"


def assignments(known: Iterable[Known], course: Course) -> list[Assignment]:
    """Return the assignments on Moodle of which OUT was graded.

    Moodle gives no number twice, so two exercises in which anybody has the same number are of one assignment.
    """
    with_number: dict[str, set[str]] = defaultdict(set)  # exercises by number
    for one in known:
        for slug, number in one.participants:
            with_number[number].add(slug)
    groups: list[set[str]] = []
    for slugs in with_number.values():
        touching = [group for group in groups if group & slugs]
        groups = [group for group in groups if not group & slugs] + [slugs.union(*touching)]
    found = []
    for group in groups:
        exercises = tuple(exercise for exercise in course.exercises if exercise.slug in group)
        numbers = {
            one.learner: (one.person.who.name if one.person.who else one.learner, number)
            for one in known
            for slug, number in one.participants
            if slug in group
        }
        if exercises:
            found.append(Assignment(exercises, numbers))
    return sorted(found, key=lambda one: one.exercises[0].number)


def write_zip(to: Folder, parcel: Parcel) -> None:
    """Write a learner's own zip: `learners/LEARNER.zip`."""
    to.write(f"learners/{parcel.folder}.zip", _zipped((page.file, page.text) for page in parcel.pages))


def write_nbgraders(to: Folder, parcel: Parcel) -> None:
    """Write what `nbgrader release_feedback` reads: `feedback/LEARNER/ASSIGNMENT/NOTEBOOK.html`.

    Where this is the folder of an nbgrader course, what lies beside the hand-in goes with it, as `generate_feedback` has it:
    by the secret in it the exchange finds whose the page is.
    """
    for page in parcel.pages:
        assignment = f"{parcel.folder}/{page.exercise.name}"
        to.write(f"feedback/{assignment}/{page.file}", page.text.encode())
        for name in _OF_THE_EXCHANGE:
            with suppress(FileNotFoundError, NotADirectoryError):
                to.write(f"feedback/{assignment}/{name}", to.read(f"submitted/{assignment}/{name}", _MOST_BESIDE))


def write_moodles(to: Folder, assignment: Assignment, parcels: Parcels) -> tuple[int, list[str]]:
    """Write the zip that Moodle takes as feedback on one assignment: `moodle/ASSIGNMENT.zip`.

    Returns
    -------
    int
        How many learners have something in it.
    list of str
        Learners with a page who have no number in this assignment.
    """
    wanted = [one for one in parcels.exercises if one in assignment.exercises]
    numberless, count = list[str](), 0

    def files() -> Iterator[tuple[str, str]]:
        nonlocal count
        for parcel in replace(parcels, exercises=wanted):
            if parcel.learner not in assignment.numbers:
                numberless.append(parcel.learner)
            else:
                count += 1
                name, number = assignment.numbers[parcel.learner]
                # Whoever it is for, Moodle tells by the number alone; the name is for the teacher who looks into the zip.
                folder = f"{_NO_NAME.sub(' ', name).strip()}_{number}_assignsubmission_file_"
                yield from ((f"{folder}/{page.file}", page.text) for page in parcel.pages)

    zipped = _zipped(files())
    if count:
        to.write(f"moodle/{assignment.name}.zip", zipped)
    return count, numberless


def _zipped(files: Iterable[tuple[str, str]]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in files:
            about = zipfile.ZipInfo(name.encode("utf-8", "replace").decode(), _WHEN)
            about.external_attr, about.compress_type = 0o644 << 16, zipfile.ZIP_DEFLATED
            file.writestr(about, text.encode())
    return packed.getvalue()
