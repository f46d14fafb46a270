"""What goes wrong in exercise 2, the update rule."""

import numpy as np

from grader.misconceptions import misconception

DOWNHILL = "lessons/update_rule/#downhill"
RATE = "lessons/update_rule/#learning-rate"
PATH = "lessons/update_rule/#the-path"
STOP = "lessons/update_rule/#when-to-stop"


@misconception("update", "adds the gradient", lesson=DOWNHILL, loses=("test_update_moves_against_the_gradient",))
def update_that_adds(parameter, gradient, learning_rate):
    """Your `update` adds the step, so it climbs. The gradient points uphill; to go down, go the other way."""
    return parameter + learning_rate * gradient


@misconception(
    "update",
    "ignores the learning rate",
    lesson=RATE,
    loses=("test_update_moves_against_the_gradient", "test_update_scales_the_step_with_rate_and_slope"),
)
def update_without_rate(parameter, gradient, learning_rate):
    """Your `update` takes the whole gradient as its step. The learning rate says how much of it you dare to take;
    without it the first step often leaps across the valley."""
    return parameter - gradient


@misconception(
    "update",
    "uses a learning rate of its own",
    lesson=RATE,
    loses=("test_update_moves_against_the_gradient", "test_update_scales_the_step_with_rate_and_slope"),
)
def update_with_fixed_rate(parameter, gradient, learning_rate):
    """Your step is always the same share of the gradient, whatever `learning_rate` says. Use the one you are given."""
    return parameter - 0.01 * gradient


@misconception(
    "update",
    "multiplies by the learning rate twice",
    lesson=RATE,
    loses=("test_update_moves_against_the_gradient", "test_update_scales_the_step_with_rate_and_slope"),
)
def update_with_squared_rate(parameter, gradient, learning_rate):
    """Your step has the learning rate in it twice: it is the slope times the square of the rate. Once is enough."""
    return parameter - learning_rate**2 * gradient


@misconception(
    "update",
    "takes every slope for uphill",
    lesson=DOWNHILL,
    loses=("test_update_moves_against_the_gradient", "test_update_scales_the_step_with_rate_and_slope"),
)
def update_by_magnitude(parameter, gradient, learning_rate):
    """Your `update` always steps to the left, wherever the ground falls, because it takes the slope without its sign.
    Where the slope is negative the way down leads to the right: the sign must stay."""
    return parameter - learning_rate * np.abs(gradient)


@misconception(
    "update",
    "looks only at the direction",
    lesson=DOWNHILL,
    loses=("test_update_moves_against_the_gradient", "test_update_scales_the_step_with_rate_and_slope"),
)
def update_by_sign(parameter, gradient, learning_rate):
    """All your steps have the same length; only their direction comes from the gradient. Its size counts too: steep
    ground, long step; level ground, short step."""
    return parameter - learning_rate * np.sign(gradient)


@misconception(
    "update",
    "returns the step, not the new place",
    lesson=DOWNHILL,
    loses=("test_update_moves_against_the_gradient", "test_update_works_elementwise"),
)
def update_returning_the_step(parameter, gradient, learning_rate):
    """You return how far to go. What is asked for is where you stand afterwards."""
    return -learning_rate * gradient


@misconception(
    "update",
    "changes the caller's array",
    lesson=DOWNHILL,
    loses=("test_update_works_elementwise",),
)
def update_in_place(parameter, gradient, learning_rate):
    """You write into the array that you were given, as `-=` does, so the caller's own parameter moves as well, and
    whole numbers have no room for the fractions. Make a new array and return it."""
    parameter -= learning_rate * gradient
    return parameter


@misconception(
    "descend",
    "climbs",
    lesson=DOWNHILL,
    loses=("test_descend_slides_into_the_bowl", "test_descend_shrinks_the_distance_on_any_parabola"),
)
def descend_that_climbs(gradient, start, learning_rate, epochs):
    """Your path leads uphill. The slope points to where the ground rises; step the other way."""
    path = [start]
    for _ in range(epochs):
        path.append(path[-1] + learning_rate * gradient(path[-1]))
    return path


