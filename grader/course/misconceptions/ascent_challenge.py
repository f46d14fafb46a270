"""What goes wrong in exercise 5, the ascent challenge."""

import numpy as np
import sympy as sp

from grader.misconceptions import misconception

WAY_ONE = "lessons/ascent_challenge/#way-one"
WAY_TWO = "lessons/ascent_challenge/#way-two"
SUMMIT = "lessons/ascent_challenge/#the-summit"


@misconception(
    "ascend_by_update",
    "descends",
    lesson=WAY_ONE,
    loses=("test_ascend_by_update_climbs_the_dome", "test_ascend_by_update_follows_the_slope_where_it_stands"),
)
def ascend_by_update_that_descends(gradient, start, learning_rate, epochs):
    """Your path leads down: this is the descent of exercise 4. The gradient points uphill, and this time you want to
    go there."""
    path = [np.array(start, dtype=float)]
    for _ in range(epochs):
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return np.array(path)


@misconception(
    "ascend_by_update",
    "makes one update too few",
    lesson=WAY_ONE,
    loses=("test_ascend_by_update_climbs_the_dome", "test_ascend_by_update_takes_any_start_in_any_dimension"),
)
def ascend_by_update_one_too_few(gradient, start, learning_rate, epochs):
    """Your path has `epochs` rows, so the last update is missing. The start is not an update: count `epochs` steps
    after it."""
    path = [np.array(start, dtype=float)]
    for _ in range(1, epochs):
        path.append(path[-1] + learning_rate * gradient(path[-1]))
    return np.array(path)


@misconception(
    "ascend_by_update",
    "asks for the gradient only at the start",
    lesson=WAY_ONE,
    loses=("test_ascend_by_update_climbs_the_dome", "test_ascend_by_update_follows_the_slope_where_it_stands"),
)
def ascend_by_update_by_the_first_gradient(gradient, start, learning_rate, epochs):
    """All your steps are equal, for each uses the gradient at the start. Ask for it anew at every point you reach."""
    point = np.array(start, dtype=float)
    return point + learning_rate * gradient(point) * np.arange(epochs + 1)[:, None]


@misconception(
    "ascend_by_update",
    "turns the start round",
    lesson=WAY_ONE,
    loses=("test_ascend_by_update_climbs_the_dome", "test_ascend_by_update_with_no_epochs_returns_the_start_alone"),
)
def ascend_by_update_from_the_other_side(gradient, start, learning_rate, epochs):
    """You change the sign of the start, and walk from a place where nobody asked you to be. Only the step changes its
    sign."""
    path = [-np.array(start, dtype=float)]
    for _ in range(epochs):
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return np.array(path)


@misconception(
    "ascend_by_update",
    "turns the path round",
    lesson=WAY_ONE,
    loses=("test_ascend_by_update_climbs_the_dome", "test_ascend_by_update_with_no_epochs_returns_the_start_alone"),
)
def ascend_by_update_mirrored(gradient, start, learning_rate, epochs):
    """You walk downhill and then change the sign of the whole path. That moves the points to the other side of the map;
    it does not make them higher. Change the sign of the step, in each update."""
    path = [np.array(start, dtype=float)]
    for _ in range(epochs):
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return -np.array(path)


@misconception(
    "ascend_by_update",
    "forgets the start in the path",
    lesson=WAY_ONE,
    loses=("test_ascend_by_update_climbs_the_dome", "test_ascend_by_update_with_no_epochs_returns_the_start_alone"),
)
def ascend_by_update_without_start(gradient, start, learning_rate, epochs):
    """Your path begins after the first update. The start is its first row: put it in before the loop."""
    path, point = [], np.array(start, dtype=float)
    for _ in range(epochs):
        point = point + learning_rate * gradient(point)
        path.append(point)
    return np.array(path)


@misconception(
    "ascend_by_update",
    "fills the path with one and the same array",
    lesson=WAY_ONE,
    loses=("test_ascend_by_update_climbs_the_dome", "test_ascend_by_update_follows_the_slope_where_it_stands"),
)
def ascend_by_update_with_one_array(gradient, start, learning_rate, epochs):
    """All rows of your path are equal: that happens when one array is put in again and again, and every update changes
    it in place. Make a new array in each update."""
    point = np.array(start, dtype=float)
    path = [point]
    for _ in range(epochs):
        point += learning_rate * gradient(point)
        path.append(point)
    return np.array(path)


