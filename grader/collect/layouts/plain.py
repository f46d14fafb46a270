"""A folder of learners: `LEARNER/…` and `LEARNER.zip`. The folder's name is the learner's."""

import re

from grader.collect.archives import OTHER_ARCHIVES, WORK
from grader.collect.inbox import Entry
from grader.collect.layouts.arrival import Arrival, Read, Source
from grader.collect.submission import CollectError

# As nbgrader's exchange keeps what was submitted: `LEARNER+ASSIGNMENT+TIME+…`.
_EXCHANGE = re.compile(r".+\+.+\+\d{4}-\d\d-\d\d \d\d:\d\d:\d\d.*", re.DOTALL)


def read(source: Source) -> Read:
    """Take each folder and each zip for a learner's; of several of one learner the best is read."""
    inbound = [entry.name for entry in source.entries if entry.is_folder and _EXCHANGE.fullmatch(entry.name)]
    if inbound and not source.is_forced and 2 * len(inbound) > sum(entry.is_folder for entry in source.entries):
        raise CollectError(
            f"{source.inbox.path} is the inbound folder of nbgrader's exchange, in which learners may write under any name: "
            f"say nbgrader collect {inbound[0].split('+')[1]}, and name the folder submitted of your course"
        )
    learners: dict[str, list[Entry]] = {}
    refused = {}
    # `LEARNER` goes before `LEARNER.zip`, which it may be unpacked from.
    for entry in source.entries:
        if entry.is_folder or entry.is_zip or entry.kind == "link":
            name = entry.name[: -len(".zip")] if entry.is_zip else entry.name
            learners.setdefault(name, []).append(entry)
        elif entry.name.lower().endswith(OTHER_ARCHIVES):
            refused[entry.name] = "such an archive is not opened; unpack it into a folder, or ask for a .zip"
        elif entry.kind == "file" and entry.name.lower().endswith(WORK):
            refused[entry.name] = f"nobody knows whose it is: {_put(entry.name)}"
        else:
            refused[entry.name] = "neither a learner's folder nor a learner's .zip"
    arrivals = []
    for name, (taken, *others) in learners.items():
        notes = [f"{taken.name!r} was read, not {other.name!r}: hand in one of them" for other in others]
        if not name:
            notes.append("the file was called '.zip', without a learner's name before the ending")
        arrivals.append(Arrival(taken.name, name, notes=tuple(notes)))
    return Read(arrivals, refused)


def _put(name: str) -> str:
    """Return where a file that lies by itself is to be put; whatever stands in front of its name, a learner may have chosen."""
    front, dash, _ = name.partition(" - ")
    if dash and front.strip():  # as Google Classroom's files may be called
        return f"if it is of {front!r}, put it into a folder of that name"
    return "put it into a folder that is called by the id of who handed it in"
