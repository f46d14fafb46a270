"""What goes wrong in exercise 6, a sigmoid neuron."""

import numpy as np

from grader.misconceptions import misconception

NEURON = "lessons/sigmoid_neuron/#the-neuron"
OVERFLOW = "lessons/sigmoid_neuron/#overflow"
LOSS = "lessons/sigmoid_neuron/#the-loss"
CHAIN = "lessons/sigmoid_neuron/#the-chain-rule"
LEARNING = "lessons/sigmoid_neuron/#both-weights-together"


@misconception(
    "sigmoid",
    "lets exp overflow",
    lesson=OVERFLOW,
    loses=("test_sigmoid_gives_no_overflow_warning",),
)
def sigmoid_overflowing(x, w, b):
    """Your answers are right, but on the way there exp gets a large number and overflows. `np.where` does not help, for
    it chooses after both sides were computed. Hand exp small numbers only, or use a function that never overflows."""
    return 1 / (1 + np.exp(-(w * np.asarray(x, dtype=float) + b)))


@misconception(
    "sigmoid",
    "forgets the minus sign",
    lesson=NEURON,
    loses=(
        "test_sigmoid_is_one_half_where_the_weighted_input_is_zero",
        "test_sigmoid_weighs_the_input_and_adds_the_bias",
    ),
)
def sigmoid_falling(x, w, b):
    """Your curve falls where it should rise: the exponent lacks its minus sign. A large weighted input makes exp(-z)
    small, and the answer nearly 1."""
    return 0.5 - 0.5 * np.tanh(0.5 * (w * np.asarray(x, dtype=float) + b))


@misconception(
    "sigmoid",
    "subtracts the bias",
    lesson=NEURON,
    loses=("test_sigmoid_weighs_the_input_and_adds_the_bias",),
)
def sigmoid_without_brackets(x, w, b):
    """You subtract the bias. In the exponent the minus belongs to the whole sum w x + b, so put brackets around it."""
    return 0.5 + 0.5 * np.tanh(0.5 * (w * np.asarray(x, dtype=float) - b))


@misconception(
    "sigmoid",
    "forgets the bias",
    lesson=NEURON,
    loses=("test_sigmoid_weighs_the_input_and_adds_the_bias",),
)
def sigmoid_unbiased(x, w, b):
    """You do not use the bias, so all your curves cross 1/2 at x = 0. The bias shifts them: add it to w x."""
    return 0.5 + 0.5 * np.tanh(0.5 * (w * np.asarray(x, dtype=float)))


@misconception(
    "sigmoid",
    "weighs the bias",
    lesson=NEURON,
    loses=("test_sigmoid_weighs_the_input_and_adds_the_bias",),
)
def sigmoid_of_weighted_bias(x, w, b):
    """You add the bias first and weigh the sum. The weight belongs to the input alone: weigh, then add."""
    return 0.5 + 0.5 * np.tanh(0.5 * (w * (np.asarray(x, dtype=float) + b)))


@misconception(
    "sigmoid",
    "limits the exponent too early",
    lesson=OVERFLOW,
    loses=("test_sigmoid_is_0_far_left_and_1_far_right",),
)
def sigmoid_clipped(x, w, b):
    """You limit the exponent, which is a good idea, but at a place where the curve can still be told from 0 and 1. exp
    overflows only above 700, so there is room for a limit much farther out."""
    return 1 / (1 + np.exp(-np.clip(w * np.asarray(x, dtype=float) + b, -20, 20)))


@misconception(
    "sigmoid",
    "goes from -1 to 1",
    lesson=NEURON,
    loses=("test_sigmoid_is_one_half_where_the_weighted_input_is_zero",),
)
def sigmoid_tanh(x, w, b):
    """Your curve goes from -1 to 1, as tanh does. It is a sigmoid too, but this neuron's answers lie between 0 and 1,
    and the curve is half as steep: move it, and stretch it."""
    return np.tanh(w * np.asarray(x, dtype=float) + b)


