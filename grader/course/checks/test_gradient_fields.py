"""Hidden checks of exercise 10, gradient fields: its contract, one sentence each.

Quadratic fields have a difference quotient that is known exactly: it is the derivative halfway between the two values.
So a central difference is the derivative at its own place, and the one at the border that half a spacing further in.
The fields here stay below 100 and the spacings above 0.2, so a quotient's rounding error stays below 3 eps * 100 / 0.2
< 4e-13; where they are far larger or smaller, so are the quotients. Moves of a streamline add up a few roundings of points
below 30, or of some hundreds where they begin there: less than 1e-13 and 1e-11. All are far inside the tolerances.
"""

import numpy as np
import pytest
import sympy as sp

from grader.expect import expect, repeated
from grader.functions import gradient

pytestmark = pytest.mark.batched  # the answers to calls are handed to `expect`, and to nothing else

x, y, a, b, p, q = sp.symbols("x y a b p q")
PLANE = gradient(a * x + b * y, (x, y))
BOWL = gradient(a * ((x - p) ** 2 + (y - q) ** 2), (x, y))
VALLEY = gradient(a * x**2 + x * y + b * y**2, (x, y))
# A hill that is cut off at the top, so that the summit is a level disc with the radius b around (p, q).
MESA = gradient(-a * sp.Max((x - p) ** 2 + (y - q) ** 2, b**2), (x, y))
SHAPE, PATH_SHAPE = "the field's shape", "(n_steps + 1, 2)"
PAIR = "the field's shape for each of the two"
BY_X, BY_Y = "The first is the derivative by x.", "The second is the derivative by y."
AX, AY = "The first is the acceleration in x.", "The second is the acceleration in y."


def spacings(rng):
    """Return dx and dy, far from each other and from 1."""
    return rng.permutation(rng.uniform([0.2, 1.25], [0.4, 1.6])).tolist()


def signed(rng, low, high, size=None):
    """Return numbers of either sign with magnitudes between `low` and `high`."""
    return (2 * rng.integers(2, size=size) - 1) * rng.uniform(low, high, size=size)


def halfway(n, spacing):
    """Return where the difference quotient of a quadratic function is its derivative, for each of n places."""
    places = spacing * np.arange(n)
    places[0] += spacing / 2
    places[-1] -= spacing / 2
    return places


def landscape(rng, height, width):
    """Return a quadratic field, dx, dy, and its difference quotients by x and by y."""
    dx, dy = spacings(rng)
    bend_x, twist, bend_y, tilt_x, tilt_y = signed(rng, 0.3, 1, size=5)
    east, south = dx * np.arange(width), dy * np.arange(height)[:, None]
    field = bend_x * east**2 + twist * east * south + bend_y * south**2 + tilt_x * east + tilt_y * south
    by_x = 2 * bend_x * halfway(width, dx) + twist * south + tilt_x
    by_y = 2 * bend_y * halfway(height, dy)[:, None] + twist * east + tilt_y
    return field, dx, dy, by_x, by_y


def scales(rng):
    """Yield fields without any pattern, dx, dy, and how large their quotients are: wide, tall, faint, high, on all grids."""
    for height, width, high, wide in (
        (6, 6, 1, 1),
        (9, 12, 1, 300),
        (3, 270, 1, 2e-3),
        (270, 3, 1, 2e-3),
        (4, 5, 1e-12, 1),
        (5, 4, 1e9, 1),
    ):
        dx, dy = spacings(rng)
        yield high * rng.uniform(-5, 5, size=(height, width)), wide * dx, wide * dy, high / wide
    yield np.full((3, 4), rng.uniform(1, 9)), *spacings(rng), 1


