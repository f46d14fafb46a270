"""Stage 5: OUT remembers what a platform calls each learner, and renames what it has when a class list says who they are.

OUT/.grader/names holds both, and what is still to be renamed: whatever a kill leaves undone, the next run completes.
"""

import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from grader.checking.report import Report
from grader.collect.opened import OWN, Folder
from grader.collect.roster import Known, Move, Person
from grader.collect.submission import Identity
from grader.grading.journal import Journal
from grader.manifest.course import Course
from grader.publish.feedback import renamed as renamed_page

NAMES = f"{OWN}/names"
MOST = 2**28  # bytes of it: a learner has some hundreds
_MOST_OF_A_FILE = 2**26

Moves = tuple[tuple[Move, ...], ...]


def read_names(folder: Folder) -> tuple[tuple[Known, ...], Moves]:
    """Return whom OUT knows, and what is still to be renamed; nobody where nothing is kept, or it is damaged.

    Raises
    ------
    OSError
        If it cannot be read.
    """
    try:
        data = json.loads(folder.read(NAMES, MOST))
        known = tuple(_known(one) for one in data["people"])
        moves = tuple(tuple(Move(*map(str, move)) for move in level) for level in data["moves"])
    except FileNotFoundError:
        return (), ()
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return (), ()
    return known, moves


def known_in(out: Path) -> tuple[Known, ...]:
    """Return whom an OUT knows that somebody else may be writing.

    Raises
    ------
    OSError
        If it cannot be read.
    """
    with Folder(out) as folder:
        return read_names(folder)[0]


def write_names(folder: Folder, known: Iterable[Known], moves: Moves) -> None:
    """Keep whom OUT knows, and what is to be renamed, so that it survives a kill."""
    people = [
        {
            "called": one.person.called,
            "who": {key: value for key, value in vars(one.person.who).items() if value} if one.person.who else None,
            "learner": one.learner,
            "folder": one.folder,
            "certain": one.certain,
            **({"participants": dict(one.participants)} if one.participants else {}),
        }
        for one in known
    ]
    levels = [[list(vars(move).values()) for move in level] for level in moves]
    text = json.dumps({"people": people, "moves": levels}, separators=(",", ":"))
    folder.write(NAMES, text.encode(), alone=True, to_stay=True)


def _known(told: dict[str, Any]) -> Known:
    who = told["who"]
    identity = Identity(**{str(key): str(value) for key, value in who.items()}) if who is not None else None
    person = Person(str(told["called"]), identity)
    participants = tuple((str(slug), str(number)) for slug, number in told.get("participants", {}).items())
    return Known(person, str(told["learner"]), str(told["folder"]), told["certain"] is True, participants)


class Renaming:
    """Renames in an OUT that this command alone is writing.

    Parameters
    ----------
    folder : Folder
        OUT.
    course : Course
        The course.
    journal : Journal
        Its journal.
    """

    def __init__(self, folder: Folder, course: Course, journal: Journal) -> None:
        self._folder = folder
        self._course = course
        self._journal = journal
        self.said: list[str] = []  # what the instructor should know, a line each

    def complete(self, known: tuple[Known, ...], moves: Moves, elsewhere: Callable[[tuple[Move, ...]], None]) -> None:
        """Rename what is to be renamed, here and `elsewhere`; each set of moves is forgotten once it is done in both."""
        for done, level in enumerate(moves, start=1):
            for move in level:
                self._move(move)
            elsewhere(level)
            write_names(self._folder, known, moves[done:])

    def _move(self, move: Move) -> None:
        for exercise in self._course.exercises:
            text = self._read(f"reports/{move.folder_before}/{exercise.slug}.json")
            if text is not None:
                self._move_report(move, exercise.slug, exercise.name, text)
        for place in ("reports", "feedback"):
            self._folder.remove_empty(f"{place}/{move.folder_before}")
        self._folder.remove_empty(f"autograded/{move.folder_before}")

    def _move_report(self, move: Move, slug: str, name: str, text: str) -> None:
        """Write all that there is under the new name before the old report goes: it tells that this is not done yet."""
        try:
            report = Report.from_json(text)
        except ValueError:
            self.said.append(f"not renamed: the report on {move.before}, {slug} is damaged; remove it, and grade again")
            return
        if report.learner != move.before:
            return
        renamed = replace(report, learner=move.after).to_json()
        place, page, notebook = (
            (f"{folder}/{{}}/{rest}") for folder, rest in
            (("reports", f"{slug}.json"), ("feedback", f"{slug}.html"), ("autograded", f"{name}/{name}.ipynb"))
        )  # fmt: skip
        there = self._read(place.format(move.folder_after))
        if there is not None and there != renamed:
            self.said.append(
                f"not renamed: {move.before}, {slug}, because {move.after} has a report on it; remove the one that is old"
            )
            return
        self._write(place.format(move.folder_after), renamed)
        shown = self._read(page.format(move.folder_before))
        if shown is not None and (shown := renamed_page(shown, move.before, move.after)):
            self._write(page.format(move.folder_after), shown)
        if (graded := self._read(notebook.format(move.folder_before))) is not None:
            self._write(notebook.format(move.folder_after), graded)
        self._journal.rename(move.before, move.after, slug, text, renamed)
        for old in (page, notebook, place):
            with suppress(FileNotFoundError, NotADirectoryError):
                self._folder.unlink(old.format(move.folder_before))
        self._folder.remove_empty(f"autograded/{move.folder_before}/{name}")

    def _read(self, place: str) -> str | None:
        try:
            return self._folder.read(place, _MOST_OF_A_FILE).decode()
        except (FileNotFoundError, NotADirectoryError, ValueError):
            return None

    def _write(self, place: str, text: str) -> None:
        self._folder.write(place, text.encode(), alone=True)
