"""Hidden checks of exercise 4, descent in two dimensions and more: its contract, one sentence each.

The bowls have curvature k and their lowest point at m in each direction, so every update shrinks each coordinate's
distance to m by the factor 1 - rate * k, and the path is known in closed form. Rounding errors shrink by the same
factor: they stay below a few eps * |p| / (1 - |factor|) < 1e-13, far inside the default tolerances. Where paths grow, so
do rounding errors, by the same factor: k updates leave k eps or so of the size that the path has then.
"""

import math
from itertools import pairwise

import numpy as np
import pytest
import sympy as sp

from grader.expect import expect
from grader.functions import gradient, point_function

pytestmark = pytest.mark.batched  # the answers to calls are handed to `expect`, and to nothing else

x, y, a, b, c = sp.symbols("x y a b c")
s = sp.Symbol("s", positive=True)
t = sp.Symbol("t", real=True)
keyword = sp.Symbol("lambda")
TINY = 1e-300  # as absolute tolerance: every digit counts, however small the number is
CURVATURES, LOWEST, PLACES = sp.symbols("k:6"), sp.symbols("m:6"), sp.symbols("p:6")
BOWLS = {
    n: gradient(sum(k * (p - m) ** 2 / 2 for k, m, p in zip(CURVATURES[:n], LOWEST, PLACES, strict=False)), PLACES[:n])
    for n in (1, 2, 3, 4, 6)
}
VALLEY = gradient(a * x**2 / 2 + c * x * y + b * y**2 / 2, (x, y))
PLANE = point_function(a * x + b * y, (x, y))
GUTTER = point_function(a * x + b * y**2, (x, y))
LOBE = point_function(a * x * sp.exp(-(x**2) - b * y**2), (x, y))
RIDGE = point_function(a * x * sp.exp(-((b * x) ** 2) - y**2), (x, y))
ROUND = gradient(x**2 + y**2, (x, y))  # (2x, 2y): every update multiplies the point by 1 - 2 rate


def formula_and_partials(formula, variables):
    """Return a formula and its partial derivatives, ready for `bind`."""
    return point_function(formula, variables), [point_function(formula.diff(v), variables) for v in variables]


NAMED = formula_and_partials(a * t**2 * s + b * sp.sqrt(s), (t, s))
STRANGE = formula_and_partials(a * x * keyword**3 + b * x**2, (x, keyword))
CHAINS = {  # a p0² + p0 p1 + p1 p2 + …
    n: formula_and_partials(a * PLACES[0] ** 2 + sum(p * q for p, q in pairwise(PLACES[:n])), PLACES[:n])
    for n in (3, 6, 1, 2)
}


def bowl(rng, n):
    """Return curvatures, lowest point, start, learning rate and the gradient of a bowl in n dimensions.

    The start has coordinates of both signs, if there are two, and the lowest point lies near 0: after 16 updates, which
    leave at most 6 % of each distance, rounded numbers show.
    """
    curvature, lowest = rng.uniform(1, 2, n), rng.uniform(0.01, 0.02, n)
    start = rng.uniform(1, 3, n) * np.resize([-1.0, 1.0], n)
    numbers = {f"k{i}": k for i, k in enumerate(curvature.tolist())}
    numbers |= {f"m{i}": m for i, m in enumerate(lowest.tolist())}
    return curvature, lowest, start, rng.uniform(0.2, 0.3), BOWLS[n].bind(**numbers)


def slide(curvature, lowest, start, rate, epochs):
    """Return the path of `epochs` updates in a bowl."""
    factors = (1 - rate * curvature) ** np.arange(epochs + 1)[:, None]
    return lowest + factors * (np.asarray(start) - lowest)


