"""A class list as a platform exports it, told apart by its columns, or the kit's own; or any, by columns that are named."""

import csv
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from grader.collect.roster.entries import Entry, RosterError
from grader.collect.roster.forms import BLACKBOARD, BRIGHTSPACE, CANVAS, COLUMNS, FORMS, KIT, Form
from grader.collect.roster.tables import Line, read_lines
from grader.collect.submission import folder_names, learner_name

_MOST_ABOVE = 9  # lines that hold anything above the headings, as a title
_ANY_ID = "As the id any column may serve that is another for each learner: a number, a login, an address"
# As a spreadsheet writes a long number that it shortened.
_SHORTENED = re.compile(r"\d([.,]\d+)?E\+\d+")
SHOWN = 5  # lines that are no learner's, by number
EXPECTED = (
    "expected a line with the columns id, name, email and section, in any order; only id must be there. A class list of "
    "Canvas, Moodle, Brightspace, Blackboard, Gradescope or GitHub Classroom is taken as it is exported; for one with "
    "other headings say --columns id=HEADING,name=HEADING,email=HEADING"
)


@dataclass(frozen=True)
class ClassList:
    """A class list, and in one line how it was read."""

    entries: tuple[Entry, ...]
    said: str


@dataclass
class _Reading:
    """What is known of a list while its lines are read."""

    path: Path
    form: Form
    headings: Mapping[str, str]  # as the list writes them, by the part of an entry
    places: Mapping[str, tuple[int, ...]]  # two where a first and a last name make the name
    ids_from: Counter[str] = field(default_factory=Counter)
    left_out: list[str] = field(default_factory=list)


def read_roster(path: Path, columns: str = "") -> tuple[Entry, ...]:
    """Read a class list; as `read_class`, without a word on how it was read."""
    return read_class(path, columns).entries


def read_class(path: Path, columns: str = "") -> ClassList:
    """Read a class list.

    Parameters
    ----------
    path : Path
        CSV in UTF-8 or UTF-16, separated by commas, semicolons or tabs, or a workbook (`.xlsx`).
    columns : str
        The headings of a list that has others than those known, as `id=HEADING,name=HEADING+HEADING`.

    Raises
    ------
    RosterError
        If it cannot be read, lacks a column that it needs, or has an empty or a repeated id.
    """
    lines: Iterable[Line] = read_lines(path)
    first = list(islice(lines, _MOST_ABOVE + 1))
    if not first:
        raise RosterError(f"{path}:1: empty; {EXPECTED}")
    reading, above = _with_headings(first, columns, path)
    header = first[above][1]
    lines = chain(first[above + 1 :], lines)
    rows = [
        (line, values)
        for line, values in _rows(lines, len(header), reading)
        if not _is_no_learner(line, values, reading)
    ]
    _without_marks(rows, reading)
    entries = _entries(rows, reading)
    if not entries:
        raise RosterError(f"{path}: no learner below the columns; {EXPECTED}")
    sources = reading.ids_from.most_common()
    told = sources[0][0] if len(sources) == 1 else ", ".join(f"{column} ({count})" for column, count in sources)
    learners = "1 learner" if len(entries) == 1 else f"{len(entries)} learners"
    said = f"class list read as {reading.form.name}: {learners}; id from {told}"
    if above:
        said += f"; the headings are in line {first[above][0]}"
    if (
        reading.form is KIT
        and not {"name", "first", "last"} & reading.places.keys()
        and (unused := _unused(header, reading))
    ):
        said += (
            f"; no column of names was found, and nothing was read from {', '.join(map(repr, unused))}: say which is which "
            f"with --columns {_example(reading)},name={unused[0]}"
        )
    if reading.left_out:
        more = f" and {len(reading.left_out) - SHOWN} more" if len(reading.left_out) > SHOWN else ""
        said += f"; left out: {', '.join(reading.left_out[:SHOWN])}{more}"
    return ClassList(entries, said)


