"""Stage 1, collect: a class's hand-ins are opened: whose is what, and what of it was handed in at one time."""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from grader.collect.archives import File
from grader.collect.finding import MAX_OTHERS, Found, Names, holds, look_through, version
from grader.collect.hand_in import Attempt, HandIn, versions
from grader.collect.inbox import Entry, FolderInbox, Inbox, ZipInbox, looked_into
from grader.collect.layouts import TITLES, Arrival, recognise
from grader.collect.submission import CollectError, MachineError, ProblemError
from grader.collect.zips import Zip
from grader.manifest.course import Exercise

_PLAIN = ("plain", "nbgrader")  # layouts in which a folder's name is the learner's
_DEEPEST = 4  # folders, or zips, around a class that are looked into
_MOST_CLASSES = 20  # side by side; whatever has more in it is no folder of classes, but one
# What people call folders with one of several states of their work.
_OF_WORK = set(
    "old new final draft backup copy v version first last try attempt solution submission homework hw week task exercise ex "
    "part test tmp temp src code work my revised corrected fixed latest previous ps problem set assignment lab unit sheet day "
    "alt neu entwurf kopie versuch abgabe lösung loesung woche aufgabe übung uebung blatt tag "
    "ancien nouveau essai copie devoir semaine viejo nuevo copia tarea semana vecchio nuovo compito settimana".split()
)
_OF_TEAMS = "Submitted files"  # Microsoft Teams' own folder of all hand-ins


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
    entries, ignored = _entries(inbox, names, out)
    if isinstance(inbox, ZipInbox) and any(names.of(entry.name) for entry in entries):
        raise CollectError(f"{str(inbox.path)!r} looks like one learner's own zip: name the folder that holds it")
    if not _is_nbgraders(entries, layout == "nbgrader"):
        seeker = _Seeker(inbox, names, exercises, layout, logins)
        for name in seeker.way_down(entries):
            inbox = inbox.inside(name)
            entries, also_ignored = _entries(inbox, names, out)
            ignored += also_ignored
        notes += seeker.notes
    if layout in (None, "nbgrader") and _is_nbgraders(entries, layout is not None):
        inbox, layout = inbox.inside("submitted"), "nbgrader"
        entries, ignored = _entries(inbox, names, out)
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
        replace(one, called=one.called or _called(when, len(times) - place))
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
    return [replace(one, who=own[0].who) for one in tries]


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


@dataclass(frozen=True)
class _Place:
    """Where, in a folder or a zip, a class's hand-ins lie, and what they look like."""

    way: tuple[str, ...]
    looks_like: str
    title: str = ""  # of the platform