def counts(rng):
    """Yield fields of integers of each type, over all that it holds, but less than 2**40."""
    for kind in (np.uint8, np.int8, np.uint16, np.int16, np.uint32, np.int32, np.uint64, np.int64):
        least, most = max(np.iinfo(kind).min, -(2**40)), min(np.iinfo(kind).max, 2**40)
        yield rng.integers(least, most, size=(3, 5), dtype=kind, endpoint=True)


def quotients(field, dx, dy):
    """Return the difference quotients of any field by x and by y as one array: products with matrices of differences."""

    def differences(n):
        matrix = (np.eye(n, k=1) - np.eye(n, k=-1)) / 2
        matrix[0, :2] = matrix[-1, -2:] = -1.0, 1.0
        return matrix

    height, width = field.shape
    return np.stack([field @ differences(width).T / dx, differences(height) @ field / dy])


def close_by(rng):
    """Yield a field, one that differs in the seventh digits, and the first again, with dx and dy; then with others.

    The values are whole, the spacings tenths to begin with. The changes are lost where they are rounded to six digits or
    fewer; the first value and the sum of the field stay.
    """
    field, little = 1.0 * rng.integers(-9, 10, size=(4, 5)), np.zeros((4, 5))
    places = [1, 1, 2], [2, 3, 3]
    field[places], little[places] = rng.integers(5, 10, 3) * [1, 1, -1], 2.0**-22 * np.array([1, 1, -2])
    fields, (dx, dy) = np.array([field, field + little, field]), (rng.permutation([3, 14]) / 10).tolist()
    yield from ((fields, dx, dy), (fields, dx + 4e-7, dy), (fields, dx, dy + 4e-7))


