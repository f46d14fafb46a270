"""Brightspace: `USER-ORG - Full Name - Mon D, YYYY HHMM AM/…`, a folder for each attempt, and `index.html` beside."""

import re
from datetime import datetime

from grader.layouts.arrival import Arrival, Read, Source, tidy, two_ways
from grader.submission import Identity

_WHEN = r"[A-Za-z]{3,9}\.? \d{1,2}, \d{4} \d{3,4}(?: ?[AaPp][Mm])?"
_NAME = re.compile(rf"(?P<id>\d+)-\d+ - (?P<name>.+?) - (?P<when>{_WHEN})(?: - (?P<file>.+))?", re.DOTALL)
_ANOTHER = re.compile(rf"(?P<name>.*? - {_WHEN}.*?) - {_WHEN}(?: - |\Z)", re.DOTALL)


def read(source: Source) -> Read:
    """Read who handed in what, and when."""
    arrivals, refused = [], {}
    for entry in source.entries:
        match = _NAME.fullmatch(entry.name)
        if match is None or not (when := _sortable(match["when"])):
            if entry.name.lower() == "index.html":
                refused[entry.name] = ""  # the platform's own list
            continue
        name = tidy(match["name"])
        if another := _ANOTHER.match(entry.name, match.start("name")):
            refused[entry.name] = two_ways(name, tidy(another["name"]))
        elif bool(match["file"]) != entry.is_folder:
            who = (Identity(name=name, id=match["id"]),)
            arrivals.append(Arrival(entry.name, name, who, match["file"], when, match["id"]))
    return Read(arrivals, refused)


def _sortable(text: str) -> str:
    """Return a time as `2025-02-03 12:05`; nothing if it is none."""
    month, day, year, clock, half = re.match(r"(\w+)\.? (\d+), (\d+) (\d+) ?(\w*)", text).groups()  # type: ignore[union-attr]
    written = f"{month[:3]} {day} {year} {clock.zfill(4)} {half}".strip()
    try:
        return str(datetime.strptime(written, "%b %d %Y %I%M %p" if half else "%b %d %Y %H%M"))[:16]  # noqa: DTZ007
    except ValueError:
        return ""