@misconception(
    "ascend_by_update",
    "moves the coordinates one after the other",
    lesson=WAY_ONE,
    loses=("test_ascend_by_update_follows_the_slope_where_it_stands",),
)
def ascend_by_update_one_after_the_other(gradient, start, learning_rate, epochs):
    """You move the first coordinate and then ask for the slope of the second at a point that is not on the path. Take
    the whole gradient at the old point, then move everything at once."""
    point = np.array(start, dtype=float)
    path = [point.copy()]
    for _ in range(epochs):
        for axis in range(len(point)):
            point[axis] = point[axis] + learning_rate * gradient(point)[axis]
        path.append(point.copy())
    return np.array(path)


@misconception(
    "ascend_by_update",
    "returns only the last point",
    lesson=WAY_ONE,
    loses=("test_ascend_by_update_climbs_the_dome", "test_ascend_by_update_with_no_epochs_returns_the_start_alone"),
)
def ascend_by_update_to_the_last_point(gradient, start, learning_rate, epochs):
    """You return where the climb ends. Keep all the points on the way, the start first, each as a row of the path."""
    point = np.array(start, dtype=float)
    for _ in range(epochs):
        point = point + learning_rate * gradient(point)
    return point


@misconception(
    "ascend_by_update",
    "changes the caller's start",
    lesson=WAY_ONE,
    loses=("test_ascend_by_update_follows_the_slope_where_it_stands",),
)
def ascend_by_update_moving_the_start(gradient, start, learning_rate, epochs):
    """You move the start itself, the caller's own array, as `+=` does. Begin with a copy."""
    point = start if isinstance(start, np.ndarray) else np.array(start, dtype=float)
    path = [point.copy()]
    for _ in range(epochs):
        point += learning_rate * gradient(point)
        path.append(point.copy())
    return np.array(path)


@misconception(
    "negated",
    "mirrors the place, not the value",
    lesson=WAY_TWO,
    loses=("test_negated_turns_the_value_round", "test_negated_turns_every_value_round"),
)
def negated_argument(function):
    """You change the sign of the point, which mirrors the landscape left to right. A peak stays a peak that way. Leave
    the point as it is and change the sign of the value."""
    return lambda point: function(-point)


@misconception(
    "negated",
    "makes every value negative",
    lesson=WAY_TWO,
    loses=("test_negated_turns_every_value_round", "test_negated_twice_is_the_function_itself"),
)
def negated_magnitude(function):
    """All your values are negative, but the opposite of a negative value is positive. A minus sign is enough, without
    `abs`."""
    return lambda point: -abs(function(point))


@misconception(
    "negated",
    "expects numbers only",
    lesson=WAY_TWO,
    loses=("test_negated_works_for_arrays",),
)
def negated_number(function):
    """You turn the answer into a single number, so a gradient is too much for it. A minus sign works on arrays as it
    stands."""
    return lambda point: -float(function(point))


@misconception(
    "negated",
    "turns over nothing",
    lesson=WAY_TWO,
    loses=("test_negated_turns_the_value_round", "test_negated_works_for_arrays"),
)
def negated_not(function):
    """You return the function as it is. Its values must change their sign."""
    return function


@misconception(
    "ascend_by_objective",
    "hands over the gradient as it is",
    lesson=WAY_TWO,
    loses=("test_ascend_by_objective_hands_over_the_negated_gradient",),
)
def ascend_by_objective_unturned(descend, gradient, start, learning_rate, epochs):
    """You let `descend` walk on the landscape as it is, so it goes down. Turn the landscape over first: hand it the
    negated gradient."""
    return descend(gradient, start, learning_rate, epochs)


@misconception(
    "ascend_by_objective",
    "hands over a negative learning rate",
    lesson=WAY_TWO,
    loses=("test_ascend_by_objective_hands_over_the_negated_gradient",),
)
def ascend_by_objective_backwards(descend, gradient, start, learning_rate, epochs):
    """You change the sign of the learning rate, which lets `descend` walk backwards: that is way one again, in
    disguise. Way two leaves the walker as it is and turns the landscape over."""
    return descend(gradient, start, -learning_rate, epochs)


