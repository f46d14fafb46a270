"""The learner's own code on their page, with the lines marked that messages speak of."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from grader.collect.submission import Cell, Submission

MOST_LINES = 2_000  # of all that a learner handed in for one exercise: ten times what is long
MOST_LETTERS = 1_000  # of a line
# What is no letter on a page, or turns the order of those beside it.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Listing:
    """One piece of code, line by line."""

    label: str  # what messages call it
    lines: tuple[tuple[str, bool], ...]  # each with whether a message speaks of it
    cut: int = 0  # how many more there are


def listings(submission: Submission | None, messages: Iterable[str]) -> list[Listing]:
    """Return the code of a submission, and of what it imports of the same learner's; nothing where there is none."""
    if submission is None:
        return []
    cells = [*submission.cells, *(cell for other in submission.others for cell in other.cells)]
    said, left, found = "\n".join(messages), MOST_LINES, []
    for cell in cells:
        if left and cell.source.strip():
            found.append(_listing(cell, said, left))
            left -= len(found[-1].lines)
    return found


def _listing(cell: Cell, said: str, most: int) -> Listing:
    spoken_of = {int(number) for number in re.findall(rf"(?<!\w){re.escape(cell.label)}, line (\d{{1,6}})\b", said)}
    lines: Sequence[str] = re.split(r"\r\n|\r|\n", cell.source.rstrip())  # as Python counts them
    shown = tuple((_seen(line), number in spoken_of) for number, line in enumerate(lines[:most], start=1))
    return Listing(cell.label, shown, len(lines) - len(shown))


def _seen(line: str) -> str:
    cut = f"{line[:MOST_LETTERS]} …" if len(line) > MOST_LETTERS else line
    return _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", cut.rstrip())
