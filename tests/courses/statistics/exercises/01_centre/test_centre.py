"""Public checks of exercise 1."""

import pytest

from grader.expect import expect
from grader.functions import handed

MIDRANGE = handed("midrange")


@pytest.mark.points(1)
@pytest.mark.hint("Add all numbers, then divide once.")
def test_mean_of_four_numbers(submission):
    """`mean` of 1, 2, 3 and 6 is 3."""
    expect(submission.mean([1.0, 2.0, 3.0, 6.0])).number(3.0)


@pytest.mark.points(1)
@pytest.mark.hint("Put the numbers in order first.")
def test_median_of_three_numbers(submission):
    """`median` of 9, 1 and 2 is 2."""
    expect(submission.median([9.0, 1.0, 2.0])).number(2.0)


@pytest.mark.points(1)
@pytest.mark.hint("Call `statistic` with each sample.")
def test_centres_by_the_midrange(submission):
    """`centres` of two samples, by half-way between their ends, are 2 and 7."""
    got = submission.centres([[1.0, 3.0], [5.0, 6.0, 9.0]], MIDRANGE)
    first, second = expect(got).sequence(2, "the centres")
    expect(first).number(2.0)
    expect(second).number(7.0)