@misconception(
    "sigmoid",
    "rounds to whole numbers",
    lesson=NEURON,
    loses=("test_sigmoid_works_elementwise",),
)
def sigmoid_in_whole_numbers(x, w, b):
    """For whole numbers your answers are cut to whole numbers and become 0, as in an array that takes its type from x.
    Make it one of floats."""
    answers = np.zeros_like(x)
    answers[...] = 0.5 + 0.5 * np.tanh(0.5 * (w * np.asarray(x, dtype=float) + b))
    return answers


@misconception(
    "sigmoid",
    "changes the caller's array",
    lesson=NEURON,
    loses=("test_sigmoid_works_elementwise",),
)
def sigmoid_in_place(x, w, b):
    """You change the array that the caller handed in, as `*=` and `+=` do, and the next call begins with other inputs.
    Compute w x + b in an array of your own."""
    x *= w
    x += b
    return 0.5 + 0.5 * np.tanh(0.5 * x)


@misconception(
    "loss",
    "forgets the half",
    lesson=LOSS,
    loses=("test_loss_of_the_two_points", "test_loss_is_half_the_sum_of_squares"),
)
def loss_without_half(w, b, X, Y):
    """Your loss is twice what it should be: the factor ½ is missing. It is there so that no 2 is left after
    differentiating."""
    f = 0.5 + 0.5 * np.tanh(0.5 * (w * X + b))
    return float(np.sum((f - Y) ** 2))


@misconception(
    "loss",
    "takes half the mean",
    lesson=LOSS,
    loses=("test_loss_of_the_two_points", "test_loss_is_half_the_sum_of_squares"),
)
def loss_half_mean(w, b, X, Y):
    """You divide by the number of points. This loss is half a *sum*: every point adds its share, however many there
    are."""
    f = 0.5 + 0.5 * np.tanh(0.5 * (w * X + b))
    return 0.5 * float(np.mean((f - Y) ** 2))


@misconception(
    "loss",
    "takes the mean",
    lesson=LOSS,
    loses=("test_loss_is_half_the_sum_of_squares",),
)
def loss_mean(w, b, X, Y):
    """Your loss is the mean of the squares, which is half their sum for two points and for no other number. Add them up
    and take half."""
    f = 0.5 + 0.5 * np.tanh(0.5 * (w * X + b))
    return float(np.mean((f - Y) ** 2))


@misconception(
    "loss",
    "squares the sum",
    lesson=LOSS,
    loses=("test_loss_of_the_two_points", "test_loss_is_half_the_sum_of_squares"),
)
def loss_square_of_sum(w, b, X, Y):
    """You add up the errors first and square the sum, so errors of opposite sign cancel. Square each error, then add."""
    f = 0.5 + 0.5 * np.tanh(0.5 * (w * X + b))
    return 0.5 * float(np.sum(f - Y)) ** 2


@misconception(
    "loss",
    "does not square",
    lesson=LOSS,
    loses=("test_loss_of_the_two_points", "test_loss_is_half_the_sum_of_squares"),
)
def loss_of_magnitudes(w, b, X, Y):
    """You add up the magnitudes of the errors. Square them instead: then large errors count more, and the loss has a
    derivative everywhere."""
    f = 0.5 + 0.5 * np.tanh(0.5 * (w * X + b))
    return 0.5 * float(np.sum(np.abs(f - Y)))


@misconception(
    "loss",
    "forgets the sigmoid",
    lesson=LOSS,
    loses=("test_loss_of_the_two_points", "test_loss_is_half_the_sum_of_squares"),
)
def loss_of_a_line(w, b, X, Y):
    """You compare w x + b with the answers wanted. The neuron's answer is the sigmoid of that: squeeze it first."""
    return 0.5 * float(np.sum((w * X + b - Y) ** 2))


