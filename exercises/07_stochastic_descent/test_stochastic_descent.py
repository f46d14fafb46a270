"""Public checks of exercise 7, stochastic descent: run them with `pytest exercises/07_stochastic_descent`.

They do not try tables of other sizes, whole numbers, one batch of all the samples, the same seed twice, whether each
epoch is shuffled anew, or no epochs at all.
"""

import numpy as np
import pytest

from grader.expect import expect

# Each of the two samples has a parameter of its own, so an epoch ends at the same place in whatever order they come.
X = np.array([[1.0, 0.0], [0.0, 2.0]])
Y = np.array([1.0, 2.0])


@pytest.mark.points(1)
@pytest.mark.hint(
    "First the residuals: what the model guesses for each sample, minus what was measured.",
    "Each sample pulls along its row of X, as strongly as its residual says; the gradient is the mean of the pulls.",
    "`X.T` turns rows into columns. There are as many samples as `X` has rows.",
)
def test_loss_gradient_of_three_samples(submission):
    """`loss_gradient` of three samples is the mean of what each of them says."""
    samples, measured = np.array([[1.0, 2.0], [0.0, 1.0], [3.0, -1.0]]), np.array([2.0, 2.0, -2.0])
    # The residuals at (1, 1) are 1, -1 and 4, so the mean is that of (1, 2), (0, -1) and (12, -4).
    got = submission.loss_gradient(np.array([1.0, 1.0]), samples, measured)
    expect(got).array(np.array([13.0, -3.0]) / 3, shape="(d,)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Five cards, dealt out in hands of two: how many hands, and how many cards are in each?",
    "Put the numbers 0 to n - 1 into a random order, then cut that order into pieces.",
    "The last piece takes what is left. Slices of a list or an array stop at its end by themselves.",
)
def test_minibatches_deal_out_five_samples(submission):
    """`minibatches` of 5 samples by 2 are three batches, of 2, 2 and 1 indices, which hold 0 to 4 once each."""
    got = submission.minibatches(5, 2, np.random.default_rng(7))
    batches = [expect(batch).integers() for batch in expect(got).sequence(3, "the batches")]
    expect(got).that([len(batch) for batch in batches] == [2, 2, 1], "Only the last batch may be shorter.")
    dealt = sorted(index for batch in batches for index in batch)
    expect(got).that(dealt == [0, 1, 2, 3, 4], "Every index from 0 to n - 1 must be dealt out exactly once.")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Call it with `np.random.default_rng(1)` and with `np.random.default_rng(2)`: which samples come together?",
    "Shuffle all the samples before you cut, with the `rng` that is handed in.",
    "Shuffling the batches, or the samples within each batch, leaves the same samples together.",
)
@pytest.mark.depends("test_minibatches_deal_out_five_samples")
def test_minibatches_put_other_samples_together_with_another_generator(submission):
    """`minibatches` of 12 samples by 4 groups the samples differently with another generator."""
    found = set()
    for seed in range(5):
        got = submission.minibatches(12, 4, np.random.default_rng(seed))
        batches = [sorted(expect(batch).integers()) for batch in expect(got).sequence(3, "the batches")]
        dealt = sorted(index for batch in batches for index in batch)
        expect(got).that(dealt == list(range(12)), "Every index from 0 to n - 1 must be dealt out exactly once.")
        found.add(str(sorted(batches)))
    # Of 5775 ways to put them together, five shuffles find the same one with a probability below 1e-15.
    expect(got).that(len(found) > 1, "The same samples come together whatever the generator.")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "An epoch makes one update for each batch, here two, and goes on from where the batch before ended.",
    "The gradient of a batch comes from its own rows of X and its own entries of y.",
    "A batch of one sample is divided by 1, not by the number of all the samples.",
)
def test_stochastic_descent_takes_a_sample_at_a_time(submission):
    """`stochastic_descent` with batches of one sample makes an update for each sample in every epoch."""
    generator = np.random.default_rng(7)
    path = submission.stochastic_descent(X, Y, [0.0, 0.0], learning_rate=0.125, epochs=2, batch_size=1, rng=generator)
    expected = np.array([[0.0, 0.0], [0.125, 0.5], [0.234375, 0.75]])
    expect(path).array(expected, shape="(epochs + 1, d)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Count the rows: the path holds the parameters before the first epoch and after each epoch.",
    "Put the start into the path before the first epoch, and one row into it after the last batch of each.",
)
@pytest.mark.depends("test_stochastic_descent_takes_a_sample_at_a_time")
def test_stochastic_descent_returns_the_start_and_a_row_for_each_epoch(submission):
    """`stochastic_descent` returns a path with the start as its first row and one more row for each epoch."""
    path = submission.stochastic_descent(X, Y, [3.0, -1.0], 0.125, 4, 1, np.random.default_rng(7))
    rows = expect(path).sequence(5, "the rows of the path, epochs + 1 of them")
    expect(rows[0], because="The first row of a path is the start.").array(np.array([3.0, -1.0]), shape="(d,)")
