"""Stage 1, beside collect: the class list. Who belongs to the class, and whose each hand-in is.

`tables` reads a file, `lists` tells by the columns of `forms` whose class list it is, `matching` finds a person in it, and
`people` gives a whole class the names that reports have.
"""

from grader.collect.roster.entries import Entry, RosterError
from grader.collect.roster.forms import COLUMNS
from grader.collect.roster.lists import ClassList, read_class, read_roster
from grader.collect.roster.matching import Match, Matcher, Person, matched, of_reports, strangers
from grader.collect.roster.people import Class, Known, Move, name_class

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
]