def ramp(dtype, east, south, shape):
    """Return a plane of whole numbers that changes by `east` with each column and by `south` with each row."""
    rise = east * np.arange(shape[1]) + south * np.arange(shape[0])[:, None]
    lowest = -100 if dtype == "int8" else 5
    return (rise - rise.min() + lowest).astype(dtype)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "On a curved field the border tells one-sided differences from central ones. Compare yours by hand for x**2.",
    "Inside divide by twice the spacing, at the border by the spacing; columns have the spacing dx, rows dy.",
    "The border is not zero, and the field does not begin again beyond it. Leave the field itself as it is.",
)
def test_gradient_field_is_central_inside_and_one_sided_at_the_border(submission, rng):
    """`gradient_field` takes central differences inside and outermost ones at the border."""
    for height, width in ((4, 6), (5, 3)):
        field, dx, dy, by_x, by_y = landscape(rng, height, width)
        got = submission.gradient_field(field=field, dx=dx, dy=dy)
        got_x, got_y = expect(got).sequence(2, "the derivatives by x and by y")
        expect(got_x, because=BY_X).array(by_x, shape=SHAPE)
        expect(got_y, because=BY_Y).array(by_y, shape=SHAPE)
    for field, dx, dy, scale in scales(rng):
        got = submission.gradient_field(field, dx, dy)
        expect(got).array(quotients(field, dx, dy), atol=1e-11 * scale, shape=PAIR)
    for fields, dx, dy in close_by(rng):
        # Quotients below 100 are right to some eps; the changes show by 1e-7.
        got = submission.gradient_field(submission.each(fields), dx, dy)
        expected = [quotients(field, dx, dy) for field in fields]
        expect(got).array(expected, rtol=0, atol=1e-11, shape=PAIR)
    # The same numbers once more, in another shape.
    got = submission.gradient_field(fields[0].reshape(5, 4), dx, dy)
    expect(got).array(quotients(fields[0].reshape(5, 4), dx, dy), shape=PAIR)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Two columns: each of the two is a border. There is no inside.",
    "With two values in a direction both places get the same slope, the difference over the spacing.",
)
def test_gradient_field_works_on_the_smallest_fields(submission, rng):
    """`gradient_field` works with only two rows, only two columns, or both."""
    for height, width in ((2, 2), (2, 5), (4, 2)):
        field, dx, dy, by_x, by_y = landscape(rng, height, width)
        got = submission.gradient_field(field, dx, dy)
        got_x, got_y = expect(got).sequence(2, "the derivatives by x and by y")
        expect(got_x, because=BY_X).array(by_x, shape=SHAPE)
        expect(got_y, because=BY_Y).array(by_y, shape=SHAPE)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "A single peak on level ground: which places notice it, and by how much?",
    "Only the next neighbours in the same row notice it in x, only those in the same column in y.",
    "On top of an inner peak both derivatives are 0; at the border the peak itself counts.",
)
def test_gradient_field_compares_the_next_neighbours(submission, rng):
    """`gradient_field` compares only the next neighbours, also at the border."""
    dx, dy = spacings(rng)
    peak = signed(rng, 3, 9)
    for row, column in ((2, 3), (0, 0), (5, 6)):
        field, by_x, by_y = np.zeros((3, 6, 7))
        field[row, column] = peak
        if row == 0:
            by_x[0, :2] = -peak / dx, -peak / (2 * dx)
            by_y[:2, 0] = -peak / dy, -peak / (2 * dy)
        elif row == 5:
            by_x[5, 5:] = peak / (2 * dx), peak / dx
            by_y[4:, 6] = peak / (2 * dy), peak / dy
        else:
            by_x[row, [column - 1, column + 1]] = peak / (2 * dx), -peak / (2 * dx)
            by_y[[row - 1, row + 1], column] = peak / (2 * dy), -peak / (2 * dy)
        got_x, got_y = expect(submission.gradient_field(field, dx, dy)).sequence(2, "the derivatives by x and by y")
        expect(got_x, because=BY_X).array(by_x, shape=SHAPE)
        expect(got_y, because=BY_Y).array(by_y, shape=SHAPE)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "An array of small whole numbers calculates in small whole numbers: it wraps around, and has no room for fractions.",
    "Turn the field into floats before you subtract, and put the results into arrays of floats.",
)
def test_gradient_field_takes_whole_numbers(submission, rng):
    """`gradient_field` works on fields of whole numbers of any size, without wrapping around or rounding."""
    # Odd differences over even spacings have fractions; in the small types, falling slopes or wide ones wrap around.
    small, wide, odd = (2 * rng.integers([4, 33, 20_000], [9, 36, 50_000]) + 1).tolist()
    for dtype, east, south, dx, dy in (
        ("uint8", -small, small - 4, 2, 1),
        ("int64", odd, -odd - 2, 1, 4),
        ("int8", wide, -3, 4, 2),
    ):
        field = ramp(dtype, east, south, (3, 4))
        got_x, got_y = expect(submission.gradient_field(field, dx, dy)).sequence(2, "the derivatives by x and by y")
        expect(got_x, because=BY_X).array(np.full((3, 4), east / dx), shape=SHAPE)
        expect(got_y, because=BY_Y).array(np.full((3, 4), south / dy), shape=SHAPE)
    for field in counts(rng):
        got = submission.gradient_field(field, 1, 1)
        expect(got).array(quotients(field.astype(float), 1, 1), shape=PAIR)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Uphill is where the pressure rises; the fluid goes the other way, in x and in y.",
    "Dense fluid is hard to move: the same push gives it less acceleration.",
    "Columns have the spacing dx, rows dy, and ax comes before ay.",
)
def test_pressure_acceleration_pushes_from_high_to_low(submission, rng):
    """`pressure_acceleration` is minus the gradient over the density, for any density, and for whole numbers too."""
    light, heavy = rng.uniform(1e-6, 9e-6), rng.uniform(1000.1, 9000)
    for density, height, width in (
        (rng.uniform(0.2, 0.6), 4, 5),
        (light, 4, 3),
        (heavy, 3, 3),
        (int(rng.integers(2, 9)), 5, 3),
    ):
        pressure, dx, dy, by_x, by_y = landscape(rng, height, width)
        ax, ay = expect(submission.pressure_acceleration(pressure, density, dx, dy)).sequence(2, "ax and ay")
        expect(ax, because=AX).array(-by_x / density, shape=SHAPE)
        expect(ay, because=AY).array(-by_y / density, shape=SHAPE)
    east, south = -int(rng.integers(10, 20)), int(rng.integers(20, 30))
    got = submission.pressure_acceleration(ramp("uint8", east, south, (2, 4)), density, 2, 4)
    ax, ay = expect(got).sequence(2, "ax and ay")
    expect(ax, because=AX).array(np.full((2, 4), -east / 2 / density), shape=SHAPE)
    expect(ay, because=AY).array(np.full((2, 4), -south / 4 / density), shape=SHAPE)
    for pressure in counts(rng):
        got = submission.pressure_acceleration(pressure, 0.7, 1, 1)
        expect(got).array(-quotients(pressure.astype(float), 1, 1) / 0.7, shape=PAIR)
    for pressure, dx, dy, scale in scales(rng):
        got = submission.pressure_acceleration(pressure, 0.7, dx, dy)
        expect(got).array(-quotients(pressure, dx, dy) / 0.7, atol=1e-11 * scale, shape=PAIR)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Warm air here, cold air there: every place has a density of its own.",
    "Divide the array of slopes by the array of densities as they are: NumPy does it place by place.",
    "Take the gradient of the pressure alone, and divide afterwards. Change neither of the two arrays.",
)
def test_pressure_acceleration_divides_by_the_density_of_each_place(submission, rng):
    """`pressure_acceleration` takes a density for each place, in whole numbers too."""
    for density in (
        rng.uniform(0.5, 3, size=(4, 3)),
        rng.integers(1, 6, size=(3, 3)),
        10.0 ** rng.uniform(-5, 4, size=(7, 6)),
        rng.integers(200, 900, size=(2, 5)),
    ):
        pressure, dx, dy, by_x, by_y = landscape(rng, *density.shape)
        got = submission.pressure_acceleration(pressure=pressure, density=density, dx=dx, dy=dy)
        ax, ay = expect(got).sequence(2, "ax and ay")
        expect(ax, because=AX).array(-by_x / density, shape=SHAPE)
        expect(ay, because=AY).array(-by_y / density, shape=SHAPE)
    # Pressures that hardly differ, with densities and with the same ones in another order.
    weights = rng.permutation(np.arange(5, 25)).reshape(4, 5) / 8
    for fields, dx, dy in close_by(rng):
        for density in (weights, weights[::-1].copy()):
            got = submission.pressure_acceleration(submission.each(fields), density, dx, dy)
            # Some eps of quotients below 100 over 0.5 or more.
            expected = [-quotients(field, dx, dy) / density for field in fields]
            expect(got).array(expected, rtol=0, atol=1e-11, shape=PAIR)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Which number of the direction belongs to which derivative?",
    "The way may lead left, up the table, or down a slope: then numbers are negative, and stay so.",
    "Along (1, 0) it must be the derivative by x, along (0, -1) minus that by y. Is it, at the border too?",
)
def test_directional_derivative_weighs_both_slopes(submission, rng):
    """`directional_derivative` is the part of the gradient along any direction (x, y), at every place."""
    for quarter, (height, width) in enumerate(((4, 5), (5, 3), (2, 4), (3, 3))):
        field, dx, dy, by_x, by_y = landscape(rng, height, width)
        # Away from the axes and the diagonals, one direction in each quarter of the compass.
        angle = quarter * np.pi / 2 + (0.3 + 0.7 * rng.integers(2)) + rng.uniform(0, 0.25)
        direction = rng.uniform(2, 5) * np.array([np.cos(angle), np.sin(angle)])
        got = submission.directional_derivative(field, direction, dx, dy)
        expect(got).array(np.cos(angle) * by_x + np.sin(angle) * by_y, shape=SHAPE)
    # Forth and back, so that one of the two leads down, whatever the field.
    forth, back, up = rng.uniform([2, 0.1, 0.1], [9, 0.5, 0.5]).tolist()
    for direction, expected in (([forth, 0.0], by_x), ([-back, 0.0], -by_x), ([0.0, -up], -by_y)):
        expect(submission.directional_derivative(field, direction, dx, dy)).array(expected, shape=SHAPE)
    for field, dx, dy, scale in scales(rng):
        by_x, by_y = quotients(field, dx, dy)
        got = submission.directional_derivative(field, (-4, 3), dx, dy)
        expect(got).array(0.6 * by_y - 0.8 * by_x, atol=1e-11 * scale, shape=SHAPE)
    for fields, dx, dy in close_by(rng):
        # (0.6, 0.8), and a way that is turned by 5e-7.
        for u, v in ((0.6, 0.8), (0.6 - 4e-7, 0.8 + 3e-7)):
            got = submission.directional_derivative(submission.each(fields), (u, v), dx, dy)
            slopes = np.array([quotients(field, dx, dy) for field in fields])
            expected = (u * slopes[:, 0] + v * slopes[:, 1]) / np.hypot(u, v)
            expect(got).array(expected, rtol=0, atol=1e-11, shape=SHAPE)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Try (3, 4), then (300, 400), then (0.003, 0.004): it is the same way.",
    "Divide by the length as it is, however small. Nothing need be added to it: it is never 0.",
    "A list cannot be divided, and an array of whole numbers not in place. Make a new array, and leave the caller's.",
)
def test_directional_derivative_ignores_the_length_of_the_direction(submission, rng):
    """`directional_derivative` takes directions of any length and type."""
    field, dx, dy, by_x, by_y = landscape(rng, 3, 4)
    u, v = ((2 * rng.integers(2, size=2) - 1) * [3, 4]).tolist()
    expected = (u * by_x + v * by_y) / 5
    # Times 5: two of the lengths are almost 1.
    for number, length in enumerate((1, 1e-3, 250, 1e-100, 1e100, 0.2 + 1e-5, 0.2 + 1e-7)):
        kind = (list, tuple, np.array)[number % 3]
        direction = kind([u * length, v * length])
        got = submission.directional_derivative(field=field, direction=direction, dx=dx, dy=dy)
        expect(got).array(expected, shape=SHAPE)
    got = submission.directional_derivative(field, np.array([7, 7]), dx, dy)
    expect(got).array((by_x + by_y) / 2**0.5, shape=SHAPE)
    for field in counts(rng):
        got = submission.directional_derivative(field, (4, -3), 1, 1)
        by_x, by_y = quotients(field.astype(float), 1, 1)
        # What cancels is right to some eps of the largest.
        atol = 1e-11 + 1e-12 * float(np.abs(by_x).max() + np.abs(by_y).max())
        expect(got, because="Whole numbers are welcome.").array(0.8 * by_x - 0.6 * by_y, atol=atol, shape=SHAPE)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "On a plane every move is the same. How long is yours on a steep plane, how long on a gentle one?",
    "The gradient gives the direction alone: divide it by its length, the square root of the sum of squares.",
    "A gradient with one zero in it is not zero: it points along an axis.",
)
def test_trace_moves_by_the_step_however_steep(submission, rng):
    """`trace` goes straight up any plane in moves of length `step`, also along an axis."""
    step, n_steps = rng.uniform(0.2, 0.6), int(rng.integers(4, 9))
    quarter = np.pi / 2 * rng.permutation(4)
    directions = [(np.cos(angle), np.sin(angle)) for angle in quarter[:2] + rng.uniform(0.2, 0.7, size=2)]
    half = 0.5**0.5
    directions += [(signed(rng, 1, 1), 0.0), (0.0, signed(rng, 1, 1)), (half, -half)]
    for (u, v), steepness in zip(directions, (40.0, 0.2, 5.0, 0.3, 2.0), strict=True):
        start = rng.uniform(-3, 3, size=2)
        got = submission.trace(PLANE.bind(a=steepness * u, b=steepness * v), start, step, n_steps)
        expected = start + step * np.arange(n_steps + 1)[:, None] * np.array([u, v])
        # Whoever adds 1e-12 to the length is wrong by 3e-11 here, and loses the check of the smallest gradients alone.
        expect(got).array(expected, atol=1e-9, shape=PATH_SHAPE)
    # From far away, for a long time, in small and in large moves, where it is very steep; then the same start again.
    u, v = directions[0]
    distant, zero = -rng.uniform(150, 300, size=2), np.zeros(2)
    for steepness, start, step, n_steps in (
        (1e8, distant, 15, 160),
        (1e8, distant, 50.0, 4),
        (-1.0, distant, 50.0, 4),
        (1.0, zero, 1, 3),
        (1.0, zero, 1e-4, 5),
    ):
        got = submission.trace(PLANE.bind(a=steepness * u, b=steepness * v), start, step, n_steps)
        way = np.sign(steepness) * np.array([u, v])
        expect(got).array(start + step * np.arange(n_steps + 1)[:, None] * way, atol=1e-9, shape=PATH_SHAPE)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Does your streamline bend? The direction changes from point to point.",
    "Ask for the gradient anew at each point of the path: at the old point, once for both coordinates.",
    "Check three things at each of your rows: where the move begins, how long it is, where it points.",
)
def test_trace_asks_for_the_direction_at_every_point(submission, rng):
    """`trace` makes every move along the gradient at the point where the move begins, on curved ground too."""
    flat, steep = rng.uniform(0.2, 0.4), rng.uniform(2, 3)
    slopes = VALLEY.bind(a=flat, b=steep)
    start = np.array([rng.uniform(2, 3), rng.uniform(0.1, 0.4)])
    for step, n_steps in ((rng.uniform(0.2, 0.4), 30), (rng.uniform(1e-4, 2e-4), 12)):
        got = submission.trace(gradient=slopes, start=start.tolist(), step=step, n_steps=n_steps)
        # No closed form is needed: start, length and direction of each move say all about a streamline.
        path = expect(got).numbers((n_steps + 1, 2), shape=PATH_SHAPE)
        begins = np.allclose(path[0], start, rtol=0, atol=1e-11)
        expect(got).that(begins, "The first row of the streamline is the start.")
        with np.errstate(over="ignore"):  # wrong paths may lie anywhere
            moves = np.diff(path, axis=0)
            lengths = np.hypot(*moves.T)
        expect(got).that(np.allclose(lengths, step, rtol=0, atol=1e-11), "Every move must have the length `step`.")
        arrows = path[:-1] @ np.array([[2 * flat, 1], [1, 2 * steep]])
        arrows /= np.hypot(*arrows.T)[:, None]
        straight = np.allclose(moves, step * arrows, rtol=0, atol=1e-11)
        expect(got).that(straight, "Every move must point along the gradient at the point where it begins.")
    # To and fro across a summit, in moves that are longer than the way to it.
    angle, summit, step = rng.uniform(0, 2 * np.pi), rng.uniform(-3, 3, size=2), rng.uniform(0.4, 0.6)
    outwards = step * np.array([np.cos(angle), np.sin(angle)])
    hill = BOWL.bind(a=-1.0, p=float(summit[0]), q=float(summit[1]))
    expected = summit + np.array([1.25, 0.25, -0.75, 0.25, -0.75])[:, None] * outwards
    expect(submission.trace(hill, expected[0], step, 4)).array(expected, atol=1e-10, shape=PATH_SHAPE)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "No move at all: which row is left?",
    "A table with one row has the shape (1, 2), not (2,).",
)
@pytest.mark.depends("test_trace_climbs_a_plane")
def test_trace_with_no_steps_returns_the_start_alone(submission, rng):
    """`trace` with `n_steps = 0` returns a streamline of one row, the start."""
    for kind in (list, tuple, np.array):
        start = rng.uniform(-3, 3, size=2)
        got = submission.trace(PLANE.bind(a=1.0, b=2.0), kind(start.tolist()), 0.5, 0)
        expect(got).array(start[None, :], shape=PATH_SHAPE)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "An array of whole numbers has no room for fractions.",
    "Begin with a copy of the start that holds floats, and make a new point in each move.",
    "Trace twice from the same start: both streamlines should be equal.",
)
def test_trace_takes_whole_numbers_and_begins_afresh(submission, rng):
    """`trace` may start at whole numbers, keeps all fractions, and begins each streamline afresh."""
    step = rng.uniform(0.2, 0.6)
    whole = rng.integers(2, 9, size=2) * (2 * rng.integers(2, size=2) - 1)
    # In a round bowl all ways up lead straight away from the bottom.
    slopes = BOWL.bind(a=rng.uniform(0.5, 2), p=0, q=0)
    expected = whole * (1 + np.arange(6)[:, None] * step / np.hypot(*whole))
    again = "A second streamline from the same start must be the same."
    for start, because in repeated((whole, tuple(whole.tolist()), whole.tolist(), whole.astype(float)), again):
        expect(submission.trace(slopes, start, step, 5), because=because).array(expected, shape=PATH_SHAPE)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "What is zero divided by zero? On level ground the gradient has no direction.",
    "Where the gradient is zero the next point is this point, and the streamline keeps all its rows.",
    "It may start on level ground, or come to it on its way.",
)
def test_trace_stays_where_the_gradient_is_zero(submission, rng):
    """`trace` stays where the gradient is exactly zero, from the start on or from the point where it comes to rest."""
    centre, step = signed(rng, 2, 4, size=2), rng.uniform(0.4, 0.6)
    place = {"p": centre[0], "q": centre[1]}
    got = submission.trace(BOWL.bind(a=rng.uniform(1, 2), **place), centre, step, 3)
    expect(got, because="It starts where the gradient is zero.").array(np.tile(centre, (4, 1)), shape=PATH_SHAPE)
    # The climb leads straight to the centre and comes to rest well inside the level disc: half a step behind its edge.
    angle, moves = rng.uniform(0, 2 * np.pi), int(rng.integers(2, 5))
    outwards = np.array([np.cos(angle), np.sin(angle)])
    radius = 3 * step
    start = centre + (radius + (moves - 0.5) * step) * outwards
    expected = start - step * np.minimum(np.arange(moves + 4), moves)[:, None] * outwards
    got = submission.trace(MESA.bind(a=rng.uniform(1, 2), b=radius, **place), start.tolist(), step, moves + 3)
    expect(got, because="It comes to where the gradient is zero.").array(expected, shape=PATH_SHAPE)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "How flat is flat? A tiny gradient still points somewhere.",
    "Add nothing to the length of the gradient, and set no limit but zero itself.",
    "Compare the length with 0, not with a small number: only there does the streamline stay.",
)
def test_trace_follows_the_smallest_gradients(submission, rng):
    """`trace` makes moves of the full length on ground that is almost level, with gradients down to 1e-100."""
    angle, step = rng.uniform(0.2, 1.3), rng.uniform(0.2, 0.6)
    for steepness in (3e-13, 2e-100):
        start = rng.uniform(1, 3, size=2)
        slopes = PLANE.bind(a=steepness * np.cos(angle), b=-steepness * np.sin(angle))
        expected = start + step * np.arange(5)[:, None] * np.array([np.cos(angle), -np.sin(angle)])
        expect(submission.trace(slopes, start, step, 4)).array(expected, shape=PATH_SHAPE)
