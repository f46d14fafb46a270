"""Hidden checks of exercise 8, the optimizers: its contract, one sentence each.

What to expect comes from elsewhere than the rules. Momentum in a valley, where the gradient is H p - c, is a linear map
of (p, u, 1), and its path the products with one matrix. In the other rules the states are weighted sums over all gradients
so far: Adam's corrected means are averages with the weights decay^age. On a plane each path is known in closed form.

Where a rule divides, each coordinate stays on one side of the valley, on slopes above 0.4: nothing is divided by
nearly zero, and a rounding error does not grow. Adam's 1 - 0.999 loses three digits of 1e-16 to begin with, so right
formulations part by 1e-13, far inside the default tolerances. Momentum's matrix has no eigenvalue beyond 1, but where the
rate is 6: there it stretches all numbers alike, so that their relative errors stay as they are.
"""

from itertools import pairwise

import numpy as np
import pytest
import sympy as sp

from grader.expect import expect
from grader.functions import gradient

pytestmark = pytest.mark.batched  # the answers to calls are handed to `expect`, and to nothing else

CURVATURES, PULLS, PLACES = sp.symbols("k:6"), sp.symbols("c:6"), sp.symbols("p:6")
twist = sp.Symbol("t")
VALLEYS = {
    n: gradient(
        sum(k * p**2 / 2 - c * p for k, c, p in zip(CURVATURES[:n], PULLS, PLACES, strict=False))
        + twist * sum(p * q for p, q in pairwise(PLACES[:n])),
        PLACES[:n],
    )
    for n in range(1, 7)
}
PLANE = gradient(sum(k * p for k, p in zip(CURVATURES[:3], PLACES, strict=False)), PLACES[:3])
SHAPE = "(epochs + 1, n)"
AGAIN = "A second walk from the same start must give the same path: change no argument, and begin each walk afresh."
ALONE = "Without any update the path is the start alone, whatever walk came before."
TOO_FAST = "The learning rate is too large, and the walk goes up and away."
STANDS = "One of the moves is of length 0, and the walk goes on."
GOES_ON = "The ground is level at one point on the way, and the walk goes on."


class Valley:
    """A quadratic valley with gradient H p - c, seen from a start whose coordinates all have far to go.

    H / `steepness` is diagonally dominant, with eigenvalues from 0.4 to 2.5. The sides on which the coordinates start
    fit the signs off the diagonal: each pushes the others on, and no slope is near zero within 1.5 of the start.
    """

    def __init__(self, rng, n, whole=False, steepness=1.0, start=None):
        self.start = start if start is not None else rng.integers(2, 9, n) if whole else rng.uniform(-3, 3, n)
        side, slant = rng.choice([-1.0, 1.0], size=2).tolist()
        away = side * slant ** np.arange(n) * rng.uniform(2, 3, n)  # from the lowest point to the start
        twisted = slant * steepness * rng.uniform(0.15, 0.25)
        self.hessian = np.diag(steepness * rng.uniform(0.9, 2.0, n)) + twisted * (np.eye(n, k=1) + np.eye(n, k=-1))
        self.pull = self.hessian @ (self.start - away)
        numbers = {f"k{i}": k for i, k in enumerate(np.diag(self.hessian).tolist())}
        numbers |= {f"c{i}": c for i, c in enumerate(self.pull.tolist())}
        self.gradient = VALLEYS[n].bind(t=twisted, **numbers)

    def slopes(self, point):
        return self.hessian @ point - self.pull

    def roll(self, rate, epochs, decay, ahead=0.0):
        """Return the path of momentum that asks `ahead * u` in front of the point, step by step with one matrix."""
        n, h, unit = len(self.start), rate * self.hessian, np.eye(len(self.start))
        # u' = decay u + rate (H (p - ahead u) - c) as rows of the new u, by p, by u and by 1; then p' = p - u'.
        move = np.hstack([h, decay * unit - ahead * h, -rate * self.pull[:, None]])
        keep = np.hstack([unit, np.zeros((n, n + 1))])
        once = np.vstack([keep - move, move, np.eye(2 * n + 1)[-1]])
        path = [np.concatenate([self.start, np.zeros(n), [1.0]])]
        for _ in range(epochs):
            path.append(once @ path[-1])
        return np.array(path)[:, :n]

    def walk(self, epochs, step):
        """Return the path whose updates are `step(heard)`, where `heard` holds all gradients so far, newest last."""
        path, heard = [self.start], np.empty((epochs, len(self.start)))
        for k in range(epochs):
            heard[k] = self.slopes(path[-1])
            path.append(path[-1] - step(heard[: k + 1]))
        return np.array(path)