@misconception(
    "loss",
    "does not add up",
    lesson=LOSS,
    loses=("test_loss_of_the_two_points", "test_loss_is_half_the_sum_of_squares"),
)
def loss_of_each(w, b, X, Y):
    """You return the share of each point, an array. The loss is one number, the height of the landscape at (w, b): add
    the shares up."""
    f = 0.5 + 0.5 * np.tanh(0.5 * (w * X + b))
    return 0.5 * (f - Y) ** 2


@misconception(
    "grad_w",
    "forgets the input",
    lesson=CHAIN,
    loses=("test_grad_w_of_the_two_points", "test_grad_w_is_the_slope_of_the_loss_along_w"),
)
def grad_w_without_input(w, b, X, Y):
    """You have the derivative by b. The weight is multiplied by the input, so the chain rule has one more factor here,
    each point's X."""
    f = 0.5 + 0.5 * np.tanh(0.5 * (w * X + b))
    return float(np.sum((f - Y) * f * (1 - f)))


@misconception(
    "grad_w",
    "forgets the slope of the sigmoid",
    lesson=CHAIN,
    loses=("test_grad_w_of_the_two_points", "test_grad_w_is_the_slope_of_the_loss_along_w"),
)
def grad_w_of_a_line(w, b, X, Y):
    """You multiply error and input, as for a straight line. Between them lies the sigmoid, and its slope f (1 - f) is a
    factor too."""
    f = 0.5 + 0.5 * np.tanh(0.5 * (w * X + b))
    return float(np.sum((f - Y) * X))


@misconception(
    "grad_w",
    "flips the sign",
    lesson=CHAIN,
    loses=("test_grad_w_of_the_two_points", "test_grad_w_is_the_slope_of_the_loss_along_w"),
)
def grad_w_flipped(w, b, X, Y):
    """Your derivative has the wrong sign: the error is the neuron's answer minus the answer wanted, in this order. The
    other way round, descent climbs."""
    f = 0.5 + 0.5 * np.tanh(0.5 * (w * X + b))
    return float(np.sum((Y - f) * f * (1 - f) * X))


@misconception(
    "grad_w",
    "keeps the factor 2",
    lesson=CHAIN,
    loses=("test_grad_w_of_the_two_points", "test_grad_w_is_the_slope_of_the_loss_along_w"),
)
def grad_w_doubled(w, b, X, Y):
    """Yours is twice the derivative. The square brings a factor 2, and the ½ in front of the loss cancels it."""
    f = 0.5 + 0.5 * np.tanh(0.5 * (w * X + b))
    return float(np.sum(2 * (f - Y) * f * (1 - f) * X))


@misconception(
    "grad_w",
    "takes the mean",
    lesson=CHAIN,
    loses=("test_grad_w_of_the_two_points", "test_grad_w_is_the_slope_of_the_loss_along_w"),
)
def grad_w_mean(w, b, X, Y):
    """You divide by the number of points. The loss is a sum, and so is its derivative: add up the shares."""
    f = 0.5 + 0.5 * np.tanh(0.5 * (w * X + b))
    return float(np.mean((f - Y) * f * (1 - f) * X))


@misconception(
    "grad_w",
    "takes the answer for its slope",
    lesson=CHAIN,
    loses=("test_grad_w_of_the_two_points", "test_grad_w_is_the_slope_of_the_loss_along_w"),
)
def grad_w_with_answer_for_slope(w, b, X, Y):
    """You multiply by the answer f where its slope belongs. The slope of the sigmoid is f (1 - f), level at both
    ends."""
    f = 0.5 + 0.5 * np.tanh(0.5 * (w * X + b))
    return float(np.sum((f - Y) * f * X))


@misconception(
    "grad_w",
    "divides infinity by infinity",
    lesson=OVERFLOW,
    loses=("test_grad_w_of_whole_numbers_and_of_a_saturated_neuron",),
)
def grad_w_undefined(w, b, X, Y):
    """Your formula is right on paper, but for a huge weight the result is nan, as infinity divided by infinity is. Make
    the slope of the answer itself, f (1 - f): that is 0 at both ends."""
    decay = np.exp(-(w * X + b))
    return float(np.sum((1 / (1 + decay) - Y) * decay / (1 + decay) ** 2 * X))


