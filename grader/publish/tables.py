"""Stage 5: grades.csv and final.csv as OUT stands, for commands that read OUT; and written, where its files say something else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.collect.opened import OWN, Folder
from grader.manifest.course import Course
from grader.publish.changes import append_adjusted
from grader.publish.final_pages import show_finals
from grader.publish.finals import Finals, is_automatic, read_finals
from grader.publish.renaming import read_names
from grader.publish.standing import MOST, OfLearner, Reading, Standing, earlier_rows, listed_in, written_in
from grader.publish.writer import OutputError, Writer

State = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Tables:
    """How an OUT stands."""

    automatic: Standing
    finals: Finals
    state: State  # by which it is known that OUT was not written since

    @property
    def texts(self) -> Mapping[str, str]:
        """What the files should hold, by their names."""
        return {"grades.csv": self.automatic.grades(), "final.csv": self.finals.table()}


def read_tables(
    out: Path, course: Course, busy: bool = False, each: Callable[[OfLearner], None] = lambda _: None
) -> Tables:
    """Read how an OUT stands that somebody else may be writing.

    Parameters
    ----------
    out : Path
        What `grade` wrote.
    course : Course
        The course.
    busy : bool
        Whether it is being written: a report then comes before the line by which it is known to be as it was written.
    each : callable
        Called with the reports on each learner, of which the tables keep little.

    Raises
    ------
    AdjustmentError
        If what a teacher wrote cannot be read.
    OSError
        If OUT cannot be read.
    """
    with Folder(out) as folder:
        return _tables_of(folder, course, busy, each)


def bring_up_to_date(out: Path, tables: Tables) -> str:
    """Write tables of OUT that say something else, as they do after a report was removed or a file of the teacher's edited.

    So are the pages that show a final score.

    Returns
    -------
    str
        Why it could not be done; nothing if it could, or nothing had to be.
    """
    with Folder(out) as folder:
        old = _outdated(folder, tables)
        if not old:
            return ""
    try:
        with Writer(out) as writer:
            if _state_of(writer.folder) == tables.state:  # else a run has just brought them up to date itself
                _write(writer.folder, tables, old)
    except (OutputError, OSError) as error:
        return f"{' and '.join(old)} in OUT are as they were: {error}"
    return ""


def hand_over(folder: Folder, course: Course) -> tuple[str, ...]:
    """Bring tables and pages of an OUT up to date that this command alone is writing, before pages are handed back.

    Returns
    -------
    tuple of str
        What the teacher should know, a line each.

    Raises
    ------
    AdjustmentError
        If what a teacher wrote cannot be read.
    OSError
        If OUT cannot be read or written.
    """
    if is_automatic(folder, course):
        return ()
    tables = _tables_of(folder, course)
    _write(folder, tables, _outdated(folder, tables))
    return tables.finals.said


def _tables_of(
    folder: Folder, course: Course, busy: bool = False, each: Callable[[OfLearner], None] = lambda _: None
) -> Tables:
    state = _state_of(folder)
    reading = Reading(folder, course, None if busy else written_in(folder), listed_in(folder))
    for one in reading:
        each(one)
    now = reading.standing()
    return Tables(now, read_finals(folder, now), state)


def _outdated(folder: Folder, tables: Tables) -> dict[str, str]:
    """Return the tables that say something else than OUT does, and what they should."""
    if not earlier_rows(folder):  # what has no table of ours is no OUT that `grade` has finished
        return {}
    return {name: text for name, text in tables.texts.items() if _text(folder, name) != text}


def _write(folder: Folder, tables: Tables, old: Mapping[str, str]) -> None:
    folders = {one.learner: one.folder for one in read_names(folder)[0]}
    show_finals(folder, tables.automatic, tables.finals, folders)
    if old:
        append_adjusted(folder, tables.finals)
    for name, text in old.items():
        folder.write(name, text.encode(), alone=True)


def _state_of(folder: Folder) -> State:
    state = []
    for name in (f"{OWN}/journal", f"{OWN}/names", "grades.csv", "final.csv"):
        try:
            status = folder.stat(name)
            state.append((status.st_size, status.st_mtime_ns))
        except OSError:
            state.append((-1, 0))
    return tuple(state)


def _text(folder: Folder, name: str) -> str | None:
    try:
        return folder.read(name, MOST).decode(errors="replace")
    except OSError:
        return None