def _with_headings(first: list[Line], columns: str, path: Path) -> tuple[_Reading, int]:
    """Find the headings: in the first line, or in one of the next if a title stands above them."""
    refused = None
    for place, (number, header) in enumerate(first):
        try:
            return (_named if columns else _recognised)(header, number, path, columns), place
        except RosterError as error:
            refused = refused or error
    assert refused is not None
    raise refused


def _unused(header: list[str], reading: _Reading) -> list[str]:
    used = {place for places in reading.places.values() for place in places}
    return [heading for place, heading in enumerate(header) if heading and place not in used]


def _example(reading: _Reading) -> str:
    return ",".join(f"{part}={heading}" for part, heading in reading.headings.items() if part in COLUMNS)


def _key(heading: str) -> str:
    return " ".join(unicodedata.normalize("NFC", heading).casefold().split())


def _recognised(header: list[str], line: int, path: Path, _columns: str = "") -> _Reading:
    """Tell by its headings whose list it is, and where its columns are."""
    names = [_key(name) for name in header]
    there = set(names)
    form = next(
        (
            form
            for form in FORMS
            if there.issuperset(form.known_by) and (not form.and_one_of or there.intersection(form.and_one_of))
        ),
        None,
    )
    if form is None:
        found = ", ".join(repr(name) for name in header if name) or "nothing"
        raise RosterError(f"{path}:{line}: no column 'id', but {found}; {EXPECTED}. {_ANY_ID}")
    headings = {}
    for part, possible in form.columns.items():
        if heading := next((one for one in possible if one in there), ""):
            if names.count(heading) > 1:
                raise RosterError(f"{path}:{line}: two columns are called {heading!r}; {EXPECTED}")
            headings[part] = heading
    places = {part: (names.index(heading),) for part, heading in headings.items()}
    return _Reading(path, form, {part: header[place[0]] for part, place in places.items()}, places)


def _named(header: list[str], line: int, path: Path, columns: str) -> _Reading:
    """Find the columns that were named on the command line."""
    names = [_key(name) for name in header]
    places: dict[str, tuple[int, ...]] = {}
    headings = {}
    for pair in next(csv.reader([columns]), []):
        part, equals, heading = pair.partition("=")
        part = part.strip().casefold()
        if not equals or not heading.strip() or part not in (*COLUMNS, "account") or part in places:
            raise RosterError(
                f"--columns: {pair!r}; expected each of {', '.join(COLUMNS)} at most once, as id=HEADING,name=HEADING, "
                "or name=FIRST+LAST where the name is in two columns"
            )
        wanted = (
            [_key(heading)] if part != "name" or _key(heading) in names else [_key(one) for one in heading.split("+")]
        )
        if len(wanted) > 2 or any(names.count(one) != 1 for one in wanted):
            raise RosterError(
                f"{path}:{line}: --columns {pair}: there {'are two of' if _key(heading) in names else 'is no'} such "
                f"column; the list has {', '.join(repr(name) for name in header if name)}"
            )
        places[part] = tuple(names.index(one) for one in wanted)
        headings[part] = heading.strip()
    if not places.keys() & {"id", "username", "email"}:
        raise RosterError(f"--columns {columns}: names no id, username or email; one of them says who a learner is")
    form = Form("the columns say", (), {})
    return _Reading(path, form, headings, places)


def _rows(lines: Iterable[Line], width: int, reading: _Reading) -> Iterable[tuple[int, dict[str, str]]]:
    for line, cells in lines:
        if any(cells[width:]):
            raise RosterError(
                f"{reading.path}:{line}: {len(cells)} cells below {width} columns; quote one that holds the separator"
            )
        cell = dict(enumerate(cells))
        values = {part: cell.get(places[0], "") for part, places in reading.places.items()}
        if len(names := reading.places.get("name", ())) == 2:
            values["first"], values["last"] = (cell.get(place, "") for place in names)
        for part, value in values.items():
            if not value.isprintable():
                raise RosterError(f"{reading.path}:{line}: the {part} has a line break or an invisible character in it")
        yield line, values


