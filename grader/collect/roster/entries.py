"""One learner of a class list, and what is wrong with a list that cannot be used."""

from dataclasses import dataclass


class RosterError(Exception):
    """The roster cannot be used; the message says in which line, what, and what would be right."""


@dataclass(frozen=True)
class Entry:
    """One learner of the class list."""

    learner: str  # as reports name them: printable, one line
    folder: str  # as `Submission.folder`, and nbgrader's id of a student
    id: str  # the institution's number where the list has one, else the login, else the address
    name: str = ""
    email: str = ""
    section: str = ""
    username: str = ""  # the login; the id, where the kit's own list has no such column
    line: int = 0
    account: str = ""  # Canvas's own number of this person
    participant: str = ""  # Moodle's number of this person in one assignment
    numbered: bool = True  # whether the id is the institution's number
    logins: bool = False  # whether the list has a column of logins, so that a login is never compared with a number

    @property
    def names(self) -> tuple[str, str]:
        """First and last name: `Last, First` at its comma, else at the last space."""
        last, comma, first = self.name.partition(",")
        if not comma:
            first, _, last = self.name.rpartition(" ")
        return first.strip(), last.strip()

    @property
    def number(self) -> str:
        """The institution's number, empty where the list has none."""
        return self.id if self.numbered else ""