@misconception(
    "descend",
    "forgets the start in the path",
    lesson=PATH,
    loses=(
        "test_descend_returns_the_start_and_a_point_for_each_update",
        "test_descend_with_no_epochs_returns_the_start_alone",
    ),
)
def descend_without_start(gradient, start, learning_rate, epochs):
    """Your path begins after the first update. The start belongs to it: put it in before the loop."""
    path, x = [], start
    for _ in range(epochs):
        x = x - learning_rate * gradient(x)
        path.append(x)
    return np.array(path)


@misconception(
    "descend",
    "makes one update too few",
    lesson=PATH,
    loses=("test_descend_returns_the_start_and_a_point_for_each_update",),
)
def descend_one_too_few(gradient, start, learning_rate, epochs):
    """Your path has `epochs` points, so the last update is missing. The start is not an update: count `epochs` steps
    after it."""
    path = [start]
    for _ in range(1, epochs):
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return np.array(path)


@misconception(
    "descend",
    "makes one update too many",
    lesson=PATH,
    loses=(
        "test_descend_returns_the_start_and_a_point_for_each_update",
        "test_descend_with_no_epochs_returns_the_start_alone",
    ),
)
def descend_one_too_many(gradient, start, learning_rate, epochs):
    """Your path has one point too many: you make `epochs + 1` updates. The start is a point of the path, but not an
    update."""
    path = [start]
    for _ in range(epochs + 1):
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return np.array(path)


@misconception(
    "descend",
    "takes every step from the start",
    lesson=PATH,
    loses=("test_descend_slides_into_the_bowl", "test_descend_shrinks_the_distance_on_any_parabola"),
)
def descend_always_from_the_start(gradient, start, learning_rate, epochs):
    """You make the first update again and again, so from the second point on your path stands still. Each update begins
    where the one before it ended: keep the new point, and step from there."""
    path = np.full(epochs + 1, float(start))
    for epoch in range(epochs):
        path[epoch + 1] = start - learning_rate * gradient(start)
    return path


@misconception(
    "descend",
    "returns only the last point",
    lesson=PATH,
    loses=("test_descend_returns_the_start_and_a_point_for_each_update",),
)
def descend_to_the_last_point(gradient, start, learning_rate, epochs):
    """You return where the walk ends. Keep all the points on the way, the start first: a path can be drawn, and shows
    what went wrong."""
    x = start
    for _ in range(epochs):
        x = x - learning_rate * gradient(x)
    return x


@misconception(
    "descend",
    "asks for the slope only at the start",
    lesson=DOWNHILL,
    loses=("test_descend_slides_into_the_bowl", "test_descend_asks_for_the_slope_where_it_stands"),
)
def descend_by_the_first_slope(gradient, start, learning_rate, epochs):
    """All your steps are equal, for each uses the slope at the start. Ask for it anew at every point you reach."""
    slope = gradient(start)
    return start - learning_rate * slope * np.arange(epochs + 1)


@misconception(
    "descend",
    "uses a learning rate of its own",
    lesson=RATE,
    loses=("test_descend_slides_into_the_bowl", "test_descend_shrinks_the_distance_on_any_parabola"),
)
def descend_at_a_fixed_rate(gradient, start, learning_rate, epochs):
    """Your path is the same whatever `learning_rate` says. Use the one that you are given."""
    path = [start]
    for _ in range(epochs):
        path.append(path[-1] - 0.01 * gradient(path[-1]))
    return np.array(path)


@misconception(
    "descend",
    "ignores the learning rate",
    lesson=RATE,
    loses=("test_descend_slides_into_the_bowl", "test_descend_shrinks_the_distance_on_any_parabola"),
)
def descend_without_rate(gradient, start, learning_rate, epochs):
    """Each of your updates takes the whole slope as its step, whatever `learning_rate` says. The step is the slope
    times the learning rate."""
    path = [start]
    for _ in range(epochs):
        path.append(path[-1] - gradient(path[-1]))
    return np.array(path)


