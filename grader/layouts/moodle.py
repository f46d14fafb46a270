"""Moodle: `Full Name_NUMBER_assignsubmission_file_/…`, or flat, with the file's name behind the last `_`.

NUMBER is another one in each assignment. A full name may hold anything, and learners may be allowed to change theirs.
"""

import re

from grader.layouts.arrival import Arrival, Read, Source, tidy, two_ways
from grader.submission import Identity

_NAME = re.compile(r"(?P<name>.+?)_(?P<number>\d+)_assignsubmission_(?:file|onlinetext)_(?P<file>.*)", re.DOTALL)
_ANOTHER = re.compile(r"(?P<name>.*)_\d+_assignsubmission_(?:file|onlinetext)_", re.DOTALL)


def read(source: Source) -> Read:
    """Read who handed in what."""
    arrivals, refused = [], {}
    for entry in source.entries:
        match = _NAME.fullmatch(entry.name)
        if match is None:
            continue
        name = tidy(match["name"])
        if another := _ANOTHER.match(entry.name, match.start("file") - 1):
            refused[entry.name] = two_ways(name, tidy(entry.name[: another.end("name")]))
        elif bool(match["file"]) != entry.is_folder:
            who = (Identity(name=name, id=match["number"]),)
            arrivals.append(Arrival(entry.name, name, who, match["file"] or None, mark=match["number"]))
    return arrivals, refused
