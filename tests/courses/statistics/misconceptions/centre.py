"""The mistakes of exercise 1 that the grader knows by name."""

from grader.misconceptions import misconception


@misconception("median", "unordered", loses=("test_median_of_three_numbers", "test_median_of_any_sample"))
def median_as_it_stands(values):
    """You take the number that stands in the middle. Put the numbers in order first."""
    middle = len(values) // 2
    return float(values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2)
