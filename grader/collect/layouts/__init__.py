"""Stage 1, collect: whose is what in a folder of hand-ins, as the platform that it comes from names things.

What a platform wrote stands in front, and what a learner chose comes last and may imitate it. So each name is read from
its left, and one that can be read in two ways is nobody's and is said. The layout itself is recognised by all names
together, never by one: as long as they are not clearly a platform's, each folder and each zip is a learner's.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from grader.collect.archives import may_be_work
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

__all__ = ["NAMES", "TITLES", "Arrival", "Recognised", "recognise"]


@dataclass(frozen=True)
class Recognised:
    """Whose is what in a folder of hand-ins."""

    layout: str  # one of `NAMES`
    arrivals: list[Arrival]  # what was handed in, in the order of the entries
    ignored: list[str]  # printable lines, one for each entry that is nobody's, with the reason
    notes: list[str]  # what else the instructor should know, a line each


def recognise(
    inbox: Inbox,
    entries: Sequence[Entry],
    exercises: Sequence[Exercise],
    forced: str | None = None,
    logins: Collection[str] = (),
    by_names: bool = False,
) -> Recognised:
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
    by_names : bool
        Whether to tell the layout alone, by nothing but names: no file is read.

    Raises
    ------
    CollectError
        If `forced` is no layout, or nothing is named as in that layout; or if a platform's own file cannot be read.
    """
    if forced is not None and forced not in TITLES:
        raise CollectError(f"unknown layout {forced!r}; expected one of {', '.join(NAMES)}")
    source = Source(
        inbox, entries, exercises, frozenset(login.casefold() for login in logins), forced is not None, by_names
    )
    partly: dict[str, str] = {}  # what is named as on a platform among more that is not
    for name, read in _PLATFORMS.items():
        if forced not in (None, name):
            continue
        found = read(source)
        known = {arrival.entry for arrival in found.arrivals} | found.refused.keys()
        strange = [entry for entry in entries if entry.name not in known]
        if forced or (found.arrivals and _is_clear(known, strange)):
            if not found.arrivals:
                raise CollectError(f"{inbox.path}: nothing in it is named as in a {TITLES[name]}")
            reasons = {entry.name: f"not named as in a {TITLES[name]}" for entry in strange} | found.refused
            return Recognised(name, _apart(found.arrivals), _ignored(entries, reasons), found.notes)
        partly |= {
            arrival.entry: f"named as in a {TITLES[name]}, as most beside it is not; say --layout {name} if it is one"
            for arrival in found.arrivals
        }
    found = plain.read(source)
    reasons = {entry: partly.get(entry, reason) for entry, reason in found.refused.items()}
    return Recognised(forced or "plain", found.arrivals, _ignored(entries, reasons), found.notes)


def _ignored(entries: Sequence[Entry], reasons: Mapping[str, str]) -> list[str]:
    return [f"{one.name!r}: {reasons[one.name]}" for one in entries if reasons.get(one.name)]


def _is_clear(known: Collection[str], strange: Sequence[Entry]) -> bool:
    """Tell whether most of what may be work is a platform's."""
    return sum(entry.is_folder or entry.is_zip or may_be_work(entry.name) for entry in strange) < len(known)


def _apart(arrivals: list[Arrival]) -> list[Arrival]:
    """Give two people of one name names of their own, by what the platform tells them apart."""
    marks: dict[str, set[str]] = defaultdict(set)
    for arrival in arrivals:
        marks[arrival.learner].add(arrival.mark)
    return [
        replace(arrival, learner=f"{arrival.learner} ({arrival.mark})") if len(marks[arrival.learner]) > 1 else arrival
        for arrival in arrivals
    ]
