"""Hidden checks of exercise 3, starting values: its contract, one sentence each.

Heights and slopes are expected from the half-angle formulas, cos 2t = 1 - 2 sin² t and sin 2t = 2 sin t cos t, and
walks from the update rule solved for x. Learners write them otherwise; all agree up to a few roundings, below 1e-14.
A walk stretches such an error near a hilltop, by |1 - rate * f''| <= 1 + 0.03 * 37.5 < 2.2 per update, and shrinks it
in a valley. All inputs lie in [-2, 2], all rates at or below 0.03.
"""

import math

import numpy as np
import pytest

from grader.expect import expect, repeated

pytestmark = pytest.mark.batched  # the answers to calls are handed to `expect`, and to nothing else

# Where π sin(2πx) = x and the ground bends up, with curvatures of 41.0 and 37.2; and how deep these valleys are.
DEEP, SHALLOW = 0.475802451024221, 1.425067414826198
DEPTH = -0.762076545259931


def height_at(x):
    return 1 - 2 * np.sin(np.pi * x) ** 2 + x * x


def slope_at(x):
    return 2 * x - 4 * np.pi * np.sin(np.pi * x) * np.cos(np.pi * x)


def walk(x, rate, epochs):
    """Return the end of a walk from x, by the update rule with its terms collected."""
    for _ in range(epochs):
        x = (1 - 2 * rate) * x + 2 * math.pi * rate * math.sin(2 * math.pi * x)
    return x


def places(rng, shape):
    """Return places in [-2, 2] on both sides, 0.05 or more away from where cosine or sine of 2πx are zero."""
    return (rng.integers(0, 8, shape) / 4 + rng.uniform(0.05, 0.2, shape)) * rng.choice([-1.0, 1.0], shape)


