"""Stage 5: what a teacher writes into OUT: adjustments.csv, extensions.csv and times.csv, read with errors that name line and column.

They are read from OUT alone, never from what learners hand in. Commas or semicolons, with or without a byte order mark: as a
spreadsheet writes them.
"""

import csv
import datetime
import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from grader.collect.opened import Folder
from grader.manifest.course import Course, CourseError
from grader.publish.cells import neutral
from grader.publish.final import Adjustment

ADJUSTMENTS, EXTENSIONS, TIMES = "adjustments.csv", "extensions.csv", "times.csv"
MOST = 2**26  # bytes of one of them
_NUMBER = re.compile(r"[+-]?\d{1,6}([.,]\d{1,4})?")
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)(?:[- T](\d\d)[-:](\d\d)(?:[-:](\d\d(?:\.\d{1,6})?)\d*)?\s?(Z|[+-]\d\d:\d\d)?)?")

Pair = tuple[str, str]  # a learner, as a cell of grades.csv has them, and an exercise's slug
Time = datetime.date | datetime.datetime
T = TypeVar("T")


class AdjustmentError(Exception):
    """A file of the teacher's cannot be used; the message says in which line and column, what, and what would be right."""


@dataclass(frozen=True)
class Given:
    """All that a teacher wrote."""

    adjustments: Mapping[Pair, tuple[Adjustment, ...]] = field(default_factory=dict)
    extensions: Mapping[Pair, Time] = field(default_factory=dict)
    times: Mapping[Pair, datetime.datetime] = field(default_factory=dict)  # when something was handed in

    def by_learner(self, names: Mapping[str, str]) -> "tuple[Given, list[str]]":
        """Return the same by learners' own names, and whom these files name and nobody knows.

        Parameters
        ----------
        names : mapping of str to str
            Learners by how they may be written.
        """
        named = {pair[0] for table in (self.adjustments, self.extensions, self.times) for pair in table}
        adjustments: dict[Pair, tuple[Adjustment, ...]] = {}
        for (name, slug), some in self.adjustments.items():
            if name in names:
                pair = names[name], slug
                adjustments[pair] = adjustments.get(pair, ()) + some
        return Given(adjustments, _of(self.extensions, names), _of(self.times, names)), sorted(named - names.keys())


def read_given(folder: Folder, course: Course) -> Given:
    """Read what a teacher wrote into OUT; of a file that is not there, nothing.

    Raises
    ------
    AdjustmentError
        If one cannot be read.
    """
    adjustments: dict[Pair, list[Adjustment]] = defaultdict(list)
    for pair, one in _rows(folder, course, ADJUSTMENTS, "adjustment", _adjustment):
        adjustments[pair].append(one)
    extensions = _once(EXTENSIONS, _rows(folder, course, EXTENSIONS, "until", _until))
    times = _once(TIMES, _rows(folder, course, TIMES, "handed_in", _moment))
    return Given({pair: tuple(some) for pair, some in adjustments.items()}, extensions, times)


def time_of(text: str) -> Time | None:
    """Return a time as platforms and teachers write it, or a date; None where it is neither."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    day, hour, minute, second, zone = found.groups()
    try:
        if hour is None:
            return datetime.date.fromisoformat(day)
        return datetime.datetime.fromisoformat(f"{day}T{hour}:{minute}:{second or '00'}{zone or ''}")
    except ValueError:
        return None


def _of(table: Mapping[Pair, T], names: Mapping[str, str]) -> dict[Pair, T]:
    return {(names[name], slug): value for (name, slug), value in table.items() if name in names}


def _once(name: str, rows: Iterator[tuple[Pair, T]]) -> dict[Pair, T]:
    found: dict[Pair, T] = {}
    for pair, value in rows:
        if pair in found:
            raise AdjustmentError(f"{name}: {pair[0]}, {pair[1]} has two lines; expected one")
        found[pair] = value
    return found


def _rows(
    folder: Folder, course: Course, name: str, column: str, read: Callable[[str, Mapping[str, str]], T]
) -> Iterator[tuple[Pair, T]]:
    """Yield what each line says, and of whom."""
    for line, row in _lines(folder, name, column):
        where = f"{folder.path / name}:{line}"
        if not row["learner"]:
            raise AdjustmentError(f"{where}: learner is empty; expected a learner as grades.csv has them")
        try:
            slug = course.find(row["exercise"]).slug
        except CourseError as error:
            raise AdjustmentError(f"{where}: exercise: {error}") from None
        try:
            value = read(row[column], row)
        except ValueError as error:
            raise AdjustmentError(f"{where}: {column} is {row[column][:80]!r}; expected {error}") from None
        yield (neutral(row["learner"]), slug), value


def _lines(folder: Folder, name: str, column: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield number and cells of each line that is not empty."""
    path = folder.path / name
    try:
        text = folder.read(name, MOST).decode("utf-8-sig")
    except FileNotFoundError:
        return
    except OSError as error:
        raise AdjustmentError(f"{path}: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise AdjustmentError(f"{path}: it is not in UTF-8; save it as CSV UTF-8") from None
    head = text.partition("\n")[0]
    table = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in head else ",")
    try:
        columns = [cell.strip().lower() for cell in next(table, [])]
        for wanted in ("learner", "exercise", column):
            if columns.count(wanted) != 1:
                raise AdjustmentError(f"{path}:1: expected one column {wanted!r}, beside learner, exercise and others")
        for cells in table:
            if len(cells) > len(columns):
                raise AdjustmentError(f"{path}:{table.line_num}: {len(cells)} cells; expected {len(columns)}")
            row = dict(zip(columns, [*map(str.strip, cells), *[""] * len(columns)], strict=False))
            if any(row.values()):
                yield table.line_num, row
    except csv.Error as error:
        raise AdjustmentError(f"{path}:{table.line_num}: {error}") from None


def _adjustment(text: str, row: Mapping[str, str]) -> Adjustment:
    comment, by, when = (row.get(name, "") for name in ("comment", "by", "when"))
    if text.lower() == "excused":
        return Adjustment(excused=True, comment=comment, by=by, when=when)
    number = text.removesuffix("%").strip()
    if _NUMBER.fullmatch(number) is None:
        raise ValueError("points (1.5 or -1), percent of the exercise's points (10%), or excused")
    value = Decimal(number.replace(",", "."))
    points, percent = (Decimal(0), value) if text.endswith("%") else (value, Decimal(0))
    return Adjustment(points, percent, comment=comment, by=by, when=when)


def _until(text: str, _row: Mapping[str, str]) -> Time:
    time = time_of(text)
    if time is None:
        raise ValueError("a date, of which all is in time, or a time: 2030-05-01 or 2030-05-01 12:00")
    return time


def _moment(text: str, _row: Mapping[str, str]) -> datetime.datetime:
    time = time_of(text)
    if not isinstance(time, datetime.datetime):
        raise ValueError("a time, such as 2030-05-01 12:00 or 2030-05-01T12:00+02:00")  # of its text
    return time
