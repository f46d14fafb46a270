"""What one learner handed in for one exercise: the value that stage 1 (collect) gives to stage 2 (sandbox)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Cell:
    """One piece of a learner's source that is compiled and run as a whole.

    A script is one cell; a notebook is one for each code cell, in order.
    """

    label: str  # what a learner calls it: "update_rule.py" or "update_rule.ipynb, cell 3"
    source: str


@dataclass(frozen=True)
class Submission:
    """One exercise of one learner, read but not run.

    Exactly one of three holds: it has `cells`; it has a `problem`, the learner's message that says why
    nothing could be read; or it has neither, and is missing.
    """

    learner: str  # printable, one line; what `learner` is in grades.csv and in the report
    folder: str  # the learner's folder under OUT/reports and OUT/feedback: safe as a path component
    exercise: str  # slug
    cells: tuple[Cell, ...] = ()
    problem: str = ""
    notes: tuple[str, ...] = ()  # what the learner should know and what costs no points
    sha256: str = ""  # of the bytes handed in; empty when missing

    @property
    def missing(self) -> bool:
        return not self.cells and not self.problem
