"""What goes wrong in exercise 7, stochastic descent."""

import numpy as np

from grader.misconceptions import misconception

GRADIENT = "lessons/stochastic_descent/#gradient-of-the-loss"
MINIBATCHES = "lessons/stochastic_descent/#minibatches"
SHUFFLING = "lessons/stochastic_descent/#shuffling"
EPOCH = "lessons/stochastic_descent/#one-epoch"
PATH = "lessons/stochastic_descent/#the-path"


@misconception(
    "loss_gradient",
    "adds up and does not divide",
    lesson=GRADIENT,
    loses=("test_loss_gradient_of_three_samples", "test_loss_gradient_is_the_slope_of_the_loss"),
)
def loss_gradient_as_sum(parameters, X, y):
    """Your gradient is the sum over the samples, so it grows with their number. The loss is a mean: divide by n."""
    return X.T @ (X @ parameters - y)


@misconception(
    "loss_gradient",
    "is twice the gradient",
    lesson=GRADIENT,
    loses=("test_loss_gradient_of_three_samples", "test_loss_gradient_is_the_slope_of_the_loss"),
)
def loss_gradient_times_two(parameters, X, y):
    """Your gradient is twice what it should be. The square gives a factor of 2, and the 2 in the loss's 1/(2n) cancels
    it."""
    return 2 * X.T @ (X @ parameters - y) / len(y)


@misconception(
    "loss_gradient",
    "is half the gradient",
    lesson=GRADIENT,
    loses=("test_loss_gradient_of_three_samples", "test_loss_gradient_is_the_slope_of_the_loss"),
)
def loss_gradient_halved(parameters, X, y):
    """You divide by 2n, as the loss does. The 2 is gone as soon as you differentiate the square: the gradient is
    divided by n alone."""
    return X.T @ (X @ parameters - y) / (2 * len(y))


@misconception(
    "loss_gradient",
    "points downhill",
    lesson=GRADIENT,
    loses=("test_loss_gradient_of_three_samples", "test_loss_gradient_is_the_slope_of_the_loss"),
)
def loss_gradient_downhill(parameters, X, y):
    """Your residual is the measured value minus the guess, which turns the gradient round. It must point uphill: guess
    minus measured value."""
    return X.T @ (y - X @ parameters) / len(y)


@misconception(
    "loss_gradient",
    "divides by the number of parameters",
    lesson=GRADIENT,
    loses=("test_loss_gradient_of_three_samples", "test_loss_gradient_is_the_slope_of_the_loss"),
)
def loss_gradient_by_d(parameters, X, y):
    """You divide by the number of parameters. The mean is over the samples, and there are as many of them as `X` has
    rows."""
    return X.T @ (X @ parameters - y) / len(parameters)


@misconception(
    "loss_gradient",
    "keeps a row for each sample",
    lesson=GRADIENT,
    loses=("test_loss_gradient_of_three_samples", "test_loss_gradient_is_the_slope_of_the_loss"),
)
def loss_gradient_by_sample(parameters, X, y):
    """You return a table with the pull of each sample in a row. The gradient has one number for each parameter: add up
    over the samples."""
    return X * (X @ parameters - y)[:, None] / len(y)


@misconception(
    "loss_gradient",
    "takes its type from the parameters",
    lesson=GRADIENT,
    loses=("test_loss_gradient_keeps_fractions_of_whole_numbers",),
)
def loss_gradient_in_whole_numbers(parameters, X, y):
    """If the parameters are whole numbers, every fraction of your gradient is cut off, as in an array of the
    parameters' type. Make it one of floats."""
    gradient = np.zeros_like(parameters)
    residuals = X @ parameters - y
    for column in range(len(parameters)):
        gradient[column] = np.sum(residuals * X[:, column]) / len(y)
    return gradient


@misconception(
    "loss_gradient",
    "changes the caller's y",
    lesson=GRADIENT,
    loses=("test_loss_gradient_of_three_samples",),
)
def loss_gradient_using_up_y(parameters, X, y):
    """You put the residuals into the caller's own y, as `-=` does, and the next call finds them there. Give the
    residuals a new array."""
    y -= X @ parameters
    return -X.T @ y / len(y)


