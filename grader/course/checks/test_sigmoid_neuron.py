"""Hidden checks of exercise 6, a sigmoid neuron: its contract, one sentence each.

What is expected comes from the definition alone: 1 / (1 + exp(-z)) where exp cannot overflow, exactly 0 or 1 far out,
and partial derivatives by a complex step, `error(w + ih).imag / h`. That takes no difference, so with h = 1e-20 there is
no cancellation, its truncation of 1e-40 is nothing, and it is right to a few roundings, like every right formula.
"""

import cmath
import math

import numpy as np
import pytest

from grader.expect import expect

TINY = 1e-20
SIGNS = ((1, -1), (-1, 1), (-1, -1))


def neuron(z):
    """Return the sigmoid of a number above -700, where exp is finite."""
    return 1 / (1 + math.exp(-z))


def error(w, b, X, Y):
    """Return half the sum of squared errors, a complex number, for complex weights too."""
    return sum((1 / (1 + cmath.exp(-(w * x + b))) - y) ** 2 for x, y in zip(X.tolist(), Y.tolist(), strict=True)) / 2


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
    return int(rng.choice([-1, 1])), int(rng.choice([-1, 1])), X, Y


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
    w, b, x = (int(k) for k in rng.choice([-3, -2, 2, 3], size=3))
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
    for shape in ((4,), (2, 3)):
        x = rng.uniform(-3, 3, shape)
        expected = np.vectorize(neuron)(w * x + b)
        expect(submission.sigmoid(x, w, b)).array(expected, shape="the shape of x")
    w, b = (int(k) for k in rng.choice([-2, -1, 1, 2], size=2))
    x = rng.permutation(np.arange(-3, 3)).reshape(3, 2)
    expect(submission.sigmoid(x, w, b)).array(np.vectorize(neuron)(w * x + b), shape="the shape of x")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "How near to 0 does the curve come on the left, and how near to 1 on the right?",
    "Keep the curve as it is as far as its distance from 0 or 1 can be seen; no corner, no floor above 0.",
    "If you see nan or an exception, some exp grew beyond all numbers. Is there a form that only needs exp of negative ones?",
)
def test_sigmoid_is_0_far_left_and_1_far_right(submission, rng):
    """`sigmoid` is 0 far to the left and 1 far to the right, to within 1e-14, for numbers and arrays, however far."""
    # Beyond 37 the sigmoid differs from 0 or 1 by less than half a rounding, 1e-16. A form that subtracts from 1 or
    # halves 1 + tanh gives 0 there, others give 1e-17 or 1e-300: by the contract all are right.
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
    "Call it at -1000 with w = 1 and b = 0: what does Python say beside the answer?",
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
    for n, signs in ((1, SIGNS[0]), (5, SIGNS[1])):
        (w, b), (X, Y) = weights(rng, signs), data(rng, n)
        expected = error(w, b, X, Y).real
        expect(submission.loss(w=w, b=b, X=X, Y=Y)).number(expected)
    because = "A second call with the same points must give the right loss too."
    expect(submission.loss(w, b, X, Y), because=because).number(expected)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Labels are often whole numbers, 0 and 1; the neuron's answers are not.",
    "With a huge weight every answer is 0 or 1. The loss is then an ordinary number, too.",
    "Use a sigmoid that does not overflow, and arrays that have room for fractions.",
)
def test_loss_of_whole_numbers_and_of_a_saturated_neuron(submission, rng):
    """`loss` is right for whole numbers, and finite where a huge weight makes every answer 0 or 1."""
    w, b, X, Y = labelled(rng)
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
    for n, signs in ((1, SIGNS[0]), (5, SIGNS[1])):
        (w, b), (X, Y) = weights(rng, signs), data(rng, n)
        expected = partials(w, b, X, Y)[0]
        expect(submission.grad_w(w=w, b=b, X=X, Y=Y)).number(expected)
    because = "A second call with the same points must give the right derivative too."
    expect(submission.grad_w(w, b, X, Y), because=because).number(expected)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Labels are often whole numbers, 0 and 1; the neuron's answers are not.",
    "With a huge weight the curve is level at every point, so a small change of w changes nothing.",
    "If you see nan, infinity was divided by infinity: build the slope from the answer, f times (1 - f).",
)
def test_grad_w_of_whole_numbers_and_of_a_saturated_neuron(submission, rng):
    """`grad_w` is right for whole numbers, and 0 where a huge weight makes every answer 0 or 1."""
    w, b, X, Y = labelled(rng)
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
    for n, signs in ((1, SIGNS[0]), (5, SIGNS[1])):
        (w, b), (X, Y) = weights(rng, signs), data(rng, n)
        expected = partials(w, b, X, Y)[1]
        expect(submission.grad_b(w=w, b=b, X=X, Y=Y)).number(expected)
    because = "A second call with the same points must give the right derivative too."
    expect(submission.grad_b(w, b, X, Y), because=because).number(expected)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Labels are often whole numbers, 0 and 1; the neuron's answers are not.",
    "With a huge weight the curve is level at every point, so a small change of b changes nothing.",
    "If you see nan, infinity was divided by infinity: build the slope from the answer, f times (1 - f).",
)
def test_grad_b_of_whole_numbers_and_of_a_saturated_neuron(submission, rng):
    """`grad_b` is right for whole numbers, and 0 where a huge weight makes every answer 0 or 1."""
    w, b, X, Y = labelled(rng)
    expect(submission.grad_b(w, b, X, Y)).number(partials(w, b, X, Y)[1])
    w, b, X, Y, _ = saturated(rng)
    expect(submission.grad_b(w, b, X, Y)).number(0.0)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Compare two rows with `grad_w` and `grad_b` at the first of them: is the change minus the rate times these two?",
    "Take both derivatives at the old weight and bias; if w has moved already, the derivative by b is another one.",
    "Every update uses all points, the learning rate as it is given, and the weights that the update before has reached.",
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


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "How large is the learning rate, and how many epochs are there, when nobody names them?",
    "Give both their default values in the first line of the function.",
)
def test_fit_makes_1000_updates_at_rate_1_unless_told_otherwise(submission, rng):
    """`fit` makes 1000 updates with learning rate 1 if neither is named."""
    X = rng.uniform(0.5, 1.5, 2) * np.array([-1.0, 1.0])
    Y, (w, b) = rng.uniform(0.4, 0.6, 2), rng.uniform(0.2, 0.3, 2) * rng.choice([-1.0, 1.0], 2)
    # All answers f stay within [0.25, 0.75] and all Y are in [0.4, 0.6]. There f (1 - f) + (f - Y) (1 - 2f) > 0, so
    # the loss is convex, with a curvature below 2 * 3.25 * (1/16 + 0.35 * 0.097) < 2: no update stretches an error, and
    # the roundings of 1000 updates add up to less than 1000 eps < 1e-12.
    expect(submission.fit(X, Y, w, b)).array(walk(X, Y, float(w), float(b), 1.0, 1000), shape="(epochs + 1, 2)")


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
    X, Y = data(rng, 3)
    for because in ("", "A second path from the same start, with the same points, must be right too."):
        got = submission.fit(X, Y, w, b, 0.5, 3)
        expect(got, because=because).array(walk(X, Y, w, b, 0.5, 3), shape="(epochs + 1, 2)")
