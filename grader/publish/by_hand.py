"""Stage 5: what a teacher gave in nbgrader's formgrader: points, extra credit, comments; and the penalty that nbgrader took.

It stands in the gradebook. `grade` keeps what it found there, and so final scores do not hang on a database that is away.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from grader.collect.opened import OWN, Folder
from grader.grading.journal import Pair
from grader.manifest.course import Course
from grader.publish.by_learner import read_kept, write_kept
from grader.publish.final import Adjustment
from grader.publish.renaming import read_names

BY_HAND = f"{OWN}/by_hand"  # what was found last
ADDRESS = f"{OWN}/gradebook"  # which gradebook it was, without a password; none for OUT's own
OWN_BOOK = "gradebook.db"
BY = "formgrader"
_MOST = 2**12  # bytes of an address


@dataclass(frozen=True)
class ByHand:
    """What one hand-in was given by hand, as the gradebook has it."""

    points: Decimal = Decimal(0)  # beside the automatic ones, or in their place: what they add up to
    penalty: Decimal = Decimal(0)  # that nbgrader took for lateness; 0 or above
    comments: tuple[str, ...] = ()

    @property
    def adjustments(self) -> tuple[Adjustment, ...]:
        """The same as a line of adjustments.csv; nothing where it would say nothing."""
        return (Adjustment(self.points, comment="\n".join(self.comments), by=BY),) * bool(self.points or self.comments)


Given = Mapping[Pair, ByHand]  # by folder and exercise in a gradebook, by learner and exercise in OUT


def keep_by_hand(folder: Folder, given: Given, address: str) -> dict[Pair, ByHand]:
    """Keep what a gradebook has, and which it was; return the same by learners.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    found = _by_learner(folder, given)
    kept: dict[str, dict[str, tuple[str, str, tuple[str, ...]]]] = {}
    for (learner, slug), one in sorted(found.items()):
        kept.setdefault(learner, {})[slug] = str(one.points), str(one.penalty), one.comments
    if kept or read_kept(folder, BY_HAND):
        write_kept(folder, BY_HAND, kept)
    if address != _address(folder):
        folder.write(ADDRESS, address.encode(), alone=True)
    return found


def kept_by_hand(folder: Folder) -> dict[Pair, ByHand]:
    """Return what was found last."""
    found: dict[Pair, ByHand] = {}
    for learner, own in read_kept(folder, BY_HAND).items():
        for slug, told in own.items():
            with suppress(ValueError, TypeError, InvalidOperation):
                points, penalty, comments = told
                found[learner, slug] = ByHand(Decimal(points), Decimal(penalty), tuple(map(str, comments)))
    return found


def read_by_hand(folder: Folder, course: Course) -> tuple[dict[Pair, ByHand], str]:
    """Return what the gradebook of an OUT has now; where it cannot be read, what was found last, and why."""
    address = _address(folder)
    try:
        if not address and not folder.stat(OWN_BOOK).st_size:
            return {}, ""
    except OSError:
        return kept_by_hand(folder), ""
    # Only here: a database takes a moment to import, and most who ask for final scores have none.
    from grader.publish.gradebook import GradebookError
    from grader.publish.gradebook.by_hand import read_from

    try:
        return _by_learner(folder, read_from(address or folder.path / OWN_BOOK, course)), ""
    except GradebookError as error:
        return kept_by_hand(folder), f"points by hand are those that the last `grade` found: {error}"


def _by_learner(folder: Folder, given: Given) -> dict[Pair, ByHand]:
    learners = {one.folder: one.learner for one in read_names(folder)[0]}
    return {(learners.get(name, name), slug): one for (name, slug), one in given.items()}


def _address(folder: Folder) -> str:
    with suppress(OSError, ValueError):
        return folder.read(ADDRESS, _MOST).decode()
    return ""