@misconception(
    "minibatches",
    "does not shuffle",
    lesson=SHUFFLING,
    loses=(
        "test_minibatches_are_shuffled_with_the_given_generator",
        "test_minibatches_can_put_any_samples_together",
    ),
)
def minibatches_in_order(n, batch_size, rng):
    """You cut the samples in the order in which they are stored, so the same ones always meet. Shuffle the indices
    first, with `rng`."""
    return [list(range(first, min(first + batch_size, n))) for first in range(0, n, batch_size)]


@misconception(
    "minibatches",
    "shuffles the batches, not the samples",
    lesson=SHUFFLING,
    loses=("test_minibatches_can_put_any_samples_together",),
)
def minibatches_as_shuffled_pieces(n, batch_size, rng):
    """You cut first and then shuffle the pieces. The same neighbours always share a batch, and the short one is not
    always last: shuffle the indices, then cut."""
    pieces = [list(range(first, min(first + batch_size, n))) for first in range(0, n, batch_size)]
    return [pieces[place] for place in rng.permutation(len(pieces))]


@misconception(
    "minibatches",
    "shuffles inside each batch",
    lesson=SHUFFLING,
    loses=("test_minibatches_can_put_any_samples_together",),
)
def minibatches_shuffled_inside(n, batch_size, rng):
    """You cut first and then shuffle inside each piece. A batch still holds the same samples every time, and their
    order inside does not matter: shuffle all the indices, then cut."""
    return [rng.permutation(np.arange(first, min(first + batch_size, n))) for first in range(0, n, batch_size)]


@misconception(
    "minibatches",
    "turns the order instead of shuffling",
    lesson=SHUFFLING,
    loses=("test_minibatches_can_put_any_samples_together",),
)
def minibatches_turned(n, batch_size, rng):
    """You begin at a random place and go round from there, so neighbours stay together. In a shuffled order any two
    samples may meet."""
    turned = np.roll(np.arange(n), -rng.integers(n))
    return [turned[first : first + batch_size] for first in range(0, n, batch_size)]


@misconception(
    "minibatches",
    "leaves the rest unshuffled",
    lesson=SHUFFLING,
    loses=("test_minibatches_can_put_any_samples_together",),
)
def minibatches_with_a_fixed_rest(n, batch_size, rng):
    """You shuffle only as many samples as fill whole batches, so the short last batch always holds the same ones.
    Shuffle all n, then cut."""
    full = n - n % batch_size
    shuffled = np.concatenate([rng.permutation(full), np.arange(full, n)])
    return [shuffled[first : first + batch_size] for first in range(0, n, batch_size)]


@misconception(
    "minibatches",
    "uses a generator of its own",
    lesson=SHUFFLING,
    loses=(
        "test_minibatches_are_shuffled_with_the_given_generator",
        "test_minibatches_can_put_any_samples_together",
    ),
)
def minibatches_with_a_fixed_seed(n, batch_size, rng):
    """You make a generator with a seed of your own, so every call gives the same batches. Draw from the `rng` that the
    caller hands over."""
    shuffled = np.random.default_rng(0).permutation(n)
    return [shuffled[first : first + batch_size] for first in range(0, n, batch_size)]


@misconception(
    "minibatches",
    "drops the rest",
    lesson=MINIBATCHES,
    loses=("test_minibatches_deal_out_five_samples", "test_minibatches_hold_every_index_once"),
)
def minibatches_without_the_rest(n, batch_size, rng):
    """You make full batches only, and the samples that do not fill one are lost. They make a last batch that is
    shorter."""
    shuffled = rng.permutation(n)
    return [shuffled[first : first + batch_size] for first in range(0, n - batch_size + 1, batch_size)]


@misconception(
    "minibatches",
    "fills up the last batch",
    lesson=MINIBATCHES,
    loses=("test_minibatches_deal_out_five_samples", "test_minibatches_hold_every_index_once"),
)
def minibatches_filled_up(n, batch_size, rng):
    """You fill the last batch up with samples that were used already, which then count twice. Leave it shorter."""
    shuffled = rng.permutation(n)
    return [np.take(shuffled, range(first, first + batch_size), mode="wrap") for first in range(0, n, batch_size)]


