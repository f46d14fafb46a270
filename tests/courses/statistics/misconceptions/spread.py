"""The mistakes of exercise 2 that the grader knows by name."""

import numpy as np

from grader.misconceptions import misconception


@misconception("variance", "of all", loses=("test_variance_of_two_numbers", "test_variance_of_any_sample"))
def variance_of_a_whole_population(values):
    """You divide by the size of the sample. That is right where the numbers are all there are; of a sample, divide by one less."""
    return float(np.var(values))


@misconception("variance", "no square", loses=("test_variance_of_any_sample",))
def variance_without_squares(values):
    """You add distances, not their squares."""
    return float(np.sum(np.abs(np.asarray(values) - np.mean(values))) / (len(values) - 1))
