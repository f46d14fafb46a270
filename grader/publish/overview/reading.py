"""Read an OUT for its overview: its table, who is who, and its reports one learner at a time."""

import csv
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import quote

from grader.checking.report import Report, unfit
from grader.collect.opened import Folder
from grader.manifest.course import Course

MOST = 2**26  # bytes of a report; of the class's file more
STATUSES = ("", "graded", "missing", "held")  # of grades.csv; nothing where it has no row


@dataclass
class Listed:
    """What grades.csv says: who counts, and with what status in each exercise."""

    slugs: tuple[str, ...]
    as_of: str = ""
    there: bool = False
    # One byte for each exercise, the place of its status in `STATUSES`: of a large class little is kept.
    rows: dict[str, bytearray] = field(default_factory=dict)

    def statuses(self, row: bytearray | None) -> dict[str, str]:
        """Return the statuses of a row by exercise, where it has any."""
        return {slug: STATUSES[place] for slug, place in zip(self.slugs, row or b"", strict=False) if place}


@dataclass(frozen=True)
class Unread:
    """A report that cannot be read."""

    place: str
    why: str


def listed(folder: Folder, course: Course) -> Listed:
    """Read grades.csv, row by row.

    Raises
    ------
    OSError
        If it is there and cannot be read.
    """
    slugs = tuple(exercise.slug for exercise in course.exercises)
    found = Listed(slugs)
    try:
        descriptor = folder.open_file("grades.csv")
    except FileNotFoundError:
        return found
    number = {status: place for place, status in enumerate(STATUSES)}
    with os.fdopen(descriptor, encoding="utf-8", errors="replace", newline="") as file:
        found.as_of = datetime.fromtimestamp(os.fstat(descriptor).st_mtime, UTC).strftime("%Y-%m-%d %H:%M UTC")
        found.there = True
        for row in csv.reader(file):
            if len(row) == 5 and row[1] in slugs and row[4] in number:
                found.rows.setdefault(row[0], bytearray(len(slugs)))[slugs.index(row[1])] = number[row[4]]
    return found


def reports(folder: Folder, course: Course) -> Iterator[tuple[str, list[Report | Unread]]]:
    """Yield each learner's folder, in order, and the reports in it.

    Raises
    ------
    OSError
        If the folder of reports cannot be looked into.
    """
    try:
        with folder.folder("reports") as home:
            names = sorted(entry.name for entry in home.entries() if entry.is_dir(follow_symlinks=False))
            for name in names:
                with home.folder(name) as own:
                    some = [
                        _read(own, f"reports/{name}/{exercise.slug}.json", exercise.slug)
                        for exercise in course.exercises
                    ]
                yield name, [one for one in some if one is not None]
    except FileNotFoundError:
        return


def _read(own: Folder, place: str, slug: str) -> Report | Unread | None:
    try:
        report = Report.from_json(own.read(f"{slug}.json", MOST).decode())
    except FileNotFoundError:
        return None
    except OSError as error:
        return Unread(place, error.strerror or str(error))
    except ValueError as error:
        return Unread(place, " ".join(str(error).split())[:200])
    problem = unfit(report) if report.exercise == slug else f"it is on {report.exercise!r}"
    return Unread(place, problem) if problem else report


def page_of(name: str, slug: str) -> str:
    """Return where the page beside a report is, relative to OUT, as a link has it."""
    return f"feedback/{quote(name, errors='surrogateescape')}/{slug}.html"
