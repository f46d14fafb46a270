"""Hidden checks of exercise 7, stochastic descent: its contract, one sentence each.

An update on a batch is an affine map of the parameters, so an epoch is a product of matrices, one for each batch. How
a learner's code draws from `rng` is its own affair: where the order matters, the check works out the outcome of *every*
way to divide the samples, and asks whether each row of the path is one of them. Nothing grows (rate times curvature is
below 2 everywhere), so rounding stays below 1e-13, far inside the default tolerances.
"""

from itertools import chain, pairwise, permutations

import numpy as np
import pytest

from grader.expect import ATOL, RTOL, expect, repeated
from grader.functions import Seeded

pytestmark = pytest.mark.batched  # the answers to calls are handed to `expect`, and to nothing else

# Rows in different directions that no parameters fit all at once: at any point of the paths below the samples disagree,
# so different batchings lead to different places. From the start these are 0.02 apart at least; later, 0.06 in the
# median and more than 1e-4 in all but one of 10,000 epochs.
SAMPLES = np.array([[1.5, 0.4], [-0.5, 1.3], [1.0, -1.1], [0.3, 0.9], [-1.2, -0.8]])
MEASURED = np.array([2.0, -1.0, 1.5, 3.0, 0.5])
BEGINNING = np.array([-2.0, 1.5])
RATE = 0.3


def samples(rng, n, d):
    """Return n samples, parameters that do not fit them, and a rate: at most 0.25 times a curvature of at most 5."""
    X, parameters = rng.uniform(-1, 1, size=(n, d)), rng.uniform(-3, 3, size=d)
    residuals = rng.choice([-1, 1], size=n) * rng.uniform(1, 3, size=n)
    return X, X @ parameters - residuals, parameters, rng.uniform(0.1, 0.25)


def turned(rng, n):
    """Return the first n of SAMPLES, turned and scaled by chance: other numbers, with the same distances or larger ones."""
    angle, scale = rng.uniform(0, 2 * np.pi), rng.uniform(1, 2)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return SAMPLES[:n] @ turn.T, scale * MEASURED[:n], scale * turn @ BEGINNING


def update_matrix(X, y, rate):
    """Return the matrix by which an update on all these rows multiplies (parameters, 1)."""
    n, d = X.shape
    matrix = np.eye(d + 1)
    matrix[:d, :d] -= rate / n * np.einsum("ij,ik->jk", X, X)
    matrix[:d, d] = rate / n * np.einsum("ij,i->j", X, y)
    return matrix


def plain_path(X, y, start, rate, epochs):
    """Return the path of gradient descent on all samples at once."""
    once, path = update_matrix(X, y, rate), [np.append(start, 1.0)]
    for _ in range(epochs):
        path.append(once @ path[-1])
    return np.array(path)[:, :-1]


def mean_pull(parameters, X, y):
    """Return the mean over the samples of residual times row."""
    return np.mean([(row @ parameters - one) * row for row, one in zip(X, y, strict=True)], axis=0)


def far_and_tiny(rng):
    """Yield parameters, samples and measured values, where residuals are in the thousands, and of 1e-8 and less."""
    X = rng.uniform(-1, 1, size=(300, 8))
    X[1] = X[0]
    parameters, residuals = (
        rng.uniform(-3, 3, size=8),
        rng.choice([-1, 1], size=300) * rng.uniform(1000, 3000, size=300),
    )
    residuals[1] = residuals[0]
    yield parameters, X, X @ parameters - residuals
    # At parameters of 0 the residuals are exact, however small; of one sign, as the samples are, they cancel nothing.
    yield np.zeros(3), np.abs(X[:4, :3]) + 0.1, rng.uniform(1e-9, 1e-8, size=4)
    # Whole numbers too large for small types of integers, at parameters that are small.
    yield np.array([1, -1]), rng.integers(200, 900, size=(4, 2)), rng.integers(200, 900, size=4)