def rotated(rng, curvatures):
    """Return a symmetric matrix with these eigenvalues, up to rounding: 1e-15 of the largest."""
    curvatures = np.asarray(curvatures, dtype=float)
    directions, _ = np.linalg.qr(rng.normal(size=(len(curvatures), len(curvatures))))
    matrix = directions @ np.diag(curvatures) @ directions.T
    return (matrix + matrix.T) / 2


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Compare with a drawing: a parabola with waves on it, each wave 1 long, their tops on the parabola x² + 1.",
    "The wave repeats when x grows by 1, so it is the cosine of 2π times x; the angle is in radians.",
    "The same height left and right: f(-x) = f(x).",
)
def test_objective_adds_the_wave_and_the_parabola_everywhere(submission, rng):
    """`objective` is cos(2πx) + x² anywhere in [-2, 2]."""
    first = places(rng, 1).tolist()[0]
    # The last is the first again, after one so near to it that it must not be taken for it.
    for place in [first, *places(rng, 2).tolist(), 1.25, -0.75, 2.0, -2.0, 1e-9, first + 1e-5, first]:
        expect(submission.objective(x=place)).number(height_at(place))


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Try your function on `np.array([[0.0, 0.25], [0.5, 1.0]])`: are there four heights, in two rows?",
    "NumPy's functions and operators work on each element; `math` knows single numbers only.",
    "Do not change the array that you are given: compute a new one.",
)
def test_objective_works_elementwise(submission, rng):
    """`objective` of an array gives the height of each element, whatever the array's shape."""
    for shape in ((2, 3), (2, 3), (3, 3), (300,), (1,)):
        table = places(rng, shape)
        expect(submission.objective(table)).array(height_at(table), shape="the shape of x")
    # At whole numbers the wave is at its top.
    whole = rng.permutation([-2, -1, 0, 1, 2])
    expect(submission.objective(whole)).array(1 + whole**2, shape="the shape of x")
    expect(submission.objective(int(whole[0]))).number(1 + int(whole[0]) ** 2)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Measure: (f(x + h) - f(x - h)) / (2h) with a small h should be close to your slope, at several x.",
    "The derivative of the cosine is minus the sine; what stands inside gives a factor by the chain rule.",
    "The parabola's slope grows twice as fast as x.",
)
def test_slope_is_the_derivative_everywhere(submission, rng):
    """`slope` is the derivative of cos(2πx) + x² anywhere in [-2, 2]."""
    # At the bottoms of valleys, where slopes are zero, a difference for a derivative shows: 6e-10, even a central one.
    first = places(rng, 1).tolist()[0]
    # The last is the first again, after one so near to it that it must not be taken for it; at 1.75 it is steepest.
    for place in [first, *places(rng, 2).tolist(), -0.75, DEEP, -SHALLOW, 1.75, -1.75, 2.0, 1e-9, first + 1e-5, first]:
        expect(submission.slope(x=place)).number(slope_at(place))


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Try your function on `np.array([[0.0, 0.25], [0.5, 1.0]])`: are there four slopes, in two rows?",
    "NumPy's functions and operators work on each element; `math` knows single numbers only.",
    "Do not change the array that you are given: compute a new one.",
)
def test_slope_works_elementwise(submission, rng):
    """`slope` of an array gives the slope at each element, whatever the array's shape."""
    for shape in ((2, 3), (2, 3), (3, 3), (300,), (1,)):
        table = places(rng, shape)
        expect(submission.slope(table)).array(slope_at(table), shape="the shape of x")
    # At whole numbers the wave is level.
    whole = rng.permutation([-2, -1, 0, 1, 2])
    expect(submission.slope(whole)).array(2 * whole, shape="the shape of x")
    expect(submission.slope(int(whole[0]))).number(2 * int(whole[0]))


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Are start, learning rate and epochs all used as they were given?",
    "Do one update by hand, then two, and compare with `epochs=1` and `epochs=2`. With `epochs=0` you are at the start.",
    "Ask for the slope anew in each update, at the point just reached; return the last point as one number.",
)
def test_descend_makes_as_many_updates_as_it_is_told(submission, rng):
    """`descend` makes `epochs` updates with the given `learning_rate`, none with `epochs=0`, and returns the last point."""
    side = float(rng.choice([-1.0, 1.0]))
    # Halfway down a slope, so that each update counts: it is steeper than 1 from here to the last point.
    for start, rate, epochs in (
        (side * rng.uniform(0.1, 0.2), rng.uniform(0.003, 0.006), int(rng.integers(4, 8))),
        (-side * rng.uniform(0.7, 0.9), rng.uniform(0.003, 0.005), int(rng.integers(4, 8))),
        (-side * rng.uniform(1.7, 1.9), rng.uniform(0.02, 0.03), 1),
        (side * rng.uniform(1.95, 2.0), rng.uniform(0.01, 0.03), 0),
        (side * rng.uniform(0.7, 0.8), rng.uniform(2e-5, 4e-5), int(rng.integers(280, 320))),
        (int(2 * side), rng.uniform(0.003, 0.006), 6),
    ):
        expect(submission.descend(start, rate, epochs)).number(walk(start, rate, epochs))
    # Each of the others shares with the first what an end might be remembered by.
    start, rate = -side * rng.uniform(0.2, 0.3), rng.uniform(0.003, 0.006)
    calls = ((start, rate, 3), (start, rate, 5), (start, rate / 2, 3), (start + 1e-5, rate, 3), (-start, rate, 3))
    again = "The same arguments must give the same answer, whatever was asked before."
    for (place, bold, epochs), because in repeated((*calls, calls[0]), again):
        got = submission.descend(epochs=epochs, start=place, learning_rate=bold)
        expect(got, because=because).number(walk(place, bold, epochs))


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "What are the learning rate and the number of epochs when nobody names them?",
    "Give both parameters their defaults in the first line of the function, and use the parameters in the loop.",
)
def test_descend_makes_150_updates_at_rate_001_unless_told_otherwise(submission, rng):
    """`descend` uses a learning rate of 0.01 if none is named, and 150 epochs if none are named."""
    start, epochs = rng.uniform(0.1, 0.2), int(rng.integers(2, 5))
    expect(submission.descend(-start, epochs=epochs)).number(walk(-start, 0.01, epochs))
    # So slow that some 2 % to 10 % of the way are left after 150 updates: a few more or fewer of them show.
    start, rate = rng.uniform(0.7, 0.8), rng.uniform(0.0004, 0.0006)
    expect(submission.descend(start, rate)).number(walk(start, rate, 150))
    expect(submission.descend(-start, learning_rate=rate)).number(walk(-start, rate, 150))


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Walk from 0.0001, from -0.0001 and from -2: on which side does each walk end, and how deep?",
    "Near the hilltop the first steps are tiny. That is no reason to stop: make all the updates.",
    "The end may be an unfortunate one. Do not look for a better valley than the one that the slope leads to.",
)
def test_descend_ends_in_the_valley_on_its_side_of_the_hill(submission, rng):
    """`descend` leaves the hilltop after the slightest nudge, and ends at the bottom of the valley that it rolls into."""
    # From 1e-12 the distance to the top grows by 1.375 per update, so the valley is reached after about 80; each of the
    # others leaves less than 0.6 of the distance to the bottom: 0.6**60 < 1e-13.
    side = float(rng.choice([-1.0, 1.0]))
    # Between 1.0545, where the ground is highest, and 1.15 a walk may turn either way by rounding: no start is there.
    for start, valley in (
        (side * 10 ** rng.uniform(-12, -11), side * DEEP),
        (-side * 10 ** rng.uniform(-6, -4), -side * DEEP),
        (-side * rng.uniform(0.8, 1.0), -side * DEEP),
        (-side * rng.uniform(1.15, 1.3), -side * SHALLOW),
        (side * 2, side * SHALLOW),
    ):
        expect(submission.descend(start)).number(valley)
    # From 1e-15 it takes some 110 updates to leave the hill.
    expect(submission.descend(side * 1e-15, epochs=250)).number(side * DEEP)
    for rate, epochs in ((rng.uniform(0.001, 0.03), 0), (rng.uniform(0.001, 0.03), 7)):
        expect(submission.descend(0, rate, epochs), because="The hilltop is level at any rate.").number(0.0)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Print all your starts and ends with their heights, and look for the lowest end yourself.",
    "Compare the ends: by their height, not by x, and not by where they came from.",
    "The height you return is that of the end, not that of the start. And a walk that stays where it is also has an end.",
)
def test_best_of_restarts_compares_the_ends_by_their_height(submission, rng):
    """`best_of_restarts` returns place and height of the lowest end, wherever it started and wherever it stands in `starts`."""
    for position in rng.permutation(3).tolist():
        # The walk that ends lowest starts highest, above 1.3: those beside it start below 1.26, one on each side.
        side = float(rng.choice([-1.0, 1.0]))
        starts = [side * rng.uniform(1.36, 1.49), -side * rng.uniform(1.36, 1.49)]
        starts.insert(position, side * rng.uniform(0.86, 1.0))
        first, second = expect(submission.best_of_restarts(starts)).sequence(2, "x and f(x)")
        expect(first, because="The first is the end of the walk that ends lowest.").number(side * DEEP)
        expect(second, because="The second is the height of that end.").number(DEPTH)
    # One start of twenty leads into a deep valley: the first, the last, or one between.
    for position in (0, int(rng.integers(5, 15)), 19):
        starts = [float(place) for place in rng.choice([-1.0, 1.0], 20) * rng.uniform(1.3, 1.9, 20)]
        starts[position] = rng.uniform(0.86, 1.0)
        first, second = expect(submission.best_of_restarts(starts)).sequence(2, "x and f(x)")
        expect(first, because="The first is the end of the walk that ends lowest.").number(DEEP)
        expect(second, because="The second is the height of that end.").number(DEPTH)
    # Where no walk moves: all of them high, and two whose heights differ by 5e-6 only.
    near = rng.uniform(0.25, 0.3)
    for starts in ([2.0, -1.9, 1.8], [-2.0, 2.0, 1.95], [near, near + 1e-6, near - 1e-6], [near + 1e-6, near]):
        lowest = min(starts, key=height_at)
        first, second = expect(submission.best_of_restarts(starts, epochs=0)).sequence(2, "x and f(x)")
        expect(first, because="With no epochs the lowest start is the lowest end.").number(lowest)
        expect(second, because="The second is the height there.").number(float(height_at(lowest)))
    # The hilltop at 0 has the height 1, the outer valleys 1.14.
    starts = [rng.uniform(1.3, 1.9), 0.0, -rng.uniform(1.3, 1.9)]
    first, second = expect(submission.best_of_restarts(starts)).sequence(2, "x and f(x)")
    expect(first, because="A walk that does not move also has an end.").number(0.0)
    expect(second, because="A walk that does not move also has a height.").number(1.0)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "With `epochs=0` no walk moves. Which height is the lowest then?",
    "Each walk must get the learning rate and the epochs that were asked for: hand them on.",
    "The end nearest to 0 need not be the lowest: compare heights.",
)
def test_best_of_restarts_walks_with_the_given_rate_and_epochs(submission, rng):
    """`best_of_restarts` makes each walk with the given `learning_rate` and `epochs`, by default 0.01 and 150."""
    side = float(rng.choice([-1.0, 1.0]))
    rate, epochs = rng.uniform(0.001, 0.003), int(rng.integers(2, 5))
    for options, full in (
        ({"learning_rate": rate, "epochs": epochs}, (rate, epochs)),
        ({"learning_rate": rate, "epochs": 0}, (rate, 0)),
        ({"epochs": 2}, (0.01, 2)),
        ({"learning_rate": rate / 6}, (rate / 6, 150)),
    ):
        # Near the hilltop, on one flank of a deep valley (lowest), on the hill outside, and farther up on the other side:
        # none at a bottom, and each of the others stays more than 1e-3 above the lowest.
        side = -side
        top = 0.0 if full[1] == 150 else 0.02 * side
        starts = [top, side * rng.uniform(0.55, 0.58), -side * 1.0545, -side * 0.26]
        end = walk(starts[1], *full)
        got = submission.best_of_restarts(starts, **options)
        first, second = expect(got).sequence(2, "x and f(x)")
        expect(first, because="The first is where the lowest walk stands at last.").number(end)
        expect(second, because="The second is the height there.").number(float(height_at(end)))


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Nothing says how many starts there are, nor that they come in a list; one will do.",
    "Go through `starts` in a loop; do not sort or change them, and do not test an array with `if`.",
    "Of two ends equally low either will do.",
)
def test_best_of_restarts_takes_any_sequence_of_starts(submission, rng):
    """`best_of_restarts` takes lists, tuples and arrays of one or more starts, whole numbers too."""
    lonely = rng.uniform(1.3, 1.9)
    first, second = expect(submission.best_of_restarts((lonely,))).sequence(2, "x and f(x)")
    expect(first, because="Of one walk its end is the lowest.").number(SHALLOW)
    expect(second, because="Of one walk its end is the lowest.").number(float(height_at(SHALLOW)))
    start = rng.uniform(0.2, 0.8)
    for starts in ([-lonely, start, -start], np.array([2, -1, 1, -2])):
        first, second = expect(submission.best_of_restarts(starts)).sequence(2, "x and f(x)")
        end = expect(first).numbers(())
        expect(first, because="Of several equally low ends, one is asked for.").number(math.copysign(DEEP, end))
        expect(second, because="Equally low ends have the same height.").number(DEPTH)
    # Two updates only: whoever begins where the call before has ended ends elsewhere.
    starts = [lonely, -rng.uniform(0.65, 0.72)]
    again = "A second call with the same starts must give the same end, and its height."
    moved = [lonely, starts[1] - 1e-5]
    for given, rate, epochs, because in (
        (list(starts), 0.002, 2, ""),
        (list(starts), 0.002, 2, again),
        (moved, 0.002, 2, ""),
        (list(starts), 0.002, 3, ""),
        (list(starts), 0.001, 2, ""),
        (np.array(starts), 0.002, 2, again),
        (np.array(starts), 0.002, 2, again),
    ):
        end = walk(float(given[1]), rate, epochs)
        first, second = expect(submission.best_of_restarts(given, rate, epochs)).sequence(2, "x and f(x)")
        expect(first, because=because).number(end)
        expect(second, because=because).number(float(height_at(end)))


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Nothing says that there are two directions: [[3]] is a Hessian too.",
    "Look at all the eigenvalues: all positive, the ground bends up all around; all negative, it bends down.",
    "A determinant or two will not do in every dimension, and the sum of the diagonal tells too little.",
)
def test_classify_critical_point_tells_valleys_from_hilltops_in_any_dimension(submission, rng):
    """`classify_critical_point` knows minima and maxima in one to six dimensions, from lists, tuples and arrays."""
    kinds = {1.0: "minimum", -1.0: "maximum"}
    for n, sign, as_tuple in ((1, 1.0, False), (1, -1.0, True), (2, -1.0, True), (3, 1.0, True), (6, -1.0, False)):
        rows = rotated(rng, sign * rng.uniform(0.5, 4.0, n)).tolist()
        hessian = tuple(tuple(row) for row in rows) if as_tuple else rows
        expect(submission.classify_critical_point(hessian)).text(kinds[sign])
    for n, sign in ((2, 1.0), (3, -1.0)):
        # a, a + 1, … on the diagonal and 1 beside it: the least eigenvalue is a + 1 - √3 or more, for n up to 3.
        matrix = int(sign) * (np.diag(int(rng.integers(2, 6)) + np.arange(n)) + np.eye(n, k=1, dtype=int))
        matrix = matrix + np.triu(matrix, 1).T
        expect(submission.classify_critical_point(hessian=matrix)).text(kinds[sign])


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Does the ground bend up in one direction and down in another? Such a direction need not lie along an axis.",
    "The numbers on the diagonal speak of the axes only; [[2, 3], [3, 2]] is a saddle.",
    "In three dimensions two downward curvatures make a positive determinant, and it is still a saddle.",
)
@pytest.mark.depends("test_classify_critical_point_along_the_axes")
def test_classify_critical_point_finds_saddles_in_slanting_directions(submission, rng):
    """`classify_critical_point` knows a saddle in any dimension, even if the ground bends the same way along all axes."""
    for sign in (1, -1):
        first, second = (int(k) for k in rng.integers(1, 5, size=2))
        between = sign * int(rng.integers(5, 9))
        for a, b in ((sign * first, sign * second), (0, 0)):
            expect(submission.classify_critical_point([[a, between], [between, b]])).text("saddle")
    for signs in ((1, -1, -1), (1, 1, -1), (1, 1, 1, 1, -1), (-1, -1, 1, -1, 1)):
        hessian = rotated(rng, np.array(signs) * rng.uniform(0.5, 4.0, len(signs)))
        expect(submission.classify_critical_point(hessian)).text("saddle")
    # Whatever stands first and last, and whatever else has the same numbers on its diagonal.
    one, two, three = rng.uniform(0.5, 4.0, 3)
    for curvatures in ((one, -two, three), (-one, two, -three), (one, two, -three, two, one, two)):
        expect(submission.classify_critical_point(np.diag(curvatures))).text("saddle")
    for between, kind in ((0.5, "minimum"), (2.0, "saddle"), (0.5, "minimum")):
        bent = np.array([[one, between * one], [between * one, one]])
        expect(submission.classify_critical_point(bent)).text(kind)
    # The diagonal is positive, and so is every 2 by 2 minor on it; only the determinant is not, -4.
    factor = int(rng.integers(1, 5))
    hessian = factor * np.array([[3, -2, -2], [-2, 4, -2], [-2, -2, 5]])
    expect(submission.classify_critical_point(hessian)).text("saddle")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "A curvature of zero decides nothing. Which of your questions comes first?",
    "Up in one direction, down in another, level in a third: not a saddle but degenerate.",
    "Rounding turns a zero into something like 1e-17: do not compare with `== 0`.",
)
@pytest.mark.depends("test_classify_critical_point_along_the_axes")
def test_classify_critical_point_asks_for_level_directions_first(submission, rng):
    """`classify_critical_point` calls a point degenerate if any curvature is zero, whatever the others are, or if all are."""
    sizes = rng.uniform(0.5, 4.0, 3)
    for signs in ((1, -1, 0), (1, 1, 0), (-1, 0, -1)):
        expect(submission.classify_critical_point(rotated(rng, sizes * np.array(signs)))).text("degenerate")
    for n in (1, 3):
        expect(submission.classify_critical_point(np.zeros((n, n)).tolist())).text("degenerate")
    whole = [int(k) for k in rng.integers(1, 9, size=2)]
    for hessian in (np.diag([0, whole[0], -whole[1]]), np.full((2, 2), -whole[0])):
        expect(submission.classify_critical_point(hessian)).text("degenerate")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Would your answer change if lengths were measured in kilometres instead of metres? It should not.",
    "Small compared with what? The yardstick is the largest magnitude among the eigenvalues of this matrix.",
    "Compare the smallest magnitude with 1e-9 times the largest magnitude; signs do not matter for that.",
)
def test_classify_critical_point_measures_zero_by_the_largest_curvature(submission, rng):
    """`classify_critical_point` counts a curvature as zero only if it is at most 1e-9 times the largest, in magnitude."""
    for scale, sign, kind in ((1e-60, 1.0, "minimum"), (1e-11, -1.0, "maximum"), (1e10, 1.0, "minimum")):
        hessian = scale * rotated(rng, sign * rng.uniform(0.5, 4.0, 3))
        expect(submission.classify_critical_point(hessian)).text(kind)
    # Diagonal matrices, whose eigenvalues no method rounds by more than 1e-15 of the largest: that is a millionth of the
    # limit, and these lie 5 % beside it, or more. The second curvature is no yardstick, nor is the sum.
    for ratio, large, kind in (
        (1.05e-9, 1.0, "minimum"),
        (1.05e-9, -1.0, "maximum"),
        (-1.05e-9, 1.0, "saddle"),
        (-1.05e-9, -1.0, "saddle"),
        (9.5e-10, 1.0, "degenerate"),
        (9.5e-10, -1.0, "degenerate"),
        (-2e-10, 1e9, "degenerate"),
    ):
        for others in ([1.0], [1.0, 0.9], [1.0, 0.1]):
            hessian = np.diag(large * rng.uniform(0.5, 4.0) * rng.permutation([*others, ratio]))
            expect(submission.classify_critical_point(hessian)).text(kind)
