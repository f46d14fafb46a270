"""Stage 5: what OUT keeps of the class list: by the names that reports have, what each is called, where mail reaches them, their section."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from grader.collect.opened import OWN, Folder
from grader.collect.roster import Entry

CLASS_LIST = f"{OWN}/class"
MOST = 2**28  # bytes of it: a learner has some hundreds


@dataclass(frozen=True)
class Contact:
    """One learner, as the class list has them; what it does not say is empty."""

    name: str = ""
    email: str = ""
    section: str = ""


def contacts_of(entries: Iterable[Entry]) -> dict[str, Contact]:
    """Return what a class list says of each learner, by the name that reports have."""
    # Some platforms write the last name first.
    return {
        entry.learner: Contact(" ".join(filter(None, entry.names)), entry.email, entry.section) for entry in entries
    }


def read_contacts(folder: Folder) -> dict[str, Contact]:
    """Return what OUT keeps; nothing where no class list was ever given, or what is kept is damaged.

    Raises
    ------
    OSError
        If it cannot be read.
    """
    try:
        data = json.loads(folder.read(CLASS_LIST, MOST))
        return {str(learner): Contact(*map(str, one)) for learner, one in data.items()}
    except FileNotFoundError:
        return {}
    except (ValueError, TypeError, AttributeError, RecursionError):
        return {}


def write_contacts(folder: Folder, contacts: Mapping[str, Contact]) -> None:
    """Keep what a class list says, so that it survives a kill."""
    data = {learner: [one.name, one.email, one.section] for learner, one in contacts.items()}
    folder.write(CLASS_LIST, json.dumps(data, separators=(",", ":")).encode(), alone=True, to_stay=True)
