"""How far a learner has climbed each ladder of hints: `.hints.json`, beside their progress."""

import json
from contextlib import suppress
from pathlib import Path

from grader.progress import write

NAME = ".hints.json"
Climbed = dict[str, int]  # by check: how many of its hints were shown


def load(path: Path) -> Climbed:
    """Return what was shown so far; nothing where that is not known: then the ladders begin anew."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(data, dict):
        return {}
    return {name: rung for name, rung in data.items() if type(rung) is int and rung >= 0}


def climb(path: Path, check: str, rungs: int, again: bool) -> int:
    """Return which hint of a check comes next, counted from 1; after the last one, the last one.

    Parameters
    ----------
    path
        The file; where it cannot be written, the same hint comes again.
    check
        The exercise's slug and the check's name.
    rungs
        How many hints the check has.
    again
        Whether to begin anew.
    """
    climbed = load(path)
    rung = min(rungs, 1 if again else climbed.get(check, 0) + 1)
    with suppress(OSError):
        write(path, json.dumps(climbed | {check: rung}, indent=1) + "\n")
    return rung
