"""Hidden checks of exercise 2."""

import numpy as np
import pytest

from grader.expect import expect


@pytest.mark.points(3)
@pytest.mark.hint("A sample of two numbers shows best what the sum is divided by.")
def test_variance_of_any_sample(submission, rng):
    """`variance` is right for samples of any size."""
    for size in (2, 3, 12):
        sample = rng.uniform(-9, 9, size)
        expect(submission.variance(sample)).number(np.var(sample, ddof=1))
