"""What goes wrong in exercise 10, gradient fields."""

import numpy as np

from grader.misconceptions import misconception

AXES = "lessons/gradient_fields/#rows-and-columns"
DIFFERENCES = "lessons/gradient_fields/#differences-on-a-grid"
PRESSURE = "lessons/gradient_fields/#pressure-pushes"
DIRECTION = "lessons/gradient_fields/#along-a-direction"
STREAMLINE = "lessons/gradient_fields/#streamlines"


@misconception("gradient_field", "swaps the axes", lesson=AXES, loses=("test_gradient_field_of_a_small_table",))
def gradient_field_rows_first(field, dx, dy):
    """You return the derivative by y first. The first index of `field` counts rows, and rows go in the direction of y;
    the derivative by x compares columns."""
    return tuple(np.gradient(field, dy, dx))


@misconception("gradient_field", "swaps the spacings", lesson=AXES, loses=("test_gradient_field_of_a_small_table",))
def gradient_field_with_swapped_spacings(field, dx, dy):
    """You divide differences between columns by dy and those between rows by dx. Columns are dx apart and rows dy."""
    along_rows, along_columns = np.gradient(field, dx, dy)
    return along_columns, along_rows


@misconception("gradient_field", "ignores the spacings", lesson=AXES, loses=("test_gradient_field_of_a_small_table",))
def gradient_field_on_a_unit_grid(field, dx, dy):
    """You treat all places as one unit apart. A slope is a difference divided by the distance: use dx and dy."""
    along_rows, along_columns = np.gradient(field)
    return along_columns, along_rows


@misconception("gradient_field", "turns y upside down", lesson=AXES, loses=("test_gradient_field_of_a_small_table",))
def gradient_field_upwards(field, dx, dy):
    """Your derivative by y has the wrong sign. Here y = i * dy grows with the row number, downwards in the printed
    table: take the next row minus the one before."""
    along_rows, along_columns = np.gradient(field, -dy, dx)
    return along_columns, along_rows


@misconception(
    "gradient_field",
    "divides by one spacing inside",
    lesson=DIFFERENCES,
    loses=("test_gradient_field_is_central_inside_and_one_sided_at_the_border",),
)
def gradient_field_twice_too_steep(field, dx, dy):
    """Your slopes inside are twice too steep. The neighbours on both sides of a place lie two spacings apart, so divide
    their difference by twice the spacing."""
    by_y, by_x = np.gradient(field, dy, dx)
    by_x[:, 1:-1] *= 2
    by_y[1:-1, :] *= 2
    return by_x, by_y


@misconception(
    "gradient_field",
    "divides by two spacings at the border",
    lesson=DIFFERENCES,
    loses=("test_gradient_field_works_on_the_smallest_fields",),
)
def gradient_field_half_at_the_border(field, dx, dy):
    """Your slopes at the border are half of what they should be. There you compare two values that lie only one spacing
    apart: divide by the spacing itself, not by twice the spacing."""
    wide = np.pad(field, 1, mode="edge").astype(float)
    by_x = (wide[1:-1, 2:] - wide[1:-1, :-2]) / (2 * dx)
    by_y = (wide[2:, 1:-1] - wide[:-2, 1:-1]) / (2 * dy)
    return by_x, by_y


@misconception(
    "gradient_field",
    "leaves the border zero",
    lesson=DIFFERENCES,
    loses=("test_gradient_field_works_on_the_smallest_fields",),
)
def gradient_field_without_border(field, dx, dy):
    """Your border is zero. One neighbour is missing there, but the place itself can stand in for it: take the
    difference of the two outermost values."""
    field = field.astype(float)
    by_x, by_y = np.zeros(field.shape), np.zeros(field.shape)
    by_x[:, 1:-1] = (field[:, 2:] - field[:, :-2]) / (2 * dx)
    by_y[1:-1, :] = (field[2:, :] - field[:-2, :]) / (2 * dy)
    return by_x, by_y


@misconception(
    "gradient_field",
    "joins the border to the other side",
    lesson=DIFFERENCES,
    loses=("test_gradient_field_works_on_the_smallest_fields",),
)
def gradient_field_around(field, dx, dy):
    """At the border you compare with the opposite side, as `np.roll` and the index -1 do. The grid is not a ring: use
    the two outermost values."""
    field = field.astype(float)
    by_x = (np.roll(field, -1, axis=1) - np.roll(field, 1, axis=1)) / (2 * dx)
    by_y = (np.roll(field, -1, axis=0) - np.roll(field, 1, axis=0)) / (2 * dy)
    return by_x, by_y


