"""Wrong solutions with a name: each explains a mistake that learners make, and each is a test of the checks.

A misconception is one wrong version of one function, with the explanation that a good teacher would give. `source`
returns it as text that can be put behind any module, where it takes the place of that module's own function.
"""

import inspect
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from grader.manifest.course import Exercise
from grader.manifest.parts import part

Implementation = Callable[..., Any]


@dataclass(frozen=True)
class Misconception:
    """One named mistake."""

    name: str  # what the teacher calls it; unique within the exercise
    function: str  # whose wrong version it is
    explanation: str  # one to three sentences, spoken to the learner
    lesson: str  # where to read on, relative to the site's root; nothing if there is no lesson
    loses: tuple[str, ...]  # checks that cannot pass with it
    implementation: Implementation
    slow: bool = False  # its results are right, and those checks run out of time

    @property
    def told(self) -> str:
        """What is said to a learner: the explanation, and where to read on, if there is a lesson."""
        return self.told_with("")

    def told_with(self, proof: str) -> str:
        """Return the same with what was tried, before where to read on."""
        parts = [self.explanation, proof, f"Read on: {self.lesson}" if self.lesson else ""]
        return " ".join(filter(None, parts))


_found: list[Misconception] = []


def misconception(
    function: str, name: str, *, lesson: str = "", loses: tuple[str, ...], slow: bool = False
) -> Callable[[Implementation], Implementation]:
    """Register the decorated function as a wrong version of `function`; its docstring is the explanation."""

    def register(implementation: Implementation) -> Implementation:
        explanation = " ".join((inspect.getdoc(implementation) or "").split())
        _found.append(Misconception(name, function, explanation, lesson, loses, implementation, slow))
        return implementation

    return register


def source(mistake: Misconception) -> str:
    """Return the misconception as Python text that redefines its function, for the end of any module."""
    text = textwrap.dedent(inspect.getsource(mistake.implementation))
    definition = text[text.index("\ndef ") + 1 :]  # below the decorator
    return f"{definition}\n{mistake.function} = {mistake.implementation.__name__}\n"


def of_exercise(exercise: Exercise) -> tuple[Misconception, ...]:
    """Return the misconceptions of an exercise in the order of their file; none if it has no such file.

    Raises
    ------
    CourseError
        If the file cannot be imported.
    """
    module = part(exercise.places, f"misconceptions.{exercise.slug}")
    if module is None:
        return ()
    return tuple(found for found in _found if found.implementation.__module__ == module.__name__)