def _is_no_learner(line: int, values: dict[str, str], reading: _Reading) -> bool:
    """Tell whether a line is the platform's own, or another person's than a learner's."""
    if reading.form is CANVAS:
        student, known = _key(values["name"]), values.get("id", "")
        if (student == "points possible" and not known) or not (student or known or values["account"]):
            return True
        if student == "student, test" and not known:  # Canvas's own, whom it shows a teacher the course through
            reading.left_out.append(f"line {line} (Canvas's test student)")
            return True
    if reading.form.name == BLACKBOARD.name and values.get("username", "").casefold().endswith("_previewuser"):
        reading.left_out.append(f"line {line} (Blackboard's preview user)")
        return True
    if values.get("role") and _key(values["role"]) != "student":
        reading.left_out.append(f"line {line} ({values['role']})")
        return True
    return False


def _without_marks(rows: list[tuple[int, dict[str, str]]], reading: _Reading) -> None:
    """Take off the `#` that Brightspace puts in front of what a spreadsheet would change."""
    for part in ("id", "username"):
        every = [values[part] for _, values in rows if values.get(part)]
        if reading.form.name == BRIGHTSPACE.name or (
            not reading.form.columns and every and all(v[0] == "#" for v in every)
        ):
            for _, values in rows:
                if part in values:
                    values[part] = values[part].removeprefix("#")


def _entries(rows: list[tuple[int, dict[str, str]]], reading: _Reading) -> tuple[Entry, ...]:
    path = reading.path
    ids = {}
    lines: dict[str, int] = {}
    emails: dict[str, int] = {}
    for line, values in rows:
        part = next((one for one in ("id", "username", "email", "account") if values.get(one)), "")
        for one in ("id", "username", "account"):
            if _SHORTENED.fullmatch(values.get(one, "")):
                raise RosterError(
                    f"{path}:{line}: the {one} {values[one]!r} was shortened by a spreadsheet, and its digits are lost; take "
                    "the list as it was exported, or format this column as text before you save it"
                )
        if not part or (reading.form is KIT and part != "id"):
            raise RosterError(f"{path}:{line}: no id; {_id_advice(reading)}")
        if (other := lines.setdefault(learner := learner_name(os.fsencode(values[part])), line)) != line:
            raise RosterError(f"{path}:{line}: the id {learner!r} is that of line {other} too; keep one of them")
        email = values.get("email", "").casefold()
        if email and (earlier := emails.setdefault(email, line)) != line:
            raise RosterError(
                f"{path}:{line}: the email is that of line {earlier} too; an address belongs to one learner"
            )
        reading.ids_from[reading.headings[part]] += 1
        ids[line] = part
    return tuple(_entry(values, ids[line], line, reading) for line, values in rows)


def _id_advice(reading: _Reading) -> str:
    if reading.form is KIT:
        return "give this learner the name that their folder or zip has"
    columns = [reading.headings[one] for one in ("id", "username", "email", "account") if one in reading.headings]
    return f"fill in {' or '.join(columns)}, or leave the line out"


def _entry(values: dict[str, str], part: str, line: int, reading: _Reading) -> Entry:
    raw = os.fsencode(values[part])
    last, first = values.get("last", ""), values.get("first", "")
    name = f"{last}, {first}" if last and first else last or first or values.get("name", "")
    logins = "username" in values
    # The kit's own list has one column for whatever a platform asks for, unless there is one for logins.
    username = values.get("username", values[part] if reading.form is KIT else "")
    return Entry(
        learner_name(raw),
        folder_names([raw], distinct_by_case=True)[raw],
        values[part],
        name,
        values.get("email", ""),
        values.get("section", ""),
        username,
        line,
        values.get("account", ""),
        re.sub(r".*?(\d*)\Z", r"\1", values.get("participant", "")),
        part == "id",
        logins,
    )