class _Seeker:
    """Finds where a class lies: at the top, or in what lies there. What a learner handed in is never taken for a class."""

    def __init__(
        self, inbox: Inbox, names: Names, exercises: Sequence[Exercise], layout: str | None, logins: frozenset[str]
    ) -> None:
        self._names, self._exercises, self._layout, self._logins = names, exercises, layout, logins
        self._top = inbox
        self.notes: list[str] = []

    def way_down(self, entries: Sequence[Entry]) -> tuple[str, ...]:
        """Return the folders to go into, one in the other, from the top.

        Raises
        ------
        CollectError
            If it may hold a class, or several, as well as learners' work.
        """
        top, is_zip = self._top, isinstance(self._top, ZipInbox)
        homes = [entry for entry in entries if entry.is_folder or entry.is_zip]
        if not homes or self._are_own(entries) or self._read_as(top, entries) not in _PLAIN:
            return ()
        if len(homes) > 1:
            if self._layout is None:
                self._refuse_several(homes)
            return ()
        (home,) = homes
        place = self._place_in(top, home, is_alone=True)
        if place is None or (self._layout is not None and not (place.title or is_zip)):
            return ()
        # Whoever handed in a folder in which names of others lie would be these others. A zip has a folder around all.
        sure = is_zip or self._layout is not None or home.name in (top.path.name, _OF_TEAMS)
        if sure and (place.title or len(place.way) == 1) and not any(map(_is_zip, place.way)):
            return place.way
        self._refuse_one(entries, place)
        return ()

    def _refuse_one(self, entries: Sequence[Entry], place: _Place) -> None:
        only = "nothing but" if len(entries) == 1 else "no hand-ins but in"
        raise CollectError(
            f"{self._top.path} holds {only} {'/'.join(place.way)!r}, which looks like {place.looks_like}: "
            f"name that itself{self._where(place)}, or say --layout plain if it is one learner's"
        )

    def _where(self, place: _Place) -> str:
        """Return what to name: a zip is opened as it is, and a zip in a zip, or a folder in one, is not."""
        if isinstance(self._top, ZipInbox):
            return " when you have unpacked the zip"
        number = next((depth for depth, name in enumerate(place.way, start=1) if _is_zip(name)), len(place.way))
        return f", {str(self._top.path.joinpath(*place.way[:number]))!r}"

    def _refuse_several(self, homes: Sequence[Entry]) -> None:
        """Refuse several downloads, or several classes, side by side; mention one among learners."""
        deep = len(homes) <= _MOST_CLASSES
        homes = [entry for entry in homes if deep or entry.is_folder]
        found = [self._place_in(self._top, home, False, 0 if deep else _DEEPEST) for home in homes]
        places = [place for place in found if place is not None]
        if len(places) > 1 and len(places) == len(homes):
            more = f" and {len(places) - 3} more" if len(places) > 3 else ""
            raise CollectError(
                f"{self._top.path} holds {', '.join(repr('/'.join(place.way)) for place in places[:3])}{more}; the first "
                f"looks like {places[0].looks_like}. Grade one after the other: name that itself{self._where(places[0])}, "
                "or say --layout plain if each is one learner's"
            )
        self.notes += [
            f"{'/'.join(place.way)!r} lies among learners' folders and looks like {place.looks_like}: it was read as one "
            "learner's; if it is a download, grade it by itself"
            for place in places
            if place.title
        ]

    def _place_in(self, inbox: Inbox, home: Entry, is_alone: bool, depth: int = 0) -> _Place | None:
        """Return where in an entry a class lies; nothing if the entry may well be one learner's.

        Of one that is not alone nothing but names is looked at to tell a platform: a learner may have written any file.
        """
        with looked_into(inbox, home) as inner:
            if inner is None or not self._is_small(inbox, home):
                return None
            entries, _ = _entries(inner, self._names, None)
            theirs = self._read_as(inner, entries, by_names=not is_alone)
            # A learner may have folders that are called as GitHub's.
            if theirs not in _PLAIN and (theirs != "github" or self._is_sure(theirs)):
                return _Place((home.name,), f"a {TITLES[theirs]}", TITLES[theirs])
            if depth >= _DEEPEST or self._are_own(entries):
                return None
            homes = [entry for entry in entries if entry.is_folder or entry.is_zip]
            if len(homes) == 1 and (place := self._place_in(inner, homes[0], is_alone, depth + 1)) is not None:
                return _Place((home.name, *place.way), place.looks_like, place.title)
            is_class = (
                self._are_learners(inner, homes, home.name == inbox.path.stem)
                if isinstance(self._top, ZipInbox) and is_alone and not depth
                else self._are_rivals(inner)
            )
            return _Place((home.name,), f"a class (in it are {_some(homes)})") if is_class else None

    def _is_sure(self, layout: str) -> bool:
        return self._layout == layout or isinstance(self._top, ZipInbox)

    def _is_small(self, inbox: Inbox, home: Entry) -> bool:
        """Tell whether a folder on a disk has no more in it than anybody looks through."""
        return not (home.is_folder and isinstance(inbox, FolderInbox)) or any(inbox.tree(home.name).listed())

    def _read_as(self, inbox: Inbox, entries: Sequence[Entry], by_names: bool = False) -> str:
        try:
            return recognise(inbox, entries, self._exercises, self._layout, self._logins, by_names).layout
        except CollectError:
            return "plain"

    def _are_own(self, entries: Iterable[Entry]) -> bool:
        """Tell whether these lie at the top of one learner's work."""
        own = {*self._names.numbered, "exercises"}
        return any(self._names.of(entry.name) or entry.name.lower() in own for entry in entries)

    def _are_learners(self, inbox: Inbox, homes: Sequence[Entry], is_of_the_zip: bool) -> bool:
        """Tell whether in a folder of a zip lies a class; archivers call the one around everything as the zip."""
        working = [entry for entry in homes if entry.is_zip or self._holds_work(inbox, entry)]
        return len(working) >= (1 if is_of_the_zip else 2)

    def _holds_work(self, inbox: Inbox, entry: Entry) -> bool:
        found = look_through(inbox.tree(entry.name), self._names)
        return any(self._names.of(file.parts[-1]) for file in found.files)

    def _are_rivals(self, inbox: Inbox) -> bool:
        """Tell whether folders side by side hold answers to one exercise, and are not called as versions of it."""
        whole = inbox.whole()
        try:
            found = look_through(whole, self._names, whole.open)
        except (ProblemError, MachineError):
            return False
        tops: dict[str, set[str]] = {}
        for file in found.files:
            top, exercise = file.path.partition("/")[0], self._names.of(file.parts[-1])
            if exercise is not None and self._names.near(top) is None and not version(top):
                tops.setdefault(exercise.slug, set()).add(top)
        return any(len(some) > 1 and not any(map(_is_of_work, some)) for some in tops.values())


def _is_of_work(name: str) -> bool:
    """Tell whether a folder is called as people call one of several states of their work, and not as a person is."""
    words = re.findall(r"[^\W\d_]+", name.lower())
    return not _OF_WORK.isdisjoint(words) or not (words or re.search(r"\d{4}", name))


def _is_zip(name: str) -> bool:
    return name.lower().endswith(".zip")


def _some(homes: Sequence[Entry]) -> str:
    more = f" and {len(homes) - 2} more" if len(homes) > 2 else ""
    return f"{', '.join(repr(entry.name) for entry in homes[:2])}{more}"


def _is_nbgraders(entries: Sequence[Entry], is_forced: bool) -> bool:
    """Tell whether these lie at the top of an nbgrader course, whose hand-ins lie in `submitted`."""
    there = {entry.name for entry in entries}
    is_there = any(entry.name == "submitted" and entry.is_folder for entry in entries)
    return is_there and (is_forced or bool(there & {"nbgrader_config.py", "gradebook.db"}))


def _called(when: str, number: int) -> str:
    """Return what a learner calls an attempt: by its time, where the platform says so, else by its number."""
    date = re.match(r"(\d{4}-\d\d-\d\d)[- T](\d\d)[-:](\d\d)", when)
    return f"the attempt of {date[1]} {date[2]}:{date[3]}" if date else f"attempt {number}"
