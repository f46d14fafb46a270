"""Stage 1, collect: a class's hand-ins are opened: whose is what, and what of it was handed in at one time."""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from grader.collect.archives import File
from grader.collect.finding import Found, Names, holds, look_through
from grader.collect.hand_in import HandIn, hand_in
from grader.collect.inbox import Entry, FolderInbox, Inbox, ZipInbox
from grader.collect.layouts import TITLES, Arrival, recognise
from grader.collect.submission import CollectError, Identity, MachineError, ProblemError
from grader.collect.zips import Zip
from grader.manifest.course import Exercise

_PLAIN = ("plain", "nbgrader")  # layouts in which a folder's name is the learner's


@dataclass(frozen=True)
class Attempt:
    """A hand-in, and when it was handed in and by whom."""

    called: str
    hand_in: HandIn
    who: tuple[Identity, ...] = ()


@dataclass(frozen=True)
class Arrivals:
    """Whose is what among a class's hand-ins."""

    inbox: Inbox  # where it lies
    entries: Mapping[str, Entry]  # in it, by name
    layout: str
    arrivals: list[Arrival]
    ignored: list[str]
    on_the_way: str  # the entry below which the results go, if there is one


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

    def read_as(inbox: Inbox, entries: Sequence[Entry]) -> str:
        try:
            return recognise(inbox, entries, exercises, layout, logins)[0]
        except CollectError:
            return "plain"

    entries, ignored = _entries(inbox, names, out)
    inner = _around_everything(inbox, entries, names)
    if inner is not None and read_as(inbox, entries) in _PLAIN:
        within, also_ignored = _entries(inner, names, None)
        theirs = read_as(inner, within)
        is_sure = layout is not None or isinstance(inbox, ZipInbox)
        # A learner may have folders that are called as GitHub's.
        if not is_sure and theirs not in (*_PLAIN, "github"):
            # Whoever handed in a folder in which names of others lie would be these others.
            raise CollectError(
                f"{inbox.path} holds nothing but {entries[0].name!r}, which looks like a {TITLES[theirs]}: "
                "name that itself, or say --layout plain"
            )
        is_of_the_zip = entries[0].name == inbox.path.stem
        if (is_sure and theirs not in _PLAIN) or _are_learners(inner, within, names, is_of_the_zip):
            inbox, entries, ignored = inner, within, ignored + also_ignored
    if layout in (None, "nbgrader") and _is_nbgraders(entries, layout is not None):
        inbox, layout = inbox.inside("submitted"), "nbgrader"
        entries, ignored = _entries(inbox, names, out)
    if isinstance(inbox, ZipInbox):
        ignored += inbox.notes
    on_the_way = inbox.keep_out_of(out) if out is not None and isinstance(inbox, FolderInbox) else ""
    recognised, found, refused = recognise(inbox, entries, exercises, layout, logins)
    by_name = {entry.name: entry for entry in entries}
    return Arrivals(inbox, by_name, recognised, found, ignored + refused, on_the_way)


def attempts(found: Arrivals, own: Sequence[Arrival], names: Names, exercises: Iterable[Exercise]) -> list[Attempt]:
    """Find the files of what one learner handed in, the latest attempt first; there is at least one."""
    exercises = tuple(exercises)
    times = sorted({arrival.when for arrival in own}, reverse=True)
    of_time = [[arrival for arrival in own if arrival.when == when] for when in times]
    return [
        Attempt(_called(when, len(times) - place), _opened(found, some, names, exercises), some[0].who)
        for place, (when, some) in enumerate(zip(times, of_time, strict=True))
    ]


