"""Scenes: what of a call is drawn, and over which ground. A course says in its `scenes.py` which function has which.

Only numbers of a result are drawn, and no word in a picture is a learner's.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.checking.expect import as_numbers
from grader.checking.proxy import Call
from grader.diagnosis.motion import motion_of
from grader.diagnosis.picture import plots
from grader.diagnosis.picture.drawing import Array, number
from grader.diagnosis.picture.grounds import Ground, Relative, Values
from grader.diagnosis.picture.plots import Walk, Words

MOST_RULE = 60  # steps of the right walk that are drawn beside the learner's
LARGEST = 1e100  # of a number that is drawn: what is far larger is lost, like infinity


@dataclass(frozen=True)
class Seen:
    """One call that is being drawn, and those around it."""

    call: Call
    names: Sequence[str]  # of its arguments
    calls: Sequence[Call]

    @property
    def name(self) -> str:
        return self.call.target.origin

    @property
    def values(self) -> Values:
        """Its arguments by their names."""
        return dict(zip(self.names, self.call.arguments, strict=False)) | self.call.options

    def words(self, headline: str, note: str = "") -> Words:
        said = ". ".join(filter(None, (self.call.text[:400], headline, note)))
        return Words(f"What {self.name} did", f"{said}.", headline, note)

    def alike(self) -> list[tuple[float, float]]:
        """Return the places and answers of all calls that ask the same function for one number at one place."""
        answers = []
        for call in self.calls:
            if call.target.origin == self.name and call.target.target == self.call.target.target and call.arguments:
                place, answer = numbers(call.arguments[0]).ravel(), numbers(call.result).ravel()
                answers += list(zip(place.tolist(), answer.tolist(), strict=True))
        return [pair for pair in sorted(set(answers)) if np.isfinite(pair).all()][:MOST_RULE]


Scene = Callable[[Seen], str]


def numbers(value: Any) -> Array:
    """Return numbers, or raise ValueError: a learner's answer is never handed to NumPy as it is."""
    numbers = as_numbers(value, truths=True)
    if numbers is None:
        raise ValueError("no numbers")
    return numbers


def finite(value: Any) -> Array:
    """Return numbers of a size that can be drawn, or raise ValueError."""
    found = numbers(value)
    if found.size == 0 or not (np.abs(found) < LARGEST).all():
        raise ValueError("nothing that can be drawn")
    return found


def _trail(result: Any, size: int, only_end: bool) -> tuple[Array, int | None]:
    """Return the points of a path up to the first that cannot be drawn, and the row of that one."""
    rows = numbers(result)
    rows = rows.reshape(1, -1) if only_end else rows[:, None] if rows.ndim == 1 and size == 1 else rows
    if rows.ndim != 2 or rows.shape[1] != size:
        raise ValueError("no path")
    good = (np.abs(rows) < LARGEST).all(axis=1)
    lost = None if good.all() else int(np.argmin(good))
    return finite(rows[:lost]), lost


def _rule(seen: Seen, trail: Array) -> Array:
    """Return where the update rule leads, if that is known, near, and not where the learner's path leads."""
    none = trail[:0]
    motion = motion_of(seen.call.target.exercise, seen.name, seen.call.arguments, seen.call.options)
    if motion is None or motion.with_state or motion.epochs > MOST_RULE:
        return none
    rule = motion.walk(motion.epochs)
    known = trail if len(trail) > 1 else trail[-1:]
    same = rule[-len(known) :] if motion.only_end else rule
    if not (np.abs(rule) < LARGEST).all() or (same.shape == known.shape and np.allclose(same, known)):
        return none
    return rule


def walk(
    ground: Callable[[Values], Ground],
    start: Callable[[Values], Any] = lambda values: values["start"],
    read: Callable[[Any, Values], Any] = lambda result, _values: result,
    names: Sequence[str] = (),
    only_end: bool = False,
    domain: tuple[float, float] | None = None,
) -> Scene:
    """Return the scene of a function that walks."""

    def scene(seen: Seen) -> str:
        starts = np.atleast_2d(finite(start(seen.values)))
        size = starts.shape[1]
        trail, lost = _trail(read(seen.call.result, seen.values), size, only_end)
        shown = names or getattr(seen.values.get("gradient"), "variables", ()) or ("x", "y")
        below = ground(seen.values) if size <= 2 else np.zeros_like  # not drawn where there are more
        walk = Walk(
            starts=starts,
            trail=trail,
            rule=_rule(seen, trail),
            ground=below,
            names=(shown[0], "height") if size == 1 else shown,
            only_end=only_end,
            domain=domain,
            heights=not isinstance(below, Relative),
        )
        steps = "" if only_end else f"{len(trail) - 1} step{'s' * (len(trail) != 2)} "
        said = f"{seen.name}: {steps}from {_places(starts)} to {_place(trail[-1])}"
        note = "" if lost is None else f"Row {lost} is no number that can be drawn."
        return plots.walk(walk, seen.words(said, note))

    return scene


def _place(point: Array) -> str:
    numbers = ", ".join([number(value) for value in point[:3].tolist()] + ["…"] * (len(point) > 3))
    return numbers if len(point) == 1 else f"({numbers})"


def _places(points: Array) -> str:
    return ", ".join(map(_place, points[:4])) + ", …" * (len(points) > 4)


def lines(ground: Callable[[Values], Ground], names: Sequence[str] = ("x", "height")) -> Scene:
    """Return the scene of a function that gives the slope at a place."""

    def scene(seen: Seen) -> str:
        places, slopes = finite(seen.alike()).T
        said = f"{seen.name} at {_place(places)}: {_place(slopes)}"
        return plots.lines(ground(seen.values), places.tolist(), slopes.tolist(), names, seen.words(said))

    return scene


def heights(ground: Callable[[Values], Ground], names: Sequence[str]) -> Scene:
    """Return the scene of a function that gives the height at a place."""

    def scene(seen: Seen) -> str:
        places, got = finite(seen.alike()).T
        said = f"{seen.name} at {_place(places)}: {_place(got)}"
        return plots.heights(ground(seen.values), places.tolist(), got.tolist(), names, seen.words(said))

    return scene


def arrow(ground: Callable[[Values], Ground], names: Sequence[str]) -> Scene:
    """Return the scene of a function that gives the gradient at a place."""

    def scene(seen: Seen) -> str:
        place, got = finite(seen.call.arguments[0]), finite(seen.call.result)
        if place.shape != (2,) or got.shape != (2,):
            raise ValueError("no gradient on a map")
        said = f"{seen.name} at {_place(place)}: {_place(got)}"
        return plots.arrow(ground(seen.values), place, got, names, seen.words(said))

    return scene


def tables(given: str, answers: Sequence[str], arrows: bool = False) -> Scene:
    """Return the scene of a function that makes tables of a table: before and after, or as arrows."""

    def scene(seen: Seen) -> str:
        before = np.asarray(seen.values[given], dtype=float)
        result = seen.call.result if len(answers) > 1 else [seen.call.result]
        after = [numbers(table) for table in result]
        if before.ndim != 2 or before.size == 0 or len(after) != len(answers):
            raise ValueError("no table")
        if any(table.shape != before.shape for table in after):
            raise ValueError("another shape than what was given")
        size = f"{before.shape[0]} rows, {before.shape[1]} columns"
        panels = [(given, before), *zip(answers, after, strict=True)]
        if arrows:
            panels = [(given, before), (f"({', '.join(answers)}) as arrows", before)]
        return plots.tables(panels, after if arrows else (), seen.words(f"{seen.name}: {size}"))

    return scene
