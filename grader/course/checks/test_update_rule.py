"""Hidden checks of exercise 2, the update rule: its contract, one sentence each.

The parabolas have curvature a and their lowest point at b, so every update shrinks the distance to b by the factor
1 - rate * a, and the path is known in closed form. Rounding errors shrink by the same factor: they stay below a few
eps * |x| / (1 - |factor|) < 1e-13, far inside the default tolerances. Where paths grow, so do rounding errors, by the
same factor: k updates leave k eps or so of the size that the path has then.

Some walks go without any rounding at all: on x**2 an update multiplies x by 1 - 2 rate, which for the rates here is a
short binary fraction. Of them nothing is tolerated absolutely, so that tiny numbers count as much as large ones.
"""

import math

import numpy as np
import pytest
import sympy as sp

from grader.expect import expect, repeated
from grader.functions import slope

pytestmark = pytest.mark.batched  # the answers to calls are handed to `expect`, and to nothing else

x, a, b = sp.symbols("x a b")
LINE, DOWN = slope(x, x), slope(-x, x)  # 1 and -1 everywhere
PARABOLA = slope(a * x**2 / 2 - a * b * x, x)  # of a (x - b)**2 / 2, but for a constant height
WAVE = slope(a * sp.cos(2 * x) + b * x**2, x)
TINY = 1e-300  # as absolute tolerance: every digit counts, however small the number is
AGAIN = "The same arguments must give the same answer, whatever was asked before."
EXACT = slope(a * x**2 / 2, x)  # a x
HALVING = slope(x**2, x)  # with a learning rate of 0.25 every update halves x, without any rounding


def parabola(rng, side=-1.0):
    """Return a curvature, a lowest point near 0, a start 3 to 5 beside it on this side, and a learning rate.

    Each update leaves 55 % to 75 % of the distance, so 16 of them lead to where rounded numbers show.
    """
    curvature, lowest = rng.uniform(1.1, 2.0), rng.uniform(0.01, 0.02)
    return curvature, lowest, lowest + side * rng.uniform(3.0, 5.0), rng.uniform(0.25, 0.45) / curvature


def slide(curvature, lowest, start, rate, epochs):
    """Return the path of `epochs` updates on a parabola."""
    return lowest + (1 - rate * curvature) ** np.arange(epochs + 1) * (start - lowest)


def leap(start, rate, epochs):
    """Return the path of `epochs` updates on x**2, without any rounding."""
    return start * (1 - 2 * rate) ** np.arange(epochs + 1)


