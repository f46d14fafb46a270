"""Moodle: `Full Name_NUMBER_assignsubmission_file_/…`, or flat, with the file's name behind the last `_`.

NUMBER is another one in each assignment. A full name may hold anything, and learners may be allowed to change theirs.
"""

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import replace

from grader.collect.layouts.arrival import TYPED, Arrival, Read, Source, tidy, two_ways, unless_files
from grader.collect.submission import Identity

_KINDS = "file|onlinetext"
# Some versions write a folder's name without the last `_`.
_NAME = re.compile(rf"(?P<name>.+?)_(?P<number>\d+)_assignsubmission_(?P<kind>{_KINDS})(?:_(?P<file>.*))?", re.DOTALL)
_ANOTHER = re.compile(rf"(?P<name>.*)_\d+_assignsubmission_(?:{_KINDS})(?:_|\Z)", re.DOTALL)
_FEEDBACK = re.compile(r".+_\d+_assignfeedback_.*", re.DOTALL)


# Where a team hands in, or learners are in groups, the group's name and a `-` stand before the full name.
_GROUP = re.compile(
    r"(?i)\d|\b(?:group|groups|gruppen?|grupo|groupe|gruppo|groep|grup|grupa|skupina|team|équipe|equipe|equipo|группа|команда)\b|[组組班]"
    r"|standardgruppe"
)
_TOGETHER = 3  # people whose names begin so, if it has none of these words

_THE_TEACHERS = "feedback that a teacher gave on Moodle, and nothing that was handed in"


def _teams(names: Collection[str]) -> dict[str, str]:
    """Return the group with which a name seems to begin, by the name: a name may have a `-` of its own."""
    sharing: Counter[str] = Counter()
    for name in names:
        sharing.update(name[: dash.start()] for dash in re.finditer("-", name))
    teams = {}
    for name in names:
        fronts = [name[: dash.start()] for dash in re.finditer("-", name)]
        group = next((one for one in fronts if _GROUP.search(one) or sharing[one] >= _TOGETHER), "")
        if group:
            teams[name] = group
    return teams


def read(source: Source) -> Read:
    """Read who handed in what."""
    arrivals, refused, typed = [], {}, dict[str, str]()
    for entry in source.entries:
        match = _NAME.fullmatch(entry.name)
        if match is None:
            if _FEEDBACK.fullmatch(entry.name):
                refused[entry.name] = _THE_TEACHERS
            continue
        name, end = tidy(match["name"]), match.end("kind")
        if another := _ANOTHER.match(entry.name, end):
            refused[entry.name] = two_ways(name, tidy(entry.name[: another.end("name")]))
        elif entry.is_folder or match["file"]:  # a folder of the learner's own may follow as well as a file
            who = (Identity(name=name, participant=match["number"]),)
            called = None if entry.is_folder else match["file"]
            arrivals.append(Arrival(entry.name, name, who, called, mark=match["number"]))
            if match["kind"] == "onlinetext":
                typed[entry.name] = TYPED
    teams = _teams({arrival.learner for arrival in arrivals})
    arrivals = [
        replace(one, who=(replace(one.who[0], group=teams[one.learner]),)) if one.learner in teams else one
        for one in arrivals
    ]
    return Read(unless_files(arrivals, typed), refused)
