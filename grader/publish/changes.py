"""Stage 5: OUT/changes.csv: whose verdict a regrade changed, and whose final score a teacher did; when, why, and whose command."""

import csv
import getpass
import io
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime

from grader.collect.opened import Folder
from grader.grading.regrade import Change
from grader.publish.cells import neutral
from grader.publish.finals import COLUMNS as FINAL_COLUMNS
from grader.publish.finals import Finals, shown

FILE = "changes.csv"
COLUMNS = ["when", "learner", "exercise", "before", "after", "because", "checks", "who"]
_MOST = 2**30


def append_changes(folder: Folder, changes: Iterable[Change]) -> None:
    """Add what a regrade changed.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    _append(
        folder,
        [
            [
                neutral(one.learner),
                one.exercise,
                *("held" if score is None else f"{score:g}" for score in (one.before, one.after)),
                one.because,
                "; ".join(one.checks),
            ]
            for one in changes
        ],
    )


def append_adjusted(folder: Folder, found: Finals) -> None:
    """Add whose final score is another than OUT's final.csv says, for what a teacher gave or a policy takes; before it is written.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    plain = ["0", "0", ""]  # adjustment, late, and whether it counts, of most
    given = {pair for pair, one in found.by_pair.items() if one.adjustment or one.late or _part(one.state)}
    told = {(neutral(learner), slug) for learner, slug in given}
    earlier = _rows(
        folder,
        "final.csv",
        FINAL_COLUMNS,
        lambda row: (row[0], row[1]) in told or [*row[3:5], _part(row[6])] != plain,
    )
    before = {(row[0], row[1]): row for row in earlier}
    rows = []
    for (learner, slug), one in found.by_pair.items():
        if (learner, slug) not in given and (neutral(learner), slug) not in before:
            continue
        was = before.get((neutral(learner), slug), ["", "", "", "0", "0", "", ""])
        is_part, was_part = [_part(one.state)], [_part(was[6])]
        now = [shown(one.adjustment), shown(one.late)]
        if [*was[3:5], *was_part] != [*now, *is_part]:
            because = [f"adjustment {was[3]} → {now[0]}"] * (was[3] != now[0])
            because += [f"late {was[4]} → {now[1]}"] * (was[4] != now[1])
            because += [f"{was_part[0] or 'counts'} → {is_part[0] or 'counts'}"] * (was_part != is_part)
            # A comment is on an adjustment: where that is as it was, it explains nothing.
            changed = was[3] != now[0] or was_part != is_part
            comments = "; ".join(found.comments((learner, slug))) if changed else ""
            why = ", ".join(because) + (f": {comments}" if comments else "")
            rows.append([neutral(learner), slug, was[5], shown(one.final), neutral(why), ""])
    _append(folder, rows)


def _part(state: str) -> str:
    """Return a state for which a score does not count; nothing for another."""
    return state if state in ("excused", "dropped") else ""


def _append(folder: Folder, rows: list[list[str]]) -> None:
    if not rows:
        return
    when, who = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), neutral(_who())
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    earlier = _rows(folder, FILE, COLUMNS[:-1])  # of a version that did not say who
    if earlier:
        table.writerows([COLUMNS, *([*row, ""] for row in earlier)])
        folder.write(FILE, text.getvalue().encode(), alone=True)
        text.seek(0)
        text.truncate()
    with os.fdopen(folder.append(FILE), "a", encoding="utf-8", newline="") as file:
        if file.tell() == 0:
            table.writerow(COLUMNS)
        table.writerows([when, *row, who] for row in rows)
        file.write(text.getvalue())


def _rows(
    folder: Folder, name: str, columns: list[str], wanted: Callable[[list[str]], bool] = lambda _: True
) -> list[list[str]]:
    """Return the rows that are wanted of a table of ours that has these columns."""
    with suppress(OSError, ValueError, csv.Error, StopIteration):
        rows = csv.reader(io.StringIO(folder.read(name, _MOST).decode(), newline=""))
        if next(rows) == columns:
            return [row for row in rows if len(row) == len(columns) and wanted(row)]
    return []


def _who() -> str:
    """Return the name of the user whose command this is; the number, where the machine has no name for it."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return str(os.getuid()) if hasattr(os, "getuid") else ""
