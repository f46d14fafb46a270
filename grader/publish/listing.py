"""The learner's own code on their page, with the lines marked that messages speak of."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from grader.collect.submission import Cell, Submission

MOST_LINES = 2_000  # of all that a learner handed in for one exercise: ten times what is long
MOST_LETTERS = 1_000  # of a line
_END = re.compile(r"\r\n|\r|\n")  # of a line, as Python counts them
# What is no letter on a page, or turns the order of those beside it.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Listing:
    """One piece of code, as it stands on a page."""

    label: str  # what messages call it
    html: Markup  # each line in a `span`, or a `mark` if a message speaks of it
    lines: int
    cut: int = 0  # how many more there are


def listings(submission: Submission | None, messages: Iterable[str]) -> list[Listing]:
    """Return the code of a submission, and of what it imports of the same learner's; nothing where there is none."""
    if submission is None:
        return []
    cells = [*submission.cells, *(cell for other in submission.others for cell in other.cells)]
    said, left, found = "\n".join(messages), MOST_LINES, list[Listing]()
    for cell in cells:
        if left and cell.source.strip():
            found.append(_listing(cell, said, left))
            left -= found[-1].lines
    return found


def _listing(cell: Cell, said: str, most: int) -> Listing:
    spoken_of = {int(number) for number in re.findall(rf"(?<!\w){re.escape(cell.label)}, line (\d{{1,6}})\b", said)}
    lines = _END.split(cell.source.rstrip())
    cut = (line if len(line) <= MOST_LETTERS else f"{line[:MOST_LETTERS]} …" for line in lines[:most])
    seen = _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", "\n".join(cut))
    # Escaped all at once: line by line it takes as long as all the rest of the page.
    html = "".join(
        f"<mark>{line}\n</mark>" if number in spoken_of else f"<span>{line}\n</span>"
        for number, line in enumerate(str(escape(seen)).split("\n"), start=1)
    )
    shown = min(most, len(lines))
    return Listing(cell.label, Markup(html), shown, len(lines) - shown)  # noqa: S704
