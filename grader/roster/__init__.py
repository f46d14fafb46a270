"""Stage 1, beside collect: the class list. Who belongs to the class, and whose each hand-in is.

`tables` reads a file, `lists` tells whose class list it is and what its columns mean, `matching` finds a person in it, and
`people` gives a whole class the names that reports have.
"""

from grader.roster.entries import Entry, RosterError
from grader.roster.lists import COLUMNS, ClassList, read_class, read_roster
from grader.roster.matching import Match, Matcher, Person, matched, of_reports, strangers
from grader.roster.people import Class, Known, Move, name_class, with_missing

__all__ = [
    "COLUMNS",
    "Class",
    "ClassList",
    "Entry",
    "Known",
    "Match",
    "Matcher",
    "Move",
    "Person",
    "RosterError",
    "matched",
    "name_class",
    "of_reports",
    "read_class",
    "read_roster",
    "strangers",
    "with_missing",
]