def close_by(rng):
    """Yield parameters, samples and measured values, then each of the three a little changed, then the first again.

    All are tenths to begin with. Changes of 6e-7 and less are lost where they are rounded to six digits or fewer, and the
    arrays keep their first number and their sum.
    """
    parameters, X, y = (rng.integers(-20, 21, size) / 10 for size in (4, (5, 4), 5))
    X[0], little = rng.choice([-1, 1], 4) * rng.integers(5, 15, 4) / 10, 2e-7 * np.array([0.0, 1.0, 2.0, -3.0])
    first = (parameters, X, y)
    yield from (
        first,
        (parameters + little, X, y),
        (parameters, X + little, y),
        (parameters, X, y + np.append(little, 0)),
    )
    yield first


def walks(rng):
    """Yield samples, a start, a rate and epochs of walks in one full batch, each with a mean square that keeps it steady.

    What is rounded shrinks in each update, but for the last walk, which grows by less than 2 in each of six.
    """
    X = rng.uniform(0.6, 1.2, size=(4, 1)) * rng.choice([-1, 1], size=(4, 1))
    square, still = float(np.mean(X**2)), np.zeros(4)
    far = rng.choice([-1, 1], size=1) * rng.uniform(200, 400)
    # To rest at 0, where an absolute 1e-11 is tolerated, so it shows whether the walk ends too early, or is rounded.
    yield X, still, rng.uniform(1, 3, size=1), 0.5 / square, 60
    # Far away, in small steps and many.
    yield X, still, far, rng.uniform(2e-3, 4e-3), 250
    # Small samples need large rates.
    yield X / 8, 50 * X[:, 0], far, 50 / square, 6
    yield X, still, far, 2.5 / square, 6


def close_walks(rng):
    """Yield samples, a start, a rate and epochs, then the same with one of them changed, then the first again."""
    X, y, start, rate = samples(rng, 5, 2)
    first = (X, y, start, rate, 3)
    yield from (first, (-X, y, start, rate, 3), (X, -y, start, rate, 3), (X, y, -start, rate, 3))
    yield from ((X, y, start, rate / 2, 3), (X, y, start, rate, 5), first)


def batchings(n, size):
    """Return every way to divide n samples among batches, each a tuple of sets."""
    orders = permutations(range(n))
    return sorted({tuple(tuple(sorted(p[i : i + size])) for i in range(0, n, size)) for p in orders})


BATCHINGS = {(n, size): batchings(n, size) for n, size in ((3, 1), (3, 2), (5, 3), (5, 2))}


def batchings_in(path, X, y, size):
    """Return for each epoch of a path which of the batchings explains it, None where none does."""
    ways = BATCHINGS[len(y), size]
    updates = {batch: update_matrix(X[list(batch)], y[list(batch)], RATE) for way in ways for batch in way}
    epochs = np.array([np.linalg.multi_dot([updates[batch] for batch in reversed(way)]) for way in ways])
    outcomes = epochs @ np.column_stack([path[:-1], np.ones(len(path) - 1)]).T  # axes: way, coordinate, epoch
    distances = np.abs(outcomes[:, :-1] - path[1:].T).max(axis=1)
    close = distances.min(axis=0) <= ATOL + RTOL * np.abs(path[1:]).max(axis=1)
    return [ways[way] if found else None for way, found in zip(distances.argmin(axis=0), close, strict=True)]