@misconception(
    "gradient_field",
    "looks to one side only",
    lesson=DIFFERENCES,
    loses=("test_gradient_field_compares_the_next_neighbours",),
)
def gradient_field_forward(field, dx, dy):
    """You compare each place with the next one, but not with the one before. Inside, use the neighbours on both sides:
    that error shrinks with the square of the spacing."""
    field = field.astype(float)
    by_x = np.diff(field, axis=1) / dx
    by_y = np.diff(field, axis=0) / dy
    return np.hstack([by_x, by_x[:, -1:]]), np.vstack([by_y, by_y[-1:]])


@misconception(
    "gradient_field",
    "loses a row or a column",
    lesson=DIFFERENCES,
    loses=("test_gradient_field_of_a_small_table",),
)
def gradient_field_between_places(field, dx, dy):
    """Your arrays are smaller than the field: `np.diff` gives slopes between the places. Every place needs its own
    slope, at the border too."""
    field = field.astype(float)
    return np.diff(field, axis=1) / dx, np.diff(field, axis=0) / dy


@misconception(
    "gradient_field",
    "bends the slope at the border",
    lesson=DIFFERENCES,
    loses=("test_gradient_field_is_central_inside_and_one_sided_at_the_border",),
)
def gradient_field_of_second_order(field, dx, dy):
    """At the border you use three values, as `edge_order=2` does. That is more accurate, but here the border is the
    plain difference of the two outermost values."""
    by_x = np.gradient(field, dx, axis=1, edge_order=2 if field.shape[1] > 2 else 1)
    by_y = np.gradient(field, dy, axis=0, edge_order=2 if field.shape[0] > 2 else 1)
    return by_x, by_y


@misconception(
    "gradient_field",
    "lets small whole numbers wrap around",
    lesson=DIFFERENCES,
    loses=("test_gradient_field_takes_whole_numbers",),
)
def gradient_field_that_wraps(field, dx, dy):
    """You subtract whole numbers in their own small type: in `uint8`, 3 - 5 is 254. Turn the field into floats before
    you subtract."""
    by_x, by_y = np.zeros(field.shape), np.zeros(field.shape)
    by_x[:, 1:-1] = (field[:, 2:] - field[:, :-2]) / (2 * dx)
    by_x[:, 0], by_x[:, -1] = (field[:, 1] - field[:, 0]) / dx, (field[:, -1] - field[:, -2]) / dx
    by_y[1:-1, :] = (field[2:, :] - field[:-2, :]) / (2 * dy)
    by_y[0, :], by_y[-1, :] = (field[1, :] - field[0, :]) / dy, (field[-1, :] - field[-2, :]) / dy
    return by_x, by_y


@misconception(
    "gradient_field",
    "cuts off the fractions",
    lesson=DIFFERENCES,
    loses=("test_gradient_field_takes_whole_numbers",),
)
def gradient_field_in_whole_numbers(field, dx, dy):
    """From a field of whole numbers you get only whole slopes, as in arrays that take their type from the field. Make
    arrays of floats."""
    along_rows, along_columns = np.gradient(field, dy, dx)
    return along_columns.astype(field.dtype), along_rows.astype(field.dtype)


PUSHES = "test_pressure_acceleration_pushes_from_high_to_low"
EACH_PLACE = "test_pressure_acceleration_divides_by_the_density_of_each_place"


@misconception("pressure_acceleration", "pushes towards high pressure", lesson=PRESSURE, loses=(PUSHES, EACH_PLACE))
def pressure_acceleration_uphill(pressure, density, dx, dy):
    """Your fluid flows towards the high pressure. The gradient points to where the pressure rises; the push goes the
    other way, so there is a minus in front."""
    by_y, by_x = np.gradient(pressure, dy, dx)
    return by_x / density, by_y / density


@misconception("pressure_acceleration", "forgets the density", lesson=PRESSURE, loses=(PUSHES, EACH_PLACE))
def pressure_acceleration_of_any_fluid(pressure, density, dx, dy):
    """You leave out the density. The same push moves water far less than air: divide by the density."""
    by_y, by_x = np.gradient(pressure, dy, dx)
    return -by_x, -by_y


@misconception("pressure_acceleration", "multiplies by the density", lesson=PRESSURE, loses=(PUSHES, EACH_PLACE))
def pressure_acceleration_times_density(pressure, density, dx, dy):
    """You multiply by the density. The denser the fluid, the harder it is to move: divide."""
    by_y, by_x = np.gradient(pressure, dy, dx)
    return -by_x * density, -by_y * density


