"""Hidden checks of exercise 6, a sigmoid neuron: its contract, one sentence each.

What is expected comes from the definition alone: 1 / (1 + exp(-z)) where exp cannot overflow, exactly 0 or 1 far out,
and partial derivatives by a complex step, `error(w + ih).imag / h`. That takes no difference, so with h = 1e-20 there is
no cancellation, its truncation of 1e-40 is nothing, and it is right to a few roundings, like every right formula.
"""

import cmath
import math

import numpy as np
import pytest

from grader.expect import ATOL, expect, repeated

pytestmark = pytest.mark.batched  # the answers to calls are handed to `expect`, and to nothing else

TINY = 1e-20
SIGNS = ((1, -1), (-1, 1), (-1, -1))


def neuron(z):
    """Return the sigmoid of a number above -700, where exp is finite."""
    return 1 / (1 + math.exp(-z))


def error(w, b, X, Y):
    """Return half the sum of squared errors, a complex number, for complex weights too."""
    if len(X) > 20:  # so many points that NumPy is faster
        return complex(np.sum((1 / (1 + np.exp(-(w * X + b))) - Y) ** 2) / 2)
    return sum((answer(w * x + b) - y) ** 2 for x, y in zip(X.tolist(), Y.tolist(), strict=True)) / 2


def answer(z):
    """Return the sigmoid of a complex number; far out it is level, and exactly 0 or 1."""
    return 1 / (1 + cmath.exp(-z)) if abs(z.real) < 700 else float(z.real > 0)


def partials(w, b, X, Y):
    """Return the partial derivatives of the error by w and by b."""
    return error(w + TINY * 1j, b, X, Y).imag / TINY, error(w, b + TINY * 1j, X, Y).imag / TINY


def walk(X, Y, w, b, rate, epochs):
    """Return the path of `epochs` updates."""
    rows = [(w, b)]
    for _ in range(epochs):
        by_w, by_b = partials(*rows[-1], X, Y)
        rows.append((rows[-1][0] - rate * by_w, rows[-1][1] - rate * by_b))
    return np.array(rows, dtype=float)


def weights(rng, signs=(1, 1)):
    """Return a weight and a bias of these signs, neither near 0."""
    return signs[0] * rng.uniform(0.5, 1.5), signs[1] * rng.uniform(0.5, 1.5)


def data(rng, n):
    """Return n inputs on both sides of 0, none near it, and answers wanted, the second negative and so out of reach."""
    return rng.uniform(0.5, 1.5, n) * (-1.0) ** np.arange(n), rng.uniform(0.1, 0.9, n) - (np.arange(n) == 1)


def labelled(rng):
    """Return whole numbers: a weight, a bias, inputs on both sides of 0 and labels 0 and 1, in both ways."""
    X = np.array([1, 2, 3, 1, 2, 3]) * np.array([1, -1, 1, -1, 1, -1])
    Y = rng.permutation([0, 0, 0, 1, 1, 1])
    return int(rng.choice([-2, 2])), int(rng.choice([-1, 1])), X, Y


def far_labelled(rng):
    """Return whole numbers too large for small types of integers; the weight is 0, so large inputs saturate nothing."""
    return 0, int(rng.choice([-1, 1])), rng.integers(200, 900, 3), rng.integers(200, 900, 3)


def far_inputs(rng):
    """Return whole inputs whose last 16 bits are small numbers, and which make every answer 0 or 1."""
    return 1, int(rng.choice([-1, 1])), np.array([2**16, -(2**16), 2**17]) + rng.integers(1, 3, 3), np.array([0, 1, 2])


def ladder(rng):
    """Return weighted inputs on both sides of 0, one in each interval between whole numbers up to 31.

    At 31 the curve is still 3e-14 away from 0 or 1; from 33 on nobody can tell.
    """
    steps = np.arange(31) + rng.uniform(0, 1, 31)
    return np.concatenate([steps[::2], -steps[::2], steps[1::2], -steps[1::2]])[:60]


def crowd(rng, n, reach):
    """Return n inputs on both sides of 0 and answers wanted up to `reach`; two samples are twins, a third has their input.

    Three of four answers are positive, so the derivatives are large.
    """
    X, Y = data(rng, n)
    Y = rng.uniform(reach / 10, reach, n) * np.where(np.arange(n) % 4 == 0, -1, 1)
    X[:3], Y[1] = X[0], Y[0]
    return X, Y