@misconception(
    "ascend_by_objective",
    "walks by itself",
    lesson=WAY_TWO,
    loses=("test_ascend_by_objective_hands_over_the_negated_gradient",),
)
def ascend_by_objective_without_descend(descend, gradient, start, learning_rate, epochs):
    """Your climb does not come from the `descend` that you are given: a walk of your own is way one. Way two leaves the
    walking to that `descend`, and changes the landscape under its feet."""
    path = [np.array(start, dtype=float)]
    for _ in range(epochs):
        path.append(path[-1] + learning_rate * gradient(path[-1]))
    return np.array(path)


@misconception(
    "ascend_by_objective",
    "turns the path round",
    lesson=WAY_TWO,
    loses=("test_ascend_by_objective_hands_over_the_negated_gradient",),
)
def ascend_by_objective_mirrored(descend, gradient, start, learning_rate, epochs):
    """You change the sign of the path that comes back. That moves the points to the other side of the map; it does not
    make them higher. Change the sign of the gradient before you hand it over."""
    return -np.asarray(descend(gradient, start, learning_rate, epochs))


@misconception(
    "ascend_by_objective",
    "mirrors the place, not the gradient",
    lesson=WAY_TWO,
    loses=("test_ascend_by_objective_changes_nothing_but_the_gradients_sign",),
)
def ascend_by_objective_elsewhere(descend, gradient, start, learning_rate, epochs):
    """You ask for the gradient at the opposite place. Ask where `descend` asks, and change the sign of the answer."""
    return descend(lambda point: gradient(-point), start, learning_rate, epochs)


@misconception(
    "ascend_by_objective",
    "asks for the gradient only once",
    lesson=WAY_TWO,
    loses=("test_ascend_by_objective_hands_over_the_negated_gradient",),
)
def ascend_by_objective_at_the_start(descend, gradient, start, learning_rate, epochs):
    """You negate the gradient at the start and hand that on. The gradient is different at every point: hand over a
    function that asks anew each time."""
    uphill = -gradient(np.array(start, dtype=float))
    return descend(lambda _: uphill, start, learning_rate, epochs)


@misconception(
    "find_local_maximum",
    "finds a minimum",
    lesson=SUMMIT,
    loses=("test_find_local_maximum_on_the_dome", "test_find_local_maximum_ends_where_the_climb_ends"),
)
def find_local_maximum_downhill(expression, variables, start, learning_rate, epochs):
    """Your walk goes down. To reach a maximum, climb: either step with the gradient, or descend on the negated
    function."""
    slopes = sp.lambdify(list(variables), [sp.diff(expression, variable) for variable in variables], "numpy")
    point = np.array(start, dtype=float)
    for _ in range(epochs):
        point = point - learning_rate * np.array(slopes(*point))
    return point, float(sp.lambdify(list(variables), expression, "numpy")(*point))


@misconception(
    "find_local_maximum",
    "forgets to turn the value back",
    lesson=SUMMIT,
    loses=("test_find_local_maximum_on_the_dome", "test_find_local_maximum_returns_the_height_there"),
)
def find_local_maximum_upside_down(expression, variables, start, learning_rate, epochs):
    """Your point is right, but the value has the wrong sign: it is that of the landscape turned upside down. Ask the
    original expression how high the point is."""
    slopes = sp.lambdify(list(variables), [sp.diff(-expression, variable) for variable in variables], "numpy")
    point = np.array(start, dtype=float)
    for _ in range(epochs):
        point = point - learning_rate * np.array(slopes(*point))
    return point, float(sp.lambdify(list(variables), -expression, "numpy")(*point))


@misconception(
    "find_local_maximum",
    "returns the whole path",
    lesson=SUMMIT,
    loses=("test_find_local_maximum_on_the_dome", "test_find_local_maximum_ends_where_the_climb_ends"),
)
def find_local_maximum_with_path(expression, variables, start, learning_rate, epochs):
    """You return every point of the climb. What is asked for is where it ends: the last row of your path."""
    slopes = sp.lambdify(list(variables), [sp.diff(expression, variable) for variable in variables], "numpy")
    path = [np.array(start, dtype=float)]
    for _ in range(epochs):
        path.append(path[-1] + learning_rate * np.array(slopes(*path[-1])))
    return np.array(path), float(sp.lambdify(list(variables), expression, "numpy")(*path[-1]))


