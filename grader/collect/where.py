"""Stage 1, collect: where a class lies in what was named: at its top, or in a folder or a zip in it.

What a learner handed in is never taken for a class: where that is not certain, the command says what to name instead.
"""

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.collect.finding import Names, holds, look_through, version
from grader.collect.inbox import Entry, FolderInbox, Inbox, ZipInbox, looked_into
from grader.collect.layouts import TITLES, recognise
from grader.collect.submission import CollectError, MachineError, ProblemError
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


def entries_of(inbox: Inbox, names: Names, out: Path | None) -> tuple[list[Entry], list[str]]:
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


class Seeker:
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
            "learner's; if it is not, grade it by itself"
            for place in places
        ]

    def _place_in(self, inbox: Inbox, home: Entry, is_alone: bool, depth: int = 0) -> _Place | None:
        """Return where in an entry a class lies; nothing if the entry may well be one learner's.

        Of one that is not alone nothing but names is looked at to tell a platform: a learner may have written any file.
        """
        with looked_into(inbox, home) as inner:
            if inner is None or not self._is_small(inbox, home):
                return None
            entries, _ = entries_of(inner, self._names, None)
            if all(self._is_own(entry) for entry in entries):  # as most are, and of most there are thousands
                return None
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
        return any(map(self._is_own, entries))

    def _is_own(self, entry: Entry) -> bool:
        return self._names.of(entry.name) is not None or entry.name.lower() in (*self._names.numbered, "exercises")

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
