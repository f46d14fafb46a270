"""Stage 5: the final score on a learner's page: what a teacher gave and what lateness took, below what the checks found.

A page is made when its work is graded. This part of it is put in afterwards, taken out again or put another way, whenever the
final score has changed; the rest of the page stays as it is.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal

from grader.collect.opened import Folder
from grader.grading.journal import Pair
from grader.publish.by_learner import read_kept, write_kept
from grader.publish.feedback import filled
from grader.publish.final import DROPPED, EXCUSED, Adjustment, Final, points_of
from grader.publish.finals import SHOWN, Finals, shown
from grader.publish.standing import MOST, Standing

# The score stands before anything of a learner's but the name, and what a teacher wrote is escaped: no text looks like this.
_PLACE = re.compile(r'\A(.*?<p><span class="score">[^\n]*</p>\n)(?:<section class="final">.*?</section>\n)?', re.DOTALL)


@dataclass(frozen=True)
class Row:
    """One line of the sum."""

    label: str
    points: str = ""
    comment: str = ""
    whose: str = ""


@dataclass(frozen=True)
class Told:
    """What a page says of a final score."""

    heading: str
    counts: bool  # whether there is a sum
    rows: tuple[Row, ...]
    remark: str = ""


def show_finals(folder: Folder, now: Standing, found: Finals, folders: Mapping[str, str]) -> None:
    """Write final scores on the pages that lie in OUT, and take them from those where they are the automatic ones again.

    Parameters
    ----------
    folder : Folder
        OUT, which this command alone is writing.
    now : Standing
        The automatic scores.
    found : Finals
        The final ones.
    folders : mapping of str to str
        The folder of each learner.

    Raises
    ------
    OSError
        If a page cannot be read or written.
    """
    wanted = {pair: found.by_pair[pair] for pair in found.by_pair if is_told(found, pair) and pair in now.rows}
    before = [(learner, slug) for learner, own in read_kept(folder, SHOWN).items() for slug in own]
    if not wanted and not before:
        return
    # Killed below, the next run finds all pages on which there may be a final score.
    if not wanted.keys() <= set(before):
        _keep(folder, {*wanted, *before})
    for pair in {**dict.fromkeys(before), **wanted}:
        place = f"feedback/{folders.get(pair[0], pair[0])}/{pair[1]}.html"
        with suppress(FileNotFoundError, NotADirectoryError):  # no page: it is named when it is made, or handed back
            text = folder.read(place, MOST).decode(errors="surrogateescape")
            part = _part(now, found, pair) if pair in wanted else ""
            changed = with_part(text, part)
            if changed != text:
                folder.write(place, changed.encode(errors="surrogateescape"), alone=True)
    if not wanted.keys() >= set(before):
        _keep(folder, wanted)


def is_told(found: Finals, pair: Pair) -> bool:
    """Tell whether a page says more than the automatic score."""
    one = found.by_pair[pair]
    if one.state == "held":
        return False
    return pair in found.adjustments or pair in found.late or one.state == DROPPED or one.final != one.automatic


def with_part(page: str, part: str) -> str:
    """Return a page with this part below its score, or without one; as it is where it has no score."""
    return _PLACE.sub(lambda match: match[1] + part, page, count=1)


def told(one: Final, most: Decimal, given: tuple[Adjustment, ...] = (), late: str = "") -> Told:
    """Return what a page says of a final score.

    Parameters
    ----------
    one : Final
        The score.
    most : Decimal
        The points that can be had.
    given : tuple of Adjustment
        What a teacher gave.
    late : str
        Why lateness takes points.
    """
    if one.state == EXCUSED:
        rows = [Row("Excused", "", each.comment, _whose(each)) for each in given if each.comment or each.by]
        return Told("Excused", False, tuple(rows), "This exercise does not count for you.")
    remark = "This is the lowest of your exercises, and has no part in the total." if one.state == DROPPED else ""
    return Told(
        f"Final score: {shown(one.final)} of {shown(most)} points", True, tuple(_sum(one, most, given, late)), remark
    )


def _sum(one: Final, most: Decimal, given: tuple[Adjustment, ...], late: str) -> Iterator[Row]:
    yield Row("Automatic score", shown(one.automatic))
    if late:
        yield Row(late, _signed(one.late))
    for each in given:
        yield Row("Adjustment", _signed(points_of(each, most)), each.comment, _whose(each))
    over = (one.final or Decimal(0)) - ((one.automatic or Decimal(0)) + one.late + one.adjustment)
    if over:
        yield Row("No more than the course allows" if over < 0 else "A score is never below 0", _signed(over))


def _part(now: Standing, found: Finals, pair: Pair) -> str:
    most = Decimal(f"{now.most(pair):g}")
    about = told(found.by_pair[pair], most, found.adjustments.get(pair, ()), found.late.get(pair, ""))
    return filled("final.html.j2", told=about) + "\n"


def _whose(one: Adjustment) -> str:
    return ", ".join(filter(None, (one.by, one.when)))


def _signed(points: Decimal) -> str:
    return f"{'−' if points < 0 else '+'}{shown(abs(points))}"


def _keep(folder: Folder, pairs: Iterable[Pair]) -> None:
    kept: dict[str, dict[str, int]] = {}
    for learner, slug in sorted(pairs):
        kept.setdefault(learner, {})[slug] = 1
    write_kept(folder, SHOWN, kept)
