"""What a layout makes of an entry among the hand-ins."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from grader.collect.inbox import Entry, Inbox
from grader.collect.submission import Identity
from grader.manifest.course import Exercise


@dataclass(frozen=True)
class Arrival:
    """Something that somebody handed in."""

    entry: str  # the name of the folder or file
    learner: str  # what this learner is called without a class list; may hold bytes that are no UTF-8
    who: tuple[Identity, ...] = ()
    called: str | None = None  # a file's name as the learner chose it; None for a folder or a zip of their own
    when: str = ""  # of two attempts the one with the greater text is the later
    mark: str = ""  # by which the platform tells two people of one name apart
    notes: tuple[str, ...] = ()  # what the learner should know


# What arrived; and why other entries are nobody's, without a reason where nothing needs to be said.
Read = tuple[list[Arrival], dict[str, str]]


@dataclass(frozen=True)
class Source:
    """What a layout looks at."""

    inbox: Inbox
    entries: Sequence[Entry]
    exercises: Sequence[Exercise]
    logins: frozenset[str] = frozenset()  # of the class list, casefolded
    is_forced: bool = False


def two_ways(one: str, other: str) -> str:
    """Return what is said of a name that may be one learner's or another's."""
    return f"it can be read as handed in by {one!r} and as by {other!r}"


def tidy(name: str) -> str:
    """Return a person's name in one form, however a disk or an archiver wrote its accents."""
    return unicodedata.normalize("NFC", " ".join(name.split()))