def _opened(arrived: Arrivals, own: Sequence[Arrival], names: Names, exercises: Iterable[Exercise]) -> HandIn:
    """Find the files of one attempt; what is wrong with all of it becomes its problem."""
    notes = [note for arrival in own for note in arrival.notes]
    found = Found()
    try:
        flat = _Flat(arrived.inbox, {arrival.called: arrival.entry for arrival in own if arrival.called})
        for arrival in own:
            if arrival.called is None:
                one = _look(arrived.inbox, arrived.entries[arrival.entry], names)
                found.files += one.files
                found.notes += one.notes
                found.problems += one.problems
        if flat.places:
            one = look_through(flat, names, flat.open)
            found.files += one.files
            found.notes += one.notes
            found.problems += one.problems
        return hand_in(found, notes, names, exercises)
    except ProblemError as error:
        return HandIn(notes=tuple(notes), problem=str(error))
    except MachineError as error:
        return HandIn(fault=str(error))


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


def _entries(inbox: Inbox, names: Names, out: Path | None) -> tuple[list[Entry], list[str]]:
    """Return what may be a hand-in, and what is nobody's whatever the layout."""
    results = _results(inbox, out)
    entries, ignored = [], []
    for entry in inbox.entries():
        if entry.name.startswith("._") or entry.name in ("__MACOSX", "__pycache__"):
            ignored.append(f"{entry.name!r}: made by a computer, not by a learner")
        elif results is not None and isinstance(inbox, FolderInbox) and inbox.leads_to(entry.name, results):
            if entry.is_folder and holds(names, *inbox.tree(entry.name).listed()):
                raise CollectError(f"{entry.name!r} holds a learner's work: name another folder for the results")
            ignored.append(f"{entry.name!r}: the results go there")
        elif entry.name.startswith(".") and entry.name.strip(".") and not entry.is_zip:
            ignored.append(f"{entry.name!r}: hidden")
        else:
            entries.append(entry)
    return entries, ignored


def _results(inbox: Inbox, out: Path | None) -> os.stat_result | None:
    if out is None or not isinstance(inbox, FolderInbox):
        return None
    results = out.stat()
    if inbox.is_same(results):
        shown = repr(str(inbox.path)).strip("'\"")
        raise CollectError(f"{shown} holds the hand-ins: name another folder for the results, within it or not")
    return results


def _around_everything(inbox: Inbox, entries: Sequence[Entry], names: Names) -> Inbox | None:
    """Return the one folder, or the one zip, in which everything lies."""
    if isinstance(inbox, ZipInbox) and any(names.of(entry.name) for entry in entries):
        raise CollectError(f"{str(inbox.path)!r} looks like one learner's own zip: name the folder that holds it")
    return inbox.inside(entries[0].name) if len(entries) == 1 and entries[0].is_folder else None


def _are_learners(inbox: Inbox, entries: Sequence[Entry], names: Names, is_of_the_zip: bool) -> bool:
    """Tell whether in the one folder of a zip lies a class, and not one learner's work; archivers call it as the zip."""
    if not isinstance(inbox, ZipInbox) or any(
        names.of(entry.name) or entry.name.lower() in {*names.numbered, "exercises"} for entry in entries
    ):
        return False
    homes = [entry for entry in entries if entry.is_zip or (entry.is_folder and _holds_work(inbox, entry.name, names))]
    return len(homes) >= (1 if is_of_the_zip else 2)


def _holds_work(inbox: Inbox, name: str, names: Names) -> bool:
    found = look_through(inbox.tree(name), names)
    return any(names.of(file.parts[-1]) for file in found.files)


def _is_nbgraders(entries: Sequence[Entry], is_forced: bool) -> bool:
    """Tell whether these lie at the top of an nbgrader course, whose hand-ins lie in `submitted`."""
    there = {entry.name for entry in entries}
    is_there = any(entry.name == "submitted" and entry.is_folder for entry in entries)
    return is_there and (is_forced or bool(there & {"nbgrader_config.py", "gradebook.db"}))


def _called(when: str, number: int) -> str:
    """Return what a learner calls an attempt: by its time, where the platform says so, else by its number."""
    date = re.match(r"(\d{4}-\d\d-\d\d)[- T](\d\d)[-:](\d\d)", when)
    return f"the attempt of {date[1]} {date[2]}:{date[3]}" if date else f"attempt {number}"