@misconception(
    "grad_b",
    "multiplies by the input",
    lesson=CHAIN,
    loses=("test_grad_b_of_the_two_points", "test_grad_b_is_the_slope_of_the_loss_along_b"),
)
def grad_b_with_input(w, b, X, Y):
    """You have the derivative by w. The bias is added, not multiplied by the input, so X is not a factor here."""
    f = 0.5 + 0.5 * np.tanh(0.5 * (w * X + b))
    return float(np.sum((f - Y) * f * (1 - f) * X))


@misconception(
    "grad_b",
    "forgets the slope of the sigmoid",
    lesson=CHAIN,
    loses=("test_grad_b_of_the_two_points", "test_grad_b_is_the_slope_of_the_loss_along_b"),
)
def grad_b_of_a_line(w, b, X, Y):
    """You add up the errors, as for a straight line. Between bias and error lies the sigmoid, and its slope f (1 - f)
    is a factor too."""
    f = 0.5 + 0.5 * np.tanh(0.5 * (w * X + b))
    return float(np.sum(f - Y))


@misconception(
    "grad_b",
    "flips the sign",
    lesson=CHAIN,
    loses=("test_grad_b_of_the_two_points", "test_grad_b_is_the_slope_of_the_loss_along_b"),
)
def grad_b_flipped(w, b, X, Y):
    """Your derivative has the wrong sign: the error is the neuron's answer minus the answer wanted, in this order."""
    f = 0.5 + 0.5 * np.tanh(0.5 * (w * X + b))
    return float(np.sum((Y - f) * f * (1 - f)))


@misconception(
    "grad_b",
    "keeps the factor 2",
    lesson=CHAIN,
    loses=("test_grad_b_of_the_two_points", "test_grad_b_is_the_slope_of_the_loss_along_b"),
)
def grad_b_doubled(w, b, X, Y):
    """Yours is twice the derivative. The square brings a factor 2, and the ½ in front of the loss cancels it."""
    f = 0.5 + 0.5 * np.tanh(0.5 * (w * X + b))
    return float(np.sum(2 * (f - Y) * f * (1 - f)))


@misconception(
    "grad_b",
    "takes the mean",
    lesson=CHAIN,
    loses=("test_grad_b_of_the_two_points", "test_grad_b_is_the_slope_of_the_loss_along_b"),
)
def grad_b_mean(w, b, X, Y):
    """You divide by the number of points. The loss is a sum, and so is its derivative: add up the shares."""
    f = 0.5 + 0.5 * np.tanh(0.5 * (w * X + b))
    return float(np.mean((f - Y) * f * (1 - f)))


@misconception(
    "grad_b",
    "divides infinity by infinity",
    lesson=OVERFLOW,
    loses=("test_grad_b_of_whole_numbers_and_of_a_saturated_neuron",),
)
def grad_b_undefined(w, b, X, Y):
    """Your formula is right on paper, but for a huge weight the result is nan, as infinity divided by infinity is. Make
    the slope of the answer itself, f (1 - f): that is 0 at both ends."""
    decay = np.exp(-(w * X + b))
    return float(np.sum((1 / (1 + decay) - Y) * decay / (1 + decay) ** 2))


@misconception(
    "fit",
    "moves the weight before it asks for the bias",
    lesson=LEARNING,
    loses=("test_fit_makes_one_update", "test_fit_moves_both_weights_together"),
)
def fit_one_after_the_other(X, Y, w, b, learning_rate=1.0, epochs=1000):
    """You move w and then differentiate by b at the new w, a point that is not on the path. Take both derivatives at
    the old (w, b), then move both."""
    path = [(w, b)]
    for _ in range(epochs):
        f = 0.5 + 0.5 * np.tanh(0.5 * (w * X + b))
        w = w - learning_rate * np.sum((f - Y) * f * (1 - f) * X)
        f = 0.5 + 0.5 * np.tanh(0.5 * (w * X + b))
        b = b - learning_rate * np.sum((f - Y) * f * (1 - f))
        path.append((w, b))
    return np.array(path, dtype=float)


