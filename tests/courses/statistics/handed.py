"""What the checks of this course hand to learners."""

from grader.functions import Handed


class Midrange(Handed):
    """Half-way between the smallest and the largest number."""

    def __call__(self, values):
        return (min(values) + max(values)) / 2


midrange = Midrange("midrange", "midrange")