@misconception(
    "descend",
    "lowers the learning rate on the way",
    lesson=RATE,
    loses=("test_descend_slides_into_the_bowl", "test_descend_shrinks_the_distance_on_any_parabola"),
)
def descend_at_a_fading_rate(gradient, start, learning_rate, epochs):
    """Your learning rate fades from update to update. That can help, but it is a different method: here it stays as it
    is; the steps get shorter by themselves, because the slope does."""
    path = [start]
    for epoch in range(epochs):
        path.append(path[-1] - learning_rate * (1 - (epoch + 1) / epochs) * gradient(path[-1]))
    return np.array(path)


@misconception(
    "descend",
    "rounds to whole numbers",
    lesson=PATH,
    loses=("test_descend_keeps_fractions_from_a_whole_number",),
)
def descend_in_whole_numbers(gradient, start, learning_rate, epochs):
    """If you start at a whole number, your path holds only whole numbers and each update is cut off, as happens in an
    array that takes its type from the start. Give it the type float."""
    path = np.full(epochs + 1, start)
    for epoch in range(epochs):
        path[epoch + 1] = path[epoch] - learning_rate * gradient(path[epoch])
    return path


@misconception(
    "descend_until",
    "takes every downhill slope for level ground",
    lesson=STOP,
    loses=("test_descend_until_ends_at_the_first_level_point_from_both_sides",),
)
def descend_until_without_magnitude(gradient, start, learning_rate, tolerance, max_epochs=1000):
    """On the left of a valley the slope is negative, and so below any tolerance: your walk ends there before it has
    begun. Level means that the magnitude is small."""
    path = [start]
    while gradient(path[-1]) >= tolerance and len(path) <= max_epochs:
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return np.array(path)


@misconception(
    "descend_until",
    "watches the step, not the slope",
    lesson=STOP,
    loses=("test_descend_until_stops_where_the_ground_is_level",),
)
def descend_until_the_step_is_short(gradient, start, learning_rate, tolerance, max_epochs=1000):
    """You stop when the step gets short. A small learning rate makes short steps on the steepest slope; ask the slope
    itself whether the ground is level."""
    path = [start]
    while len(path) <= max_epochs:
        step = learning_rate * gradient(path[-1])
        if abs(step) < tolerance:
            break
        path.append(path[-1] - step)
    return np.array(path)


@misconception(
    "descend_until",
    "stops where the slope equals the tolerance",
    lesson=STOP,
    loses=("test_descend_until_goes_on_where_the_slope_equals_the_tolerance",),
)
def descend_until_at_most(gradient, start, learning_rate, tolerance, max_epochs=1000):
    """You stop one update early where the slope is exactly the tolerance. Below means below: `<`, not `<=`."""
    path = [start]
    while abs(gradient(path[-1])) > tolerance and len(path) <= max_epochs:
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return np.array(path)


@misconception(
    "descend_until",
    "steps first and looks later",
    lesson=STOP,
    loses=(
        "test_descend_until_stops_where_the_ground_is_level",
        "test_descend_until_stays_where_the_start_is_level",
    ),
)
def descend_until_too_late(gradient, start, learning_rate, tolerance, max_epochs=1000):
    """You make the update before you ask whether it is needed, so your path has one point too many. Look at the slope
    first, at the start too."""
    path = [start]
    for _ in range(max_epochs):
        slope = gradient(path[-1])
        path.append(path[-1] - learning_rate * slope)
        if abs(slope) < tolerance:
            break
    return np.array(path)


@misconception(
    "descend_until",
    "leaves out the last point",
    lesson=STOP,
    loses=("test_descend_until_stops_where_the_ground_is_level",),
)
def descend_until_the_point_before(gradient, start, learning_rate, tolerance, max_epochs=1000):
    """Your path ends one point too early: it holds the points where the ground is steep, but not the level one that you
    were looking for. That one belongs to it."""
    path, x = [], start
    while abs(gradient(x)) >= tolerance and len(path) < max_epochs:
        path.append(x)
        x = x - learning_rate * gradient(x)
    return np.array(path)


