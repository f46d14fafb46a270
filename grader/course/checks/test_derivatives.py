"""Hidden checks of exercise 1, derivatives: its contract, one sentence each."""

import numpy as np
import pytest
import sympy as sp

from grader.expect import expect, repeated
from grader.functions import point_function, scalar_function

pytestmark = pytest.mark.batched  # the answers to calls are handed to `expect`, and to nothing else

x, a, b, c = sp.symbols("x a b c")
t = sp.Symbol("t", real=True)
s = sp.Symbol("s", positive=True)
keyword = sp.Symbol("lambda")

PARABOLA = scalar_function(a * x**2 + b * x + c, x)
CUBIC = scalar_function(a * x**3 + c * x**2 + b * x, x)
IDENTITY = scalar_function(x, x)
CURVED = scalar_function(a * sp.sin(x) + b * x**2, x)
RIPPLE = scalar_function(sp.exp(-a * t**2) * sp.sin(b * t), t)
LINE = scalar_function(a * x + b, x)
PLAIN = scalar_function(b, x)  # level everywhere: its formula does not hold x at all
WELL = scalar_function(a * sp.log(1 + (b * t) ** 2), t)
EVERY_RULE = x * sp.sin(a * x) + sp.exp(-b * x) / x + b * sp.log(x)
RULES, RULES_SLOPE = scalar_function(EVERY_RULE, x), scalar_function(sp.diff(EVERY_RULE, x), x)
TWO_SYMBOLS = a * t**3 * s + b * sp.sqrt(s)
BOTH, BY_T, BY_S = (point_function(f, (t, s)) for f in (TWO_SYMBOLS, TWO_SYMBOLS.diff(t), TWO_SYMBOLS.diff(s)))
THREE_SYMBOLS = a * keyword**3 * x + b * x**2
MIXED, BY_KEYWORD, BY_X = (
    point_function(f, (x, keyword)) for f in (THREE_SYMBOLS, THREE_SYMBOLS.diff(keyword), THREE_SYMBOLS.diff(x))
)
STRANGE = scalar_function(a * keyword**2 + b * keyword, keyword)
TINY = 1e-300  # as absolute tolerance: every digit counts, however small the number is
AGAIN = "The same arguments must give the same answer, whatever was asked before."


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "How far does the function rise, and over which distance?",
    "A fraction bar holds its numerator and denominator together; in Python brackets must do that.",
    "Take both differences in the same order, then divide the one in height by the one in width.",
)
def test_average_slope_is_rise_over_distance(submission, rng):
    """`average_slope` is the slope of the line through any two points of any function, near together or far apart."""
    # a, b and p + q have the same sign, so in a (p + q) + b few digits cancel; and p, q are far apart for their size.
    for size, height in ((1.0, 1.0), (1.0, -1.0), (1e-9, 1.0), (1e7, 1e-9), (1e-4, 1e6)):
        near, far = size * rng.uniform(0.1, 0.5), size * rng.uniform(1, 2)
        for p, q in ((-near, far), (near, far), (far, near)):
            numbers = {"a": height * rng.uniform(1, 2) / size, "b": height * rng.uniform(1, 3), "c": 0.0}
            expected = numbers["a"] * (p + q) + numbers["b"]
            expect(submission.average_slope(PARABOLA.bind(**numbers), p, q)).number(expected, atol=TINY)
    # Each of the others shares with the first what an answer might be remembered by.
    p, q = rng.uniform(-3.0, -1.0), rng.uniform(0.5, 2.0)
    for (decay, left, right), because in repeated(
        ((0.3, p, q), (0.5, p, q), (0.3, p, q + 1e-3), (0.3, p - 1e-3, q), (0.3, p, q)), AGAIN
    ):
        ripple = RIPPLE.bind(a=decay, b=2.0)
        rise = np.exp(-decay * right**2) * np.sin(2 * right) - np.exp(-decay * left**2) * np.sin(2 * left)
        got = submission.average_slope(f=ripple, a=left, b=right)
        expect(got, because=because).number(rise / (right - left))


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Walk the same line from right to left: height and width both change their sign.",
    "If only one of your two differences depends on the order, the slope changes its sign and should not.",
)
def test_average_slope_is_the_same_in_both_orders(submission, rng):
    """`average_slope` does not depend on which of the two places is named first, and takes whole numbers, 0 too."""
    width, depth = (int(k) for k in rng.integers(1, 6, size=2))
    bend, height = rng.uniform(1, 2), rng.uniform(-5, 5)
    # One line that rises, one that falls; across 0, from 0 on, up to 0, and all to the left of it.
    for side in (1, -1):
        for p, q in ((-depth, width), (0, width), (-depth, 0), (-depth - width, -depth)):
            slope = side * rng.uniform(1, 5)
            parabola = PARABOLA.bind(a=bend, b=slope - bend * (p + q), c=height)
            expect(submission.average_slope(parabola, q, p)).number(slope)
    # As high on the left as on the right.
    expect(submission.average_slope(PARABOLA.bind(a=bend, b=0.0, c=height), float(width), float(-width))).number(0.0)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Use the step that the caller names, and use it on both sides.",
    "A wide step shows the difference: central and one-sided slopes then differ clearly.",
    "For x**3 the central difference is 3x**2 + h**2, whatever h is. Try yours by hand with h = 1.",
)
def test_numerical_derivative_takes_the_given_step_to_both_sides(submission, rng):
    """`numerical_derivative` compares the neighbours at distance h on the left and on the right, for any x and any h."""
    # (f(x + h) - f(x - h)) / 2h of a x³ + c x² + b x is exactly a (3x² + h²) + 2 c x + b; all terms have one sign, so
    # rounding is a few eps, but where h is far below x, where it is eps * x / h. At 0 a one-sided slope is off by c h.
    for at, low, high, height in (
        (rng.uniform(0.5, 2.0), 0.2, 0.6, 1.0),
        (-rng.uniform(0.5, 2.0), 1.5, 3.0, -1.0),
        (rng.uniform(0.5, 2.0), 15.0, 40.0, 1e6),
        (0.0, 1.5, 3.0, 1e-9),
        (0, 1e-9, 1e-8, 1.0),
        (int(rng.integers(2, 5)), 0.2, 0.6, 1.0),
    ):
        h, side = rng.uniform(low, high), -1.0 if at < 0 else 1.0
        size = max(abs(at), h)
        numbers = {
            "a": rng.uniform(0.5, 2) / size**2,
            "b": rng.uniform(0, 1) * (at != 0),
            "c": side * rng.uniform(2, 3) / size,
        }
        numbers = {name: height * number for name, number in numbers.items()}
        expected = numbers["a"] * (3 * at**2 + h**2) + 2 * numbers["c"] * at + numbers["b"]
        expect(submission.numerical_derivative(CUBIC.bind(**numbers), at, h=h)).number(expected, atol=TINY)
    # Each of the others shares with the first what an answer might be remembered by.
    at, bend, h = rng.uniform(1, 2), rng.uniform(1, 2), rng.uniform(0.2, 0.3)
    calls = ((at, bend, h), (at, -bend, h), (at, bend, 2 * h), (at + 1e-3, bend, h), (at, bend, h))
    for (place, rise, step), because in repeated(calls, AGAIN):
        got = submission.numerical_derivative(CUBIC.bind(a=rise, b=0.0, c=0.0), place, step)
        expect(got, because=because).number(rise * (3 * place**2 + step**2))


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Without a third argument the step is 1e-5: write it as a default value.",
    "A one-sided difference is wrong by about h, the central one only by about h**2.",
)
def test_numerical_derivative_is_accurate_with_its_own_step(submission, rng):
    """`numerical_derivative` steps by 1e-5 if no step is named, which makes it right to seven digits."""
    at, numbers = rng.uniform(-2.0, -0.5), {"a": rng.uniform(1, 2), "b": rng.uniform(0.5, 1)}
    expected = numbers["a"] * np.cos(at) + 2 * numbers["b"] * at
    # |f| <= 6, |x f'| <= 12, |f'''| <= 2. Truncation: h² / 6 * 2 < 4e-11. Rounding of the values: 2 * 2 eps * 6 / 2h;
    # of x + h and x - h: eps * 12 / 2h; together below 5e-10. One-sided: h / 2 * |f''| >= 5e-6, because f'' >= 1 here.
    got = submission.numerical_derivative(CURVED.bind(**numbers), at)
    expect(got).number(expected, rtol=0, atol=5e-8)
    # At 0 nothing cancels: of k x³ the central difference is k h², to full precision.
    size = rng.uniform(1, 9)
    for place in (0.0, 0):
        got = submission.numerical_derivative(f=CUBIC.bind(a=size * 1e10, b=0.0, c=size * 1e5), x=place)
        expect(got, because="The default step is 1e-5.").number(size)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "The function you are given takes arrays. What happens if you add a number to an array?",
    "No loop is needed, and no conversion by `float`: the formula for a number works for an array as it stands.",
    "If you fill an array of your own, see that it holds floats even when the places are whole numbers.",
)
def test_numerical_derivative_works_elementwise(submission, rng):
    """`numerical_derivative` of an array is the array of the derivatives, in any shape, whole numbers included."""
    for places in (
        np.append(rng.integers(-3, 4, size=3), -5),
        rng.integers(-3, 4, size=(2, 3)),
        rng.uniform(-2, 2, size=(2, 3)),
        rng.uniform(-2, 2, size=(3, 3)),
        np.append(rng.uniform(-2, 2, size=300), -3.0),
        rng.uniform(-2, 2, size=(1,)),
    ):
        numbers, h = {"a": rng.uniform(0.5, 2), "b": rng.uniform(-2, 2), "c": 0.0}, rng.uniform(0.3, 0.45)
        expected = numbers["a"] * (3 * places**2 + h**2) + numbers["b"]
        got = submission.numerical_derivative(CUBIC.bind(**numbers), places, h)
        expect(got).array(expected, shape="the shape of x")
    # The line y = x, whose value may be the very array that it was asked about.
    got = submission.numerical_derivative(IDENTITY, rng.uniform(-2, 2, size=4), h)
    expect(got).array(np.ones(4), shape="the shape of x")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "`coefficients[k]` belongs to the power k: the constant comes first, not last.",
    "Multiply each coefficient by its own power, then let the first one fall out.",
    "Work on a copy: the caller may still need the coefficients.",
)
def test_polynomial_derivative_follows_the_power_rule(submission, rng):
    """`polynomial_derivative` multiplies by the power and shifts, for lists, tuples and arrays of any length and size."""
    sizes = 10 ** rng.uniform(-9, 9, size=40)
    for kind, numbers in (
        (list, rng.uniform(1, 9, size=5)),
        (tuple, rng.uniform(1, 9, size=4) * [1, -1, -1, 1]),
        (np.array, rng.uniform(1, 9, size=6)),
        (np.array, rng.uniform(1, 9, size=40) * sizes),
        (list, rng.uniform(1, 9, size=2)),
        (list, rng.integers(10, 20, size=2)),
        (np.array, rng.integers(-9, -1, size=7)),
        (tuple, np.full(6, rng.uniform(1, 9))),
    ):
        coefficients = kind(numbers.tolist())
        expected = np.array([k * coefficients[k] for k in range(1, len(coefficients))])
        expect(submission.polynomial_derivative(coefficients)).array(expected, atol=TINY, shape="(n - 1,)")
    expect(submission.polynomial_derivative(coefficients=coefficients)).array(expected, shape="(n - 1,)")
    # The first is a whole number, the others are not. And the same numbers in another order are another polynomial.
    lead, low, high = int(rng.integers(2, 9)), rng.uniform(0.1, 0.4), rng.uniform(0.6, 0.9)
    for coefficients, because in repeated(([lead, low, high], [lead, high, low], [lead, low, high]), AGAIN):
        expected = np.array([coefficients[1], 2 * coefficients[2]])
        expect(submission.polynomial_derivative(coefficients), because=because).array(expected, shape="(n - 1,)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "A coefficient 0 is a coefficient: it holds the place of its power.",
    "The result has one entry less than the input, whatever the entries are.",
)
def test_polynomial_derivative_keeps_zeros(submission, rng):
    """`polynomial_derivative` keeps every zero, so that its length is always one less."""
    lead, linear = int(rng.integers(2, 6)), int(rng.integers(6, 9))
    for coefficients in (
        [lead, linear, 0],
        [lead, 0, 0, linear, 0, 0],
        (0, 0, 0, linear),
        np.array([0.0, linear, 0.0, 0.0, lead, 0.0]),
        [lead, 0, 0, 0],
        [0, 0, 0],
        [lead, 0],
    ):
        expected = np.array([k * coefficients[k] for k in range(1, len(coefficients))], dtype=float)
        expect(submission.polynomial_derivative(coefficients)).array(expected, shape="(n - 1,)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "A flat line has a slope. Which?",
    "An empty list is no polynomial. Treat the single coefficient as a case of its own.",
)
@pytest.mark.depends("test_polynomial_derivative_of_the_bowl")
def test_polynomial_derivative_of_a_constant_is_zero(submission, rng):
    """`polynomial_derivative` of a constant is `[0.0]`, one coefficient, whatever the constant is and whatever holds it."""
    height = rng.uniform(1, 9)
    for coefficients in ([height], (-height,), np.array([height]), [int(rng.integers(1, 9))], [0], (0.0,)):
        expect(submission.polynomial_derivative(coefficients)).array(np.zeros(1), shape="(1,)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Leave the rules to SymPy: it knows sums, products, quotients and chains.",
    "`sp.diff` does all of it; measure nothing, and return the formula.",
)
def test_symbolic_derivative_knows_every_rule(submission, rng):
    """`symbolic_derivative` differentiates sums, products, quotients and functions of functions."""
    # So many waves that a measured slope shows: with a step of 1e-5 it is off by (a h)² / 6, more than 6e-5 of its size.
    numbers = {"a": rng.uniform(2000, 3000), "b": rng.uniform(0.1, 1)}
    got = submission.symbolic_derivative(RULES.bind(**numbers).expression, x)
    expect(got).expression(RULES_SLOPE.bind(**numbers).expression, {x: (0.5, 3.0)}, rng)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "There may be several symbols in a formula. By which one were you asked to differentiate?",
    "Use the variable that you are given; a symbol of your own making is a different one, even with the same name.",
)
def test_symbolic_derivative_differentiates_by_the_given_variable(submission, rng):
    """`symbolic_derivative` differentiates by `variable`, whatever its name, and treats other symbols as constants."""
    numbers = {"a": rng.uniform(0.5, 2), "b": rng.uniform(0.5, 2)}
    formula, ranges = BOTH.bind(**numbers).expression, {t: (-2.0, 2.0), s: (0.5, 3.0)}
    expect(submission.symbolic_derivative(formula, t)).expression(BY_T.bind(**numbers).expression, ranges, rng)
    got = submission.symbolic_derivative(expression=formula, variable=s)
    expect(got).expression(BY_S.bind(**numbers).expression, ranges, rng)
    # A variable that is called `lambda`, with an x beside it; then the x; then by a symbol that is not there. The last
    # shares with the first all but its numbers.
    ranges = {x: (-2.0, 2.0), keyword: (-2.0, 2.0)}
    others = {"a": rng.uniform(2.5, 4), "b": rng.uniform(2.5, 4)}
    for variable, slope, values in (
        (keyword, BY_KEYWORD, numbers),
        (x, BY_X, numbers),
        (t, None, numbers),
        (keyword, BY_KEYWORD, others),
    ):
        got = submission.symbolic_derivative(MIXED.bind(**values).expression, variable)
        expected = slope.bind(**values).expression if slope else sp.Integer(0)
        expect(got).expression(expected, ranges, rng)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "The function you return computes f', not f.",
    "The variable need not be called x: hand the one you are given to `sp.lambdify`.",
    "A slope that is measured with a small step is only nearly right: let SymPy differentiate the formula.",
)
def test_derivative_function_computes_the_slope(submission, rng):
    """`derivative_function` returns a function that gives the slope at any number, for any variable."""
    # The well is so narrow that a slope measured with a step h is off by (pinch h)² / 6 times 2 (3 - u²) / (1 + u²)², more
    # than 1e-6 of its size for steps of 1e-8 and more; far out on the parabola rounding spoils shorter ones.
    depth, pinch, bend, tilt = 1e-6 * rng.uniform(1, 2), rng.uniform(5e5, 1e6), rng.uniform(1, 2), rng.uniform(1, 2)
    well, bowl = WELL.bind(a=depth, b=pinch).expression, STRANGE.bind(a=bend, b=tilt).expression
    in_well = expect(submission.derivative_function(expression=well, variable=t)).callable()
    in_bowl = expect(submission.derivative_function(bowl, keyword)).callable()
    # Both functions are there at the same time, and asked by turns.
    for u in (rng.uniform(0.3, 0.6), -rng.uniform(0.3, 0.6)):
        for at in (u / pinch, 0, 1, -1):
            expect(in_well(at)).number(2 * depth * pinch**2 * at / (1 + (pinch * at) ** 2), atol=TINY)
        for at in (1e6 * u, 1e-9 * u, 0, 1, -1):
            expect(in_bowl(at)).number(2 * bend * at + tilt)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Arrays in, arrays out: NumPy's functions work elementwise, those of the module `math` do not.",
    "`sp.lambdify` writes NumPy code if you let it; `subs` takes one number at a time.",
)
def test_derivative_function_takes_arrays_of_any_shape(submission, rng):
    """`derivative_function` returns a function that works elementwise and keeps the shape."""
    numbers = {"a": rng.uniform(0.5, 2), "b": rng.uniform(0.5, 2)}
    df = expect(submission.derivative_function(CURVED.bind(**numbers).expression, x)).callable()
    for at in (
        rng.uniform(-2, 2, size=(2, 3)),
        rng.uniform(-2, 2, size=(2, 3)),
        rng.uniform(-2, 2, size=(3, 3)),
        rng.uniform(-2, 2, size=(5, 2)),
        np.append(rng.uniform(-9, 9, size=300) * 1e3, -1e4),
        rng.uniform(-2, 2, size=(1,)),
        np.array([1, 0, -2]),
    ):
        expected = numbers["a"] * np.cos(at) + 2 * numbers["b"] * at
        expect(df(at)).array(expected, shape="the shape of x")
    # These whole numbers again, and a number between two of them.
    expect(df(at.astype(float))).array(expected, shape="the shape of x")
    expect(df(2)).number(numbers["a"] * np.cos(2) + 4 * numbers["b"])


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "A straight line is equally steep everywhere. Ask your function for the slope of 5x at three places.",
    "The formula of a constant slope holds no variable, so the function made of it answers one number, not an array.",
    "Spread that number over the shape of x; and as a float, for the places may be whole numbers.",
)
def test_derivative_function_spreads_a_constant_slope(submission, rng):
    """`derivative_function` answers with the shape of x even where the slope is the same everywhere."""
    steepness = 1e-9 * rng.uniform(0.1, 0.9)
    for formula, slope in ((LINE.bind(a=steepness, b=2.0), steepness), (PLAIN.bind(b=steepness), 0.0)):
        df = expect(submission.derivative_function(formula.expression, x)).callable()
        for at in (rng.uniform(-2, 2, size=(3, 2)), np.array([1, 2, 3, 4]), np.array([[1, 2], [3, 4]]), np.zeros(1)):
            expect(df(at)).array(np.full(at.shape, slope), atol=TINY, shape="the shape of x")
        for at in (1.5, 2, 0):
            expect(df(at), because="A number in, a number out.").number(slope, atol=TINY)
