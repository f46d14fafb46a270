"""What a learner was told of each check, so that no hint comes twice: `.hints.json`, beside their progress."""

import json
from contextlib import suppress
from pathlib import Path

from grader.checking.report import Report
from grader.practice.progress import write

NAME = ".hints.json"
MAX_TOLD = 12  # texts of a check that are kept, the latest: no ladder is as long
Told = dict[str, list[str]]  # by exercise and check


def load(path: Path) -> Told:
    """Return what was told so far; nothing where that is not known: then the ladders begin anew."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(data, dict):
        return {}
    return {name: [str(text) for text in texts] for name, texts in data.items() if isinstance(texts, list)}


def note(path: Path, told: Told, anew: bool = False) -> None:
    """Note what was told just now, and `anew` that only; where the file cannot be written, it is told again."""
    known = load(path)
    for name, texts in told.items():
        before = known.get(name, [])
        begins = anew or texts[0] not in before  # another failure, another ladder
        earlier = [text for text in before if not begins and text not in texts]
        known[name] = [*earlier, *filter(None, texts)][-MAX_TOLD:]
    with suppress(OSError):
        write(path, json.dumps(known, indent=1) + "\n")


def told_by(report: Report) -> Told:
    """Return what a report on the screen has told: of each check its message and its first hint."""
    return {
        f"{report.exercise}.{check.name}": [check.message, *check.hint.splitlines()[:1]]
        for check in report.checks
        if check.outcome != "passed"
    }


def next_rung(path: Path, check: str, message: str, rungs: list[str], again: bool) -> int:
    """Return which hint of a check comes next, counted from 1: the first that was not told yet; after the last, the last.

    Where the check fails otherwise than before, all of them are new.

    Parameters
    ----------
    path
        The file.
    check
        The exercise's slug and the check's name.
    message
        What is said of it now.
    rungs
        The check's hints.
    again
        Whether to begin anew.
    """
    told = [] if again else load(path).get(check, [])
    told = told if message in told else []
    return next((rung for rung, text in enumerate(rungs, 1) if text not in told), len(rungs))