@misconception(
    "fit",
    "climbs",
    lesson=LEARNING,
    loses=("test_fit_makes_one_update", "test_fit_moves_both_weights_together"),
)
def fit_that_climbs(X, Y, w, b, learning_rate=1.0, epochs=1000):
    """Your path leads uphill, and the loss grows. The derivatives point to where it rises: step the other way."""
    path = np.empty((epochs + 1, 2))
    path[0] = w, b
    for k in range(epochs):
        f = 0.5 + 0.5 * np.tanh(0.5 * (path[k, 0] * X + path[k, 1]))
        pull = (f - Y) * f * (1 - f)
        path[k + 1] = path[k] + learning_rate * np.array([np.sum(pull * X), np.sum(pull)])
    return path


@misconception(
    "fit",
    "ignores the learning rate",
    lesson=LEARNING,
    loses=("test_fit_makes_one_update", "test_fit_moves_both_weights_together"),
)
def fit_at_rate_1(X, Y, w, b, learning_rate=1.0, epochs=1000):
    """Your steps are always as long as with a learning rate of 1. Multiply both derivatives by the rate that you are
    given."""
    path = np.empty((epochs + 1, 2))
    path[0] = w, b
    for k in range(epochs):
        f = 0.5 + 0.5 * np.tanh(0.5 * (path[k, 0] * X + path[k, 1]))
        pull = (f - Y) * f * (1 - f)
        path[k + 1] = path[k] - np.array([np.sum(pull * X), np.sum(pull)])
    return path


@misconception(
    "fit",
    "never moves the bias",
    lesson=LEARNING,
    loses=("test_fit_makes_one_update", "test_fit_moves_both_weights_together"),
)
def fit_weight_only(X, Y, w, b, learning_rate=1.0, epochs=1000):
    """Your bias stays where it began. It has a step of its own in each update; look for a line that computes it and
    assigns it to nothing."""
    path = np.empty((epochs + 1, 2))
    path[0] = w, b
    for k in range(epochs):
        f = 0.5 + 0.5 * np.tanh(0.5 * (path[k, 0] * X + path[k, 1]))
        path[k + 1] = path[k, 0] - learning_rate * np.sum((f - Y) * f * (1 - f) * X), b
    return path


@misconception(
    "fit",
    "piles up the derivatives",
    lesson=LEARNING,
    loses=("test_fit_moves_both_weights_together",),
)
def fit_piling_up(X, Y, w, b, learning_rate=1.0, epochs=1000):
    """You add each derivative to those of the updates before, so the steps grow and the neuron rolls past its goal.
    Begin the sums anew in each update."""
    path, total = np.empty((epochs + 1, 2)), np.zeros(2)
    path[0] = w, b
    for k in range(epochs):
        f = 0.5 + 0.5 * np.tanh(0.5 * (path[k, 0] * X + path[k, 1]))
        pull = (f - Y) * f * (1 - f)
        total = total + np.array([np.sum(pull * X), np.sum(pull)])
        path[k + 1] = path[k] - learning_rate * total
    return path


@misconception(
    "fit",
    "learns from one point at a time",
    lesson=LEARNING,
    loses=("test_fit_makes_one_update", "test_fit_moves_both_weights_together"),
)
def fit_point_by_point(X, Y, w, b, learning_rate=1.0, epochs=1000):
    """You move after each single point, which is stochastic descent. Here one update uses the sum over all points, all
    taken at the same (w, b)."""
    path = [(w, b)]
    for _ in range(epochs):
        for x, y in zip(X, Y, strict=True):
            f = 0.5 + 0.5 * np.tanh(0.5 * (w * x + b))
            pull = (f - y) * f * (1 - f)
            w, b = w - learning_rate * pull * x, b - learning_rate * pull
        path.append((w, b))
    return np.array(path, dtype=float)