def steps(rng, shape, size, rate):
    """Return parameters of this size, the slopes there, and where a step leads.

    Among eight are both signs of the parameter with steps in both directions, shorter and longer than it: 0.2 to 0.8 or
    1.3 to 1.9 times as long, so few digits cancel.
    """
    share = np.resize([0.2, -1.3, -0.2, 1.3], shape)
    share = share + np.sign(share) * rng.uniform(0, 0.6, shape)
    parameter = size * rng.uniform(1, 5, shape) * np.resize([1.0, 1.0, 1.0, 1.0, -1.0, -1.0, -1.0, -1.0], shape)
    gradient = parameter * share / rate
    return parameter, gradient, parameter - rate * gradient


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Three things make the step: its direction, the slope, and the learning rate.",
    "Twice the learning rate, twice the step; twice the slope, twice the step.",
)
def test_update_scales_the_step_with_rate_and_slope(submission, rng):
    """`update` makes a step as long as the learning rate times the slope, whatever the sizes and signs of both."""
    # Timid rates and bold ones, far out and close to 0, so that none of it can be capped, rounded or taken for nothing.
    parts = []
    for count, size, low, high in (
        (8, 1.0, 0.01, 0.9),
        (2, 1.0, 1.5, 3.0),
        (2, 1e7, 1e2, 1e3),
        (2, 1.0, 1e-9, 1e-8),
        (2, 1e-100, 0.1, 0.9),
    ):
        rate = rng.uniform(low, high)
        parts.append([*steps(rng, count, size, rate), np.full(count, rate)])
    parameters, gradients, expected, rates = map(np.concatenate, zip(*parts, strict=True))
    for at in (0, 4):  # among these one of each sign of the parameter
        got = submission.update(float(parameters[at]), float(gradients[at]), float(rates[at]))
        expect(got).number(expected[at], atol=TINY)
    numbers = [submission.each(part.tolist()) for part in (parameters, gradients, rates)]
    got = submission.update(parameter=numbers[0], gradient=numbers[1], learning_rate=numbers[2])
    expect(got).array(expected, atol=TINY)
    places, slopes = [rng.uniform(-5, 5), 0.0], [0.0, rng.uniform(1, 5)]
    got = submission.update(submission.each(places), submission.each(slopes), 0.5)
    expect(got).array([places[0], -0.5 * slopes[1]])


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "The rule for one parameter is the rule for many: what does NumPy do with a number times an array?",
    "No loop and no `float` is needed; the formula works for arrays as it stands.",
)
def test_update_works_elementwise(submission, rng):
    """`update` of arrays steps every element by its own slope and keeps the shape."""
    for shape in ((5,), (3, 3), (2, 3), (1,), (300,)):
        # From 1e-9 to 1e9 within one array: what is measured by the largest element, or by all, shows in the smallest.
        rate = rng.uniform(0.01, 0.9)
        parameter, gradient, expected = steps(rng, shape, 10 ** rng.uniform(-9, 9, shape), rate)
        got = submission.update(parameter, gradient, rate)
        expect(got).array(expected, atol=TINY, shape="the shape of parameter")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "An array of whole numbers has no room for fractions.",
    "Compute a new array and return it; writing the result into the old one cuts it to whole numbers, or fails.",
)
def test_update_keeps_fractions_of_whole_numbers(submission, rng):
    """`update` gives exact fractions even when parameter, gradient or both are whole numbers."""
    first, second = (int(k) for k in rng.integers(6, 9, size=2))
    fraction = rng.uniform(6, 9)
    places, slopes = [first, -first, first, -fraction, 0], [second, second, -fraction, second, second]
    got = submission.update(submission.each(places), submission.each(slopes), 0.3)
    expect(got).array([place - 0.3 * slope for place, slope in zip(places, slopes, strict=True)])
    whole, others, floats = rng.integers(-9, 9, size=4), rng.integers(6, 9, size=4), rng.uniform(6, 9, 4)
    for parameter, gradient in ((whole, others), (whole, floats), (floats, others)):
        expected = parameter - 0.3 * gradient
        expect(submission.update(parameter, gradient, 0.3)).array(expected, shape="the shape of parameter")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Call your function with an array, then with another one, then with the first again.",
    "An answer depends on what is handed in, and on nothing that an earlier call has left behind.",
    "Compute the new value in a new variable and return that.",
)
def test_update_gives_the_same_answer_again(submission, rng):
    """`update` answers a second call with the same arrays as it did the first, whatever came in between."""
    rate = rng.uniform(0.4, 0.6)
    parameter, gradient = rng.uniform(1, 2, 3) * [1, -1, 1], rng.uniform(1, 4, 3) * [1, 1, -1]
    first = (parameter, gradient, rate)
    # Each of the others shares with the first what an answer might be remembered by.
    others = (
        (parameter, -gradient, rate),
        (parameter, gradient, 2 * rate),
        (parameter[::-1], gradient[::-1], rate),
        (parameter + 1e-4, gradient, rate),
        (parameter[:2], gradient[:2], rate),
    )
    for (places, slopes, bold), because in repeated((first, *others, first), AGAIN):
        got = submission.update(places, slopes, bold)
        expect(got, because=because).array(places - bold * slopes, shape="the shape of parameter")
    place, steep = float(parameter[0]), float(gradient[0])
    rates, slopes = [rate, 2 * rate, rate, rate], [steep, steep, -steep, steep]
    got = submission.update(place, submission.each(slopes), submission.each(rates))
    expect(got, because=AGAIN).array(place - np.multiply(rates, slopes))


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Are start, learning rate and epochs all used as they were given, none replaced by a number of your own?",
    "Draw your path for a parabola: each update should leave the same fraction of the distance to the lowest point.",
    "Each point is the one before it minus the learning rate times the slope there; put each into the path.",
)
def test_descend_shrinks_the_distance_on_any_parabola(submission, rng):
    """`descend` leaves the same fraction of the distance to the lowest point in every update, from both sides."""
    for epochs, side in ((1, -1.0), (int(rng.integers(20, 40)), -1.0), (int(rng.integers(20, 40)), 1.0)):
        curvature, lowest, start, rate = parabola(rng, side)
        expected = slide(curvature, lowest, start, rate, epochs)
        got = submission.descend(PARABOLA.bind(a=curvature, b=lowest), start, rate, epochs)
        expect(got).array(expected, shape="(epochs + 1,)")
    because = "The path has epochs + 1 points, however far the start is, and however level the ground becomes."
    # So timid a rate that some 300 updates leave three quarters of the distance.
    curvature, lowest, start, _ = parabola(rng)
    rate, epochs = rng.uniform(1e-6, 2e-6), int(rng.integers(280, 320))
    curvature = 1e-3 / rate
    got = submission.descend(PARABOLA.bind(a=curvature, b=lowest), start, rate, epochs)
    expect(got, because=because).array(slide(curvature, lowest, start, rate, epochs), shape="(epochs + 1,)")
    # From far away to a slope of 2e-15, and from the lowest point itself.
    for start in (1024.0, 0):
        got = submission.descend(HALVING, start, 0.25, 60)
        expect(got, because=because).array(leap(start, 0.25, 60), shape="(epochs + 1,)")
    for start in (2.0**-333, -(2.0**40)):
        got = submission.descend(HALVING, start, 0.25, 8)
        expect(got, because=because).array(leap(start, 0.25, 8), atol=TINY, shape="(epochs + 1,)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Every place has its own slope. At which point do you ask for it?",
    "Ask for the slope inside the loop, at the point just reached, not once at the start.",
)
def test_descend_asks_for_the_slope_where_it_stands(submission, rng):
    """`descend` uses in each update the slope at the point just reached, of the function it is given, on wavy ground too."""
    height, width, rate = rng.uniform(1.0, 2.0), rng.uniform(0.5, 1.0), rng.uniform(0.02, 0.05)
    start = rng.uniform(1.5, 2.2)

    def wave(height, start, rate, epochs):
        walk = [start]
        for _ in range(epochs):
            walk.append(walk[-1] - rate * (-2 * height * math.sin(2 * walk[-1]) + 2 * width * walk[-1]))
        return np.array(walk)

    # From there to the valley f'' = 2 width - 4 height cos 2x lies in [1, 15], so each update shrinks a rounding error. From
    # 0.3, where the ground bends down, 12 of them stretch it less than (1 + 0.05 * 12)**12 < 300-fold.
    first = (height, start, rate, 20)
    # Each of the others shares with the first what a path might be remembered by.
    others = ((height + 1, start, rate, 20), (height, start, rate / 2, 20), (height, start + 1e-4, rate, 20))
    others += ((height, start, rate, 5), (height, -start, rate, 20), (height, 0.3, rate, 12))
    for (tall, place, bold, epochs), because in repeated((first, *others, first), AGAIN):
        slopes = WAVE.bind(a=tall, b=width)
        got = submission.descend(gradient=slopes, start=place, learning_rate=bold, epochs=epochs)
        expect(got, because=because).array(wave(tall, place, bold, epochs), shape="(epochs + 1,)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "A learning rate may be so large that a step leads past the lowest point. That is not for you to mend.",
    "Take the learning rate as it is: no upper limit, no shrinking from update to update.",
)
def test_descend_overshoots_with_a_bold_rate(submission, rng):
    """`descend` keeps to the rate it is given, even if the path jumps from side to side or runs away."""
    # On nearly level ground the same factor takes a rate 10,000 times as bold.
    for factor, size, epochs, side in (
        (-rng.uniform(0.5, 0.7), 1.0, 24, -1.0),
        (-rng.uniform(1.1, 1.4), 1e-4, 10, 1.0),
        (-3.0, 1.0, 30, -1.0),
        (-rng.uniform(1.1, 1.4), 1.0, 10, 1.0),
    ):
        curvature, lowest, start, _ = parabola(rng, side)
        rate = (1 - factor) / (size * curvature)
        expected = slide(size * curvature, lowest, start, rate, epochs)
        got = submission.descend(PARABOLA.bind(a=size * curvature, b=lowest), start, rate, epochs)
        expect(got).array(expected, shape="(epochs + 1,)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "No update at all: which point is left?",
    "The start belongs to the path before the loop begins.",
)
@pytest.mark.depends("test_descend_slides_into_the_bowl")
def test_descend_with_no_epochs_returns_the_start_alone(submission, rng):
    """`descend` with `epochs = 0` returns a path of one point, the start."""
    for side, kind in ((-1.0, float), (1.0, int)):
        curvature, lowest, start, rate = parabola(rng, side)
        got = submission.descend(PARABOLA.bind(a=curvature, b=lowest), kind(start), rate, 0)
        expect(got).array(np.array([kind(start)]), shape="(epochs + 1,)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "The start may be a whole number, but the next point is not.",
    "If you make an array out of the start, or fill one with it, it holds whole numbers only. Make it one of floats.",
)
def test_descend_keeps_fractions_from_a_whole_number(submission, rng):
    """`descend` may start at a whole number and does not round the points after it."""
    for start in (int(rng.integers(3, 9)), -int(rng.integers(3, 9))):
        curvature, lowest, _, rate = parabola(rng)
        expected = slide(curvature, lowest, start, rate, 16)
        got = submission.descend(PARABOLA.bind(a=curvature, b=lowest), start, rate, 16)
        expect(got).array(expected, shape="(epochs + 1,)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "On the left of a valley the slope is negative. Is -100 level ground?",
    "Compare the magnitude of the slope with the tolerance; `abs` gives it.",
    "Look at the slope itself, not at how far you moved and not at the height.",
)
def test_descend_until_ends_at_the_first_level_point_from_both_sides(submission, rng):
    """`descend_until` ends at the first point where the slope's magnitude is below the tolerance, from either side."""
    curvature, lowest, _, rate = parabola(rng)
    for side, size, updates in ((-1.0, 1.0, 3), (1.0, 1.0, 12), (-1.0, 1e4, 5), (1.0, 1e-6, 7)):
        start, steep, bold = lowest + side * rng.uniform(1.0, 3.0), size * curvature, rate / size
        # Half an update's shrinking between the last slope above the tolerance and the first below it: 2 % or more,
        # so rounding cannot shift the end.
        tolerance = steep * abs(start - lowest) * (1 - rate * curvature) ** (updates - 0.5)
        got = submission.descend_until(PARABOLA.bind(a=steep, b=lowest), start, bold, tolerance)
        expect(got).array(slide(steep, lowest, start, bold, updates), shape="(k + 1,) after k updates")
    # From a hilltop the slope grows before it shrinks; and with a bold rate each update leaps across the lowest point.
    height, width = rng.uniform(1.0, 2.0), rng.uniform(0.5, 0.9)
    for slopes, start, bold in ((WAVE.bind(a=height, b=width), 0.3, 0.05), (EXACT.bind(a=2.0), -64.0, 0.75)):
        steepness = slopes.compiled()
        walk = [start]
        while abs(steepness(walk[-1])) > 0.04:
            walk.append(walk[-1] - bold * steepness(walk[-1]))
        # Between the last two magnitudes, which are 10 % apart or more.
        tolerance = math.sqrt(abs(steepness(walk[-2]) * steepness(walk[-1])))
        got = submission.descend_until(slopes, start, bold, tolerance)
        expect(got).array(np.array(walk), shape="(k + 1,) after k updates")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Below means below: a slope exactly as large as the tolerance is not yet level.",
    "Stop with `<`; go on with `>=`.",
)
def test_descend_until_goes_on_where_the_slope_equals_the_tolerance(submission, rng):
    """`descend_until` makes another update where the slope's magnitude is exactly the tolerance."""
    # Powers of two: slopes 2x, points and tolerance are exact, however the formula is written.
    far = float(2 ** rng.integers(1, 5))
    # A billionth below that magnitude the walk goes on as well, a billionth above it has arrived.
    below, above = 1 - 2**-30, 1 + 2**-30
    for start, updates, factors in (
        (far, 5, (1, below, above)),
        (-far, 5, (1,)),
        (-far * 2.0**40, 8, (below, above)),
        (far * 2.0**20, 40, (1,)),
        (far * 2.0**-333, 6, (1, below, above)),
    ):
        for factor in factors:
            made = updates - (factor == above)
            tolerance = 2 * abs(start) * 0.5 ** (updates - 1) * factor
            got = submission.descend_until(HALVING, start, learning_rate=0.25, tolerance=tolerance)
            expect(got).array(leap(start, 0.25, made), atol=TINY, shape="(k + 1,) after k updates")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Ask before you step: perhaps you already stand on level ground.",
    "Look at the slope at the start too; only then make the first update.",
)
@pytest.mark.depends("test_descend_until_stops_where_the_ground_is_level")
def test_descend_until_stays_where_the_start_is_level(submission, rng):
    """`descend_until` returns the start alone if the slope there is below the tolerance, on the ground that it is given."""
    for side in (-1.0, 1.0):
        curvature, lowest, start, rate = parabola(rng, side)
        tolerance = 1.5 * curvature * abs(start - lowest)
        for first, size in ((start, 1e6), (int(start), 0.5)):
            got = submission.descend_until(PARABOLA.bind(a=size * curvature, b=lowest), first, rate, size * tolerance)
            expect(got).array(np.array([first]), shape="(k + 1,) after k updates")
    expect(submission.descend_until(HALVING, 0.0, 0.25, 1e-300)).array(np.zeros(1), shape="(k + 1,) after k updates")
    # From one start at one rate: level for one tolerance, steep for another one, and on other ground again level.
    whole = float(rng.integers(4, 9))
    for steep, tolerance, made in ((2.0, 2.25, 0), (2.0, 0.11, 5), (1.0, 0.11, 8), (0.25, 0.11, 13), (2.0, 2.25, 0)):
        got = submission.descend_until(EXACT.bind(a=steep), whole, 0.25, tolerance * whole, 30)
        expect(got, because=AGAIN).array(leap(whole, steep / 8, made), shape="(k + 1,) after k updates")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Some walks never reach level ground. Count the updates, and stop at the limit.",
    "The limit counts updates, so the path has one point more than that.",
    "With a limit of 0 no update is made, and the start is the whole path.",
)
def test_descend_until_makes_at_most_max_epochs_updates(submission, rng):
    """`descend_until` ends after `max_epochs` updates if the ground is not level by then."""
    curvature, lowest, start, rate = parabola(rng)
    for limit in (int(rng.integers(16, 20)), 0):
        got = submission.descend_until(
            gradient=PARABOLA.bind(a=curvature, b=lowest),
            start=start,
            learning_rate=rate,
            tolerance=1e-9,
            max_epochs=limit,
        )
        expect(got).array(slide(curvature, lowest, start, rate, limit), shape="(max_epochs + 1,)")
    limit = int(rng.integers(16, 20))
    for whole in (int(rng.integers(3, 9)), -int(rng.integers(3, 9))):
        got = submission.descend_until(PARABOLA.bind(a=curvature, b=lowest), whole, rate, 1e-9, limit)
        because = "From a whole number too the path goes on in fractions."
        expect(got, because=because).array(slide(curvature, lowest, whole, rate, limit), shape="(max_epochs + 1,)")
    # Without any rounding: -1.5 times as far away with each update, then -3 times, on nearly level ground at a bold rate;
    # and so far out that a step is too short to be seen.
    for slopes, start, bold, most in (
        (HALVING, 1024.0, 1.25, 28),
        (EXACT.bind(a=2.0**-10), -1.0, 2.0**12, limit),
        (LINE, 2.0**60, 0.25, limit),
    ):
        steepness = slopes.compiled()
        walk = [start]
        for _ in range(most):
            walk.append(walk[-1] - bold * float(steepness(walk[-1])))
        got = submission.descend_until(slopes, start, learning_rate=bold, tolerance=1e-9, max_epochs=most)
        because = "A walk that leaps across the valley, or hardly moves, goes on to the limit too."
        expect(got, because=because).array(np.array(walk), shape="(max_epochs + 1,)")
    # The ground is level just after the last update that is allowed: 16, 8, 4, 2, 1.
    for most, made in ((4, 4), (3, 3), (5, 4)):
        got = submission.descend_until(HALVING, 16.0, 0.25, 2.5, most)
        because = "The point after the last update belongs to the path, level or not."
        expect(got, because=because).array(leap(16.0, 0.25, made), shape="(k + 1,) after k updates")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "What is the limit when nobody names one?",
    "Give `max_epochs` its default value in the first line of the function.",
)
def test_descend_until_makes_at_most_1000_updates_unless_told_otherwise(submission, rng):
    """`descend_until` ends after 1000 updates if no limit is named, and after more if it is told to."""
    more = int(rng.integers(1010, 1030))
    for ground, steep, options, limit in ((LINE, 1, {}, 1000), (DOWN, -1, {"max_epochs": more}, more)):
        start = float(rng.integers(-9, 9))
        got = submission.descend_until(ground, start, 2.0**-7, 1e-9, **options)  # without any rounding
        expect(got).array(start - steep * 2.0**-7 * np.arange(limit + 1), shape="(max_epochs + 1,)")
