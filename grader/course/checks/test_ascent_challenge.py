"""Hidden checks of exercise 5, the ascent challenge: its contract, one sentence each.

The domes have curvature -k and their summit at m in each direction, so every update shrinks each coordinate's distance
to m by the factor 1 - rate * k, and the climb is known in closed form. Rounding errors shrink by the same factor: they
stay below a few eps * |p| / (1 - |factor|) < 1e-13, far inside the default tolerances. Where paths grow, so do rounding
errors, by the same factor: k updates leave k eps or so of the size that the path has then.
"""

import math

import numpy as np
import pytest
import sympy as sp

from grader.expect import expect
from grader.functions import constant, gradient, handed, identity, point_function, scalar_function

pytestmark = pytest.mark.batched  # the answers to calls are handed to `expect`, and to nothing else

decoy_descend = handed("decoy_descend")
x, y, z, a, b, c = sp.symbols("x y z a b c")
u = sp.Symbol("u", positive=True)
v = sp.Symbol("v", real=True)
keyword = sp.Symbol("lambda")
TINY = 1e-300  # as absolute tolerance: every digit counts, however small the number is
CURVATURES, TILTS, PLACES = sp.symbols("k:6"), sp.symbols("l:6"), sp.symbols("p:6")
FORMULAS = {
    n: c + sum(tilt * p - k * p**2 / 2 for k, tilt, p in zip(CURVATURES[:n], TILTS, PLACES, strict=False))
    for n in (1, 2, 3, 4, 6)
}
DOMES = {n: point_function(formula, PLACES[:n]) for n, formula in FORMULAS.items()}
TWISTED = point_function(FORMULAS[3] + a * (PLACES[0] * PLACES[1] + PLACES[1] * PLACES[2]), PLACES[:3])
ROUND = gradient(-(x**2) - y**2, (x, y))  # (-2x, -2y): every update multiplies the point by 1 - 2 rate
SLOPES = {n: gradient(formula, PLACES[:n]) for n, formula in FORMULAS.items()}
AGAIN = "A second climb from the same start must give the same path."
HILLS = gradient(a * sp.sin(x) + b * sp.cos(y) + c * x * y, (x, y))
WAVE = scalar_function(a * sp.sin(x) + b * x, x)
SURFACE = point_function(a * sp.sin(x) + b * y**2, (x, y))
HALVING = point_function(-b * (x**2 + keyword**2), (x, keyword))  # every update multiplies the point by 1 - 2 b rate
SLANT = point_function(a * x + b, (x, y))
RIDGE = point_function(a * sp.log(u) - b * u + c * sp.cos(v), (u, v))


def dome(rng, n):
    """Return curvatures, summit, start, learning rate, the summit's height and the symbols' numbers, for n dimensions."""
    # The start has coordinates of both signs, if there are two, and the summit lies near 0: after 16 updates, which leave
    # at most 6 % of each distance, rounded numbers show.
    curvature, summit = rng.uniform(1, 2, n), rng.uniform(0.01, 0.02, n)
    start, height = rng.uniform(1, 3, n) * np.resize([-1.0, 1.0], n), rng.uniform(2, 9)
    # height - Σ k (p - m)² / 2, multiplied out: SymPy is quicker with that.
    numbers = {"c": height - float(curvature @ summit**2) / 2}
    numbers |= {f"k{i}": k for i, k in enumerate(curvature.tolist())}
    numbers |= {f"l{i}": tilt for i, tilt in enumerate((curvature * summit).tolist())}
    return curvature, summit, start, rng.uniform(0.2, 0.3), height, numbers


def climb(curvature, summit, start, rate, epochs):
    """Return the path of `epochs` updates on a dome."""
    factors = (1 - rate * curvature) ** np.arange(epochs + 1)[:, None]
    return summit + factors * (np.asarray(start) - summit)