@misconception(
    "fit",
    "takes the mean of the derivatives",
    lesson=LEARNING,
    loses=("test_fit_makes_one_update", "test_fit_moves_both_weights_together"),
)
def fit_by_the_mean(X, Y, w, b, learning_rate=1.0, epochs=1000):
    """You divide the derivatives by the number of points, so your steps are too short. The loss is a sum, and so are
    its derivatives."""
    path = np.empty((epochs + 1, 2))
    path[0] = w, b
    for k in range(epochs):
        f = 0.5 + 0.5 * np.tanh(0.5 * (path[k, 0] * X + path[k, 1]))
        pull = (f - Y) * f * (1 - f)
        path[k + 1] = path[k] - learning_rate * np.array([np.mean(pull * X), np.mean(pull)])
    return path


@misconception(
    "fit",
    "forgets the slope of the sigmoid",
    lesson=CHAIN,
    loses=("test_fit_makes_one_update", "test_fit_moves_both_weights_together"),
)
def fit_as_a_line(X, Y, w, b, learning_rate=1.0, epochs=1000):
    """Your steps use the error alone, as for a straight line. The slope of the sigmoid, f (1 - f), is a factor of both
    derivatives."""
    path = np.empty((epochs + 1, 2))
    path[0] = w, b
    for k in range(epochs):
        errors = 0.5 + 0.5 * np.tanh(0.5 * (path[k, 0] * X + path[k, 1])) - Y
        path[k + 1] = path[k] - learning_rate * np.array([np.sum(errors * X), np.sum(errors)])
    return path


@misconception(
    "fit",
    "puts the bias first",
    lesson=LEARNING,
    loses=("test_fit_returns_the_start_and_a_row_for_each_update", "test_fit_with_no_epochs_returns_the_start_alone"),
)
def fit_bias_first(X, Y, w, b, learning_rate=1.0, epochs=1000):
    """Your numbers are right, but in the wrong order. A row of the path is (w, b): the weight first."""
    path = [(b, w)]
    for _ in range(epochs):
        f = 0.5 + 0.5 * np.tanh(0.5 * (w * X + b))
        pull = (f - Y) * f * (1 - f)
        w, b = w - learning_rate * np.sum(pull * X), b - learning_rate * np.sum(pull)
        path.append((b, w))
    return np.array(path, dtype=float)


@misconception(
    "fit",
    "returns only the end",
    lesson=LEARNING,
    loses=("test_fit_returns_the_start_and_a_row_for_each_update", "test_fit_with_no_epochs_returns_the_start_alone"),
)
def fit_end_only(X, Y, w, b, learning_rate=1.0, epochs=1000):
    """You return the last weight and bias alone. What is asked for is the whole path, a row for the start and one after
    each update."""
    for _ in range(epochs):
        f = 0.5 + 0.5 * np.tanh(0.5 * (w * X + b))
        pull = (f - Y) * f * (1 - f)
        w, b = w - learning_rate * np.sum(pull * X), b - learning_rate * np.sum(pull)
    return np.array([w, b], dtype=float)


@misconception(
    "fit",
    "forgets the start in the path",
    lesson=LEARNING,
    loses=("test_fit_returns_the_start_and_a_row_for_each_update", "test_fit_with_no_epochs_returns_the_start_alone"),
)
def fit_without_start(X, Y, w, b, learning_rate=1.0, epochs=1000):
    """Your path begins after the first update. The start is its first row: put it in before the loop."""
    path = []
    for _ in range(epochs):
        f = 0.5 + 0.5 * np.tanh(0.5 * (w * X + b))
        pull = (f - Y) * f * (1 - f)
        w, b = w - learning_rate * np.sum(pull * X), b - learning_rate * np.sum(pull)
        path.append((w, b))
    return np.array(path, dtype=float)


