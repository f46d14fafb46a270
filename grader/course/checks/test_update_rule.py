"""Hidden checks of exercise 2, the update rule: its contract, one sentence each.

The parabolas have curvature a and their lowest point at b, so every update shrinks the distance to b by the factor
1 - rate * a, and the path is known in closed form. Rounding errors shrink by the same factor: they stay below a few
eps * |x| / (1 - |factor|) < 1e-13, far inside the default tolerances.
"""

import math

import numpy as np
import pytest
import sympy as sp

from grader.expect import expect, repeated
from grader.functions import slope

x, a, b = sp.symbols("x a b")
PARABOLA = slope(a * x**2 / 2 - a * b * x, x)  # of a (x - b)**2 / 2, but for a constant height
WAVE = slope(a * sp.cos(2 * x) + b * x**2, x)
AGAIN = "The same arguments must give the same answer, whatever was asked before."
HALVING = slope(x**2, x)  # with a learning rate of 0.25 every update halves x, without any rounding


def parabola(rng):
    """Return a curvature, a lowest point, a start at least 1 away from it on a random side, and a learning rate."""
    curvature, lowest = rng.uniform(0.5, 2.0), rng.uniform(-1.0, 1.0)
    start = lowest + float(rng.choice([-1.0, 1.0])) * rng.uniform(1.0, 3.0)
    return curvature, lowest, start, rng.uniform(0.1, 0.3)


