"""Public checks of exercise 2."""

import pytest

from grader.expect import expect


@pytest.mark.points(1)
@pytest.mark.hint("What do you divide the sum by?")
def test_variance_of_two_numbers(submission):
    """`variance` of 1 and 3 is 2."""
    expect(submission.variance([1.0, 3.0])).number(2.0)