@misconception("pressure_acceleration", "takes the mean density", lesson=PRESSURE, loses=(EACH_PLACE,))
def pressure_acceleration_of_the_mean(pressure, density, dx, dy):
    """You divide by the mean of the densities. Each place has its own: divide array by array; NumPy does it place by
    place."""
    by_y, by_x = np.gradient(pressure, dy, dx)
    return -by_x / np.mean(density), -by_y / np.mean(density)


@misconception("pressure_acceleration", "divides before it differentiates", lesson=PRESSURE, loses=(EACH_PLACE,))
def pressure_acceleration_of_a_quotient(pressure, density, dx, dy):
    """You take the gradient of pressure over density, which also feels how the density changes. Only the pressure
    pushes: differentiate it alone, divide afterwards."""
    by_y, by_x = np.gradient(pressure / density, dy, dx)
    return -by_x, -by_y


@misconception("pressure_acceleration", "swaps ax and ay", lesson=AXES, loses=(PUSHES, EACH_PLACE))
def pressure_acceleration_rows_first(pressure, density, dx, dy):
    """You return the acceleration in y first. Rows go in the direction of y; the acceleration in x comes from comparing
    columns, and it comes first."""
    by_y, by_x = np.gradient(pressure, dy, dx)
    return -by_y / density, -by_x / density


@misconception("pressure_acceleration", "turns only one sign", lesson=PRESSURE, loses=(PUSHES, EACH_PLACE))
def pressure_acceleration_with_one_minus(pressure, density, dx, dy):
    """Your minus reaches only the first of the two components. The fluid is pushed against the gradient in x and in y."""
    by_y, by_x = np.gradient(pressure, dy, dx)
    return -by_x / density, by_y / density


WEIGHS = "test_directional_derivative_weighs_both_slopes"
LENGTH = "test_directional_derivative_ignores_the_length_of_the_direction"


@misconception("directional_derivative", "lets the length count", lesson=DIRECTION, loses=(WEIGHS, LENGTH))
def directional_derivative_times_length(field, direction, dx, dy):
    """A longer direction gives you a steeper slope. (1, 1) and (500, 500) are the same way: divide the direction by its
    length first."""
    by_y, by_x = np.gradient(field, dy, dx)
    return by_x * direction[0] + by_y * direction[1]


@misconception(
    "directional_derivative", "takes the sum of both parts for the length", lesson=DIRECTION, loses=(WEIGHS, LENGTH)
)
def directional_derivative_by_sum(field, direction, dx, dy):
    """You divide the direction by the sum of its parts. The length of (3, 4) is not 7 but 5, by Pythagoras."""
    u, v = np.array(direction, dtype=float) / np.sum(np.abs(direction))
    by_y, by_x = np.gradient(field, dy, dx)
    return by_x * u + by_y * v


@misconception("directional_derivative", "reads the direction as (y, x)", lesson=AXES, loses=(WEIGHS, LENGTH))
def directional_derivative_rows_first(field, direction, dx, dy):
    """You multiply the direction's first number by the derivative by y. A direction is (x, y), though `field[i, j]` has
    the row first."""
    v, u = np.array(direction, dtype=float) / np.hypot(*direction)
    by_y, by_x = np.gradient(field, dy, dx)
    return by_x * u + by_y * v


@misconception("directional_derivative", "ignores the direction", lesson=DIRECTION, loses=(WEIGHS, LENGTH))
def directional_derivative_of_the_steepest(field, direction, dx, dy):
    """You return the length of the gradient, which is the slope along the steepest way. Along another way the slope is
    less, and downhill it is negative."""
    by_y, by_x = np.gradient(field, dy, dx)
    return np.hypot(by_x, by_y)


@misconception("directional_derivative", "drops the sign", lesson=DIRECTION, loses=(WEIGHS, LENGTH))
def directional_derivative_without_sign(field, direction, dx, dy):
    """Your slopes are never negative. Where the way leads down, the rate of change is negative; keep its sign."""
    u, v = np.array(direction, dtype=float) / np.hypot(*direction)
    by_y, by_x = np.gradient(field, dy, dx)
    return np.abs(by_x * u + by_y * v)


