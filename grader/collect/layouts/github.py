"""GitHub Classroom: `ASSIGNMENT-USERNAME/`, each a clone.

`learner-001` looks alike. So it takes more than the names to recognise it: user names of the class list, an exercise's
name in front, or that most are clones, of a repository of that name where it is known. Numbers alone are no user names.
"""

import re
from collections.abc import Sequence

from grader.collect.finding import letters
from grader.collect.layouts.arrival import Arrival, Read, Source
from grader.collect.submission import Identity, MachineError, ProblemError

_LOGIN = re.compile(r"[A-Za-z0-9](?:[-_]?[A-Za-z0-9])*")
_REPOSITORY = re.compile(r"(?m)^\s*url\s*=\s*\S*?([^/:\s]+?)(?:\.git)?/?\s*$")
_MAX_CONFIG = 2**16  # bytes
_CLEARLY = 0.8  # of the folders


def read(source: Source) -> Read:
    """Read who handed in what."""
    folders = [entry.name for entry in source.entries if entry.is_folder]
    assignment = _assignment(folders, source)
    arrivals = []
    for folder in folders:
        login = folder.removeprefix(assignment)
        if assignment and folder.startswith(assignment) and _LOGIN.fullmatch(login):
            arrivals.append(Arrival(folder, login, (Identity(login=login),)))
    return Read(arrivals)


def _assignment(folders: Sequence[str], source: Source) -> str:
    """Return what stands before every user name, with its `-`; nothing unless this is clear."""
    starts: dict[str, list[str]] = {}  # the folders that begin with a text, by the text
    for folder in folders:
        for match in re.finditer("-", folder[:100]):
            starts.setdefault(folder[: match.end()], []).append(folder)
    starts = {start: all_of for start, all_of in starts.items() if len(all_of) >= _CLEARLY * len(folders)}
    if not starts:
        return ""
    slugs = {letters(exercise.slug) for exercise in source.exercises}
    known = {
        start: sum(one[len(start) :].casefold() in source.logins for one in all_of) for start, all_of in starts.items()
    }
    if known and (best := max(known.values())):
        return next(start for start, count in known.items() if count == best)
    named = [start for start in starts if letters(start) in slugs]
    if named:
        return named[0]
    longest = max(starts, key=len)
    rests = [one[len(longest) :] for one in starts[longest]]
    after_one = any(slug in letters(longest) for slug in slugs)
    clones = [_is_clone(source, folder) for folder in starts[longest]]
    sure = clones.count(True) + clones.count(None)
    by_git = sure >= _CLEARLY * len(folders) and (True in clones or len(folders) > 1)
    if source.is_forced or ((after_one or by_git) and not all(rest.isdigit() for rest in rests)):
        return longest
    return ""


def _is_clone(source: Source, folder: str) -> bool | None:
    """Tell whether a folder is a clone of a repository of its name; None if it is one of we do not know what."""
    if source.by_names:
        return False
    tree = source.inbox.tree(folder)
    if ".git" not in tree.listed()[0]:
        return False
    try:
        config = tree.read(".git/config", _MAX_CONFIG).decode("utf-8", "replace")
    except (ProblemError, MachineError):
        return None
    urls = _REPOSITORY.findall(config)
    return (urls[0] == folder) if urls else None
