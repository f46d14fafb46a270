"""Stage 1, beside collect: the class list. Who belongs to the class, whether they handed in or not."""

import csv
import io
import os
import unicodedata
from collections.abc import Collection as Names
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from grader.course import Exercise
from grader.submission import Submission, folder_names, learner_name

COLUMNS = ("id", "name", "email", "section", "username")
EXPECTED = "expected a line with the columns id, name, email and section, in any order; only id must be there"
MAX_BYTES = 16 * 2**20


class RosterError(Exception):
    """The roster cannot be used; the message says in which line, what, and what would be right."""


@dataclass(frozen=True)
class Entry:
    """One learner of the class list."""

    learner: str  # as reports name them: printable, one line
    folder: str  # as `Submission.folder`, and nbgrader's id of a student
    id: str  # as the list has it
    name: str = ""
    email: str = ""
    section: str = ""
    username: str = ""  # the id, where the list has no such column
    line: int = 0

    @property
    def names(self) -> tuple[str, str]:
        """First and last name: `Last, First` at its comma, else at the last space."""
        last, comma, first = self.name.partition(",")
        if not comma:
            first, _, last = self.name.rpartition(" ")
        return first.strip(), last.strip()


def read_roster(path: Path) -> tuple[Entry, ...]:
    """Read a class list: CSV in UTF-8, separated by commas, semicolons or tabs.

    Raises
    ------
    RosterError
        If it cannot be read, lacks the column id, or has an empty or a repeated id.
    """
    lines = _lines(path)
    try:
        _, header = next(lines)
    except StopIteration:
        raise RosterError(f"{path}:1: empty; {EXPECTED}") from None
    places = _columns(header, path)
    entries: dict[str, Entry] = {}
    emails: dict[str, int] = {}
    for line, cells in lines:
        if len(cells) > len(header):
            raise RosterError(
                f"{path}:{line}: {len(cells)} cells below {len(header)} columns; quote one that holds the separator"
            )
        # A spreadsheet's cells have spaces around them, and spaces that may not break.
        values = {
            column: cells[place].replace("\N{NO-BREAK SPACE}", " ").strip() if place < len(cells) else ""
            for column, place in places.items()
        }
        if not values["id"]:
            raise RosterError(f"{path}:{line}: no id; give this learner the name that their folder or zip has")
        entry = _entry(values, line, path)
        if (other := entries.get(entry.learner)) is not None:
            raise RosterError(
                f"{path}:{line}: the id {entry.learner!r} is that of line {other.line} too; keep one of them"
            )
        if (earlier := emails.setdefault(entry.email.casefold(), line)) != line and entry.email:
            raise RosterError(
                f"{path}:{line}: the email is that of line {earlier} too; an address belongs to one learner"
            )
        entries[entry.learner] = entry
    if not entries:
        raise RosterError(f"{path}: no learner below the columns; {EXPECTED}")
    return tuple(entries.values())


def matched(roster: Iterable[Entry], learners: Names[str]) -> dict[str, Entry]:
    """Return the entry of each learner who has one, by the learner's name in reports.

    A letter and its accent may be one character in the list and two on the disk, as macOS writes them.
    """
    by_form = {unicodedata.normalize("NFC", learner): learner for learner in sorted(learners)}
    found: dict[str, Entry] = {}
    for entry in roster:
        name = entry.learner if entry.learner in learners else by_form.get(unicodedata.normalize("NFC", entry.learner))
        if name is not None:
            found.setdefault(name, entry)
    return found


def with_missing(
    submissions: tuple[Submission, ...], roster: Iterable[Entry], exercises: Iterable[Exercise]
) -> tuple[Submission, ...]:
    """Return the submissions, and a missing one for each exercise of each learner who handed in nothing at all."""
    roster, exercises = tuple(roster), tuple(exercises)
    here = matched(roster, {one.learner for one in submissions}).values()
    absent = [entry for entry in roster if entry not in here]
    missing = [Submission(entry.learner, entry.folder, exercise.slug) for entry in absent for exercise in exercises]
    # By learner, as they are collected; sorting keeps the exercises' order.
    return tuple(sorted([*submissions, *missing], key=lambda one: one.learner)) if missing else submissions


def placed(roster: Iterable[Entry], submissions: Iterable[Submission]) -> tuple[Entry, ...]:
    """Return the entries with the name and folder under which their learners were collected."""
    folders = {one.learner: one.folder for one in submissions}
    roster = tuple(roster)
    found = {entry: learner for learner, entry in matched(roster, folders.keys()).items()}
    return tuple(
        replace(entry, learner=found[entry], folder=folders[found[entry]]) if entry in found else entry
        for entry in roster
    )


def strangers(learners: Iterable[str], roster: Iterable[Entry]) -> list[str]:
    """Return the learners who are not in the roster."""
    learners = sorted(set(learners))
    known = matched(roster, learners)
    return [learner for learner in learners if learner not in known]


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield each line that holds anything, with its number."""
    text = _text(path)
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, cells
    except csv.Error as error:
        raise RosterError(f"{path}:{reader.line_num}: {error}; is a quotation mark left open?") from None


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise RosterError(f"{path}: {error.strerror}; name a CSV file with a line for each learner") from None
    if len(data) > MAX_BYTES:
        raise RosterError(f"{path}: more than {MAX_BYTES >> 20} MiB; is this a class list?")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise RosterError(f"{path}:{line}: not UTF-8; save it as “CSV UTF-8”") from None
    if "\0" in text:
        raise RosterError(
            f"{path}:{text.count(chr(10), 0, text.index(chr(0))) + 1}: a null byte; save it as “CSV UTF-8”"
        )
    return text


def _columns(header: list[str], path: Path) -> dict[str, int]:
    """Return where each column is."""
    names = [name.strip().casefold() for name in header]
    for column in COLUMNS:
        if names.count(column) > 1:
            raise RosterError(f"{path}:1: two columns are called {column!r}; {EXPECTED}")
    if "id" not in names:
        found = ", ".join(filter(None, names)) or "nothing"
        raise RosterError(f"{path}:1: no column 'id', but {found}; {EXPECTED}")
    return {column: names.index(column) for column in COLUMNS if column in names}


def _entry(values: dict[str, str], line: int, path: Path) -> Entry:
    for column, value in values.items():
        if not value.isprintable():
            raise RosterError(f"{path}:{line}: the {column} has a line break or an invisible character in it")
    raw = os.fsencode(values["id"])
    folder = folder_names([raw], distinct_by_case=True)[raw]
    return Entry(learner_name(raw), folder, **{"username": values["id"], **values}, line=line)
