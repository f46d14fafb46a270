"""Stage 1, collect: whose is what in a folder of hand-ins, as the platform that it comes from names things.

What a platform wrote stands in front, and what a learner chose comes last and may imitate it. So each name is read from
its left, and one that can be read in two ways is nobody's and is said. The layout itself is recognised by all names
together, never by one: as long as they are not clearly a platform's, each folder and each zip is a learner's.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from grader.collect.inbox import Entry, Inbox
from grader.collect.layouts import blackboard, brightspace, canvas, github, gradescope, moodle, plain
from grader.collect.layouts.arrival import Arrival, Read, Source
from grader.collect.submission import CollectError
from grader.manifest.course import Exercise

TITLES = {
    "plain": "folder of learners",
    "nbgrader": "nbgrader course",
    "canvas": "Canvas download",
    "moodle": "Moodle download",
    "brightspace": "Brightspace download",
    "blackboard": "Blackboard download",
    "gradescope": "Gradescope export",
    "github": "GitHub Classroom download",
}
NAMES = tuple(TITLES)
_PLATFORMS: dict[str, Callable[[Source], Read]] = {
    "gradescope": gradescope.read,
    "moodle": moodle.read,
    "brightspace": brightspace.read,
    "blackboard": blackboard.read,
    "canvas": canvas.read,
    "github": github.read,
}
_CLEARLY = 4  # as many entries as this are a platform's for each that looks like a learner's and is not
_WORK = (".py", ".ipynb", ".zip")

__all__ = ["NAMES", "TITLES", "Arrival", "recognise"]


def recognise(
    inbox: Inbox,
    entries: Sequence[Entry],
    exercises: Sequence[Exercise],
    forced: str | None = None,
    logins: Collection[str] = (),
) -> tuple[str, list[Arrival], list[str]]:
    """Tell whose is what.

    Parameters
    ----------
    inbox : Inbox
        The hand-ins.
    entries : sequence of Entry
        What lies at its top, without what is hidden.
    exercises : sequence of Exercise
        Those of the course.
    forced : str, optional
        One of `NAMES`; else the layout is recognised.
    logins : collection of str
        User names of the class list, if there is one: they tell where the name of an assignment ends.

    Returns
    -------
    layout : str
        One of `NAMES`.
    arrivals : list of Arrival
        What was handed in, in the order of the entries.
    ignored : list of str
        Printable lines, one for each entry that is nobody's, with the reason.

    Raises
    ------
    CollectError
        If `forced` is no layout, or nothing is named as in that layout; or if a platform's own file cannot be read.
    """
    if forced is not None and forced not in TITLES:
        raise CollectError(f"unknown layout {forced!r}; expected one of {', '.join(NAMES)}")
    source = Source(inbox, entries, exercises, frozenset(login.casefold() for login in logins), forced is not None)
    for name, read in _PLATFORMS.items():
        if forced not in (None, name):
            continue
        arrivals, refused = read(source)
        known = {arrival.entry for arrival in arrivals} | set(refused)
        strange = [entry for entry in entries if entry.name not in known]
        if forced or (arrivals and _is_clear(known, strange)):
            if not arrivals:
                raise CollectError(f"{inbox.path}: nothing in it is named as in a {TITLES[name]}")
            refused.update({entry.name: f"not named as in a {TITLES[name]}" for entry in strange})
            ignored = [f"{one.name!r}: {refused[one.name]}" for one in entries if refused.get(one.name)]
            return name, _apart(arrivals), ignored
    arrivals, refused = plain.read(source)
    ignored = [f"{one.name!r}: {refused[one.name]}" for one in entries if refused.get(one.name)]
    return forced or "plain", arrivals, ignored


def _is_clear(known: Collection[str], strange: Sequence[Entry]) -> bool:
    odd = sum(entry.is_folder or entry.name.lower().endswith(_WORK) for entry in strange)
    return odd * _CLEARLY <= len(known)


def _apart(arrivals: list[Arrival]) -> list[Arrival]:
    """Give two people of one name names of their own, by what the platform tells them apart."""
    marks: dict[str, set[str]] = defaultdict(set)
    for arrival in arrivals:
        marks[arrival.learner].add(arrival.mark)
    return [
        replace(arrival, learner=f"{arrival.learner} ({arrival.mark})") if len(marks[arrival.learner]) > 1 else arrival
        for arrival in arrivals
    ]
