"""Stage 1, collect: a class's hand-ins are opened: whose is what, and what of it was handed in at one time."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from grader.collect.archives import File
from grader.collect.finding import MAX_OTHERS, Found, Names, look_through
from grader.collect.hand_in import Attempt, HandIn, versions
from grader.collect.inbox import Entry, FolderInbox, Inbox, ZipInbox
from grader.collect.layouts import Arrival, recognise
from grader.collect.submission import CollectError, MachineError, ProblemError
from grader.collect.where import Seeker, entries_of
from grader.collect.zips import Zip
from grader.manifest.course import Exercise


@dataclass(frozen=True)
class Arrivals:
    """Whose is what among a class's hand-ins."""

    inbox: Inbox  # where it lies
    entries: Mapping[str, Entry]  # in it, by name
    layout: str
    arrivals: list[Arrival]
    ignored: list[str]
    on_the_way: str  # the entry below which the results go, if there is one
    notes: list[str]  # what else the instructor should know, a line each


def arrivals(
    inbox: Inbox,
    exercises: Sequence[Exercise],
    names: Names,
    out: Path | None = None,
    layout: str | None = None,
    logins: Iterable[str] = (),
) -> Arrivals:
    """Tell whose is what; for the parameters see `grader.collect.choosing.collect`.

    Raises
    ------
    CollectError
        If the folder is that of results, is one learner's, or is not as `layout` has it.
    OSError
        If it cannot be listed.
    """
    logins = frozenset(logins)
    notes = list[str]()
    if isinstance(inbox, ZipInbox) and inbox.guessed:
        notes.append(
            f"{inbox.path.name!r} does not say how its names are written: {inbox.guessed[:80]!r} may be misread. If that is not "
            "what it is called, unpack the zip with the program that made it, and name the folder"
        )
    entries, ignored = entries_of(inbox, names, out)
    if isinstance(inbox, ZipInbox) and any(names.of(entry.name) for entry in entries):
        raise CollectError(f"{str(inbox.path)!r} looks like one learner's own zip: name the folder that holds it")
    if not _is_nbgraders(entries, layout == "nbgrader"):
        seeker = Seeker(inbox, names, exercises, layout, logins)
        for name in seeker.way_down(entries):
            inbox = inbox.inside(name)
            entries, also_ignored = entries_of(inbox, names, out)
            ignored += also_ignored
        notes += seeker.notes
    if layout in (None, "nbgrader") and _is_nbgraders(entries, layout is not None):
        inbox, layout = inbox.inside("submitted"), "nbgrader"
        entries, ignored = entries_of(inbox, names, out)
    if isinstance(inbox, ZipInbox):
        ignored += inbox.notes
    on_the_way = inbox.keep_out_of(out) if out is not None and isinstance(inbox, FolderInbox) else ""
    found = recognise(inbox, entries, exercises, layout, logins)
    by_name = {entry.name: entry for entry in entries}
    notes = [*notes, *found.notes]
    return Arrivals(inbox, by_name, found.layout, found.arrivals, ignored + found.ignored, on_the_way, notes)


def attempts(found: Arrivals, own: Sequence[Arrival], names: Names, exercises: Iterable[Exercise]) -> list[Attempt]:
    """Find the files of what one learner handed in, the latest attempt first; there is at least one."""
    exercises = tuple(exercises)
    times = sorted({arrival.when for arrival in own}, reverse=True)
    found_at = [
        _opened(found, [arrival for arrival in own if arrival.when == when], names, exercises) for when in times
    ]
    return [
        replace(one, called=one.called or _called(when, len(times) - place), when=when)
        for place, (when, some) in enumerate(zip(times, found_at, strict=True))
        for one in some
    ]


def _opened(arrived: Arrivals, own: Sequence[Arrival], names: Names, exercises: Iterable[Exercise]) -> list[Attempt]:
    """Find the files of one attempt, or of the versions in it; what is wrong with all of it becomes its problem."""
    notes = [note for arrival in own for note in arrival.notes]
    found = Found()
    try:
        flat = _Flat(arrived.inbox, {arrival.called: arrival.entry for arrival in own if arrival.called})
        for arrival in own:
            if arrival.called is None:
                one = _look(arrived.inbox, arrived.entries[arrival.entry], names)
                _add(found, one)
        if flat.places:
            _add(found, look_through(flat, names, flat.open))
        tries = versions(found, notes, names, exercises)
    except ProblemError as error:
        tries = [Attempt(HandIn(notes=tuple(notes), problem=str(error)))]
    except MachineError as error:
        tries = [Attempt(HandIn(fault=str(error)))]
    return [replace(one, who=own[0].who, late=any(arrival.late for arrival in own)) for one in tries]


def _add(found: Found, more: Found) -> None:
    found.files += more.files
    found.notes += more.notes
    found.problems += more.problems
    found.others += more.others[: MAX_OTHERS - len(found.others)]


def _look(inbox: Inbox, entry: Entry, names: Names) -> Found:
    """Look through a learner's own folder or zip."""
    if entry.is_folder:
        tree = inbox.tree(entry.name)
        return look_through(tree, names, tree.open)
    if entry.is_zip:
        with inbox.open(entry.name) as file:
            packed = Zip(file, repr(entry.name))
            found = look_through(packed, names)
            found.notes += packed.notes
            return found
    raise ProblemError(f"{entry.name!r} is a link, which is not followed: hand in the folder itself")


class _Flat:
    """Files of one learner that lie among those of others, as a folder of the names that the learner chose."""

    def __init__(self, inbox: Inbox, places: Mapping[str, str]) -> None:
        self._inbox, self.places = inbox, places

    def listed(self, place: str = "", /) -> tuple[list[str], list[str]]:
        return [], [] if place else sorted(self.places)

    def files(self, place: str = "", *_: object) -> Iterable[File]:
        return [] if place else [self._inbox.file(entry, called) for called, entry in sorted(self.places.items())]

    def open(self, place: str) -> BinaryIO:
        return self._inbox.open(self.places[place])


def _is_nbgraders(entries: Sequence[Entry], is_forced: bool) -> bool:
    """Tell whether these lie at the top of an nbgrader course, whose hand-ins lie in `submitted`."""
    there = {entry.name for entry in entries}
    is_there = any(entry.name == "submitted" and entry.is_folder for entry in entries)
    return is_there and (is_forced or bool(there & {"nbgrader_config.py", "gradebook.db"}))


def _called(when: str, number: int) -> str:
    """Return what a learner calls an attempt: by its time, where the platform says so, else by its number."""
    date = re.match(r"(\d{4}-\d\d-\d\d)[- T](\d\d)[-:](\d\d)", when)
    return f"the attempt of {date[1]} {date[2]}:{date[3]}" if date else f"attempt {number}"
