"""Callables that this course's checks hand to learners by name. A worker knows them too: they hold no answer."""

from typing import Any

import numpy as np

from grader.functions import Handed

Array = np.ndarray[Any, np.dtype[Any]]


class Decoy(Handed):
    """A stand-in for `descend` with its signature, which does not descend.

    It asks the gradient at points of its own and returns what it heard, in the shape of a path. So a learner's code
    shows whether it hands over the right gradient, start, rate and epochs, and learns nothing about exercise 04.
    """

    def __call__(self, gradient: Any, start: Any, learning_rate: float, epochs: int) -> Array:
        start = np.array(start, dtype=float)
        heard = [start]
        for row in range(1, int(epochs) + 1):
            probe = start + 0.25 * row
            # Not rate times gradient: there two wrong signs would make a right one.
            heard.append(probe + np.asarray(gradient(probe), dtype=float) + learning_rate * row)
        return np.array(heard)

    def expected(self, gradient: Any, start: Any, learning_rate: float, epochs: int) -> Array:
        """Return what it answers to a learner who hands it these."""
        path: Array = self(gradient, start, learning_rate, epochs)
        return path


decoy_descend = Decoy("decoy_descend", "descend")
