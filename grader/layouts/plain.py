"""A folder of learners: `LEARNER/…` and `LEARNER.zip`. The folder's name is the learner's."""

from grader.archives import OTHER_ARCHIVES
from grader.inbox import Entry
from grader.layouts.arrival import Arrival, Read, Source


def read(source: Source) -> Read:
    """Take each folder and each zip for a learner's; of several of one learner the best is read."""
    learners: dict[str, list[Entry]] = {}
    refused = {}
    # `LEARNER` goes before `LEARNER.zip`, which it may be unpacked from.
    for entry in source.entries:
        if entry.is_folder or entry.is_zip or entry.kind == "link":
            name = entry.name[: -len(".zip")] if entry.is_zip else entry.name
            learners.setdefault(name, []).append(entry)
        elif entry.name.lower().endswith(OTHER_ARCHIVES):
            refused[entry.name] = "such an archive is not opened; unpack it into a folder, or ask for a .zip"
        else:
            refused[entry.name] = "neither a learner's folder nor a learner's .zip"
    arrivals = []
    for name, (taken, *others) in learners.items():
        notes = [f"{taken.name!r} was read, not {other.name!r}: hand in one of them" for other in others]
        if not name:
            notes.append("the file was called '.zip', without a learner's name before the ending")
        arrivals.append(Arrival(taken.name, name, notes=tuple(notes)))
    return Read(arrivals, refused)