def level(rng):
    """Return a neuron whose two answers are almost 0 and almost 1: its slopes are 5e-9 to 5e-8. Both errors are positive."""
    X, z = rng.uniform([0.4, 1.4], [0.6, 1.6]), rng.uniform([-19, 17], [-17, 19])
    w = float((z[1] - z[0]) / (X[1] - X[0]))
    return w, float(z[0] - w * X[0]), X, np.array([-1.0, -1.0])


def nearly_learned(rng):
    """Return a neuron whose answers are too large by 1e-5 or less."""
    (w, b), X = weights(rng, SIGNS[int(rng.integers(3))]), rng.uniform(0.5, 1.5, 4)
    return w, b, X, np.vectorize(neuron)(w * X + b) - rng.uniform(3e-6, 1e-5, 4)


def close_by(rng, n=6):
    """Yield a weight, a bias, n inputs and n answers wanted, then each of the four a little changed, then the first again.

    All are tenths to begin with. Changes of 6e-7 and less are lost where they are rounded to six digits or fewer, and the
    arrays keep their first number and their sum.
    """
    w, b = (rng.choice([-1, 1], 2) * rng.integers(5, 13, 2) / 10).tolist()
    X, Y = rng.choice(np.arange(-15, 16), n, replace=False) / 10, rng.integers(1, 10, n) / 10
    little = 2e-7 * np.array([0.0, 1.0, 2.0, -3.0] + (n - 4) * [0.0])
    first = (w, b, X, Y)
    yield from (first, (w, b, X, Y + little), (w, b, X + little, Y), (w + 4e-7, b, X, Y), (w, b + 4e-7, X, Y), first)


def samples(rng):
    """Yield a weight, a bias, samples, and what rounding may do to the derivatives of their loss: in all sizes and scales."""
    for n, signs in ((1, SIGNS[0]), (5, SIGNS[1])):
        yield *weights(rng, signs), *data(rng, n), ATOL
    yield *weights(rng, SIGNS[2]), *crowd(rng, 300, 50.0), ATOL
    # Where an answer is almost 1 its distance from 1 is right to half an eps only; times errors and inputs below 2 and
    # for two points that is below 1e-15, and hides in none of the derivatives, which are above 5e-9.
    yield *level(rng), 1e-14
    # The errors of 1e-5 come out right to some eps; so what is made of them is right to 1e-10 of itself, far below rtol.
    yield *nearly_learned(rng), 1e-17


def far_and_wide(rng):
    """Yield what `fit` takes, where a learning rate is tiny or huge, a slope steep or level, a start far away.

    Of each kind a few updates, none of which stretches a rounding error by more than 30.
    """
    side = float(rng.choice([-1.0, 1.0]))
    one, zero = np.array([rng.uniform(0.9, 1.1)]), float(rng.uniform(-0.1, 0.1))
    # Many points with large errors: derivatives of some hundreds, of both weights.
    X, Y = crowd(rng, 40, 20.0)
    yield X, Y, *weights(rng), rng.uniform(1e-3, 2e-3), 5
    # Over the valley at z = 0 and up the other side, where the loss is larger: z goes from 1 to beyond -3.
    yield one, np.array([0.5]), side, zero, rng.uniform(50, 60), 4
    # On level ground, where the slope is 1e-8, with a rate that makes a step of it. The answer wanted lies out of reach,
    # so it gets ever more level. The slope is right to 1e-8 (half an eps of 1e-8), five steps of 0.3 to 1e-8 in all, and
    # from a bias of 20 some 1e-7 are tolerated.
    z = rng.uniform(17, 18)
    yield one, np.array([0.5 + 1.5 * side]), side * (z + 20) / float(one[0]), -20 * side, 0.3 * math.exp(z), 5
    # To rest at the lowest point: with this rate the error is halved in each update, so the slope comes below 1e-14.
    still = rng.uniform(0.55, 0.7)
    yield one, np.array([still]), side, zero, 0.5 / (still * (1 - still)) ** 2 / (1 + float(one[0]) ** 2), 45
    # Weights in the hundreds that cancel.
    w = side * rng.uniform(150, 200)
    yield one, np.array([0.5]), w, side - w * float(one[0]), 1.0, 3
    # Steps of 1e-7 from the place where both are 0: tolerated is 1e-11, and some digits less would show.
    X, Y = data(rng, 4)
    yield X, Y, 0, 0, rng.uniform(5e-7, 1e-6), 8


