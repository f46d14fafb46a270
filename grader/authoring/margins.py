"""How far right answers stay inside the tolerances, and wrong ones outside: both sides, in units of the tolerance."""

import math
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

from grader.authoring.programs import Program, golden, misconceptions
from grader.checking import expect
from grader.checking.seeds import learner_seed
from grader.grading.session import CheckSession
from grader.manifest.course import Exercise, load_course
from grader.sandbox import Sandbox


@dataclass
class Margin:
    """The errors nearest to a tolerance, in units of it, and whose they are."""

    inside: float = 0.0  # the largest error of a right program
    outside: float = math.inf  # the smallest error of a wrong program that shows most clearly in this check
    nearest: dict[str, str] = field(default_factory=dict)


def margins(exercise: Exercise, learners: int, every: int = 1) -> dict[str, Margin]:
    """Return the margins of each check of an exercise, over its right and wrong programs and several learners' inputs.

    A wrong program counts where its values are farthest from right; it does not count if it lost any check otherwise than
    by its values, for that leaves no doubt.

    Parameters
    ----------
    every
        Of the wrong programs only one out of so many is measured.
    """
    found: dict[str, Margin] = defaultdict(Margin)
    programs = [one for one in (*golden(exercise), *misconceptions(exercise)) if one.kind != "endless"]
    wrong = [one for one in programs if one.kind != "right"]
    programs = [one for one in programs if one.kind == "right"] + wrong[::every]
    with session(exercise) as checks:
        for program in programs:
            for learner in range(1, learners + 1):
                errors, lost = measure(checks, program, f"learner-{learner:03d}")
                if program.kind == "right":
                    for check, error in errors.items():
                        if error > found[check].inside:
                            found[check].inside, found[check].nearest["inside"] = error, program.name
                elif lost and all(errors.get(check, 0.0) > 1 for check in lost):
                    clearest = max(lost, key=errors.__getitem__)
                    if errors[clearest] < found[clearest].outside:
                        found[clearest].outside, found[clearest].nearest["outside"] = errors[clearest], program.name
    return dict(found)


@contextmanager
def session(exercise: Exercise) -> Iterator[CheckSession]:
    """Open a session in this very process, so that its comparisons can be watched."""
    course = load_course()
    sandbox = Sandbox(course.limits)
    checks = CheckSession(course, sandbox, "locked", (exercise,))
    try:
        yield checks
    finally:
        checks.close()
        sandbox.close()


def measure(checks: CheckSession, program: Program, learner: str) -> tuple[dict[str, float], set[str]]:
    """Return the largest error of each check that compared values, in units of the tolerance, and the checks lost."""
    seen: dict[str, float] = defaultdict(float)
    excess = expect.excess

    def watched(*arguments: Any) -> float:
        error = excess(*arguments)
        frame = sys._getframe(1)
        while not frame.f_code.co_name.startswith("test_"):
            assert frame.f_back is not None
            frame = frame.f_back
        seen[frame.f_code.co_name] = max(seen[frame.f_code.co_name], error)
        return error

    with mock.patch.object(expect, "excess", watched):
        report, _ = checks.check(program.handed_in_by(learner), learner_seed("margins", learner, program.exercise.slug))
    return dict(seen), {check.name for check in report.checks if check.outcome not in ("passed", "skipped")}