def weights(decay, count):
    """Return the weights decay^age of `count` values, newest last."""
    return decay ** np.arange(count)[::-1]


def adagrad_step(rate, epsilon=1e-8):
    return lambda heard: rate * heard[-1] / (np.linalg.norm(heard, axis=0) + epsilon)


def rmsprop_step(rate, decay=0.9, epsilon=1e-8):
    return lambda heard: rate * heard[-1] / (np.sqrt((1 - decay) * weights(decay, len(heard)) @ heard**2) + epsilon)


def adam_step(rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    def step(heard):
        first, second = weights(beta1, len(heard)), weights(beta2, len(heard))
        mean, mean_square = first @ heard / first.sum(), second @ heard**2 / second.sum()
        return rate * mean / (np.sqrt(mean_square) + epsilon)

    return step


def uneven(rng):
    """Return a plane's slopes: one steep, one level, one so flat that it counts where epsilon = 1e-8 stands."""
    return np.array([rng.uniform(1e6, 2e6), 0.0, -rng.uniform(1e-8, 3e-8)])


def plane(slopes):
    return PLANE.bind(**{f"k{i}": slope for i, slope in enumerate(slopes.tolist())})


def faint(rng):
    """Return slopes of a plane that are small beside an epsilon of 1e-8; from a start of 0 they still show."""
    return rng.uniform(1, 9, 3) * [1e-11, -1e-12, 1e-13]


def planes(rng):
    """Yield slopes of planes, a start and a rate: uneven, all but level, level, and faint slopes, then a step of hundreds."""
    slopes, start, rate = uneven(rng), rng.uniform(-3, 3, 3), rng.uniform(0.1, 0.5)
    yield from ((slopes, np.zeros(3), rate), (slopes * [0.0, 0.0, 1.0], start, rate), (np.zeros(3), start, rate))
    yield from ((faint(rng), np.zeros(3), rate), (slopes, start, 4000 * rate))


def slide(start, steps):
    """Return the path from `start` that makes `steps`, one row each."""
    return np.vstack([start, start - np.cumsum(steps, axis=0)])


def start_anywhere(walk, rng, rate, parameters, path):
    """Walk in 1, 4, 5 and 6 dimensions, from starts of several types, far away, long, slowly, twice from the same.

    `path` says what to expect of a valley, a rate and a number of updates.
    """
    line, room, wide = Valley(rng, 1), Valley(rng, 4, whole=True), Valley(rng, 5)
    got = walk(line.gradient, tuple(line.start.tolist()), rate, 5, *parameters)
    expect(got).array(path(line, rate, 5), shape=SHAPE)
    start = room.start.tolist()
    expect(walk(room.gradient, start, rate, 4, *parameters)).array(path(room, rate, 4), shape=SHAPE)
    for valley in (room, line):
        got = walk(valley.gradient, valley.start, rate, 0, *parameters)
        expect(got, because=ALONE).array(valley.start[None, :], shape=SHAPE)
    expect(walk(wide.gradient, wide.start, rate, 3, *parameters)).array(path(wide, rate, 3), shape=SHAPE)
    # The same start in another valley; in small steps from 0, where tolerated is 1e-11; and far away, for a long time: in
    # the rules that divide the coordinates come 1.2 nearer at most.
    for n, start, slower, epochs in ((5, wide.start, 1, 3), (2, np.zeros(2), 1e-4, 8), (6, far(rng, 6), 0.1, 110)):
        valley = Valley(rng, n, start=start)
        got = walk(valley.gradient, valley.start, slower * rate, epochs, *parameters)
        expect(got).array(path(valley, slower * rate, epochs), shape=SHAPE)
    expect(walk(wide.gradient, wide.start, rate, 3, *parameters), because=AGAIN).array(path(wide, rate, 3), shape=SHAPE)


def far(rng, n):
    return rng.choice([-1, 1], n) * rng.uniform(150, 400, n)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Try decay=0: your path must be that of plain descent. Then try a plane, where every move adds to the one before.",
    "Is the gradient used whole, neither averaged nor shortened, and each of decay and learning rate exactly once?",
    "One gradient at the old point moves all coordinates together; and a slope of zero does not end the walk.",
)
def test_momentum_follows_its_rule_with_any_decay(submission, rng):
    """`momentum` follows its rule in valleys and on planes: with any decay, with 0, and with 0.9 if none is given."""
    valley, rate, decay = Valley(rng, 2, whole=True), rng.uniform(0.05, 0.15), rng.uniform(0.4, 0.8)
    got = submission.momentum(gradient=valley.gradient, start=valley.start, learning_rate=rate, epochs=20, decay=decay)
    expect(got).array(valley.roll(rate, 20, decay), shape=SHAPE)
    got = submission.momentum(valley.gradient, valley.start, 6.0, 6, decay)
    expect(got, because=TOO_FAST).array(valley.roll(6.0, 6, decay), shape=SHAPE)
    got = submission.momentum(valley.gradient, valley.start.tolist(), rate, 10, 0)
    expect(got, because="With decay 0 it is plain descent.").array(valley.roll(rate, 10, 0.0), shape=SHAPE)
    # On a plane the k-th move is 1 + 0.9 + … + 0.9**(k - 1) = (1 - 0.9**k) / 0.1 plain steps.
    longer = (1 - 0.9 ** np.arange(1, 9)) / 0.1
    for slopes, speed in ((uneven(rng), rate), (faint(rng), rng.uniform(1e10, 2e10))):
        got = submission.momentum(plane(slopes), [0, 0, 0], speed, 8)
        expect(got).array(slide(np.zeros(3), np.outer(longer, speed * slopes)), shape=SHAPE)
    # In the bowl p**2 / 2 the second gradient is 0 and the second move the rest of the first.
    got = submission.momentum(VALLEYS[1].bind(k0=1.0, c0=0.0), [1.0], 1.0, 4, 0.5)
    expected = np.array([[1.0], [0.0], [-0.5], [-0.25], [0.125]])
    expect(got, because=GOES_ON).array(expected, shape=SHAPE)
    # With a rate of 1.5 the second move is 0.75 back and 0.75 forth.
    got = submission.momentum(VALLEYS[1].bind(k0=1.0, c0=0.0), [1.0], 1.5, 3, 0.5)
    expect(got, because=STANDS).array(np.array([[1.0], [-0.5], [-0.5], [0.25]]), shape=SHAPE)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Is the rule right? Then try one dimension and five, a list of whole numbers, a tuple, and epochs = 0.",
    "Walk twice from the same start, an array or a list: both paths should be equal. `-=` changes an array in place.",
    "Make path and state anew in each call, as floats, with as many coordinates as the start.",
)
def test_momentum_takes_any_start_and_begins_afresh(submission, rng):
    """`momentum` walks from any start in any dimension, does not change it, and begins each walk afresh."""
    rate, decay = rng.uniform(0.05, 0.15), rng.uniform(0.96, 0.99)
    start_anywhere(submission.momentum, rng, rate, (decay,), lambda valley, speed, k: valley.roll(speed, k, decay))


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Write down the points at which you ask for the gradient. From the third row on they lie ahead of the path.",
    "The look-ahead is decay times the old u, in the direction in which the point will move.",
    "Look ahead for the gradient only: the new point is the old point minus the new u.",
)
def test_nesterov_looks_ahead_by_the_part_that_is_certain(submission, rng):
    """`nesterov` follows its rule in a valley: the gradient at the point ahead, the move from the point itself."""
    valley, rate, decay = Valley(rng, 2, whole=True), rng.uniform(0.05, 0.15), rng.uniform(0.4, 0.8)
    got = submission.nesterov(gradient=valley.gradient, start=valley.start, learning_rate=rate, epochs=20, decay=decay)
    expect(got).array(valley.roll(rate, 20, decay, ahead=decay), shape=SHAPE)
    got = submission.nesterov(valley.gradient, valley.start, 6.0, 6, decay)
    expect(got, because=TOO_FAST).array(valley.roll(6.0, 6, decay, ahead=decay), shape=SHAPE)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Try decay=0: nothing is certain about the next move, so nothing lies ahead, and it is plain descent.",
    "Try a plane: looking ahead changes nothing there, so the path is that of `momentum`.",
    "Is decay a parameter with the default 0.9, used in both places? A slope of zero does not end the walk.",
)
def test_nesterov_uses_the_decay_that_it_is_given(submission, rng):
    """`nesterov` is plain descent with decay 0, is momentum on a plane, and takes 0.9 if no decay is given."""
    valley, rate = Valley(rng, 2), rng.uniform(0.05, 0.15)
    got = submission.nesterov(valley.gradient, valley.start.tolist(), rate, 10, decay=0.0)
    expect(got, because="With decay 0 it is plain descent.").array(valley.roll(rate, 10, 0.0), shape=SHAPE)
    got = submission.nesterov(valley.gradient, valley.start, rate, 10)
    expect(got).array(valley.roll(rate, 10, 0.9, ahead=0.9), shape=SHAPE)
    # On a plane the k-th move is 1 + 0.9 + … + 0.9**(k - 1) = (1 - 0.9**k) / 0.1 plain steps.
    longer = (1 - 0.9 ** np.arange(1, 9)) / 0.1
    for slopes, speed in ((uneven(rng), rate), (faint(rng), rng.uniform(1e10, 2e10))):
        got = submission.nesterov(plane(slopes), [0, 0, 0], speed, 8)
        expect(got).array(slide(np.zeros(3), np.outer(longer, speed * slopes)), shape=SHAPE)
    # In the bowl 0.4 p**2 the first move is 4, and the point ahead of 1 is 0.
    got = submission.nesterov(VALLEYS[1].bind(k0=0.8, c0=0.0), [5.0], 1.0, 3, 0.25)
    expect(got, because=GOES_ON).array(np.array([[5.0], [1.0], [0.0], [-0.05]]), shape=SHAPE)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Is the rule right? Then try one dimension and five, a list of whole numbers, a tuple, and epochs = 0.",
    "Walk twice from the same start, an array or a list: both paths should be equal. `-=` changes an array in place.",
    "Make path and state anew in each call, as floats, with as many coordinates as the start.",
)
def test_nesterov_takes_any_start_and_begins_afresh(submission, rng):
    """`nesterov` walks from any start in any dimension, does not change it, and begins each walk afresh."""
    rate, decay = rng.uniform(0.05, 0.15), rng.uniform(0.96, 0.99)
    start_anywhere(
        submission.nesterov, rng, rate, (decay,), lambda valley, speed, k: valley.roll(speed, k, decay, decay)
    )


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "v sums up the squares of all gradients so far, the newest included, for each coordinate on its own.",
    "Divide by the root of v plus epsilon: with epsilon = 0.5 you see whether it stands outside the root.",
    "One gradient at the old point moves all coordinates together.",
)
def test_adagrad_divides_by_the_root_of_all_squares(submission, rng):
    """`adagrad` follows its rule in a valley, with any learning rate and any epsilon."""
    valley, rate, epsilon = Valley(rng, 2, whole=True), rng.uniform(0.1, 0.2), rng.uniform(0.1, 0.5)
    got = submission.adagrad(
        gradient=valley.gradient, start=valley.start, learning_rate=rate, epochs=15, epsilon=epsilon
    )
    expect(got).array(valley.walk(15, adagrad_step(rate, epsilon)), shape=SHAPE)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Try a plane that is a million times steeper in x than in y: the first step is one learning rate in both.",
    "Try level ground, and slopes as small as epsilon: √v + ε and √(v + ε) are very different there.",
    "Is the default of epsilon 1e-8? The walk goes on, however small a slope.",
)
def test_adagrad_takes_steep_flat_and_level_ground(submission, rng):
    """`adagrad` gives each coordinate its own step, be it very steep, very flat or level, with the default epsilon."""
    roots = np.sqrt(np.arange(1, 9))[:, None]
    # After k updates v is k times the squared slope.
    for slopes, start, rate in planes(rng):
        expected = slide(start, rate * slopes / (roots * np.abs(slopes) + 1e-8))
        expect(submission.adagrad(plane(slopes), start, rate, 8)).array(expected, shape=SHAPE)
    cliff, rate = Valley(rng, 2, steepness=1e6), rng.uniform(0.05, 0.1)
    got = submission.adagrad(cliff.gradient, cliff.start, rate, 10)
    expect(got).array(cliff.walk(10, adagrad_step(rate)), shape=SHAPE)
    for slopes in (faint(rng), faint(rng)):
        got = submission.adagrad(plane(slopes), [0, 0, 0], rate, 8, 1e-12)
        expect(got).array(slide(np.zeros(3), rate * slopes / (roots * np.abs(slopes) + 1e-12)), shape=SHAPE)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Is the rule right? Then try one dimension and five, a list of whole numbers, a tuple, and epochs = 0.",
    "Walk twice from the same start, an array or a list: both paths should be equal. `-=` changes an array in place.",
    "Make path and state anew in each call, as floats, with as many coordinates as the start.",
)
def test_adagrad_takes_any_start_and_begins_afresh(submission, rng):
    """`adagrad` walks from any start in any dimension, does not change it, and begins each walk afresh."""
    rate, epsilon = rng.uniform(0.1, 0.2), rng.uniform(2, 4)

    def path(valley, speed, epochs):
        return valley.walk(epochs, adagrad_step(speed, epsilon))

    start_anywhere(submission.adagrad, rng, rate, (epsilon,), path)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "v keeps the fraction decay of its old value and takes the fraction 1 - decay of the new square.",
    "Divide by the root of v plus epsilon: with epsilon = 0.5 you see whether it stands outside the root.",
    "Nothing corrects for the start at zero here; that is Adam.",
)
def test_rmsprop_divides_by_the_root_of_a_fading_mean(submission, rng):
    """`rmsprop` follows its rule in a valley, with any learning rate, decay and epsilon."""
    valley, rate = Valley(rng, 2, whole=True), rng.uniform(0.05, 0.1)
    decay, epsilon = rng.uniform(0.6, 0.85), rng.uniform(0.1, 0.5)
    got = submission.rmsprop(
        gradient=valley.gradient, start=valley.start, learning_rate=rate, epochs=10, decay=decay, epsilon=epsilon
    )
    expect(got).array(valley.walk(10, rmsprop_step(rate, decay, epsilon)), shape=SHAPE)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Try a plane that is a million times steeper in x than in y: the steps are equally long in both.",
    "Try level ground, and slopes as small as epsilon: √v + ε and √(v + ε) are very different there.",
    "Are the defaults 0.9 for decay and 1e-8 for epsilon? The walk goes on, however small a slope.",
)
def test_rmsprop_takes_steep_flat_and_level_ground(submission, rng):
    """`rmsprop` gives each coordinate its own step, be it very steep, very flat or level, with the defaults."""
    # After k updates v is 1 - 0.9**k times the squared slope.
    roots = np.sqrt(1 - 0.9 ** np.arange(1, 9))[:, None]
    for slopes, start, rate in planes(rng):
        expected = slide(start, rate * slopes / (roots * np.abs(slopes) + 1e-8))
        expect(submission.rmsprop(plane(slopes), start, rate, 8)).array(expected, shape=SHAPE)
    cliff, rate = Valley(rng, 2, steepness=1e6), rng.uniform(0.05, 0.1)
    got = submission.rmsprop(cliff.gradient, cliff.start, rate, 5)
    expect(got).array(cliff.walk(5, rmsprop_step(rate)), shape=SHAPE)
    got = submission.rmsprop(cliff.gradient, cliff.start, rate, 5, decay=0)
    because = "With decay 0 the newest square alone counts."
    expect(got, because=because).array(cliff.walk(5, rmsprop_step(rate, 0.0)), shape=SHAPE)
    for slopes in (faint(rng), faint(rng)):
        got = submission.rmsprop(plane(slopes), [0, 0, 0], rate, 8, epsilon=1e-12)
        expect(got).array(slide(np.zeros(3), rate * slopes / (roots * np.abs(slopes) + 1e-12)), shape=SHAPE)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Is the rule right? Then try one dimension and five, a list of whole numbers, a tuple, and epochs = 0.",
    "Walk twice from the same start, an array or a list: both paths should be equal. `-=` changes an array in place.",
    "Make path and state anew in each call, as floats, with as many coordinates as the start.",
)
def test_rmsprop_takes_any_start_and_begins_afresh(submission, rng):
    """`rmsprop` walks from any start in any dimension, does not change it, and begins each walk afresh."""
    rate, decay, epsilon = rng.uniform(0.05, 0.1), rng.uniform(0.94, 0.98), rng.uniform(2, 4)

    def path(valley, speed, epochs):
        return valley.walk(epochs, rmsprop_step(speed, decay, epsilon))

    start_anywhere(submission.rmsprop, rng, rate, (decay, epsilon), path)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Two means, two rates of fading: beta1 belongs to the gradients, beta2 to their squares.",
    "Both means are corrected, each by its own beta to the power k, where the first update is k = 1.",
    "First correct, then take the root, then add epsilon. The states stay uncorrected; a slope of zero does not end the walk.",
)
def test_adam_corrects_both_means(submission, rng):
    """`adam` follows its rule in a valley, with any learning rate, betas and epsilon, and with the defaults."""
    valley, rate = Valley(rng, 2, whole=True), rng.uniform(0.05, 0.1)
    beta1, beta2, epsilon = rng.uniform(0.5, 0.8), rng.uniform(0.85, 0.99), rng.uniform(0.1, 0.5)
    got = submission.adam(
        gradient=valley.gradient,
        start=valley.start,
        learning_rate=rate,
        epochs=15,
        beta1=beta1,
        beta2=beta2,
        epsilon=epsilon,
    )
    expect(got).array(valley.walk(15, adam_step(rate, beta1, beta2, epsilon)), shape=SHAPE)
    cliff = Valley(rng, 2, steepness=1e6)
    got = submission.adam(cliff.gradient, cliff.start.tolist(), rate, 15)
    because = "The defaults are beta1=0.9, beta2=0.999, epsilon=1e-8."
    expect(got, because=because).array(cliff.walk(15, adam_step(rate)), shape=SHAPE)
    got = submission.adam(cliff.gradient, cliff.start, rate, 5, beta1=0)
    because = "With beta1 0 the newest gradient alone counts."
    expect(got, because=because).array(cliff.walk(5, adam_step(rate, beta1=0.0)), shape=SHAPE)
    for first, second in ((beta1, 0), (0.9, 0.5)):
        got = submission.adam(cliff.gradient, cliff.start, rate, 5, first, second)
        expect(got).array(cliff.walk(5, adam_step(rate, first, float(second))), shape=SHAPE)
    # In the bowl p**2 / 2 the first step is 2 * 1 / (1 + 1). Then the gradient is 0, and 1/3 is left of both means.
    got = submission.adam(VALLEYS[1].bind(k0=1.0, c0=0.0), [1.0], 2.0, 2, 0.5, 0.5, 1.0)
    expected = np.array([[1.0], [0.0], [-2 / 3 / (3**-0.5 + 1)]])
    expect(got, because=GOES_ON).array(expected, shape=SHAPE)
    # With a rate of 3 the first step leads to -0.5, where the mean of both gradients is 0. After it, 2/7 are left.
    got = submission.adam(VALLEYS[1].bind(k0=1.0, c0=0.0), [1.0], 3.0, 3, 0.5, 0.5, 1.0)
    expected = np.array([[1.0], [-0.5], [-0.5], [-0.5 + 6 / 7 / ((5 / 14) ** 0.5 + 1)]])
    expect(got, because=STANDS).array(expected, shape=SHAPE)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Try a plane that is a million times steeper in x than in y: each step is one learning rate in both.",
    "Try level ground, and slopes as small as epsilon: √v + ε and √(v + ε) are very different there.",
    "If you fold the corrections into the learning rate, epsilon must be scaled as well.",
)
def test_adam_takes_steep_flat_and_level_ground(submission, rng):
    """`adam` gives each coordinate its own step, be it very steep, very flat or level, with the defaults."""
    # The corrected means of equal gradients are the gradient and its square, so all steps are equal.
    for slopes, start, rate in planes(rng):
        expected = slide(start, np.tile(rate * slopes / (np.abs(slopes) + 1e-8), (8, 1)))
        expect(submission.adam(plane(slopes), start, rate, 8)).array(expected, shape=SHAPE)
    slopes = faint(rng)
    got = submission.adam(plane(slopes), [0, 0, 0], rate, 8, epsilon=1e-12)
    expect(got).array(slide(np.zeros(3), np.tile(rate * slopes / (np.abs(slopes) + 1e-12), (8, 1))), shape=SHAPE)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Is the rule right? Then try one dimension and five, a list of whole numbers, a tuple, and epochs = 0.",
    "Walk twice from the same start, an array or a list: both paths should be equal. `-=` changes an array in place.",
    "Make path and state anew in each call, as floats, with as many coordinates as the start.",
)
def test_adam_takes_any_start_and_begins_afresh(submission, rng):
    """`adam` walks from any start in any dimension, does not change it, and begins each walk afresh."""
    rate, epsilon = rng.uniform(0.05, 0.1), rng.uniform(2, 4)
    beta1, beta2 = rng.uniform(0.93, 0.97), rng.uniform(0.9992, 0.9996)

    def path(valley, speed, epochs):
        return valley.walk(epochs, adam_step(speed, beta1, beta2, epsilon))

    start_anywhere(submission.adam, rng, rate, (beta1, beta2, epsilon), path)