def revisited(here, elsewhere, first, rate):
    """Yield a climb, others that share with it what a path might be remembered by, and the climb again, with what to say."""
    yield here, first, rate, 12, ""
    yield here, -first, rate, 12, ""
    yield here, first[::-1].copy(), rate, 12, ""
    yield here, first + 1e-3, rate, 12, ""
    yield here, first, rate / 2, 12, ""
    yield here, first, rate, 11, ""
    yield elsewhere, first, rate, 12, ""
    yield here, first, rate, 12, AGAIN
    yield here, first.tolist(), rate, 12, AGAIN


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Each update starts where the one before it ended, with the slopes there.",
    "Ask for the gradient inside the loop, once for all coordinates, at the point just reached.",
)
def test_ascend_by_update_follows_the_slope_where_it_stands(submission, rng):
    """`ascend_by_update` adds in each update the learning rate times the gradient at the point just reached."""
    tall, wide, twist = rng.uniform(0.5, 2), rng.uniform(0.5, 2), rng.uniform(0.5, 1)
    rate, walk = rng.uniform(0.05, 0.1), [rng.uniform(-1, 1, size=2)]
    for _ in range(8):
        p, q = walk[-1].tolist()
        walk.append(walk[-1] + rate * np.array([tall * math.cos(p) + twist * q, twist * p - wide * math.sin(q)]))
    # |1 + rate f''| <= 1.3, so 8 updates stretch a rounding error less than 10-fold.
    got = submission.ascend_by_update(HILLS.bind(a=tall, b=wide, c=twist), walk[0], rate, 8)
    expect(got).array(np.array(walk), shape="(epochs + 1, n)")
    because = "The climb takes all its updates, at the rate it is given, however steep or level the ground is."
    # So timid a rate that 300 updates leave three quarters of the distance or more.
    curvature, summit, start, _, _, numbers = dome(rng, 2)
    timid, epochs = 1e-3 / curvature.max(), int(rng.integers(280, 320))
    got = submission.ascend_by_update(SLOPES[2].bind(**numbers), start, timid, epochs)
    expect(got, because=because).array(climb(curvature, summit, start, timid, epochs), shape="(epochs + 1, n)")
    # Without any rounding: from far away to a slope of 2e-15, from the summit itself, and further down at each leap.
    for start, bold, epochs in (([1024.0, -512.0], 0.25, 60), ([0.0, 0.0], 0.25, 3), ([2.0, -1024.0], 2, 28)):
        expected = np.array(start) * (1.0 - 2 * bold) ** np.arange(epochs + 1)[:, None]
        got = submission.ascend_by_update(ROUND, start, bold, epochs)
        expect(got, because=because).array(expected, shape="(epochs + 1, n)")
    # The same at other sizes, where every digit counts; and at a bold rate on nearly level ground.
    for start in ([2.0**40, -(2.0**-333)], [-(2.0**-60), 2.0**-333], [2.0**-333, 0.0]):
        expected = np.array(start) * 0.5 ** np.arange(9)[:, None]
        got = submission.ascend_by_update(ROUND, start, 0.25, 8)
        expect(got, because=because).array(expected, atol=TINY, shape="(epochs + 1, n)")
    numbers = {"k0": 2.0**-10, "k1": 2.0**-11, "l0": 0.0, "l1": 0.0}
    got = submission.ascend_by_update(SLOPES[2].bind(**numbers), [3.0, -5.0], 2.0**12, 8)
    expected = np.array([3.0, -5.0]) * np.array([-3.0, -1.0]) ** np.arange(9)[:, None]
    expect(got, because=because).array(expected, shape="(epochs + 1, n)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Nothing in the update rule counts the coordinates.",
    "Take n from the start; `np.array` turns lists and tuples into arrays of floats.",
)
def test_ascend_by_update_takes_any_start_in_any_dimension(submission, rng):
    """`ascend_by_update` climbs in one, three, four and six dimensions, from lists, tuples, arrays and whole numbers."""
    for n, start, epochs in (
        (1, (2,), 16),
        (2, rng.integers(2, 9, size=2), 1),
        (2, [-3, 0.5], 16),
        (3, [1, -2, 3], 2),
        (4, tuple(rng.uniform(-3, 3, 4).tolist()), 16),
        (6, rng.uniform(-3, 3, 6), 16),
    ):
        curvature, summit, _, rate, _, numbers = dome(rng, n)
        slopes = SLOPES[n].bind(**numbers)
        got = submission.ascend_by_update(gradient=slopes, start=start, learning_rate=rate, epochs=epochs)
        expect(got).array(climb(curvature, summit, start, rate, epochs), shape="(epochs + 1, n)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "No update at all: which row is left?",
    "A table with one row has the shape (1, n), not (n,).",
)
@pytest.mark.depends("test_ascend_by_update_climbs_the_dome")
def test_ascend_by_update_with_no_epochs_returns_the_start_alone(submission, rng):
    """`ascend_by_update` with `epochs = 0` returns a path of one row, the start."""
    for n in (2, 1, 3):
        _, _, start, rate, _, numbers = dome(rng, n)
        for first in (start.tolist(), start, np.arange(1, n + 1)):
            got = submission.ascend_by_update(SLOPES[n].bind(**numbers), first, rate, 0)
            expect(got).array(np.array([first], dtype=float), shape="(epochs + 1, n)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Climb from one start, then from another, then from the first again: is the third path the first one?",
    "A climb begins at the start that is handed in, and with an empty path.",
)
def test_ascend_by_update_climbs_the_same_way_again(submission, rng):
    """`ascend_by_update` climbs the same path from the same start again, whatever climbs came in between."""
    _, _, first, rate, _, _ = here = dome(rng, 2)
    for (curved, summit, _, _, _, numbers), start, bold, epochs, because in revisited(here, dome(rng, 2), first, rate):
        got = submission.ascend_by_update(SLOPES[2].bind(**numbers), start, bold, epochs)
        expect(got, because=because).array(climb(curved, summit, start, bold, epochs), shape="(epochs + 1, n)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "The point stays where it is; only the value changes its sign.",
    "Change the sign of what the function returns, not of what it is given.",
    "The opposite of a negative value is positive: no `abs`.",
)
def test_negated_turns_every_value_round(submission, rng):
    """`negated` answers with the opposite value at the very same place, positive and negative values alike."""
    # sin(x) + 3 x on both sides of 0, with one extra term: neither even nor odd. Of every size, where every digit counts.
    tilt, made = rng.uniform(2, 3), []
    for height in (rng.uniform(0.5, 2), 1e-100 * rng.uniform(0.5, 2), 1e9 * rng.uniform(0.5, 2)):
        wave = WAVE.bind(a=height, b=height * tilt)
        made.append((height, expect(submission.negated(wave)).callable()))
    # All of them are there at the same time, and asked by turns.
    near, far = rng.uniform(0.5, 2.0), rng.uniform(2e3, 3e3)
    for place in (near, -near, 1, 0, near + 1e-4, near, far, -far):
        for height, upside_down in made:
            expected = -height * (math.sin(place) + tilt * place)
            expect(upside_down(place)).number(expected, atol=TINY)
    height = made[0][0]
    upside_down = expect(submission.negated(function=SURFACE.bind(a=height, b=tilt))).callable()
    point = rng.uniform(0.5, 2.0, size=2)
    for place in (point, -point, np.zeros(2), np.array([1, -2])):
        expect(upside_down(place)).number(-(height * math.sin(place[0]) + tilt * place[1] ** 2))


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "The function may answer with an array, a gradient for instance. What does a minus sign do with an array?",
    "No `float` and no `abs`: a minus sign in front of the answer is enough, for numbers and arrays.",
)
def test_negated_works_for_arrays(submission, rng):
    """`negated` changes the sign of every element, of a gradient and of a function of a whole array."""
    for n in (3, 1, 6):
        curvature, summit, point, _, _, numbers = dome(rng, n)
        downhill = expect(submission.negated(SLOPES[n].bind(**numbers))).callable()
        for place in (point, -point, point + 1e-4, 1e6 * point, point):
            expect(downhill(place)).array(curvature * (place - summit), shape="(n,)")
    height, tilt = rng.uniform(0.5, 2), rng.uniform(2, 3)
    upside_down = expect(submission.negated(WAVE.bind(a=height, b=tilt))).callable()
    for shape in ((2, 2), (2, 3), (300,), (2, 2)):
        places = rng.uniform(-2, 2, size=shape) * 10 ** rng.uniform(-9, 0, size=shape)
        expected = -(height * np.sin(places) + tilt * places)
        expect(upside_down(places)).array(expected, atol=TINY, shape="the shape of the argument")
    # Functions that answer with what they keep: with their own argument, and with one array for all places.
    mirrored = expect(submission.negated(identity())).callable()
    expect(mirrored(point)).array(-point, shape="(n,)")
    level = expect(submission.negated(constant(*point))).callable()
    for place in (point, -point):
        because = "A function may keep the array that it answers with: make a new one, and leave that as it is."
        expect(level(place), because=because).array(-point, shape="(n,)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Twice upside down is upright again.",
    "The function that you return must take a point and answer, like the one that you were given.",
)
@pytest.mark.depends("test_negated_turns_the_value_round")
def test_negated_twice_is_the_function_itself(submission, rng):
    """`negated` applied to its own result gives the first function back."""
    height, tilt = rng.uniform(0.5, 2), rng.uniform(2, 3)
    once = expect(submission.negated(WAVE.bind(a=height, b=tilt))).callable()
    twice = expect(submission.negated(once)).callable()
    # The function that was negated first is still what it was.
    for place in (rng.uniform(0.5, 2.0), -rng.uniform(0.5, 2.0), 0, 2):
        value = height * math.sin(place) + tilt * place
        expect(twice(place)).number(value)
        expect(once(place)).number(-value)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "The `descend` that you are given may walk in its own way. Let it, and return what it returns.",
    "Change the sign of the gradient and of nothing else: not of the start, the learning rate or the path.",
    "The new gradient is a function: at each point it answers with the opposite of what the old one answers.",
)
def test_ascend_by_objective_changes_nothing_but_the_gradients_sign(submission, rng):
    """`ascend_by_objective` hands `descend` the negated gradient, the start, the rate and the epochs, in any dimension."""
    # Far starts, and rates and epochs of every size: nothing is for you to cap.
    for n, size, bold, epochs in (
        (1, 1.0, 1.0, 4),
        (2, 1e6, 1.0, 3),
        (2, 1.0, 1e-6, 2),
        (4, 1.0, 1e4, 1),
        (6, 1e-6, 1.0, 9),
        (2, 1.0, None, 120),
    ):
        curvature, summit, start, rate, _, numbers = dome(rng, n)
        start, rate = size * start, 2 if bold is None else bold * rate
        expected = decoy_descend.expected(lambda p, k=curvature, m=summit: k * (p - m), start, rate, epochs)
        slopes = SLOPES[n].bind(**numbers)
        got = submission.ascend_by_objective(
            descend=decoy_descend, gradient=slopes, start=start, learning_rate=rate, epochs=epochs
        )
        expect(got).array(expected, shape="(epochs + 1, n)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Hand the start on as it comes; `descend` knows what to do with a list.",
    "With no epochs, `descend` answers with the start alone, and so do you.",
)
def test_ascend_by_objective_takes_lists_and_tuples_and_no_epochs(submission, rng):
    """`ascend_by_objective` starts from a list or a tuple and returns the start alone with `epochs = 0`."""
    curvature, summit, start, rate, _, numbers = dome(rng, 3)
    slopes, whole = SLOPES[3].bind(**numbers), rng.integers(2, 9, size=3)
    for first, epochs in (
        (start.tolist(), 2),
        (tuple(start.tolist()), 3),
        (start.tolist(), 0),
        (whole, 2),
        (whole.tolist(), 1),
        (whole, 0),
    ):
        expected = decoy_descend.expected(lambda p: curvature * (p - summit), first, rate, epochs)
        got = submission.ascend_by_objective(decoy_descend, slopes, first, rate, epochs)
        expect(got).array(expected, shape="(epochs + 1, n)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Climb from one start, then from another, then from the first again: is the third path the first one?",
    "Let the `descend` that you are given walk anew in every call.",
)
def test_ascend_by_objective_climbs_the_same_way_again(submission, rng):
    """`ascend_by_objective` climbs the same path from the same start again, whatever climbs came in between."""
    _, _, first, rate, _, _ = here = dome(rng, 2)
    for (curved, summit, _, _, _, numbers), start, bold, epochs, because in revisited(here, dome(rng, 2), first, rate):
        expected = decoy_descend.expected(lambda p, k=curved, m=summit: k * (p - m), start, bold, epochs)
        got = submission.ascend_by_objective(decoy_descend, SLOPES[2].bind(**numbers), start, bold, epochs)
        expect(got, because=because).array(expected, shape="(epochs + 1, n)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Are the learning rate and the epochs used as they are given? Does the climb go up in every direction?",
    "The point is the last one of the path, with one entry for each variable, in the order of `variables`.",
)
def test_find_local_maximum_ends_where_the_climb_ends(submission, rng):
    """`find_local_maximum` returns the end of the climb, shape (n,), in one dimension and in three."""
    curvature, summit, start, rate, _, numbers = dome(rng, 3)
    epochs, twist = int(rng.integers(5, 15)), rng.uniform(0.2, 0.3)
    # The gradient is tilts - A p, so the end is (1 - rate A)**epochs away from the summit, where A p = tilts. A's
    # eigenvalues lie within 1.42 twist of the curvatures, in [0.07, 2.43]: nothing grows.
    bend = np.diag(curvature) - twist * (np.eye(3, k=1) + np.eye(3, k=-1))
    top = np.linalg.solve(bend, curvature * summit)
    end = top + np.linalg.matrix_power(np.eye(3) - rate * bend, epochs) @ (start - top)
    formula = TWISTED.bind(**numbers, a=twist).expression
    for because in ("", "A second climb from the same start must end at the same point."):
        got = submission.find_local_maximum(formula, PLACES[:3], start, rate, epochs)
        point, _ = expect(got).sequence(2, "the point and the value")
        expect(point, because=because).array(end, shape="(n,)")
    curvature, summit, _, _, _, numbers = dome(rng, 1)
    formula, whole = DOMES[1].bind(**numbers).expression, rng.integers(2, 9, size=1).tolist()
    # Each update leaps across the summit and leads 1.2 to 1.6 times as far away: up to 10 * 1.6**14 < 1e4, rounding alike.
    rate = rng.uniform(2.2, 2.6) / float(curvature[0])
    end = climb(curvature, summit, whole, rate, epochs)[-1]
    for because in (
        "The climb ends where its last update leads, even if a bold rate leaps across the summit, from whole numbers too.",
        "A second climb from the same start must end at the same point.",
    ):
        got = submission.find_local_maximum(formula, PLACES[:1], whole, rate, epochs)
        point, _ = expect(got).sequence(2, "the point and the value")
        expect(point, because=because).array(end, shape="(n,)")
    # Far away and close to the summit, at timid rates and bold ones, for one update and many; one variable is called
    # `lambda`. The first three share what an answer might be remembered by. Rounding: an eps for each update.
    because = "The climb takes all its updates, at the rate it is given, however steep or level the ground is."
    for steep, first, bold, updates in (
        (1.0, [4.0, -8.0], 0.25, 8),
        (1.0, [4.0, -8.0], 0.25, 1),
        (0.5, [4.0, -8.0], 0.25, 8),
        (2.0**-12, [2.0**40, -8.0], 2.0**13, 30),
        (1.0, [2.0**-40, -(2.0**-300)], 2.0**-10, 120),
    ):
        formula = HALVING.bind(b=steep).expression
        got = submission.find_local_maximum(formula, (x, keyword), first, bold, updates)
        point, value = expect(got).sequence(2, "the point and the value")
        end = np.array(first) * (1 - 2 * steep * bold) ** updates
        expect(point, because=because).array(end, atol=TINY, shape="(n,)")
        expect(value, because="The value is that of the point.").number(float(-steep * end @ end), atol=TINY)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "How high is the point that you return? Evaluate the formula there, not at the start.",
    "The value is a number of the formula itself: if you climbed with its negative, mind the sign.",
)
def test_find_local_maximum_returns_the_height_there(submission, rng):
    """`find_local_maximum` returns as its second item the expression's value at the end of the climb, a float."""
    curvature, summit, start, rate, height, numbers = dome(rng, 2)
    formula = DOMES[2].bind(**numbers).expression
    got = submission.find_local_maximum(
        expression=formula, variables=PLACES[:2], start=start, learning_rate=rate, epochs=6
    )
    _, value = expect(got).sequence(2, "the point and the value")
    end = climb(curvature, summit, start, rate, 6)[-1]
    expect(value).number(height - float(curvature @ (end - summit) ** 2) / 2)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Variables may have any names; use the ones you are given, in their order.",
    "After enough updates the ground is level: the gradient is zero at your point, and every neighbour is lower.",
)
def test_find_local_maximum_reaches_a_summit(submission, rng):
    """`find_local_maximum` reaches the summit above its start, whatever the variables are called."""
    steep, heavy, wave = rng.uniform(1, 1.5), rng.uniform(1, 1.5), rng.uniform(1, 2)
    summit = np.array([0.0, steep / heavy])  # of a log(u) - b u + c cos(v), as the order is (v, u)
    start = (summit + rng.uniform(-0.2, 0.2, size=2)).tolist()
    # Between start and summit the curvatures lie in [0.5, 4.6], so with a rate of 0.4 each update leaves at most 84 % of
    # the distance, and near the summit at most 74 %: 100 updates leave less than 1e-11. The height is off by its square.
    got = submission.find_local_maximum(RIDGE.bind(a=steep, b=heavy, c=wave).expression, [v, u], start, 0.4, 100)
    point, value = expect(got).sequence(2, "the point and the value")
    expect(point).array(summit, atol=1e-8, shape="(n,)")
    expect(value).number(steep * math.log(summit[1]) - heavy * summit[1] + wave)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "No update at all: where do you stand, and how high is it there?",
    "The start may be a list of whole numbers; return it as an array of floats, and leave the caller's as it is.",
)
def test_find_local_maximum_with_no_epochs_stays_at_the_start(submission, rng):
    """`find_local_maximum` with `epochs = 0` returns the start and the value there."""
    curvature, summit, _, rate, height, numbers = dome(rng, 2)
    whole = rng.integers(2, 6, size=2) * [1, -1]
    formula = DOMES[2].bind(**numbers).expression
    for start in (whole.tolist(), whole + 0.5):
        point, value = expect(submission.find_local_maximum(formula, PLACES[:2], start, rate, 0)).sequence(
            2, "the point and the value"
        )
        place = np.array(start, dtype=float)
        expect(point).array(place, shape="(n,)")
        expect(value).number(height - float(curvature @ (place - summit) ** 2) / 2)