def slide(curvature, lowest, start, rate, epochs):
    """Return the path of `epochs` updates on a parabola."""
    return lowest + (1 - rate * curvature) ** np.arange(epochs + 1) * (start - lowest)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Three things make the step: its direction, the slope, and the learning rate.",
    "Twice the learning rate, twice the step; twice the slope, twice the step.",
)
def test_update_scales_the_step_with_rate_and_slope(submission, rng):
    """`update` makes a step as long as the learning rate times the slope, uphill slopes and downhill ones."""
    # A small rate downhill and a bold one uphill, so that one that is capped at 1, or a step that is, shows.
    for sign, low, high in ((-1.0, 0.01, 0.9), (1.0, 1.5, 3.0)):
        parameter, gradient, rate = rng.uniform(-5, 5), sign * rng.uniform(1, 5), rng.uniform(low, high)
        expected = parameter - rate * gradient
        expect(submission.update(parameter=parameter, gradient=gradient, learning_rate=rate)).number(expected)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "The rule for one parameter is the rule for many: what does NumPy do with a number times an array?",
    "No loop and no `float` is needed; the formula works for arrays as it stands.",
)
def test_update_works_elementwise(submission, rng):
    """`update` of arrays steps every element by its own slope and keeps the shape."""
    for shape in ((5,), (2, 3)):
        parameter, gradient, rate = rng.uniform(-5, 5, shape), rng.uniform(-5, 5, shape), rng.uniform(0.01, 0.9)
        expected = parameter - rate * gradient
        expect(submission.update(parameter, gradient, rate)).array(expected, shape="the shape of parameter")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "An array of whole numbers has no room for fractions.",
    "Compute a new array and return it; writing the result into the old one cuts it to whole numbers, or fails.",
)
def test_update_keeps_fractions_of_whole_numbers(submission, rng):
    """`update` gives exact fractions even when parameter and gradient are whole numbers."""
    first, second = (int(k) for k in rng.integers(1, 9, size=2))
    expect(submission.update(first, second, 0.3)).number(first - 0.3 * second)
    parameter, gradient = rng.integers(-9, 9, size=4), rng.integers(1, 9, size=4)
    expected = parameter - 0.3 * gradient
    expect(submission.update(parameter, gradient, 0.3)).array(expected, shape="the shape of parameter")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Call your function with an array, then with another one, then with the first again.",
    "An answer depends on what is handed in, and on nothing that an earlier call has left behind.",
    "Compute the new value in a new variable and return that.",
)
def test_update_gives_the_same_answer_again(submission, rng):
    """`update` answers a second call with the same arrays as it did the first, whatever came between."""
    calls = [(rng.uniform(-5, 5, 3), rng.uniform(1, 5, 3), rng.uniform(0.1, 0.9)) for _ in range(2)]
    for (parameter, gradient, rate), because in repeated((calls[0], calls[1], calls[0]), AGAIN):
        expected = parameter - rate * gradient
        expect(submission.update(parameter, gradient, rate), because=because).array(
            expected, shape="the shape of parameter"
        )


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Are start, learning rate and epochs all used as they were given, none replaced by a number of your own?",
    "Draw your path for a parabola: each update should leave the same fraction of the distance to the lowest point.",
    "Each point is the one before it less the learning rate times the slope there; put each into the path.",
)
def test_descend_shrinks_the_distance_on_any_parabola(submission, rng):
    """`descend` leaves the same fraction of the distance to the lowest point in every update, from both sides."""
    for epochs in (1, int(rng.integers(20, 40))):
        curvature, lowest, start, rate = parabola(rng)
        expected = slide(curvature, lowest, start, rate, epochs)
        got = submission.descend(PARABOLA.bind(a=curvature, b=lowest), start, rate, epochs)
        expect(got).array(expected, shape="(epochs + 1,)")
    # Without any rounding: from far away to a slope of 2e-15, and from the lowest point itself.
    for start in (1024.0, 0.0):
        because = "The path has epochs + 1 points, however far the start is, and however level the ground becomes."
        got = submission.descend(HALVING, start, 0.25, 60)
        expect(got, because=because).array(start * 0.5 ** np.arange(61), shape="(epochs + 1,)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Every place has its own slope. At which point do you ask for it?",
    "Ask for the slope inside the loop, at the point just reached, not once at the start.",
)
def test_descend_asks_for_the_slope_where_it_stands(submission, rng):
    """`descend` uses in each update the slope at the point just reached, on wavy ground as well."""
    height, width, rate = rng.uniform(1.0, 2.0), rng.uniform(0.5, 1.0), rng.uniform(0.02, 0.05)
    walk = [rng.uniform(1.5, 3.0)]
    for _ in range(12):
        walk.append(walk[-1] - rate * (-2 * height * math.sin(2 * walk[-1]) + 2 * width * walk[-1]))
    # |1 - rate f''| <= 1 + 0.05 * 7 where the ground bends down: 12 updates stretch a rounding error 1.35**12 < 40-fold.
    got = submission.descend(gradient=WAVE.bind(a=height, b=width), start=walk[0], learning_rate=rate, epochs=12)
    expect(got).array(np.array(walk), shape="(epochs + 1,)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "A learning rate may be so large that a step leads past the lowest point. That is not for you to mend.",
    "Take the learning rate as it is: no upper limit, no shrinking from update to update.",
)
def test_descend_overshoots_with_a_bold_rate(submission, rng):
    """`descend` keeps to the rate it is given, even if the path jumps from side to side or runs away."""
    for factor in (-rng.uniform(0.5, 0.8), -rng.uniform(1.1, 1.4)):
        curvature, lowest, start, _ = parabola(rng)
        rate = (1 - factor) / curvature
        # Growing by up to 1.4 per update, the path reaches 4 * 1.4**10 < 120; its rounding error grows alike.
        expected = slide(curvature, lowest, start, rate, 10)
        got = submission.descend(PARABOLA.bind(a=curvature, b=lowest), start, rate, 10)
        expect(got).array(expected, shape="(epochs + 1,)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "No update at all: which point is left?",
    "The start belongs to the path before the loop begins.",
)
@pytest.mark.depends("test_descend_slides_into_the_bowl")
def test_descend_with_no_epochs_returns_the_start_alone(submission, rng):
    """`descend` with `epochs = 0` returns a path of one point, the start."""
    curvature, lowest, start, rate = parabola(rng)
    got = submission.descend(PARABOLA.bind(a=curvature, b=lowest), start, rate, 0)
    expect(got).array(np.array([start]), shape="(epochs + 1,)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "The start may be a whole number, but the next point is not.",
    "If you make an array out of the start, or fill one with it, it holds whole numbers only. Make it one of floats.",
)
def test_descend_keeps_fractions_from_a_whole_number(submission, rng):
    """`descend` may start at a whole number and does not round the points after it."""
    start = int(rng.integers(2, 9))
    curvature, lowest, _, rate = parabola(rng)
    expected = slide(curvature, lowest, start, rate, 6)
    got = submission.descend(PARABOLA.bind(a=curvature, b=lowest), start, rate, 6)
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
    for side in (-1.0, 1.0):
        start, updates = lowest + side * rng.uniform(1.0, 3.0), int(rng.integers(3, 12))
        # Half an update's shrinking between the last slope above the tolerance and the first below it: 2 % or more,
        # so rounding cannot shift the end.
        tolerance = curvature * abs(start - lowest) * (1 - rate * curvature) ** (updates - 0.5)
        got = submission.descend_until(PARABOLA.bind(a=curvature, b=lowest), start, rate, tolerance)
        expect(got).array(slide(curvature, lowest, start, rate, updates), shape="(k + 1,) after k updates")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Below means below: a slope exactly as large as the tolerance is not yet level.",
    "Stop with `<`; go on with `>=`.",
)
def test_descend_until_goes_on_where_the_slope_equals_the_tolerance(submission, rng):
    """`descend_until` makes another update where the slope's magnitude is exactly the tolerance."""
    far = float(2 ** rng.integers(1, 5))
    for start, updates in ((far, int(rng.integers(3, 8))), (-far, 40)):
        # Powers of two: slopes 2x, points and tolerance are exact, however the formula is written.
        tolerance = 2 * abs(start) * 0.5 ** (updates - 1)
        got = submission.descend_until(HALVING, start, learning_rate=0.25, tolerance=tolerance)
        expect(got).array(start * 0.5 ** np.arange(updates + 1), shape="(k + 1,) after k updates")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Ask before you step: perhaps you already stand on level ground.",
    "Look at the slope at the start too; only then make the first update.",
)
@pytest.mark.depends("test_descend_until_stops_where_the_ground_is_level")
def test_descend_until_stays_where_the_start_is_level(submission, rng):
    """`descend_until` returns the start alone if the slope there is below the tolerance."""
    curvature, lowest, start, rate = parabola(rng)
    tolerance = 1.5 * curvature * abs(start - lowest)
    got = submission.descend_until(PARABOLA.bind(a=curvature, b=lowest), start, rate, tolerance)
    expect(got).array(np.array([start]), shape="(k + 1,) after k updates")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Some walks never reach level ground. Count the updates, and stop at the limit.",
    "The limit counts updates, so the path has one point more than that.",
    "With a limit of 0 no update is made, and the start is the whole path.",
)
def test_descend_until_makes_at_most_max_epochs_updates(submission, rng):
    """`descend_until` ends after `max_epochs` updates if the ground is not level by then."""
    curvature, lowest, start, rate = parabola(rng)
    for limit in (int(rng.integers(3, 9)), 0):
        got = submission.descend_until(
            gradient=PARABOLA.bind(a=curvature, b=lowest),
            start=start,
            learning_rate=rate,
            tolerance=1e-9,
            max_epochs=limit,
        )
        expect(got).array(slide(curvature, lowest, start, rate, limit), shape="(max_epochs + 1,)")
    whole, limit = int(rng.integers(2, 9)), int(rng.integers(3, 9))
    got = submission.descend_until(PARABOLA.bind(a=curvature, b=lowest), whole, rate, 1e-9, limit)
    because = "From a whole number too the path goes on in fractions."
    expect(got, because=because).array(slide(curvature, lowest, whole, rate, limit), shape="(max_epochs + 1,)")
    # x becomes -1.5 x, without any rounding.
    got = submission.descend_until(HALVING, 2.0, learning_rate=1.25, tolerance=1e-9, max_epochs=limit)
    because = "A walk that leaps across the valley, and further each time, goes on to the limit too."
    expect(got, because=because).array(2.0 * (-1.5) ** np.arange(limit + 1), shape="(max_epochs + 1,)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "What is the limit when nobody names one?",
    "Give `max_epochs` its default value in the first line of the function.",
)
def test_descend_until_makes_at_most_1000_updates_unless_told_otherwise(submission, rng):
    """`descend_until` ends after 1000 updates if no limit is named."""
    curvature, lowest, start, _ = parabola(rng)
    # Leaves 0.999**1000 = 37 % of the distance; the roundings of 1000 updates add up to less than 1000 eps * |x| < 1e-12.
    rate = 1e-3 / curvature
    got = submission.descend_until(PARABOLA.bind(a=curvature, b=lowest), start, rate, 1e-9)
    expect(got).array(slide(curvature, lowest, start, rate, 1000), shape="(max_epochs + 1,)")