def saturated(rng):
    """Return a huge weight, a bias, inputs, answers wanted and the neuron's own answers, all 0 or 1."""
    X, Y = data(rng, 5)
    w = float(rng.choice([-1.0, 1.0])) * rng.uniform(4e3, 1e4)  # |w x| >= 2000, while exp overflows from 710 on
    return w, rng.uniform(-2, 2), X, Y, (w * X > 0).astype(float)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Take a negative weight, then a negative bias: does the curve fall, does it shift the other way?",
    "The weight multiplies the input alone; the bias is added afterwards.",
    "The exponent is minus the whole sum, so that a large sum gives an answer near 1.",
)
def test_sigmoid_weighs_the_input_and_adds_the_bias(submission, rng):
    """`sigmoid` of a number squeezes w x + b between 0 and 1, whatever the signs of x, w and b, whole numbers too."""
    for signs in SIGNS[:2]:
        w, b = weights(rng, signs)
        x = float(rng.choice([-1.0, 1.0])) * rng.uniform(0.5, 3)
        expect(submission.sigmoid(x=x, w=w, b=b)).number(neuron(w * x + b))
    one, two, three = (int(k) for k in rng.choice([-3, -2, 2, 3], size=3))
    far = float(rng.choice([-1.0, 1.0])) * rng.uniform(200, 900)
    whole = (one, two, three), (one, two / 4, three / 8)
    for x, w, b in (*whole, (far, 0.002, -0.5), (0.004, far, 0.5), (1.5, -far, 1.5 * far + 1)):
        expect(submission.sigmoid(x, w, b)).number(neuron(w * x + b))


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "The formula for one number is the formula for many: what does NumPy do with a number times an array?",
    "No `float` and no `math` for arrays; and if you fill an array of your own, it must have room for fractions.",
    "A table in, a table out, and the table that was handed in stays what it was: no `*=` and no `+=` on it.",
)
def test_sigmoid_works_elementwise(submission, rng):
    """`sigmoid` of an array, of whole numbers too, answers each element and keeps the shape."""
    w, b = weights(rng, SIGNS[int(rng.integers(3))])
    for shape in ((4,), (1,), (2, 3), (3, 2, 50)):
        x = rng.uniform(-3, 3, shape)
        expected = np.vectorize(neuron)(w * x + b)
        expect(submission.sigmoid(x, w, b)).array(expected, shape="the shape of x")
    for w, b, x, _ in close_by(rng):
        # |w x + b| is below 4, so it is right to 1e-15, and the answer too.
        expected = np.vectorize(neuron)(w * x + b)
        expect(submission.sigmoid(x, w, b)).array(expected, rtol=0, atol=1e-12, shape="the shape of x")
    w, b = (int(k) for k in rng.choice([-2, -1, 1, 2], size=2))
    x = rng.permutation(np.arange(-3, 3)).reshape(3, 2)
    expect(submission.sigmoid(x, w, b)).array(np.vectorize(neuron)(w * x + b), shape="the shape of x")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "How near to 0 does the curve come on the left, and how near to 1 on the right?",
    "Keep the curve as it is as far as its distance from 0 or 1 can be seen; no corner, no floor above 0.",
    "If you see nan or an exception, some exp grew too large for a float. Is there a form that only needs exp of negative ones?",
)
def test_sigmoid_is_0_far_left_and_1_far_right(submission, rng):
    """`sigmoid` is 0 far to the left and 1 far to the right, to within 1e-14, for numbers and arrays, however far."""
    # Beyond 37 the sigmoid differs from 0 or 1 by less than half a rounding, 1e-16. A form that subtracts from 1 or
    # halves 1 + tanh gives 0 there, others give 1e-17 or 1e-300: by the contract all are right.
    # Nearer by, and near 0, rounding moves a weighted input below 32 by 1e-14 at most, and the answer by less than 1e-15.
    w, b = weights(rng, SIGNS[int(rng.integers(3))])
    places = (ladder(rng) - b) / w
    expected = np.vectorize(neuron)(w * places + b)
    expect(submission.sigmoid(submission.each(places), w, b)).array(expected, rtol=0, atol=1e-14)
    got = submission.sigmoid(places.reshape(5, 12), w, b)
    expect(got).array(expected.reshape(5, 12), rtol=0, atol=1e-14, shape="the shape of x")
    x = np.outer([1, -1, 0], 10.0 ** -np.arange(1, 10))
    got = submission.sigmoid(x, w, 0.0)
    expect(got).array(np.vectorize(neuron)(w * x), rtol=0, atol=1e-14, shape="the shape of x")
    near, far = rng.uniform(40, 600), 10.0 ** rng.uniform(3, 4)
    for side in (-1.0, 1.0):
        w = float(rng.choice([-1.0, 1.0])) * near
        x = math.copysign(rng.uniform(1.2, 1.8), side * w)
        expect(submission.sigmoid(x, w, rng.uniform(-2, 2))).number(0.5 + side / 2, rtol=0, atol=1e-14)
    for w, b, x, expected in (
        (far, -1.0, [[-2.0, 0.0, 2 / far], [-near, -1.5, 3.0]], [[0.0, neuron(-1), neuron(1)], [0.0, 0.0, 1.0]]),
        (far, far, [-1.0, -4.0, 2.0], [0.5, 0.0, 1.0]),  # both huge, and yet far * -1 + far is exactly 0
        (-1e300, 0.5, [-1.5, 0.0, 1.5], [1.0, neuron(0.5), 0.0]),
    ):
        expect(submission.sigmoid(np.array(x), w, b)).array(expected, rtol=0, atol=1e-14, shape="the shape of x")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Call it at -1000 with w = 1 and b = 0: what does Python say besides the answer?",
    "`np.where` chooses between two arrays after *both* were computed. Which of the two overflows?",
    "Give exp no large number in the first place: limit the exponent, or use a function that never overflows.",
)
def test_sigmoid_gives_no_overflow_warning(submission, rng):
    """`sigmoid` is computed without any overflow warning, for numbers, and for arrays that reach far to both sides."""
    size, both = 10.0 ** rng.uniform(3, 4), np.array([-1.5, 0.0, 1.5])
    for w, x in ((size, 1.5), (size, -1.5), (-size, both), (1e300, both)):
        answer = submission.sigmoid(x, w, 0.5)
        # How exact the answer must be, other checks say; here it must be a sigmoid's at all.
        expected = np.where(np.multiply(w, x) == 0, neuron(0.5), np.multiply(w, x) > 0)
        got = expect(answer)
        got.array(expected, rtol=0, atol=1e-3, shape="the shape of x")
        quiet = not any(text.startswith("RuntimeWarning: overflow") for text in submission.warned())
        got.that(quiet, "On the way to the answer a number overflowed, and NumPy warned of it.")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Try one point, then the same point twice: the loss should double.",
    "Square each error before you add them up; the squares of all points count, and nothing divides by their number.",
    "Compute the errors in an array of your own; the caller's X and Y stay what they were.",
)
def test_loss_is_half_the_sum_of_squares(submission, rng):
    """`loss` is half the sum of the squared errors of one point and of many."""
    for w, b, X, Y, _ in samples(rng):
        expect(submission.loss(w=w, b=b, X=X, Y=Y)).number(error(w, b, X, Y).real, atol=1e-17)
    for numbers, because in repeated(close_by(rng), "A second call with the same points must give the right loss too."):
        # Some eps of a sum below 2; the changes are 1e-10 and more.
        expect(submission.loss(*numbers), because=because).number(error(*numbers).real, rtol=0, atol=1e-12)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Labels are often whole numbers, 0 and 1; the neuron's answers are not.",
    "With a huge weight every answer is 0 or 1. The loss is then an ordinary number, too.",
    "Use a sigmoid that does not overflow, and arrays that have room for fractions.",
)
def test_loss_of_whole_numbers_and_of_a_saturated_neuron(submission, rng):
    """`loss` is right for whole numbers, and finite where a huge weight makes every answer 0 or 1."""
    for w, b, X, Y in (labelled(rng), far_labelled(rng), far_inputs(rng)):
        expect(submission.loss(w, b, X, Y)).number(error(w, b, X, Y).real)
    w, b, X, Y, answers = saturated(rng)
    expect(submission.loss(w, b, X, Y)).number(math.fsum((answers - Y) ** 2) / 2)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Compare with a small step: how much does your loss change when w grows by 1e-6, divided by 1e-6?",
    "Chain rule: error, times the slope of the sigmoid, times what w is multiplied by. Is one of the three missing?",
    "Add the shares of all points up; the ½ of the loss has cancelled the 2 of the square, so no factor is left.",
)
def test_grad_w_is_the_slope_of_the_loss_along_w(submission, rng):
    """`grad_w` is the partial derivative of the loss by w, for any number of points."""
    for w, b, X, Y, atol in samples(rng):
        expect(submission.grad_w(w=w, b=b, X=X, Y=Y)).number(partials(w, b, X, Y)[0], atol=atol)
    again = "A second call with the same points must give the right derivative too."
    for numbers, because in repeated(close_by(rng), again):
        expect(submission.grad_w(*numbers), because=because).number(partials(*numbers)[0], rtol=0, atol=1e-12)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Labels are often whole numbers, 0 and 1; the neuron's answers are not.",
    "With a huge weight the curve is level at every point, so a small change of w changes nothing.",
    "If you see nan, infinity was divided by infinity: build the slope from the answer, f times (1 - f).",
)
def test_grad_w_of_whole_numbers_and_of_a_saturated_neuron(submission, rng):
    """`grad_w` is right for whole numbers, and 0 where a huge weight makes every answer 0 or 1."""
    for w, b, X, Y in (labelled(rng), far_labelled(rng), far_inputs(rng)):
        expect(submission.grad_w(w, b, X, Y)).number(partials(w, b, X, Y)[0])
    w, b, X, Y, _ = saturated(rng)
    expect(submission.grad_w(w, b, X, Y)).number(0.0)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Compare with a small step: how much does your loss change when b grows by 1e-6, divided by 1e-6?",
    "Chain rule: error times the slope of the sigmoid. Is one of the two missing, or one too many?",
    "Add the shares of all points up; the ½ of the loss has cancelled the 2 of the square, so no factor is left.",
)
def test_grad_b_is_the_slope_of_the_loss_along_b(submission, rng):
    """`grad_b` is the partial derivative of the loss by b, for any number of points."""
    for w, b, X, Y, atol in samples(rng):
        expect(submission.grad_b(w=w, b=b, X=X, Y=Y)).number(partials(w, b, X, Y)[1], atol=atol)
    again = "A second call with the same points must give the right derivative too."
    for numbers, because in repeated(close_by(rng), again):
        expect(submission.grad_b(*numbers), because=because).number(partials(*numbers)[1], rtol=0, atol=1e-12)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Labels are often whole numbers, 0 and 1; the neuron's answers are not.",
    "With a huge weight the curve is level at every point, so a small change of b changes nothing.",
    "If you see nan, infinity was divided by infinity: build the slope from the answer, f times (1 - f).",
)
def test_grad_b_of_whole_numbers_and_of_a_saturated_neuron(submission, rng):
    """`grad_b` is right for whole numbers, and 0 where a huge weight makes every answer 0 or 1."""
    for w, b, X, Y in (labelled(rng), far_labelled(rng), far_inputs(rng)):
        expect(submission.grad_b(w, b, X, Y)).number(partials(w, b, X, Y)[1])
    w, b, X, Y, _ = saturated(rng)
    expect(submission.grad_b(w, b, X, Y)).number(0.0)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Compare two rows with `grad_w` and `grad_b` at the first of them: is the change minus the rate times these two?",
    "Take both derivatives at the old weight and bias; if w has moved already, the derivative by b is a different one.",
    "Every update uses all points, the learning rate as it is given, and the weights that the last update reached.",
)
def test_fit_moves_both_weights_together(submission, rng):
    """`fit` moves w and b in each update by both partial derivatives at the old (w, b), for any points, rate and start."""
    # One update stretches a rounding error at most by 1 + rate * sum(|f - Y| |σ''| (X² + 1)), here at most by
    # 1 + 0.8 * (3 * 0.9 + 1.9) * 0.097 * 3.25 < 2.2; eight make 2.2**8 times some eps, below 1e-12 in all.
    for n, signs in zip((1, 2, 4), SIGNS, strict=True):
        (w, b), (X, Y) = weights(rng, signs), data(rng, n)
        rate, epochs = rng.uniform(0.3, 0.8), int(rng.integers(4, 9))
        got = submission.fit(X=X, Y=Y, w=w, b=b, learning_rate=rate, epochs=epochs)
        expect(got).array(walk(X, Y, w, b, rate, epochs), shape="(epochs + 1, 2)")
    for X, Y, w, b, rate, epochs in far_and_wide(rng):
        got = submission.fit(X, Y, w, b, rate, epochs)
        expect(got).array(walk(X, Y, w, b, rate, epochs), shape="(epochs + 1, 2)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "How large is the learning rate, and how many epochs are there, when nobody names them?",
    "Give both their default values in the first line of the function.",
)
def test_fit_makes_1000_updates_at_rate_1_unless_told_otherwise(submission, rng):
    """`fit` makes 1000 updates with learning rate 1 if neither is named."""
    side = float(rng.choice([-1.0, 1.0]))
    X, Y = rng.uniform(0.5, 1.5, 1), 0.5 + side * rng.uniform(0.6, 0.8, 1)
    w, b = side * rng.uniform(0.7, 0.9), side * rng.uniform(-0.3, 0.3)
    # The answer is on the side of 1/2 of the one wanted, which lies out of reach: so it moves for ever. There the loss is
    # convex, with a curvature below 3.25 * (1/16 + 1.3 * 0.097) < 1: no update stretches an error, and the roundings of
    # 1100 updates add up to less than 1100 eps < 1e-12.
    path = walk(X, Y, float(w), float(b), 1.0, 1100)
    expect(submission.fit(X, Y, w, b, epochs=1100)).array(path, shape="(epochs + 1, 2)")
    expect(submission.fit(X, Y, w, b)).array(path[:1001], shape="(epochs + 1, 2)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "No update at all: which row is left?",
    "A table with one row has the shape (1, 2), not (2,).",
)
@pytest.mark.depends("test_fit_makes_one_update")
def test_fit_with_no_epochs_returns_the_start_alone(submission, rng):
    """`fit` with `epochs = 0` returns a path of one row, the start (w, b)."""
    (w, b), (X, Y) = weights(rng, SIGNS[int(rng.integers(3))]), data(rng, 3)
    expect(submission.fit(X, Y, w, b, 0.5, 0)).array(np.array([[w, b]]), shape="(epochs + 1, 2)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Start at whole numbers: are the rows after the first whole numbers too?",
    "An array made of whole numbers has no room for fractions. Make it one of floats.",
    "Run it twice on the same points: both paths should be equal.",
)
def test_fit_takes_whole_numbers_and_begins_afresh(submission, rng):
    """`fit` may start at whole numbers and learn from whole numbers without rounding, and begins each path afresh."""
    # Stretching as above: below 1 + 0.2 * 6 * 0.097 * 10 < 2.2 in each of five updates.
    w, b, X, Y = labelled(rng)
    expect(submission.fit(X, Y, w, b, 0.2, 5)).array(walk(X, Y, w, b, 0.2, 5), shape="(epochs + 1, 2)")
    again = "A second path from the same start, with the same points, must be right too."
    for (w, b, X, Y), because in repeated(close_by(rng), again):
        got = submission.fit(X, Y, w, b, 0.5, 3)
        # As above, some eps; the changes show by 1e-9 and more.
        expect(got, because=because).array(walk(X, Y, w, b, 0.5, 3), rtol=0, atol=1e-12, shape="(epochs + 1, 2)")
    for rate, epochs in ((0.25, 3), (0.25, 5)):
        got = submission.fit(X, Y, w, b, rate, epochs)
        expect(got).array(walk(X, Y, w, b, rate, epochs), shape="(epochs + 1, 2)")
