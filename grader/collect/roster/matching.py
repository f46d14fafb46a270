"""Whose a hand-in is, by whatever a platform says of a person: found for certain, or not at all."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from grader.collect.roster import names
from grader.collect.roster.entries import Entry
from grader.collect.submission import Identity

MOST_CANDIDATES = 3  # that are shown of those whose names are alike

Entries = tuple[Entry, ...]


@dataclass(frozen=True)
class Person:
    """One who handed in, as a platform or a folder calls them."""

    called: str  # what reports would call them without a class list
    who: Identity | None = None  # its `id` is Canvas's; None where a folder's name is all that is known


@dataclass(frozen=True)
class Match:
    """Who a person is: one entry; or None, and who it may be."""

    entry: Entry | None = None
    candidates: Entries = ()  # more than one that are as likely, or some whose names are alike
    torn: bool = False  # whether the candidates are all named by what the platform says
    by_name: bool = False  # whether nothing but a full name says so


class _Keys:
    """Entries by one of their columns: as it is, and whatever the case and the Unicode form."""

    def __init__(self, roster: Iterable[Entry], value: Callable[[Entry], str]) -> None:
        self._exact: dict[str, list[Entry]] = defaultdict(list)
        self._folded: dict[str, list[Entry]] = defaultdict(list)
        for entry in roster:
            if key := value(entry):
                self._exact[key].append(entry)
                self._folded[_folded(key)].append(entry)

    def find(self, value: str) -> list[Entry]:
        """Return whose it is: more than one where the list has it twice."""
        return (self._exact.get(value) or self._folded.get(_folded(value)) or []) if value else []

    def exactly(self, value: str) -> list[Entry]:
        return list(self._exact.get(value, [])) if value else []


class Matcher:
    """A class list, ready to be asked who somebody is.

    Parameters
    ----------
    roster : sequence of Entry
        The list.
    """

    def __init__(self, roster: Sequence[Entry]) -> None:
        self._ids = _Keys(roster, lambda entry: entry.id)
        self._reported = _Keys(roster, lambda entry: entry.learner)
        self._numbers = _Keys(roster, lambda entry: entry.number)
        self._logins = _Keys(roster, lambda entry: entry.username)
        self._emails = _Keys(roster, lambda entry: entry.email)
        self._accounts = _Keys(roster, lambda entry: entry.account)
        self._participants = _Keys(roster, lambda entry: entry.participant)
        self._have_accounts = any(entry.account for entry in roster)
        self._have_logins = any(entry.logins for entry in roster)
        self._names: dict[str, list[Entry]] = defaultdict(list)
        self._letters: dict[str, list[Entry]] = defaultdict(list)
        self._canvas: dict[str, list[Entry]] = defaultdict(list)
        self._words: dict[str, list[Entry]] = defaultdict(list)
        for entry in roster:
            _note(self._names, {names.exact(entry.name)}, entry)
            _note(self._letters, {names.letters(name) for name in names.orders(entry)}, entry)
            _note(self._canvas, set(names.canvas(entry)), entry)
            _note(self._words, names.words(entry.name), entry)

    def find_all(self, people: Sequence[Person]) -> list[Match]:
        """Return who each of some people is, in their order.

        A folder's name is an id first; only a learner whose id nobody has is looked for by login and address.
        """
        by_id = {person.called: self._by_id(person.called) for person in people if person.who is None}
        taken = {entry for match in by_id.values() if (entry := match.entry) is not None}
        return [
            self._by_identity(person.who)
            if person.who is not None
            else self._by_login(by_id[person.called], person.called, taken)
            for person in people
        ]

    def _by_id(self, called: str) -> Match:
        # As reports write the name, and as the list does: `50%` is `50%25` there.
        return _one(self._reported.find(called) or self._ids.find(called))

    def _by_login(self, match: Match, called: str, taken: Collection[Entry]) -> Match:
        if match.entry is not None or match.torn:
            return match
        found = _one([*self._logins.find(called), *self._emails.find(called)])
        if found.entry is not None and found.entry not in taken:
            return found
        if found.torn:
            return found
        name = re.sub(r"\s*\([^()]*\)\Z", "", called)  # Sakai writes `Last, First(login)`
        return Match(candidates=tuple(self._by_name(name))[:MOST_CANDIDATES] or self._alike(name))

    def _by_identity(self, who: Identity) -> Match:
        own = [
            *self._numbers.find(who.number),
            *self._logins.find(who.login),
            *self._emails.find(who.email),
            *self._accounts.find(who.id),
        ]
        if own:
            return _one(own)
        by_name = self._by_name_or_team(who) or self._by_called(who)
        if who.participant and len(by_name) > 1:  # of several of one name, the one with this number
            by_name = [one for one in self._participants.find(who.participant) if one in by_name] or by_name
        if who.id and self._have_accounts:
            return Match(candidates=tuple(by_name[:MOST_CANDIDATES]))  # the list has Canvas's numbers, and not this one
        # What one platform calls a number is the login of another; the kit's own list has one column for all of them.
        # A login that people choose themselves, as on GitHub, is never taken for a number where the list has logins; and
        # a platform's own number may be somebody else's at the institution, unless the name agrees.
        other = [
            *self._logins.find(who.number),
            *self._logins.find(who.email),
            *self._numbers.find(who.email),
            *([] if self._have_logins else self._numbers.find(who.login)),
            *(one for one in self._numbers.find(who.id) if not (who.name and one.name) or one in by_name),
        ]
        if other:
            return _one(other if set(other) & set(by_name) else [*other, *by_name])
        match = replace(_one(by_name), by_name=True)
        return match if match.candidates else Match(candidates=self._alike(who.name))

    def _by_name_or_team(self, who: Identity) -> list[Entry]:
        """Return those who have a full name, as it is, or without the group's in front that may have a `-` too."""
        found = self._by_name(who.name)
        if who.group:
            for dash in re.finditer("-", who.name[len(who.group) :]):
                found += self._by_name(who.name[len(who.group) + dash.end() :])
        return list(dict.fromkeys(found))

    def _by_called(self, who: Identity) -> list[Entry]:
        """Return whose id, address or login stands where a platform writes names, as it may be set up to.

        A name that is all letters may be somebody's own too: `Lee` is nobody's login `lee`, and Canvas's letters are none.
        """
        if "@" in who.name:
            return self._emails.find(who.name)
        if any(letter.isdecimal() for letter in who.name):
            return self._ids.find(who.name) or self._logins.find(who.name)
        return [] if who.id else self._ids.exactly(who.name) or self._logins.exactly(who.name)

    def _by_name(self, name: str) -> list[Entry]:
        """Return those who have a full name: written so, else written alike, else as Canvas writes it."""
        found = self._names.get(names.exact(name)) or self._letters.get(names.letters(name))
        if not found and names.is_canvas(name):
            found = self._canvas.get(name)
        return list(found or [])

    def _alike(self, name: str) -> Entries:
        """Return some who have two words of a name in common with it."""
        found = sorted((self._words.get(word, []) for word in names.words(name)), key=len)
        if len(found) < 2 or not found[0]:
            found = [some for some in found if some]
        wanted = names.words(name)
        # The rarest word's entries alone are looked at, and no more of them than make sense to show.
        near = [entry for entry in (found[0][:50] if found else []) if len(wanted & names.words(entry.name)) > 1]
        return tuple(near[:MOST_CANDIDATES])