@misconception("directional_derivative", "keeps both parts apart", lesson=DIRECTION, loses=(WEIGHS, LENGTH))
def directional_derivative_in_two_parts(field, direction, dx, dy):
    """You return two arrays, one for x and one for y. The rate along the way is one number at each place: the sum of
    the two products."""
    u, v = np.array(direction, dtype=float) / np.hypot(*direction)
    by_y, by_x = np.gradient(field, dy, dx)
    return by_x * u, by_y * v


@misconception("directional_derivative", "adds a little to the length", lesson=DIRECTION, loses=(LENGTH,))
def directional_derivative_with_epsilon(field, direction, dx, dy):
    """You add a small number to the length before you divide, so a short direction gives too small a slope. The
    direction is never zero: divide by its length as it is."""
    u, v = np.array(direction, dtype=float) / (np.hypot(*direction) + 1e-12)
    by_y, by_x = np.gradient(field, dy, dx)
    return by_x * u + by_y * v


PLANE = "test_trace_climbs_a_plane"
MOVES = "test_trace_moves_by_the_step_however_steep"
ZERO = "test_trace_stays_where_the_gradient_is_zero"
SMALLEST = "test_trace_follows_the_smallest_gradients"


@misconception("trace", "makes longer moves where it is steep", lesson=STREAMLINE, loses=(PLANE, MOVES, SMALLEST))
def trace_by_ascent(gradient, start, step, n_steps):
    """Your moves are as long as the gradient says, as in an ascent. Here every move has the length `step`: divide the
    gradient by its length first."""
    path = [np.array(start, dtype=float)]
    for _ in range(n_steps):
        path.append(path[-1] + step * gradient(path[-1]))
    return np.array(path)


@misconception("trace", "goes downhill", lesson=STREAMLINE, loses=(PLANE, MOVES, SMALLEST))
def trace_downhill(gradient, start, step, n_steps):
    """Your streamline goes down. It follows the gradient, which points uphill: add the move, do not subtract it."""
    path = [np.array(start, dtype=float)]
    for _ in range(n_steps):
        arrow = gradient(path[-1])
        length = np.hypot(*arrow)
        path.append(path[-1] - step * arrow / length if length > 0 else path[-1])
    return np.array(path)


@misconception("trace", "takes the sum of both parts for the length", lesson=STREAMLINE, loses=(PLANE, MOVES))
def trace_by_sum(gradient, start, step, n_steps):
    """You divide the gradient by the sum of its parts, so diagonal moves are too short. The length of (3, 4) is not 7
    but 5, by Pythagoras."""
    path = [np.array(start, dtype=float)]
    for _ in range(n_steps):
        arrow = gradient(path[-1])
        length = np.abs(arrow).sum()
        path.append(path[-1] + step * arrow / length if length > 0 else path[-1])
    return np.array(path)


@misconception("trace", "divides zero by zero", lesson=STREAMLINE, loses=(ZERO,))
def trace_into_nothing(gradient, start, step, n_steps):
    """Where the gradient is zero your points become NaN, as zero divided by zero is, and stay so. Level ground has no
    direction: stay there."""
    path = [np.array(start, dtype=float)]
    for _ in range(n_steps):
        arrow = gradient(path[-1])
        path.append(path[-1] + step * arrow / np.hypot(*arrow))
    return np.array(path)


@misconception("trace", "adds a little to the length", lesson=STREAMLINE, loses=(SMALLEST,))
def trace_with_epsilon(gradient, start, step, n_steps):
    """You add a small number to the gradient's length to avoid zero divided by zero. On almost level ground that number
    outweighs the gradient, and the moves get too short: ask whether the length is zero instead."""
    path = [np.array(start, dtype=float)]
    for _ in range(n_steps):
        arrow = gradient(path[-1])
        path.append(path[-1] + step * arrow / (np.hypot(*arrow) + 1e-12))
    return np.array(path)


@misconception("trace", "takes a small gradient for zero", lesson=STREAMLINE, loses=(SMALLEST,))
def trace_with_threshold(gradient, start, step, n_steps):
    """You stay where the gradient is small. A tiny gradient still has a direction, and only the direction counts: stay
    where it is exactly zero, nowhere else."""
    path = [np.array(start, dtype=float)]
    for _ in range(n_steps):
        arrow = gradient(path[-1])
        length = np.hypot(*arrow)
        path.append(path[-1] + step * arrow / length if length > 1e-12 else path[-1])
    return np.array(path)