@misconception(
    "minibatches",
    "makes batches of nearly equal lengths",
    lesson=MINIBATCHES,
    loses=("test_minibatches_hold_every_index_once",),
)
def minibatches_spread_evenly(n, batch_size, rng):
    """You spread the samples evenly, as `np.array_split` does, so several batches are shorter than `batch_size`. Fill
    each batch, and leave the rest for the last."""
    return np.array_split(rng.permutation(n), -(-n // batch_size))


@misconception(
    "minibatches",
    "adds an empty batch",
    lesson=MINIBATCHES,
    loses=("test_minibatches_hold_every_index_once",),
)
def minibatches_and_an_empty_one(n, batch_size, rng):
    """Where `batch_size` divides n you return an empty batch at the end, and the mean of no samples is not a number.
    The last batch begins before n."""
    shuffled = rng.permutation(n)
    return [shuffled[first : first + batch_size] for first in range(0, n + 1, batch_size)]


@misconception(
    "minibatches",
    "counts from 1",
    lesson=MINIBATCHES,
    loses=("test_minibatches_deal_out_five_samples", "test_minibatches_hold_every_index_once"),
)
def minibatches_from_one(n, batch_size, rng):
    """Your indices run from 1 to n. Rows are counted from 0, so the first sample would never be used and the last index
    does not exist."""
    shuffled = rng.permutation(n) + 1
    return [shuffled[first : first + batch_size] for first in range(0, n, batch_size)]


@misconception(
    "minibatches",
    "draws every batch from all the samples",
    lesson=MINIBATCHES,
    loses=("test_minibatches_hold_every_index_once",),
)
def minibatches_drawn_anew(n, batch_size, rng):
    """You draw each batch from all the samples, so some come twice in an epoch and some not at all. Shuffle once, then
    deal out."""
    return [rng.choice(n, size=min(batch_size, n - first), replace=False) for first in range(0, n, batch_size)]


@misconception(
    "stochastic_descent",
    "divides the short batch by batch_size",
    lesson=EPOCH,
    loses=(
        "test_stochastic_descent_makes_an_update_for_each_batch",
        "test_stochastic_descent_uses_every_sample_once_in_an_epoch",
    ),
)
def stochastic_descent_by_batch_size(X, y, start, learning_rate, epochs, batch_size, rng):
    """You divide the sum over every batch by `batch_size`, so the short last batch counts too little. A mean is divided
    by the number of samples in it."""
    path = [np.array(start, dtype=float)]
    for _ in range(epochs):
        parameters, order = path[-1], rng.permutation(len(y))
        for first in range(0, len(y), batch_size):
            rows = order[first : first + batch_size]
            parameters = parameters - learning_rate * X[rows].T @ (X[rows] @ parameters - y[rows]) / batch_size
        path.append(parameters)
    return np.array(path)


@misconception(
    "stochastic_descent",
    "divides every batch by n",
    lesson=EPOCH,
    loses=(
        "test_stochastic_descent_takes_a_sample_at_a_time",
        "test_stochastic_descent_makes_an_update_for_each_batch",
    ),
)
def stochastic_descent_by_n(X, y, start, learning_rate, epochs, batch_size, rng):
    """You divide the sum over a batch by the number of all samples, so small batches make tiny steps. Divide by the
    number of samples in the batch."""
    path = [np.array(start, dtype=float)]
    for _ in range(epochs):
        parameters, order = path[-1], rng.permutation(len(y))
        for first in range(0, len(y), batch_size):
            rows = order[first : first + batch_size]
            parameters = parameters - learning_rate * X[rows].T @ (X[rows] @ parameters - y[rows]) / len(y)
        path.append(parameters)
    return np.array(path)


@misconception(
    "stochastic_descent",
    "adds up and does not divide",
    lesson=EPOCH,
    loses=(
        "test_stochastic_descent_with_one_full_batch_is_plain_descent",
        "test_stochastic_descent_makes_an_update_for_each_batch",
    ),
)
def stochastic_descent_by_sums(X, y, start, learning_rate, epochs, batch_size, rng):
    """You step by the sum over a batch, so large batches make huge steps. The gradient of a batch is a mean: divide by
    its length."""
    path = [np.array(start, dtype=float)]
    for _ in range(epochs):
        parameters, order = path[-1], rng.permutation(len(y))
        for first in range(0, len(y), batch_size):
            rows = order[first : first + batch_size]
            parameters = parameters - learning_rate * X[rows].T @ (X[rows] @ parameters - y[rows])
        path.append(parameters)
    return np.array(path)


@misconception(
    "stochastic_descent",
    "drops the short batch",
    lesson=EPOCH,
    loses=("test_stochastic_descent_makes_an_update_for_each_batch",),
)
def stochastic_descent_without_the_rest(X, y, start, learning_rate, epochs, batch_size, rng):
    """You leave out the samples that do not fill a batch. They make a last and shorter one, with an update of its
    own."""
    path = [np.array(start, dtype=float)]
    for _ in range(epochs):
        parameters, order = path[-1], rng.permutation(len(y))
        for first in range(0, len(y) - batch_size + 1, batch_size):
            rows = order[first : first + batch_size]
            parameters = parameters - learning_rate * X[rows].T @ (X[rows] @ parameters - y[rows]) / len(rows)
        path.append(parameters)
    return np.array(path)


@misconception(
    "stochastic_descent",
    "makes one update in an epoch",
    lesson=EPOCH,
    loses=(
        "test_stochastic_descent_takes_a_sample_at_a_time",
        "test_stochastic_descent_makes_an_update_for_each_batch",
    ),
)
def stochastic_descent_with_one_batch(X, y, start, learning_rate, epochs, batch_size, rng):
    """You take one batch in each epoch. An epoch goes through all the samples, batch after batch, with an update for
    each."""
    path = [np.array(start, dtype=float)]
    for _ in range(epochs):
        rows = rng.permutation(len(y))[:batch_size]
        path.append(path[-1] - learning_rate * X[rows].T @ (X[rows] @ path[-1] - y[rows]) / len(rows))
    return np.array(path)


@misconception(
    "stochastic_descent",
    "takes every gradient where the epoch began",
    lesson=EPOCH,
    loses=("test_stochastic_descent_makes_an_update_for_each_batch",),
)
def stochastic_descent_accumulated(X, y, start, learning_rate, epochs, batch_size, rng):
    """You take the gradients of all batches at the parameters with which the epoch began, and add up the steps. Each
    batch must see what the one before it has learned."""
    path = [np.array(start, dtype=float)]
    for _ in range(epochs):
        parameters, order = path[-1], rng.permutation(len(y))
        for first in range(0, len(y), batch_size):
            rows = order[first : first + batch_size]
            parameters = parameters - learning_rate * X[rows].T @ (X[rows] @ path[-1] - y[rows]) / len(rows)
        path.append(parameters)
    return np.array(path)


@misconception(
    "stochastic_descent",
    "forgets all batches but the last",
    lesson=EPOCH,
    loses=(
        "test_stochastic_descent_takes_a_sample_at_a_time",
        "test_stochastic_descent_makes_an_update_for_each_batch",
    ),
)
def stochastic_descent_not_carried_on(X, y, start, learning_rate, epochs, batch_size, rng):
    """Every batch of yours steps from where the epoch began, so only the last one counts. Carry the parameters on from
    batch to batch."""
    path = [np.array(start, dtype=float)]
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for first in range(0, len(y), batch_size):
            rows = order[first : first + batch_size]
            parameters = path[-1] - learning_rate * X[rows].T @ (X[rows] @ path[-1] - y[rows]) / len(rows)
        path.append(parameters)
    return np.array(path)


@misconception(
    "stochastic_descent",
    "records every update",
    lesson=PATH,
    loses=(
        "test_stochastic_descent_returns_the_start_and_a_row_for_each_epoch",
        "test_stochastic_descent_makes_an_update_for_each_batch",
    ),
)
def stochastic_descent_recording_updates(X, y, start, learning_rate, epochs, batch_size, rng):
    """Your path has a row for each batch. It holds the parameters after each epoch: append after the loop over the
    batches."""
    path = [np.array(start, dtype=float)]
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for first in range(0, len(y), batch_size):
            rows = order[first : first + batch_size]
            path.append(path[-1] - learning_rate * X[rows].T @ (X[rows] @ path[-1] - y[rows]) / len(rows))
    return np.array(path)


@misconception(
    "stochastic_descent",
    "shuffles only once",
    lesson=SHUFFLING,
    loses=("test_stochastic_descent_shuffles_anew_in_every_epoch",),
)
def stochastic_descent_shuffled_once(X, y, start, learning_rate, epochs, batch_size, rng):
    """You shuffle before the first epoch and then use the same batches again and again. Shuffle anew in every
    epoch."""
    path = [np.array(start, dtype=float)]
    order = rng.permutation(len(y))
    for _ in range(epochs):
        parameters = path[-1]
        for first in range(0, len(y), batch_size):
            rows = order[first : first + batch_size]
            parameters = parameters - learning_rate * X[rows].T @ (X[rows] @ parameters - y[rows]) / len(rows)
        path.append(parameters)
    return np.array(path)


@misconception(
    "stochastic_descent",
    "does not shuffle",
    lesson=SHUFFLING,
    loses=(
        "test_stochastic_descent_shuffles_anew_in_every_epoch",
        "test_stochastic_descent_repeats_itself_with_the_same_seed",
    ),
)
def stochastic_descent_in_order(X, y, start, learning_rate, epochs, batch_size, rng):
    """You go through the samples in the order in which they are stored and never ask `rng`. Shuffle them in every
    epoch."""
    path = [np.array(start, dtype=float)]
    for _ in range(epochs):
        parameters = path[-1]
        for first in range(0, len(y), batch_size):
            rows = slice(first, first + batch_size)
            residuals = X[rows] @ parameters - y[rows]
            parameters = parameters - learning_rate * X[rows].T @ residuals / len(residuals)
        path.append(parameters)
    return np.array(path)


@misconception(
    "stochastic_descent",
    "draws every batch from all the samples",
    lesson=SHUFFLING,
    loses=("test_stochastic_descent_uses_every_sample_once_in_an_epoch",),
)
def stochastic_descent_drawn_anew(X, y, start, learning_rate, epochs, batch_size, rng):
    """You draw each batch from all the samples, so in an epoch some come twice and some not at all. Shuffle once in an
    epoch and deal out all of them."""
    path = [np.array(start, dtype=float)]
    for _ in range(epochs):
        parameters = path[-1]
        for first in range(0, len(y), batch_size):
            rows = rng.choice(len(y), size=min(batch_size, len(y) - first), replace=False)
            parameters = parameters - learning_rate * X[rows].T @ (X[rows] @ parameters - y[rows]) / len(rows)
        path.append(parameters)
    return np.array(path)


@misconception(
    "stochastic_descent",
    "uses a generator of its own",
    lesson=SHUFFLING,
    loses=("test_stochastic_descent_repeats_itself_with_the_same_seed",),
)
def stochastic_descent_with_a_fixed_seed(X, y, start, learning_rate, epochs, batch_size, rng):
    """You make a generator with a seed of your own, so every call gives the same path. Draw from the `rng` that the
    caller hands over."""
    path = [np.array(start, dtype=float)]
    rng = np.random.default_rng(0)
    for _ in range(epochs):
        parameters, order = path[-1], rng.permutation(len(y))
        for first in range(0, len(y), batch_size):
            rows = order[first : first + batch_size]
            parameters = parameters - learning_rate * X[rows].T @ (X[rows] @ parameters - y[rows]) / len(rows)
        path.append(parameters)
    return np.array(path)


@misconception(
    "stochastic_descent",
    "shuffles the caller's samples",
    lesson=SHUFFLING,
    loses=("test_stochastic_descent_takes_a_sample_at_a_time",),
)
def stochastic_descent_reordering_samples(X, y, start, learning_rate, epochs, batch_size, rng):
    """You put the caller's own X and y into another order, and the next call finds them that way. Shuffle indices, and
    take the rows that they name."""
    path = [np.array(start, dtype=float)]
    for _ in range(epochs):
        parameters, order = path[-1], rng.permutation(len(y))
        X[:], y[:] = X[order], y[order]
        for first in range(0, len(y), batch_size):
            rows = slice(first, first + batch_size)
            residuals = X[rows] @ parameters - y[rows]
            parameters = parameters - learning_rate * X[rows].T @ residuals / len(residuals)
        path.append(parameters)
    return np.array(path)


@misconception(
    "stochastic_descent",
    "mixes up samples and measured values",
    lesson=SHUFFLING,
    loses=("test_stochastic_descent_uses_every_sample_once_in_an_epoch",),
)
def stochastic_descent_with_two_orders(X, y, start, learning_rate, epochs, batch_size, rng):
    """You shuffle X and y each in an order of its own, so a row meets another row's measured value. Shuffle indices
    once and use the same ones for both."""
    path = [np.array(start, dtype=float)]
    for _ in range(epochs):
        parameters, samples, measured = path[-1], rng.permutation(X), rng.permutation(y)
        for first in range(0, len(y), batch_size):
            rows = slice(first, first + batch_size)
            residuals = samples[rows] @ parameters - measured[rows]
            parameters = parameters - learning_rate * samples[rows].T @ residuals / len(residuals)
        path.append(parameters)
    return np.array(path)


@misconception(
    "stochastic_descent",
    "climbs",
    lesson=EPOCH,
    loses=(
        "test_stochastic_descent_takes_a_sample_at_a_time",
        "test_stochastic_descent_with_one_full_batch_is_plain_descent",
    ),
)
def stochastic_descent_that_climbs(X, y, start, learning_rate, epochs, batch_size, rng):
    """Your loss grows from epoch to epoch. The gradient points to where it grows most: step the other way."""
    path = [np.array(start, dtype=float)]
    for _ in range(epochs):
        parameters, order = path[-1], rng.permutation(len(y))
        for first in range(0, len(y), batch_size):
            rows = order[first : first + batch_size]
            parameters = parameters + learning_rate * X[rows].T @ (X[rows] @ parameters - y[rows]) / len(rows)
        path.append(parameters)
    return np.array(path)


@misconception(
    "stochastic_descent",
    "moves the caller's start",
    lesson=PATH,
    loses=("test_stochastic_descent_with_one_full_batch_is_plain_descent",),
)
def stochastic_descent_moving_the_start(X, y, start, learning_rate, epochs, batch_size, rng):
    """You move the start itself, the caller's own array, as `-=` does. Begin with a copy."""
    parameters = np.asarray(start)
    path = [parameters.astype(float)]
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for first in range(0, len(y), batch_size):
            rows = order[first : first + batch_size]
            parameters -= learning_rate * X[rows].T @ (X[rows] @ parameters - y[rows]) / len(rows)
        path.append(parameters.astype(float))
    return np.array(path)


@misconception(
    "stochastic_descent",
    "rounds to whole numbers",
    lesson=PATH,
    loses=("test_stochastic_descent_keeps_fractions_from_whole_numbers",),
)
def stochastic_descent_in_whole_numbers(X, y, start, learning_rate, epochs, batch_size, rng):
    """If you start at whole numbers, your path holds only whole numbers, as happens in a table that takes its type from
    the start. Give it the type float."""
    path = np.tile(np.array(start), (epochs + 1, 1))
    for epoch in range(epochs):
        parameters, order = path[epoch], rng.permutation(len(y))
        for first in range(0, len(y), batch_size):
            rows = order[first : first + batch_size]
            parameters = parameters - learning_rate * X[rows].T @ (X[rows] @ parameters - y[rows]) / len(rows)
        path[epoch + 1] = parameters
    return path


@misconception(
    "stochastic_descent",
    "forgets the start in the path",
    lesson=PATH,
    loses=(
        "test_stochastic_descent_returns_the_start_and_a_row_for_each_epoch",
        "test_stochastic_descent_with_no_epochs_returns_the_start_alone",
    ),
)
def stochastic_descent_without_start(X, y, start, learning_rate, epochs, batch_size, rng):
    """Your path begins after the first epoch. The start is its first row: put it in before the loop."""
    path, parameters = [], np.array(start, dtype=float)
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for first in range(0, len(y), batch_size):
            rows = order[first : first + batch_size]
            parameters = parameters - learning_rate * X[rows].T @ (X[rows] @ parameters - y[rows]) / len(rows)
        path.append(parameters)
    return np.array(path)