def slopes_of_chain(first, p):
    """Return the gradient of first * p0² + p0 p1 + p1 p2 + … at p."""
    slopes = np.zeros(len(p))
    slopes[0] = 2 * first * p[0]
    slopes[:-1] += p[1:]
    slopes[1:] += p[:-1]
    return slopes


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Nothing says that there are two variables.",
    "Do not unpack `variables` into two names; go through them in a loop.",
)
def test_partial_derivatives_take_any_number_of_variables(submission, rng):
    """`partial_derivatives` has one entry for each variable, be it one, two, three or six."""
    first = int(rng.integers(2, 99))
    for n, (formula, partials) in CHAINS.items():
        got = submission.partial_derivatives(formula.bind(a=first).expression, PLACES[:n])
        for item, partial in zip(expect(got).sequence(n, "the partial derivatives"), partials, strict=True):
            expect(item).expression(partial.bind(a=first).expression, dict.fromkeys(PLACES[:n], (-2.0, 2.0)), rng)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "How steep is the ground in a direction that the formula does not mention?",
    "A variable that does not occur still has its place, with the derivative 0; a symbol that is not among the variables is a number.",
)
def test_partial_derivatives_are_zero_by_an_absent_variable(submission, rng):
    """`partial_derivatives` holds 0 for a variable that does not occur, and treats all other symbols as constants."""
    ranges, zero = {a: (0.5, 2.0), x: (-2.0, 2.0)}, sp.Integer(0)
    for formula, variables, expected in (
        (a * x**2 + b, (x, y), (2 * a * x, zero)),
        (a * x**2 + b, [y, x], (zero, 2 * a * x)),
        (a + b, (x, y), (zero, zero)),
        (a * x, (y, x), (zero, a)),
    ):
        items = expect(submission.partial_derivatives(formula, variables)).sequence(2, "the partial derivatives")
        for item, partial in zip(items, expected, strict=True):
            expect(item).expression(partial, ranges, rng)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Which derivative stands first? The order is that of `variables`, not that of the alphabet.",
    "Go through `variables` as they are given; do not ask the formula for its symbols.",
    "A symbol of your own making is not the caller's, even with the same name.",
)
def test_partial_derivatives_keep_the_callers_symbols_and_order(submission, rng):
    """`partial_derivatives` differentiates by the caller's own symbols in their order, whatever they are called."""
    numbers = {"a": rng.uniform(0.5, 2), "b": rng.uniform(0.5, 2)}
    others = {"a": rng.uniform(2.5, 4), "b": rng.uniform(2.5, 4)}
    ranges = {t: (-2.0, 2.0), s: (0.5, 3.0), x: (-2.0, 2.0), keyword: (-2.0, 2.0)}
    # One of them in both orders; the last two share all but the numbers.
    for (formula, partials), variables, values in (
        (NAMED, [t, s], numbers),
        (STRANGE, (keyword, x), numbers),
        (STRANGE, (x, keyword), numbers),
        (STRANGE, (x, keyword), others),
    ):
        got = submission.partial_derivatives(expression=formula.bind(**values).expression, variables=variables)
        turned = variables[0] in (s, keyword)
        for item, partial in zip(
            expect(got).sequence(2, "the partial derivatives"), partials[::-1] if turned else partials, strict=True
        ):
            expect(item).expression(partial.bind(**values).expression, ranges, rng)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "The gradient is made of the slopes, not of the heights.",
    "Each entry is a partial derivative of the formula itself, evaluated at the whole point.",
    "Compare with a central difference at one point: which of your entries is wrong?",
)
def test_gradient_function_computes_the_slopes_everywhere(submission, rng):
    """`gradient_function` returns a function that gives the gradient at any point, on curved ground as well."""
    # The ridge is so narrow that a measured slope shows: with a step h to both sides the one in x is off by (pinch h)² / 6
    # times (8u⁴ - 24u² + 6) / (2u² - 1), more than 1e-4 of its size for steps of 1e-8 and more. Shorter ones are spoilt by
    # rounding, far out in the next check.
    height, pinch = 1e-6 * rng.uniform(0.5, 2), rng.uniform(5e5, 1e6)
    gradient_at = expect(submission.gradient_function(RIDGE.bind(a=height, b=pinch).expression, (x, y))).callable()
    u, q = rng.uniform(0.8, 1.1), rng.uniform(0.3, 1.2)
    for wide, long in ((u, q), (-1.05 * u, 1.1 * q), (u, q + 1e-5), (u, q)):
        point = np.array([wide / pinch, long])
        slopes = np.array([1 - 2 * wide**2, -2 * point[0] * long])
        expect(gradient_at(point)).array(height * math.exp(-(wide**2) - long**2) * slopes, atol=TINY, shape="(n,)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "The point has as many coordinates as there are variables.",
    "Do not unpack the point into two names. `sp.lambdify` can take all the variables as one argument, a tuple.",
    "The answer has the shape (n,): no column, no table with one row.",
)
def test_gradient_function_takes_any_number_of_variables(submission, rng):
    """`gradient_function` returns a function that answers with shape (n,) for one, two, three and six variables."""
    made = []  # all of them are there at the same time, and none is asked before the last is made
    for n, (formula, _) in (*CHAINS.items(), (2, CHAINS[2])):
        first = float(rng.integers(2, 99))
        got = submission.gradient_function(formula.bind(a=first).expression, PLACES[:n])
        made.append((n, first, expect(got).callable()))
    for n, first, gradient_at in made:
        # Far out and close to 0; in whole numbers; and the same coordinates in another order.
        point = np.linspace(1, 2, n)
        for place in (point, point[::-1], -1e6 * point, 1e-9 * point, 1.5e-9 * point, rng.integers(-9, 9, size=n)):
            expect(gradient_at(place)).array(slopes_of_chain(first, place), atol=TINY, shape="(n,)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "To which variable does the first coordinate of a point belong?",
    "The order is that of `variables`, not that of the alphabet, for the coordinates and for the slopes.",
)
def test_gradient_function_keeps_the_order_of_the_variables(submission, rng):
    """`gradient_function` reads a point and writes the slopes in the order of `variables`, a list too."""
    first, point = int(rng.integers(2, 99)), rng.uniform(1, 2, size=3) * [1, -1, 1]
    formula = CHAINS[3][0].bind(a=first).expression
    for order in ([2, 0, 1], [1, 2, 0]):
        gradient_at = expect(submission.gradient_function(formula, [PLACES[i] for i in order])).callable()
        expect(gradient_at(point[order])).array(slopes_of_chain(first, point)[order], shape="(n,)")
    # A variable that is called `lambda`, in both orders: a x k³ + b x² at (x, k).
    tall, wide, (p, q) = rng.uniform(0.5, 2), rng.uniform(0.5, 2), rng.uniform(0.5, 2, size=2)
    formula, slopes = (
        STRANGE[0].bind(a=tall, b=wide).expression,
        np.array([tall * q**3 + 2 * wide * p, 3 * tall * p * q**2]),
    )
    for variables, place, expected in (((keyword, x), (q, p), slopes[::-1]), ((x, keyword), (p, q), slopes)):
        gradient_at = expect(submission.gradient_function(formula, variables)).callable()
        expect(gradient_at(np.array(place))).array(expected, shape="(n,)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "A plane is equally steep everywhere. Its gradient still has one number for each variable.",
    "The function that `sp.lambdify` makes of a constant takes the point and ignores it: collect its one number too.",
)
def test_gradient_function_keeps_constant_slopes(submission, rng):
    """`gradient_function` answers with shape (n,) where some or all partial derivatives are constants."""
    steepness, bend = rng.uniform(0.5, 2, size=2).tolist()
    for formula, curved in ((PLANE, False), (GUTTER, True)):
        expression = formula.bind(a=steepness, b=bend).expression
        gradient_at = expect(submission.gradient_function(expression=expression, variables=(x, y))).callable()
        for point in (rng.uniform(-2, 2, size=2), rng.integers(2, 5, size=2), np.zeros(2)):
            slopes = np.array([steepness, 2 * bend * point[1] if curved else bend])
            expect(gradient_at(point)).array(slopes, shape="(n,)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Your function is right but slow: what does it do again at each point that could be done once?",
    "Differentiating and `subs` take milliseconds. `sp.lambdify` does that work once and makes a quick function.",
    "Call `sp.diff` and `sp.lambdify` outside the function that you return, so that it only evaluates.",
)
def test_gradient_function_is_quick_enough_for_thousands_of_steps(submission, rng):
    """`gradient_function` returns a function that can be asked thousands of times within the time limit."""
    height, width = rng.uniform(0.5, 2, size=2).tolist()
    gradient_at = expect(submission.gradient_function(LOBE.bind(a=height, b=width).expression, (x, y))).callable()
    # Compiled it takes 10 µs a point, interpreted in Python 0.1 ms, with `evalf` 1.5 ms, with `subs` or a fresh `lambdify`
    # 4 ms: at most 0.5 s against 7 s and more; 3 s are given.
    points = rng.uniform(-1.5, 1.5, size=(5000, 2))
    p, q = points.T
    expected = height * np.exp(-(p**2) - width * q**2) * np.array([1 - 2 * p**2, -2 * width * p * q])
    # The other checks judge the digits, this one the speed: so a slip in the seventh digit is not taken for slowness.
    got = gradient_at(submission.each(points))
    expect(got).array(expected.T, rtol=1e-3, atol=1e-3, shape="(n,) at each point")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Are learning rate and epochs used as they are given?",
    "Every direction has its own slope, and all share one learning rate.",
    "The whole gradient counts, its length too: do not shorten or normalise it.",
)
def test_descend_shrinks_every_distance_in_a_bowl(submission, rng):
    """`descend` leaves in each direction its own fraction of the distance to the lowest point."""
    for epochs in (int(rng.integers(20, 40)), 1):
        curvature, lowest, start, rate, slopes = bowl(rng, 2)
        got = submission.descend(gradient=slopes, start=start, learning_rate=rate, epochs=epochs)
        expect(got).array(slide(curvature, lowest, start, rate, epochs), shape="(epochs + 1, n)")
    because = "The walk takes all its updates, at the rate it is given, however steep or level the ground is."
    # So timid a rate that 300 updates leave three quarters of the distance or more.
    epochs = int(rng.integers(280, 320))
    got = submission.descend(slopes, start, 1e-3 / curvature.max(), epochs)
    expected = slide(curvature, lowest, start, 1e-3 / curvature.max(), epochs)
    expect(got, because=because).array(expected, shape="(epochs + 1, n)")
    # Without any rounding: from far away to a slope of 2e-15, from the lowest point itself, and further up at each leap.
    for first, bold, updates in (([1024.0, -512.0], 0.25, 60), ([0.0, 0.0], 0.25, 3), ([2.0, -1024.0], 2.0, 28)):
        expected = np.array(first) * (1 - 2 * bold) ** np.arange(updates + 1)[:, None]
        got = submission.descend(ROUND, first, bold, updates)
        expect(got, because=because).array(expected, shape="(epochs + 1, n)")
    # The same at other sizes, where every digit counts; and at a bold rate on nearly level ground.
    for first in ([2.0**40, -(2.0**-333)], [-(2.0**-60), 2.0**-333], [2.0**-333, 0.0]):
        expected = np.array(first) * 0.5 ** np.arange(9)[:, None]
        got = submission.descend(ROUND, first, 0.25, 8)
        expect(got, because=because).array(expected, atol=TINY, shape="(epochs + 1, n)")
    got = submission.descend(VALLEY.bind(a=2.0**-10, b=2.0**-11, c=0.0), [3.0, -5.0], 2.0**12, 8)
    expected = np.array([3.0, -5.0]) * np.array([-3.0, -1.0]) ** np.arange(9)[:, None]
    expect(got, because=because).array(expected, shape="(epochs + 1, n)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "At which point do you ask for the slope in y: before or after x has moved?",
    "One call of `gradient` gives all the slopes of one point. Use them all, then ask again.",
)
def test_descend_moves_all_coordinates_together(submission, rng):
    """`descend` takes all partial derivatives at the old point, also where one depends on the other coordinate."""
    steep, flat, start = rng.uniform(1, 2), rng.uniform(1, 2), rng.uniform(1, 3, size=2)
    for twist in (rng.uniform(0.5, 0.9), -rng.uniform(0.5, 0.9)):
        rate = rng.uniform(0.1, 0.3)
        # The gradient is A p, so the path is (1 - rate A)**k start; A's eigenvalues lie in [0.1, 2.9], nothing grows.
        once = np.eye(2) - rate * np.array([[steep, twist], [twist, flat]])
        expected = np.array([np.linalg.matrix_power(once, k) @ start for k in range(11)])
        got = submission.descend(VALLEY.bind(a=steep, b=flat, c=twist), start, rate, 10)
        expect(got).array(expected, shape="(epochs + 1, n)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Nothing in the update rule counts the coordinates.",
    "Take n from the start; `np.array` turns lists and tuples into arrays.",
)
def test_descend_takes_any_start_in_any_dimension(submission, rng):
    """`descend` works in one, three, four and six dimensions, from lists, tuples and arrays."""
    for n, kind in ((1, tuple), (3, list), (4, np.array), (6, tuple), (1, np.array)):
        curvature, lowest, start, rate, slopes = bowl(rng, n)
        got = submission.descend(slopes, kind(start.tolist()), rate, 4)
        expect(got).array(slide(curvature, lowest, start, rate, 4), shape="(epochs + 1, n)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "No update at all: which row is left?",
    "A table with one row has the shape (1, n), not (n,).",
)
@pytest.mark.depends("test_descend_slides_into_the_bowl")
def test_descend_with_no_epochs_returns_the_start_alone(submission, rng):
    """`descend` with `epochs = 0` returns a path of one row, the start."""
    for n in (2, 3, 1):
        _, _, start, rate, slopes = bowl(rng, n)
        for first in (start.tolist(), start, np.arange(1, n + 1)):
            got = submission.descend(slopes, first, rate, 0)
            expect(got).array(np.array([first], dtype=float), shape="(epochs + 1, n)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "An array of whole numbers has no room for fractions.",
    "Give `np.array` or `np.zeros` the type float.",
)
def test_descend_keeps_fractions_from_whole_numbers(submission, rng):
    """`descend` may start at whole numbers, in a list, a tuple or an array, and does not round the rows after it."""
    curvature, lowest, _, rate, slopes = bowl(rng, 2)
    start = rng.integers(2, 9, size=2) * [1, -1]
    for first in (start.tolist(), start, tuple(start.tolist()), [int(start[0]), 0.5]):
        expected = slide(curvature, lowest, first, rate, 16)
        expect(submission.descend(slopes, first, rate, 16)).array(expected, shape="(epochs + 1, n)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Walk from one start, then from another, then from the first again: is the third path the first one?",
    "A walk begins at the start that is handed in, and with an empty path.",
    "Begin with a copy of the start, and make a new array in each update.",
)
def test_descend_walks_the_same_way_again(submission, rng):
    """`descend` walks the same path from the same start again, whatever walks came in between."""
    curvature, lowest, first, rate, slopes = bowl(rng, 2)
    steeper, deepest, _, _, other = bowl(rng, 2)
    # Each of the others shares with the first what a path might be remembered by.
    walks = [
        (slopes, curvature, lowest, start, bold, epochs)
        for start, bold, epochs in (
            (first, rate, 12),
            (-first, rate, 12),
            (first[::-1].copy(), rate, 12),
            (first + 1e-3, rate, 12),
            (first, rate / 2, 12),
            (first, rate, 11),
        )
    ]
    walks += [
        (other, steeper, deepest, first, rate, 12),
        walks[0],
        (slopes, curvature, lowest, first.tolist(), rate, 12),
    ]
    for index, (ground, curved, deep, start, bold, epochs) in enumerate(walks):
        again = "A second walk from the same start must give the same path." if index >= 7 else ""
        got = submission.descend(ground, start, bold, epochs)
        expect(got, because=again).array(slide(curved, deep, start, bold, epochs), shape="(epochs + 1, n)")