@misconception(
    "fit",
    "makes one update too few",
    lesson=LEARNING,
    loses=("test_fit_returns_the_start_and_a_row_for_each_update",),
)
def fit_one_too_few(X, Y, w, b, learning_rate=1.0, epochs=1000):
    """Your path has `epochs` rows, so the last update is missing. The start is not an update: count `epochs` steps
    after it."""
    path = [(w, b)]
    for _ in range(1, epochs):
        f = 0.5 + 0.5 * np.tanh(0.5 * (w * X + b))
        pull = (f - Y) * f * (1 - f)
        w, b = w - learning_rate * np.sum(pull * X), b - learning_rate * np.sum(pull)
        path.append((w, b))
    return np.array(path, dtype=float)


@misconception(
    "fit",
    "rounds to whole numbers",
    lesson=LEARNING,
    loses=("test_fit_takes_whole_numbers_and_begins_afresh",),
)
def fit_in_whole_numbers(X, Y, w, b, learning_rate=1.0, epochs=1000):
    """If you start at whole numbers, your path holds only whole numbers and each update is cut off, as happens in a
    table that takes its type from the start. Give it the type float."""
    path = np.tile(np.array([w, b]), (epochs + 1, 1))
    for k in range(epochs):
        f = 0.5 + 0.5 * np.tanh(0.5 * (path[k, 0] * X + path[k, 1]))
        pull = (f - Y) * f * (1 - f)
        path[k + 1] = path[k] - learning_rate * np.array([np.sum(pull * X), np.sum(pull)])
    return path


@misconception(
    "fit",
    "has other defaults",
    lesson=LEARNING,
    loses=("test_fit_makes_1000_updates_at_rate_1_unless_told_otherwise",),
)
def fit_with_other_defaults(X, Y, w, b, learning_rate=0.1, epochs=1000):
    """Unless told otherwise you learn at a rate other than 1. Defaults are part of what was agreed: others call your
    function without naming the rate."""
    path = np.empty((epochs + 1, 2))
    path[0] = w, b
    for k in range(epochs):
        f = 0.5 + 0.5 * np.tanh(0.5 * (path[k, 0] * X + path[k, 1]))
        pull = (f - Y) * f * (1 - f)
        path[k + 1] = path[k] - learning_rate * np.array([np.sum(pull * X), np.sum(pull)])
    return path


@misconception(
    "sigmoid",
    "divides before it adds",
    lesson=NEURON,
    loses=(
        "test_sigmoid_is_one_half_where_the_weighted_input_is_zero",
        "test_sigmoid_weighs_the_input_and_adds_the_bias",
    ),
)
def sigmoid_without_denominator(x, w, b):
    """You return 1 + exp(-z), as `1 / 1 + np.exp(-z)` does: Python divides before it adds. Put brackets around the
    whole denominator, 1 / (1 + exp(-z))."""
    return 1 + np.exp(-(w * np.asarray(x, dtype=float) + b))


@misconception(
    "fit",
    "makes 100 updates by default",
    lesson=LEARNING,
    loses=("test_fit_makes_1000_updates_at_rate_1_unless_told_otherwise",),
)
def fit_of_100_epochs(X, Y, w, b, learning_rate=1.0, epochs=100):
    """Unless told otherwise you make 100 updates; the agreed number is 1000. Others call your function without naming
    the number."""
    path = np.empty((epochs + 1, 2))
    path[0] = w, b
    for k in range(epochs):
        f = 0.5 + 0.5 * np.tanh(0.5 * (path[k, 0] * X + path[k, 1]))
        pull = (f - Y) * f * (1 - f)
        path[k + 1] = path[k] - learning_rate * np.array([np.sum(pull * X), np.sum(pull)])
    return path
