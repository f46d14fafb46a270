"""Moodle: `Full Name_NUMBER_assignsubmission_file_/…`, or flat, with the file's name behind the last `_`.

NUMBER is another one in each assignment. A full name may hold anything, and learners may be allowed to change theirs.
"""

import re
from dataclasses import replace

from grader.collect.layouts.arrival import Arrival, Read, Source, tidy, two_ways
from grader.collect.submission import Identity

_NAME = re.compile(r"(?P<name>.+?)_(?P<number>\d+)_assignsubmission_(?P<kind>file|onlinetext)_(?P<file>.*)", re.DOTALL)
_ANOTHER = re.compile(r"(?P<name>.*)_\d+_assignsubmission_(?:file|onlinetext)_", re.DOTALL)


_TYPED = "what was typed into the platform's own editor is not graded: hand in a file"


def read(source: Source) -> Read:
    """Read who handed in what."""
    arrivals, refused, typed = [], {}, set()
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
            if match["kind"] == "onlinetext":
                typed.add(entry.name)
    with_files = {arrival.who for arrival in arrivals if arrival.entry not in typed}
    return [one if one.who in with_files else replace(one, notes=(_TYPED,)) for one in arrivals], refused
