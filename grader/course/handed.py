"""Callables that this course's checks hand to learners by name. A worker knows them too: they hold no answer."""

from typing import Any

import numpy as np

from grader.functions import Handed

Array = np.ndarray[Any, np.dtype[Any]]


class Decoy(Handed):
    """A stand-in for `descend` with its signature, which does not descend.

    It asks the gradient at points of its own and returns what that answers, in the shape of a path. So a learner's code
    shows whether it hands over the right gradient, start, rate and epochs, and learns nothing about exercise 04.
    """

    def __call__(self, gradient: Any, start: Any, learning_rate: float, epochs: int) -> Array:
        start = np.array(start, dtype=float)
        rows = [start]
        for row in range(1, int(epochs) + 1):
            probe = start + 0.25 * row
            # Not rate times gradient: there two wrong signs would make a right one.
            rows.append(probe + _numbers(gradient(probe), start.shape) + learning_rate * row)
        return np.array(rows)

    def expected(self, gradient: Any, start: Any, learning_rate: float, epochs: int) -> Array:
        """Return what it answers to a learner who hands it these."""
        path: Array = self(gradient, start, learning_rate, epochs)
        return path


def _numbers(answer: Any, shape: tuple[int, ...]) -> Any:
    """Return what a gradient answers, if that is what every `descend` can count on: numbers of the point's shape."""
    if isinstance(answer, int | float | np.number) and shape == (1,):
        return answer
    if isinstance(answer, np.ndarray) and answer.dtype.kind in "fiu" and answer.shape == shape:
        return answer
    what = "nothing (None)" if answer is None else f"a value of type {type(answer).__name__}"
    if isinstance(answer, np.ndarray):
        what = f"an array of type {answer.dtype} and shape {answer.shape}"
    raise TypeError(f"the gradient that `descend` was given answers with {what}, not with an array of shape {shape}")


decoy_descend = Decoy("decoy_descend", "descend")