@misconception(
    "find_local_maximum",
    "measures the height at the start",
    lesson=SUMMIT,
    loses=("test_find_local_maximum_on_the_dome", "test_find_local_maximum_returns_the_height_there"),
)
def find_local_maximum_height_below(expression, variables, start, learning_rate, epochs):
    """Your height is that of the place where the climb began. Ask the expression at the point where it ends."""
    slopes = sp.lambdify(list(variables), [sp.diff(expression, variable) for variable in variables], "numpy")
    point = np.array(start, dtype=float)
    for _ in range(epochs):
        point = point + learning_rate * np.array(slopes(*point))
    return point, float(sp.lambdify(list(variables), expression, "numpy")(*start))


@misconception(
    "find_local_maximum",
    "moves the coordinates one after the other",
    lesson=SUMMIT,
    loses=("test_find_local_maximum_ends_where_the_climb_ends",),
)
def find_local_maximum_one_after_the_other(expression, variables, start, learning_rate, epochs):
    """You let one coordinate step, and ask for the slope of the next one at a point that is no longer the old one. All
    partial derivatives belong to the old point; then all coordinates move at once."""
    slopes = [sp.lambdify(list(variables), sp.diff(expression, variable), "numpy") for variable in variables]
    point = np.array(start, dtype=float)
    for _ in range(epochs):
        for axis, slope in enumerate(slopes):
            point[axis] = point[axis] + learning_rate * slope(*point)
    return point, float(sp.lambdify(list(variables), expression, "numpy")(*point))


@misconception(
    "find_local_maximum",
    "changes the caller's start",
    lesson=SUMMIT,
    loses=("test_find_local_maximum_ends_where_the_climb_ends",),
)
def find_local_maximum_moving_the_start(expression, variables, start, learning_rate, epochs):
    """You move the start itself, the caller's own array, as `+=` does, so a second climb begins where the first one
    ended. Begin with a copy."""
    slopes = sp.lambdify(list(variables), [sp.diff(expression, variable) for variable in variables], "numpy")
    point = start if isinstance(start, np.ndarray) else np.array(start, dtype=float)
    for _ in range(epochs):
        point += learning_rate * np.array(slopes(*point))
    return point, float(sp.lambdify(list(variables), expression, "numpy")(*point))


@misconception(
    "find_local_maximum",
    "returns the value first",
    lesson=SUMMIT,
    loses=("test_find_local_maximum_on_the_dome",),
)
def find_local_maximum_value_first(expression, variables, start, learning_rate, epochs):
    """Both answers are right, but in the wrong order. First the point, then the value there."""
    slopes = sp.lambdify(list(variables), [sp.diff(expression, variable) for variable in variables], "numpy")
    point = np.array(start, dtype=float)
    for _ in range(epochs):
        point = point + learning_rate * np.array(slopes(*point))
    return float(sp.lambdify(list(variables), expression, "numpy")(*point)), point


@misconception(
    "find_local_maximum",
    "returns the point only",
    lesson=SUMMIT,
    loses=("test_find_local_maximum_on_the_dome",),
)
def find_local_maximum_without_value(expression, variables, start, learning_rate, epochs):
    """You return where the summit is, but not how high. Evaluate the expression there, and return both in a tuple."""
    slopes = sp.lambdify(list(variables), [sp.diff(expression, variable) for variable in variables], "numpy")
    point = np.array(start, dtype=float)
    for _ in range(epochs):
        point = point + learning_rate * np.array(slopes(*point))
    return point


@misconception(
    "find_local_maximum",
    "expects the variables x and y",
    lesson=SUMMIT,
    loses=("test_find_local_maximum_ends_where_the_climb_ends", "test_find_local_maximum_reaches_a_summit"),
)
def find_local_maximum_of_x_and_y(expression, variables, start, learning_rate, epochs):
    """You differentiate by an x and a y of your own making. Variables may have any names, and there may be one or five
    of them: use the ones in `variables`."""
    x, y = sp.symbols("x y")
    slopes = sp.lambdify((x, y), [sp.diff(expression, x), sp.diff(expression, y)], "numpy")
    point = np.array(start, dtype=float)
    for _ in range(epochs):
        point = point + learning_rate * np.array(slopes(point[0], point[1]))
    return point, float(sp.lambdify((x, y), expression, "numpy")(point[0], point[1]))
