"""Hidden checks of exercise 1."""

import numpy as np
import pytest

from grader.expect import expect
from grader.functions import handed


@pytest.mark.points(1)
@pytest.mark.hint("Try numbers below zero, and many of them.")
def test_mean_of_any_sample(submission, rng):
    """`mean` is right for samples of any size."""
    for size in (1, 2, 7, 30):
        sample = rng.uniform(-9, 9, size)
        expect(submission.mean(sample)).number(np.mean(sample))


@pytest.mark.points(1)
@pytest.mark.hint("What lies in the middle of four numbers?")
def test_median_of_any_sample(submission, rng):
    """`median` is right for samples of even and odd size, in any order."""
    for size in (1, 2, 4, 6, 9):
        sample = rng.uniform(-9, 9, size)
        expect(submission.median(sample.tolist())).number(np.median(sample))


@pytest.mark.points(1)
@pytest.mark.hint("There is one number for each sample.")
def test_centres_of_any_samples(submission, rng):
    """`centres` asks the given function once for each sample, in order."""
    samples = [rng.uniform(-9, 9, size).tolist() for size in (3, 1, 4)]
    got = expect(submission.centres(samples, handed("midrange"))).sequence(3, "the centres")
    for number, sample in zip(got, samples, strict=True):
        expect(number).number((min(sample) + max(sample)) / 2)
