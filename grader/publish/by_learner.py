"""Stage 5: small tables that OUT keeps of some learners and exercises, each a file of the grader's own."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from grader.collect.opened import Folder

MOST = 2**28  # bytes of one of them


def read_kept(folder: Folder, name: str) -> dict[str, dict[str, Any]]:
    """Return what is kept, by learner and exercise; nothing where that is not there, or is damaged."""
    try:
        told = json.loads(folder.read(name, MOST))
        return {str(learner): {str(slug): one for slug, one in own.items()} for learner, own in told.items()}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}


def write_kept(folder: Folder, name: str, kept: Mapping[str, Mapping[str, Any]]) -> None:
    """Keep a table in place of the one before.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    folder.write(name, json.dumps(kept, separators=(",", ":")).encode(), alone=True)


def rename_kept(folder: Folder, files: Iterable[str], names: Mapping[str, str]) -> None:
    """Give what is kept to learners' names of now.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    for name in files:
        kept = read_kept(folder, name)
        if moved := [before for before in names if before in kept]:
            for before in moved:
                after = names[before]
                kept[after] = {**kept.pop(before), **kept.get(after, {})}
            write_kept(folder, name, kept)