@misconception("trace", "ends early on level ground", lesson=STREAMLINE, loses=(ZERO,))
def trace_cut_short(gradient, start, step, n_steps):
    """Your streamline ends where the gradient is zero, so rows are missing. It stays there: repeat the point, until
    there are `n_steps + 1` rows."""
    path = [np.array(start, dtype=float)]
    for _ in range(n_steps):
        arrow = gradient(path[-1])
        length = np.hypot(*arrow)
        if length == 0:
            break
        path.append(path[-1] + step * arrow / length)
    return np.array(path)


@misconception(
    "trace",
    "keeps its first direction",
    lesson=STREAMLINE,
    loses=("test_trace_asks_for_the_direction_at_every_point",),
)
def trace_straight_on(gradient, start, step, n_steps):
    """You follow the gradient at the start, and go straight on. The direction changes on the way: ask again at each
    point."""
    path = [np.array(start, dtype=float)]
    arrow = gradient(path[-1])
    length = np.hypot(*arrow)
    for _ in range(n_steps):
        path.append(path[-1] + step * arrow / length if length > 0 else path[-1])
    return np.array(path)


@misconception(
    "trace",
    "moves one coordinate after the other",
    lesson=STREAMLINE,
    loses=("test_trace_asks_for_the_direction_at_every_point",),
)
def trace_one_after_the_other(gradient, start, step, n_steps):
    """You move in x first and ask for the direction in y at a point that is not on the path. Take the whole gradient at
    the old point, then move both."""
    point = np.array(start, dtype=float)
    path = [point.copy()]
    for _ in range(n_steps):
        for axis in range(2):
            arrow = gradient(point)
            length = np.hypot(*arrow)
            point[axis] += step * arrow[axis] / length if length > 0 else 0
        path.append(point.copy())
    return np.array(path)


@misconception(
    "trace", "makes one move too few", lesson=STREAMLINE, loses=(PLANE, "test_trace_stays_where_the_gradient_is_zero")
)
def trace_one_too_few(gradient, start, step, n_steps):
    """Your streamline has `n_steps` rows, so the last move is missing. The start is not a move: count `n_steps` moves
    after it."""
    path = [np.array(start, dtype=float)]
    for _ in range(1, n_steps):
        arrow = gradient(path[-1])
        length = np.hypot(*arrow)
        path.append(path[-1] + step * arrow / length if length > 0 else path[-1])
    return np.array(path)


@misconception(
    "trace",
    "forgets the start",
    lesson=STREAMLINE,
    loses=(PLANE, "test_trace_with_no_steps_returns_the_start_alone"),
)
def trace_without_start(gradient, start, step, n_steps):
    """Your streamline begins after the first move. The start is its first row: put it in before the loop."""
    path, point = [], np.array(start, dtype=float)
    for _ in range(n_steps):
        arrow = gradient(point)
        length = np.hypot(*arrow)
        point = point + step * arrow / length if length > 0 else point
        path.append(point)
    return np.array(path)


@misconception(
    "trace",
    "rounds to whole numbers",
    lesson=STREAMLINE,
    loses=("test_trace_takes_whole_numbers_and_begins_afresh",),
)
def trace_in_whole_numbers(gradient, start, step, n_steps):
    """If you start at whole numbers, your streamline holds only whole numbers and each move is cut off, as happens in a
    table that takes its type from the start. Give it the type float."""
    path = np.tile(np.array(start), (n_steps + 1, 1))
    for k in range(n_steps):
        arrow = gradient(path[k])
        length = np.hypot(*arrow)
        path[k + 1] = path[k] + (step * arrow / length if length > 0 else 0)
    return path


@misconception(
    "trace",
    "changes the caller's start",
    lesson=STREAMLINE,
    loses=("test_trace_moves_by_the_step_however_steep",),
)
def trace_moving_the_start(gradient, start, step, n_steps):
    """You move the start itself, when it is the caller's own array of floats, as `+=` does. Begin with a copy."""
    point = np.asarray(start, dtype=float)
    path = [point.copy()]
    for _ in range(n_steps):
        arrow = gradient(point)
        length = np.hypot(*arrow)
        if length > 0:
            point += step * arrow / length
        path.append(point.copy())
    return np.array(path)


@misconception(
    "gradient_field", "hands np.gradient x before y", lesson=AXES, loses=("test_gradient_field_of_a_small_table",)
)
def gradient_field_in_the_order_of_x_and_y(field, dx, dy):
    """You return the differences between rows first and divide them by dx, as `np.gradient(field, dx, dy)` does: its
    first axis is the rows. The derivative by x compares columns, which are dx apart, and comes first."""
    return tuple(np.gradient(np.array(field, dtype=float), dx, dy))