def membership(batches):
    """Return which indices are in which batch, in whatever order inside of it."""
    return [sorted(expect(batch).integers()) for batch in batches]


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Compare with central differences of the loss, (L(p + h) - L(p - h)) / 2h in each direction; do not forget its 1/(2n).",
    "The mean is over the samples, so divide by the number of rows, whatever the number of columns.",
    "The residual of a sample is the guess minus the measured value, in this order.",
)
def test_loss_gradient_is_the_slope_of_the_loss(submission, rng):
    """`loss_gradient` is the slope of ||X parameters - y||² / (2n) in each direction, for any number of rows and columns."""
    for n, d in ((1, 1), (2, 3), (9, 5)):
        X, y, parameters, _ = samples(rng, n, d)
        # The loss is a parabola in every direction: there a central difference is exact, with a step of 1 too.
        ahead, behind = (X @ (parameters[:, None] + sign * np.eye(d)) - y[:, None] for sign in (1, -1))
        expected = (np.mean(ahead**2, axis=0) / 2 - np.mean(behind**2, axis=0) / 2) / 2
        got = submission.loss_gradient(parameters=parameters, X=X, y=y)
        expect(got).array(expected, shape="(d,)")
    for parameters, X, y in far_and_tiny(rng):
        got = submission.loss_gradient(parameters, X, y)
        expect(got).array(mean_pull(parameters, X, y), atol=1e-20, shape="(d,)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "A mean of whole numbers need not be one.",
    "Do not collect the result in an array that takes its type from whole numbers, and do not divide with `//`.",
)
def test_loss_gradient_keeps_fractions_of_whole_numbers(submission, rng):
    """`loss_gradient` of whole numbers is not rounded."""
    X, parameters = rng.integers(-4, 5, size=(11, 2)), rng.integers(-4, 5, size=2)
    X[0] = 1
    # Of the 11 residuals only the first is no multiple of 11, so the mean of the pulls is no whole number.
    residuals = 11 * rng.integers(-3, 4, size=11)
    residuals[0] += rng.integers(1, 11)
    pulls = [residual * row for residual, row in zip(residuals, X, strict=True)]
    got = submission.loss_gradient(parameters, X, X @ parameters - residuals)
    expect(got).array(np.mean(pulls, axis=0), shape="(d,)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Compute the gradient at one place, then at another, then at the first again.",
    "A gradient depends on what is handed in, and on nothing that an earlier call has left behind.",
)
def test_loss_gradient_gives_the_same_answer_again(submission, rng):
    """`loss_gradient` of the same arrays is the same again, whatever was asked in between."""
    again = "A second call with the same arrays must give the same gradient."
    for arrays, because in repeated(close_by(rng), again):
        # Some eps of residuals below 20; the changes show by 1e-8 and more.
        got = submission.loss_gradient(*arrays)
        expect(got, because=because).array(mean_pull(*arrays), rtol=0, atol=1e-12, shape="(d,)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "How many batches are there when batch_size divides n, and how many when it does not?",
    "Count with a small n by hand: no index is missing or comes twice, and the first one is 0.",
    "All batches but the last are full; the last takes the rest, and there is no empty one.",
)
def test_minibatches_hold_every_index_once(submission, rng):
    """`minibatches` divides 0 to n - 1 among full batches and one for the rest, whether batch_size divides n or not."""
    size = int(rng.integers(6, 10))
    for n, batch_size in ((4, 2), (7, 3), (6, 1), (5, 5), (1, 1), (4 * size + 1, size), (300, 13 * size)):
        got = submission.minibatches(n=n, batch_size=batch_size, rng=rng)
        lengths = [min(batch_size, n - first) for first in range(0, n, batch_size)]
        batches = membership(expect(got).sequence(len(lengths), "the batches, without an empty one"))
        expect(got).that(
            [len(batch) for batch in batches] == lengths, "Every batch but the last must hold batch_size indices."
        )
        together = sorted(chain.from_iterable(batches))
        expect(got).that(together == list(range(n)), "Every index from 0 to n - 1 must be in exactly one batch.")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Call it twice with two generators of the same seed, then twice with one and the same generator.",
    "All chance comes from the `rng` that is handed in: not from `np.random.shuffle`, not from a generator of your own.",
)
def test_minibatches_are_shuffled_with_the_given_generator(submission, rng):
    """`minibatches` repeats itself with the same seed, and gives other batches when the same generator is used again."""
    seed = int(rng.integers(2**32))
    first = submission.minibatches(28, 7, Seeded(seed))
    one = membership(expect(first).sequence(4, "the batches"))
    # One generator for all calls.
    many = submission.minibatches(submission.each([28] * 40), 7, Seeded(seed))
    all_of_them = np.sort(expect(many).numbers((40, 4, 7)), axis=2).tolist()
    whole = all(sorted(chain.from_iterable(batches)) == list(range(28)) for batches in (one, *all_of_them))
    expect(many).that(whole, "Every index from 0 to n - 1 must be in exactly one batch.")
    expect(many).that(one == all_of_them[0], "The same seed must give the same batches.")
    # Two shuffles agree in 1 of 28! / 7!⁴ cases: any two of forty with a probability below 1e-11.
    different = len({str(batches) for batches in all_of_them})
    expect(many).that(different == 40, "A generator that is used again must give other batches.")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Cut many small decks, four samples in batches of two: which pairs do you see? There are six ways to deal.",
    "It is not enough to shuffle the batches, to shuffle inside each of them, or to turn the order round.",
    "Any sample may be among the last ones: shuffle all n of them before you cut.",
)
@pytest.mark.depends("test_minibatches_hold_every_index_once")
def test_minibatches_can_put_any_samples_together(submission, rng):
    """`minibatches` may put any samples into the same batch, and any of them into the last and shorter one."""
    # A right shuffle misses one of the 6 ways in all 200 calls with a probability below 6 (5/6)²⁰⁰ < 1e-14.
    got = submission.minibatches(submission.each([4] * 200), 2, rng)
    batches = np.sort(expect(got).numbers((200, 2, 2)), axis=2)
    ways = {tuple(way) for way in batches.reshape(200, 4).tolist()}
    expect(got).that(len(ways) == 6, "Some samples never come into the same batch, or never in that order.")
    # Of two short batches, 150 of 301 samples each, the common ones are 75 ± 4.3: fewer than 40 or more than 110 of them
    # with a probability below 1e-14. So too of one short batch and the upper half of the samples.
    pair = [expect(submission.minibatches(301, 151, rng)).sequence(2, "the batches") for _ in range(2)]
    one, two = (set(expect(batches[1]).integers()) for batches in pair)
    common = [len(one & two), len(one & set(range(151, 301))), len(one & set(range(0, 300, 2)))]
    expect(got).that(
        all(40 <= count <= 110 for count in common), "The last and shorter batch holds too many of the same."
    )


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "With batch_size = n there is one batch, so an epoch is one update by the whole gradient.",
    "It is `descend` of exercise 4 with `loss_gradient`; compare the two.",
    "Are learning rate, start and epochs used as they are given?",
)
def test_stochastic_descent_with_one_full_batch_is_plain_descent(submission, rng):
    """`stochastic_descent` with one batch of all samples is plain gradient descent, for any number of rows and columns."""
    for n, d in ((1, 1), (6, 2), (3, 5)):
        X, y, start, rate = samples(rng, n, d)
        epochs = int(rng.integers(4, 9))
        got = submission.stochastic_descent(
            X=X, y=y, start=start, learning_rate=rate, epochs=epochs, batch_size=n, rng=rng
        )
        expect(got).array(plain_path(X, y, start, rate, epochs), shape="(epochs + 1, d)")
    for X, y, start, rate, epochs in walks(rng):
        got = submission.stochastic_descent(X, y, start, rate, epochs, 4, rng)
        expect(got).array(plain_path(X, y, start, rate, epochs), shape="(epochs + 1, d)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "If all samples are equal, every batch says the same. How many updates are there in an epoch?",
    "An update begins at the parameters that the batch before it left, and the path has one row for each epoch.",
    "The last batch counts too, and if it is shorter, its mean is over fewer samples: divide by its own length.",
)
def test_stochastic_descent_makes_an_update_for_each_batch(submission, rng):
    """`stochastic_descent` makes one update after the other, by the mean of each batch, the shorter last one included."""
    for n, batch_size in ((7, 3), (6, 2), (3, 1), (23, 5)):
        # All samples are equal: an update shrinks their residual by one factor, in whatever order they come.
        X, y, start, rate = samples(rng, 1, 2)
        X[0, 0] = rng.choice([-1, 1]) * rng.uniform(0.7, 1)
        y = X @ start - rng.choice([-1, 1]) * rng.uniform(1, 3)
        updates = 3 * len(range(0, n, batch_size))
        square = float(np.sum(X**2))
        left = (1 - rate * square) ** np.arange(updates + 1)[:: updates // 3, None]
        expected = start - (1 - left) * (X @ start - y) / square * X
        rows, measured = np.repeat(X, n, axis=0), np.repeat(y, n)
        got = submission.stochastic_descent(rows, measured, start, rate, 3, batch_size, rng)
        expect(got).array(expected, shape="(epochs + 1, d)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Take three samples and batches of two: there are three ways to divide them. Does your epoch end at one of the three?",
    "Every sample is used once in an epoch, with its own row of X and its own entry of y.",
    "The shorter batch comes last, after the full ones.",
)
@pytest.mark.depends("test_stochastic_descent_makes_an_update_for_each_batch")
def test_stochastic_descent_uses_every_sample_once_in_an_epoch(submission, rng):
    """`stochastic_descent` ends every epoch where one of the possible ways to divide the samples leads."""
    # Many samples, each along an axis: updates along different axes do not meet, those along the same are equal, so the
    # order does not matter, but each must come once.
    axes, heights = rng.choice(6, size=270), rng.uniform(0.5, 1.5, size=6)
    X, start = np.eye(6)[axes], rng.uniform(2, 4, size=6)
    got = submission.stochastic_descent(X, heights[axes], start, 0.01, 1, 1, rng)
    expected = np.stack([start, heights + 0.99 ** np.bincount(axes, minlength=6) * (start - heights)])
    expect(got).array(expected, shape="(epochs + 1, d)")
    for n, batch_size in ((5, 3), (5, 2)):
        X, y, start = turned(rng, n)
        got = submission.stochastic_descent(X, y, start, RATE, 20, batch_size, rng)
        path = expect(got).numbers((21, 2), shape="(epochs + 1, d)")
        expect(path[0], because="The first row of a path is the start.").array(start)
        expect(got).that(
            None not in batchings_in(path, X, y, batch_size),
            "An epoch ended where no way to divide the samples among batches leads.",
        )


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Are there other batches in the second epoch than in the first?",
    "Shuffle the samples inside the loop over the epochs.",
    "Any sample may come first, and any may be the one that is left for the last batch.",
)
@pytest.mark.depends("test_stochastic_descent_uses_every_sample_once_in_an_epoch")
def test_stochastic_descent_shuffles_anew_in_every_epoch(submission, rng):
    """`stochastic_descent` divides the samples anew in every epoch, and over many epochs in every possible way."""
    # A right shuffle misses one of the 3 ways (which sample is left for the last batch) with a probability below
    # 3 (2/3)⁷⁰ < 2e-12, one of the 6 ways below 6 (5/6)¹⁵⁰ < 1e-11.
    for n, batch_size, epochs in ((3, 2, 70), (3, 1, 150)):
        X, y, start = turned(rng, n)
        got = submission.stochastic_descent(X, y, start, RATE, epochs, batch_size, rng)
        path = expect(got).numbers((epochs + 1, 2), shape="(epochs + 1, d)")
        found = batchings_in(path, X, y, batch_size)
        expect(got).that(None not in found, "An epoch ended where no way to divide the samples leads.")
        missing = set(BATCHINGS[n, batch_size]) - set(found)
        expect(got).that(not missing, "Some way to divide the samples among batches never occurs.")
    # Of 149 times, an epoch has the batches of the one before 25 ± 4.5 times by chance: 65 or more below 1e-13.
    repeated = sum(one == other for one, other in pairwise(found))
    expect(got).that(repeated < 65, "Too many epochs have the same batches as the one before.")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Call it twice with two generators of the same seed, then twice with one and the same generator.",
    "All chance comes from the `rng` that is handed in; make no generator of your own.",
)
@pytest.mark.depends("test_stochastic_descent_takes_a_sample_at_a_time")
def test_stochastic_descent_repeats_itself_with_the_same_seed(submission, rng):
    """`stochastic_descent` gives the same path with the same seed, and another one when a generator is used again."""
    X, y, start, rate = samples(rng, 18, 2)
    seed = int(rng.integers(2**32))
    first = submission.stochastic_descent(X, y, start, rate, 5, 8, Seeded(seed))
    path = expect(first).numbers((6, 2), shape="(epochs + 1, d)")
    # One generator for all calls.
    many = submission.stochastic_descent(submission.each(np.array([X] * 16)), y, start, rate, 5, 8, Seeded(seed))
    same, *others = expect(many).numbers((16, 6, 2), shape="(epochs + 1, d)")
    expect(same, because="The same seed must give the same path.").array(path, shape="(epochs + 1, d)")
    # In each of 5 epochs there are two million ways to divide the samples: no two paths come near each other by chance.
    ends = np.array([path[1:], *(other[1:] for other in others)])
    apart = np.abs(ends[:, None] - ends[None]).max(axis=(2, 3)) + np.eye(len(ends))
    expect(many).that(apart.min() > 1e-9, "A generator that is used again must give another path.")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "No epoch at all: which row is left, and what is its shape?",
    "`np.array` turns a list or a tuple into an array; take d from the start.",
)
@pytest.mark.depends("test_stochastic_descent_takes_a_sample_at_a_time")
def test_stochastic_descent_with_no_epochs_returns_the_start_alone(submission, rng):
    """`stochastic_descent` with `epochs = 0` returns a path of one row, the start, be it a list or a tuple."""
    for d, kind in ((1, list), (3, tuple)):
        X, y, start, rate = samples(rng, 5, d)
        got = submission.stochastic_descent(X, y, kind(start.tolist()), rate, 0, 2, rng)
        expect(got).array(start[None, :], shape="(epochs + 1, d)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "An array of whole numbers has no room for fractions.",
    "Give the path, and the parameters that you carry along, the type float.",
)
def test_stochastic_descent_keeps_fractions_from_whole_numbers(submission, rng):
    """`stochastic_descent` takes whole numbers as samples and as start, and does not round the rows after it."""
    start, X = rng.integers(4, 9, size=2), rng.integers(-2, 3, size=(5, 2))
    X[:, 0] = rng.integers(1, 3, size=5)
    # All samples pull the first parameter down, first by 0.014 times a whole number of 5 to 90.
    y = X @ start - rng.integers(1, 10, size=5)
    for kind in (tuple(start.tolist()), start):
        # The curvature is at most 8, the square of the longest sample: times 0.07 that is far below 2.
        got = submission.stochastic_descent(X, y, kind, 0.07, 3, 5, rng)
        expect(got).array(plain_path(X, y, start, 0.07, 3), shape="(epochs + 1, d)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Walk in one full batch, then in small ones, then in one full batch again: is the third path the first one?",
    "`rng.shuffle(X)` and `-=` change the caller's own arrays. Shuffle indices, and make new parameters in each update.",
)
def test_stochastic_descent_begins_every_walk_afresh(submission, rng):
    """`stochastic_descent` walks from the start that it is given, over the samples that it is given, whatever came before."""
    # In one full batch no order matters, unless the samples have left their measured values.
    for X, y, start, rate, epochs in close_walks(rng):
        because = "A walk that came before must not change the path."
        got = submission.stochastic_descent(X, y, start, rate, epochs, 5, rng)
        expect(got, because=because).array(plain_path(X, y, start, rate, epochs), shape="(epochs + 1, d)")
        submission.stochastic_descent(X, y, start, rate, 2, 2, rng)
