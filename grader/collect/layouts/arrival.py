"""What a layout makes of an entry among the hand-ins."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

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
    late: bool = False  # whether the platform marked it so


@dataclass
class Read:
    """What a layout makes of all entries."""

    arrivals: list[Arrival] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)  # why others are nobody's; no reason where none is needed
    notes: list[str] = field(default_factory=list)  # what the instructor should know, a line each


@dataclass(frozen=True)
class Source:
    """What a layout looks at."""

    inbox: Inbox
    entries: Sequence[Entry]
    exercises: Sequence[Exercise]
    logins: frozenset[str] = frozenset()  # of the class list, casefolded
    is_forced: bool = False
    by_names: bool = False  # whether no file may be read


# What is told to whoever handed in nothing else.
TYPED = "what was typed into the platform's own editor is not graded: hand in a file"
LINK = "a link is not followed, so nothing was graded: hand in the file itself"


def unless_files(arrivals: Iterable[Arrival], notes: Mapping[str, str]) -> list[Arrival]:
    """Note on what is no file of a learner's, by the entry, why it is not graded; not where the learner has files too."""
    arrivals = list(arrivals)
    with_files = {one.learner for one in arrivals if one.entry not in notes}
    return [
        replace(one, notes=(*one.notes, notes[one.entry]))
        if one.entry in notes and one.learner not in with_files
        else one
        for one in arrivals
    ]


def two_ways(one: str, other: str) -> str:
    """Return what is said of a name that may be one learner's or another's."""
    return f"it can be read as handed in by {one!r} and as by {other!r}"


def tidy(name: str) -> str:
    """Return a person's name in one form, however a disk or an archiver wrote its accents."""
    return unicodedata.normalize("NFC", " ".join(name.split()))
