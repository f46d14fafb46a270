"""How far right answers stay inside the tolerances, and wrong ones outside: both sides, in units of the tolerance."""

import math
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

from grader import expect
from grader.checking import CheckSession
from grader.course import Exercise, load_course
from grader.sandbox.inprocess import InProcess
from grader.seeds import learner_seed
from grader.submission import Cell
from tests.evidence.programs import Program, golden, misconceptions


class Here:
    """A sandbox for programs of our own: this very process, where comparisons can be watched."""

    def wait_until_ready(self) -> None:
        """Nothing to warm up."""

    def open(self, name: str, cells: tuple[Cell, ...]) -> Any:
        return InProcess(name, cells)


@dataclass
class Margin:
    """The errors nearest to a tolerance, in units of it, and whose they are."""

    inside: float = 0.0  # the largest error of a right program
    outside: float = math.inf  # the smallest error of a wrong program where it lost a check by value
    nearest: dict[str, str] = field(default_factory=dict)


def margins(exercise: Exercise, learners: int) -> dict[str, Margin]:
    """Return the margins of each check of an exercise, over its right and wrong programs and several learners' inputs."""
    found: dict[str, Margin] = defaultdict(Margin)
    programs = [*golden(exercise), *misconceptions(exercise)]
    with session(exercise) as checks:
        for program in programs:
            if program.kind in ("endless", "mutant"):
                continue
            for learner in range(1, learners + 1):
                for check, excess in errors(checks, program, f"learner-{learner:03d}"):
                    _note(found[check], program, excess)
    return dict(found)


def _note(margin: Margin, program: Program, excess: float) -> None:
    if program.kind == "right" and excess > margin.inside:
        margin.inside, margin.nearest["inside"] = excess, program.name
    if program.kind != "right" and 1 < excess < margin.outside:
        margin.outside, margin.nearest["outside"] = excess, program.name


@contextmanager
def session(exercise: Exercise) -> Iterator[CheckSession]:
    checks = CheckSession(load_course(), Here(), "none", (exercise,))
    try:
        yield checks
    finally:
        checks.close()


def errors(checks: CheckSession, program: Program, learner: str) -> Sequence[tuple[str, float]]:
    """Return each comparison of values that was made, by the check that made it: its error in units of the tolerance."""
    seen: list[tuple[str, float]] = []
    measure = expect.excess

    def watched(*arguments: Any) -> float:
        error = measure(*arguments)
        frame = sys._getframe(1)
        while not frame.f_code.co_name.startswith("test_"):
            assert frame.f_back is not None
            frame = frame.f_back
        seen.append((frame.f_code.co_name, error))
        return error

    with mock.patch.object(expect, "excess", watched):
        checks.check(program.handed_in_by(learner), learner_seed("margins", learner, program.exercise.slug))
    return seen
