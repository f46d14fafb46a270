"""Blackboard: `ASSIGNMENT_USERNAME_attempt_YYYY-MM-DD-HH-MM-SS_original name`, and a `.txt` for each attempt.

Both the assignment's name and a user name may hold `_`. Where one ends is told by the platform's own `.txt`, which a
learner's file is never called like; else by the class list; else by an exercise that the assignment is named after; else
by what all names have in common.
"""

import os
import re
from collections.abc import Collection

from grader.collect.finding import letters
from grader.collect.layouts.arrival import Arrival, Read, Source, two_ways, unless_files
from grader.collect.submission import Identity, MachineError, ProblemError

_WHEN = r"\d{4}(?:-\d\d){5}"
_NAME = re.compile(rf"(?P<front>.+?)_attempt_(?P<when>{_WHEN})(?:_(?P<file>.+)|\.txt)", re.DOTALL)
_ANOTHER = re.compile(rf"(?P<front>.*)_attempt_{_WHEN}(?:_|\.txt\Z)", re.DOTALL)
_FIRST_LINE = re.compile(r"[^\n:]{1,40}: *(?P<name>[^\n]*?) *\((?P<login>[^()\n]+)\) *\r?\n")
_NO_FILE = "no file was handed in, and what was typed into the platform is not graded: hand in a file"
_MAX_TEXT = 2**20  # bytes of a `.txt`, which also holds what a learner typed


def read(source: Source) -> Read:
    """Read who handed in what, and when."""
    arrivals, refused, typed = [], {}, dict[str, str]()
    matches = [
        (entry.name, match)
        for entry in source.entries
        if not entry.is_folder and (match := _NAME.fullmatch(entry.name))
    ]
    names: dict[str, tuple[str, str]] = {}  # full name and user name, by what stands in front
    for entry, match in matches:
        if match["file"] is None and match["front"] not in names and (told := _told(source, entry, match["front"])):
            names[match["front"]] = told
    assignments = {front[: -len(login)] for front, (_, login) in names.items()}
    fronts = {match["front"] for _, match in matches}
    assignment = assignments.pop() if len(assignments) == 1 else _assignment(fronts, source)
    for entry, match in matches:
        front = match["front"]
        name, login = names.get(front, ("", front.removeprefix(assignment)))
        if match["file"] and (another := _ANOTHER.match(entry, match.start("file") - 1)):
            refused[entry] = two_ways(login, another["front"].rpartition("_")[2])
        else:
            who = (Identity(name=name, login=login),)
            # A `.txt` shows that somebody handed in, though it is no work.
            arrivals.append(Arrival(entry, login, who, match["file"] or "", match["when"]))
            if match["file"] is None:
                typed[entry] = _NO_FILE
    return Read(unless_files(arrivals, typed), refused)


def _told(source: Source, entry: str, front: str) -> tuple[str, str] | None:
    """Return the full name and the user name that the platform's own file tells in its first line."""
    if source.by_names:
        return None
    try:
        text = source.inbox.read(entry, _MAX_TEXT).decode("utf-8-sig", "replace")
    except (ProblemError, MachineError):
        return None
    match = _FIRST_LINE.match(text)
    return (match["name"], match["login"]) if match and front.endswith(f"_{match['login']}") else None


def _assignment(fronts: Collection[str], source: Source) -> str:
    """Return what stands before every user name."""
    common = os.path.commonprefix(sorted(fronts))  # noqa: RUF071  # these are no paths
    cuts = [
        place + 1
        for place, letter in enumerate(common)
        if letter == "_" and all(len(one) > place + 1 for one in fronts)
    ]
    if not cuts:
        return ""
    known = {cut: sum(front[cut:].casefold() in source.logins for front in fronts) for cut in cuts}
    best = max(cuts, key=lambda cut: known[cut])
    if known[best]:
        return common[:best]
    slugs = {letters(exercise.slug) for exercise in source.exercises}
    named = [cut for cut in cuts if letters(common[:cut].replace("20", " ")) in slugs or letters(common[:cut]) in slugs]
    return common[: named[0] if named else cuts[-1]]