def _note(index: dict[str, list[Entry]], keys: Iterable[str], entry: Entry) -> None:
    for key in keys:
        if key:
            index[key].append(entry)


def _one(found: Iterable[Entry]) -> Match:
    candidates = tuple(dict.fromkeys(found))
    if len(candidates) == 1:
        return Match(candidates[0], candidates)
    return Match(None, candidates, torn=len(candidates) > 1)


def _folded(value: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", value).casefold())


def matched(roster: Sequence[Entry], learners: Iterable[str]) -> dict[str, Entry]:
    """Return the entry of each learner who has one, by the learner's name in reports.

    A letter and its accent may be one character in the list and two on the disk, as macOS writes them.
    """
    return of_reports(tuple(roster), {learner: [Person(learner)] for learner in sorted(learners)})


def strangers(learners: Iterable[str], roster: Sequence[Entry]) -> list[str]:
    """Return the learners who are not in the roster, by the names that reports have."""
    learners = sorted(set(learners))
    known = matched(roster, learners)
    return [learner for learner in learners if learner not in known]


def of_reports(roster: Sequence[Entry], learners: Mapping[str, Sequence[Person]]) -> dict[str, Entry]:
    """Return the entry of each learner with reports who has one.

    Parameters
    ----------
    roster : sequence of Entry
        The list.
    learners : mapping
        Those who are meant by each name in reports, as platforms and folders call them: one, or the same one in several ways.
    """
    people = [(learner, person) for learner, some in learners.items() for person in some]
    said: dict[str, set[Entry | None]] = defaultdict(set)
    for (learner, _), match in zip(people, Matcher(roster).find_all([person for _, person in people]), strict=True):
        if match.entry is not None or match.torn:
            said[learner].add(match.entry)
    found: dict[Entry, str] = {}
    for learner in sorted(said):
        entry = next(iter(said[learner])) if len(said[learner]) == 1 else None
        # Of two who are one, the one whose name is written as in the list.
        if entry is not None and (entry not in found or learner == entry.learner):
            found[entry] = learner
    return {learner: entry for entry, learner in found.items()}