@misconception(
    "descend_until",
    "returns only the last point",
    lesson=PATH,
    loses=("test_descend_until_stops_where_the_ground_is_level",),
)
def descend_until_to_the_last_point(gradient, start, learning_rate, tolerance, max_epochs=1000):
    """You return where the walk ends. Keep all the points on the way, the start first."""
    x = start
    for _ in range(max_epochs):
        if abs(gradient(x)) < tolerance:
            break
        x = x - learning_rate * gradient(x)
    return x


@misconception(
    "descend_until",
    "counts points, not updates",
    lesson=STOP,
    loses=(
        "test_descend_until_makes_at_most_max_epochs_updates",
        "test_descend_until_makes_at_most_1000_updates_unless_told_otherwise",
    ),
)
def descend_until_so_many_points(gradient, start, learning_rate, tolerance, max_epochs=1000):
    """Your walk ends when the path has `max_epochs` points. The limit counts updates, and the start is not one, so the
    path may have one point more."""
    path = [start]
    while abs(gradient(path[-1])) >= tolerance and len(path) < max_epochs:
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return np.array(path)


@misconception(
    "descend_until",
    "ignores the limit that the caller names",
    lesson=STOP,
    loses=("test_descend_until_makes_at_most_max_epochs_updates",),
)
def descend_until_its_own_limit(gradient, start, learning_rate, tolerance, max_epochs=1000):
    """Your limit is always 1000 updates, whatever `max_epochs` says. Use the limit you are given; 1000 is only its
    default."""
    path = [start]
    for _ in range(1000):
        if abs(gradient(path[-1])) < tolerance:
            break
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return np.array(path)


@misconception(
    "descend_until",
    "never looks at the slope",
    lesson=STOP,
    loses=(
        "test_descend_until_stops_where_the_ground_is_level",
        "test_descend_until_stays_where_the_start_is_level",
    ),
)
def descend_until_the_limit(gradient, start, learning_rate, tolerance, max_epochs=1000):
    """Your walk always goes on to the limit, whatever `tolerance` says. Ask before each update whether the slope is
    already small enough, and stop there."""
    path = [start]
    for _ in range(max_epochs):
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return np.array(path)


@misconception(
    "descend_until",
    "does not look at the slope of the start",
    lesson=STOP,
    loses=("test_descend_until_stays_where_the_start_is_level",),
)
def descend_until_after_a_first_step(gradient, start, learning_rate, tolerance, max_epochs=1000):
    """You look at the slope only after the first update. The start may be level already, and then it is the whole
    path."""
    path = [start]
    for _ in range(max_epochs):
        path.append(path[-1] - learning_rate * gradient(path[-1]))
        if abs(gradient(path[-1])) < tolerance:
            break
    return np.array(path)


@misconception(
    "descend_until",
    "rounds to whole numbers",
    lesson=PATH,
    loses=("test_descend_until_makes_at_most_max_epochs_updates",),
)
def descend_until_in_whole_numbers(gradient, start, learning_rate, tolerance, max_epochs=1000):
    """If you start at a whole number, your path holds only whole numbers and each update is cut off, as happens in an
    array that is filled with the start and takes its type from it. Give it the type float."""
    path, made = np.full(max_epochs + 1, start), 0
    while made < max_epochs and abs(gradient(path[made])) >= tolerance:
        path[made + 1] = path[made] - learning_rate * gradient(path[made])
        made += 1
    return path[: made + 1]


@misconception(
    "descend_until",
    "ends the walk when it leaps across the valley",
    lesson=STOP,
    loses=("test_descend_until_makes_at_most_max_epochs_updates",),
)
def descend_until_the_other_side(gradient, start, learning_rate, tolerance, max_epochs=1000):
    """You stop when the slope changes its sign. A bold learning rate leaps across the lowest point, and may come back:
    only a small slope, or the limit, ends the walk."""
    path = [start]
    for _ in range(max_epochs):
        slope = gradient(path[-1])
        if abs(slope) < tolerance or slope * gradient(start) < 0:
            break
        path.append(path[-1] - learning_rate * slope)
    return np.array(path)
