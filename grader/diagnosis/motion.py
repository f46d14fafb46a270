"""How a call should move: the law of its steps, which a course may give for its functions (`motions.py`).

Its table `MOTIONS` has, by exercise and function, the names of the arguments and what makes a motion of them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from grader.manifest.course import load_course
from grader.manifest.parts import MOTIONS, of_function

MAX_EPOCHS = 1_000  # of a path that is walked again

Array = np.ndarray[Any, np.dtype[np.float64]]
Law = Callable[[Array], Array]
Arguments = dict[str, Any]


@dataclass(frozen=True)
class Motion:
    """How a call should have moved.

    Parameters
    ----------
    start
        The first point, shape (n,).
    step
        The right step from a point of shape (n,), the same shape; of plain descent where an optimizer has a state.
    epochs
        How many steps.
    factor
        What the step multiplies the gradient by: the learning rate.
    uphill
        Whether the path should climb.
    only_end
        Whether the last point alone is returned.
    with_state
        Whether the right path is another one than the plain `step`'s.
    read
        Takes the path, or its end, out of what the function returns.
    noun
        What a learner calls what the function does.
    """

    start: Array
    step: Law
    epochs: int
    factor: float
    uphill: bool = False
    only_end: bool = False
    with_state: bool = False
    read: Callable[[Any], Any] = field(default=lambda result: result)
    noun: str = "path"

    def walk(self, count: int, factor: float = 1.0) -> Array:
        """Return the path of `count` steps, each `factor` times the right one; shape (count + 1, n)."""
        places = [self.start]
        while len(places) <= count:
            places.append(places[-1] + factor * self.step(places[-1]))
        return np.array(places)


def motion_of(slug: str, function: str, arguments: tuple[Any, ...], options: dict[str, Any]) -> Motion | None:
    """Return how a call of a function of exercise `slug` should move; None where that is unknown, or too long to walk."""
    known = of_function(load_course().places, MOTIONS, "MOTIONS", slug, function)
    if known is None:
        return None
    names, make = known
    try:
        motion: Motion = make({**dict(zip(names, arguments, strict=False)), **options})
    except (KeyError, TypeError, ValueError, AttributeError):
        return None  # no motion for arguments such as these
    return motion if motion.epochs <= MAX_EPOCHS else None
