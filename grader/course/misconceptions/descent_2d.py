"""What goes wrong in exercise 4, descent in two dimensions."""

import numpy as np
import sympy as sp

from grader.misconceptions import misconception

PARTIALS = "lessons/descent_2d/#partial-derivatives"
GRADIENT = "lessons/descent_2d/#gradient"
TOGETHER = "lessons/descent_2d/#all-coordinates-together"
PATH = "lessons/descent_2d/#the-path"


@misconception(
    "partial_derivatives",
    "takes the variables in alphabetical order",
    lesson=PARTIALS,
    loses=("test_partial_derivatives_keep_the_callers_symbols_and_order",),
)
def partial_derivatives_by_alphabet(expression, variables):
    """Your derivatives come in the alphabetical order of the formula's symbols. The caller has said which variables
    count and in which order; a point's coordinates come in that order too."""
    return tuple(sp.diff(expression, symbol) for symbol in sorted(expression.free_symbols, key=str))


@misconception(
    "partial_derivatives",
    "knows only x and y",
    lesson=PARTIALS,
    loses=(
        "test_partial_derivatives_take_any_number_of_variables",
        "test_partial_derivatives_keep_the_callers_symbols_and_order",
    ),
)
def partial_derivatives_by_x_and_y(expression, variables):
    """You differentiate by an x and a y of your own making. Variables may have any names and there may be more of
    them: use the ones in `variables`."""
    x, y = sp.symbols("x y")
    return (sp.diff(expression, x), sp.diff(expression, y))


@misconception(
    "partial_derivatives",
    "differentiates one after the other",
    lesson=PARTIALS,
    loses=("test_partial_derivatives_of_a_saddle",),
)
def partial_derivatives_in_a_row(expression, variables):
    """Each of your derivatives is taken of the one before it. A partial derivative is one of the formula itself: go
    back to it for each variable."""
    partials = []
    for variable in variables:
        expression = sp.diff(expression, variable)
        partials.append(expression)
    return tuple(partials)


@misconception(
    "partial_derivatives",
    "leaves out absent variables",
    lesson=PARTIALS,
    loses=("test_partial_derivatives_are_zero_by_an_absent_variable",),
)
def partial_derivatives_of_those_present(expression, variables):
    """You leave out the variables that the formula does not mention. In such a direction the ground is level: the
    derivative is 0, and it keeps its place."""
    return tuple(sp.diff(expression, variable) for variable in variables if expression.has(variable))


@misconception(
    "partial_derivatives",
    "adds them up",
    lesson=PARTIALS,
    loses=("test_partial_derivatives_of_a_saddle",),
)
def partial_derivatives_in_one(expression, variables):
    """You return one expression, the sum of all the derivatives. Each direction has a slope of its own; keep them
    apart, in a tuple."""
    return sum(sp.diff(expression, variable) for variable in variables)


@misconception(
    "gradient_function",
    "returns the height",
    lesson=GRADIENT,
    loses=("test_gradient_function_of_a_saddle", "test_gradient_function_computes_the_slopes_everywhere"),
)
def gradient_function_of_heights(expression, variables):
    """Your function gives the height at a point, one number. The gradient has a slope for each direction:
    differentiate first."""
    height = sp.lambdify(list(variables), expression, "numpy")
    return lambda point: height(*point)


@misconception(
    "gradient_function",
    "knows only two dimensions",
    lesson=GRADIENT,
    loses=("test_gradient_function_takes_any_number_of_variables",),
)
def gradient_function_of_two(expression, variables):
    """You unpack point and variables into two. The number of directions is not fixed: go through `variables`, and let
    the function take as many coordinates as there are."""
    first, second = variables
    by_first = sp.lambdify((first, second), sp.diff(expression, first))
    by_second = sp.lambdify((first, second), sp.diff(expression, second))
    return lambda point: np.array([by_first(point[0], point[1]), by_second(point[0], point[1])])


@misconception(
    "gradient_function",
    "returns a table with one row",
    lesson=GRADIENT,
    loses=("test_gradient_function_of_a_saddle", "test_gradient_function_takes_any_number_of_variables"),
)
def gradient_function_as_matrix(expression, variables):
    """Your gradient is a table with one row, as SymPy's matrices are. A point is a flat array of shape (n,), and its
    gradient must be one too, or the two cannot be subtracted."""
    row = sp.lambdify(list(variables), sp.Matrix([expression]).jacobian(list(variables)), "numpy")
    return lambda point: np.array(row(*point), dtype=float)


@misconception(
    "gradient_function",
    "measures instead of differentiating",
    lesson=GRADIENT,
    loses=("test_gradient_function_computes_the_slopes_everywhere",),
)
def gradient_function_measured(expression, variables):
    """You measure the slopes with a small step to one side, which is wrong from the fourth or fifth digit on. SymPy
    knows the derivatives exactly; use them."""
    height = sp.lambdify(list(variables), expression, "numpy")

    def gradient(point):
        steps = 1e-5 * np.eye(len(point))
        return np.array([(height(*(point + step)) - height(*point)) / 1e-5 for step in steps])

    return gradient


@misconception(
    "gradient_function",
    "measures to both sides instead of differentiating",
    lesson=GRADIENT,
    loses=("test_gradient_function_computes_the_slopes_everywhere",),
)
def gradient_function_measured_twice(expression, variables):
    """You measure the slopes with a small step to both sides. That is good where the ground bends gently, and wrong
    from the fourth digit on where it bends sharply. SymPy knows the derivatives exactly; use them."""
    height = sp.lambdify(list(variables), expression, "numpy")

    def gradient(point):
        steps = 1e-5 * np.eye(len(point))
        return np.array([(height(*(point + step)) - height(*(point - step))) / 2e-5 for step in steps])

    return gradient


@misconception(
    "gradient_function",
    "points downhill",
    lesson=GRADIENT,
    loses=("test_gradient_function_of_a_saddle", "test_gradient_function_computes_the_slopes_everywhere"),
)
def gradient_function_downhill(expression, variables):
    """Your arrows point downhill. The gradient points to where the ground rises; the minus sign belongs in the update
    rule, not in here."""
    partials = sp.lambdify(list(variables), [-sp.diff(expression, variable) for variable in variables], "numpy")
    return lambda point: np.array(partials(*point), dtype=float)


@misconception(
    "gradient_function",
    "sorts the variables",
    lesson=GRADIENT,
    loses=("test_gradient_function_keeps_the_order_of_the_variables",),
)
def gradient_function_by_alphabet(expression, variables):
    """You take the variables in the order of their names. A point's coordinates come in the order of `variables`, and
    so must the slopes."""
    ordered = sorted(variables, key=str)
    partials = sp.lambdify(ordered, [sp.diff(expression, variable) for variable in ordered], "numpy")
    return lambda point: np.array(partials(*point), dtype=float)


@misconception(
    "gradient_function",
    "answers in the reverse order",
    lesson=GRADIENT,
    loses=("test_gradient_function_of_a_saddle", "test_gradient_function_keeps_the_order_of_the_variables"),
)
def gradient_function_reversed(expression, variables):
    """Your slopes are right, but they stand in the reverse order. The first one belongs to the first variable, as the
    first coordinate of the point does."""
    partials = sp.lambdify(list(variables), [sp.diff(expression, variable) for variable in variables], "numpy")
    return lambda point: np.array(partials(*point), dtype=float)[::-1]


@misconception(
    "gradient_function",
    "differentiates anew at each point",
    lesson=GRADIENT,
    loses=("test_gradient_function_is_quick_enough_for_thousands_of_steps",),
    slow=True,
)
def gradient_function_anew(expression, variables):
    """Your gradient is right, but slow: it takes milliseconds at each point, as differentiating, substituting and
    turning a formula into a function do. Do that work once, outside the function that you return."""

    def gradient(point):
        here = dict(zip(variables, point, strict=True))
        return np.array([float(sp.diff(expression, variable).subs(here)) for variable in variables])

    return gradient


@misconception(
    "gradient_function",
    "shortens every gradient to length 1",
    lesson=GRADIENT,
    loses=("test_gradient_function_of_a_saddle", "test_gradient_function_keeps_constant_slopes"),
)
def gradient_function_of_length_one(expression, variables):
    """Your arrows all have length 1. The length of the gradient says how steep the ground is, and without it the steps
    never get shorter near the bottom."""
    partials = sp.lambdify(list(variables), [sp.diff(expression, variable) for variable in variables], "numpy")

    def gradient(point):
        arrow = np.array(partials(*point), dtype=float)
        return arrow / np.linalg.norm(arrow)

    return gradient


@misconception(
    "descend",
    "moves the coordinates one after the other",
    lesson=TOGETHER,
    loses=("test_descend_moves_all_coordinates_together",),
)
def descend_one_after_the_other(gradient, start, learning_rate, epochs):
    """You move the first coordinate and then ask for the slope of the second at a point that is not on the path. Take
    the whole gradient at the old point, then move everything at once."""
    point = np.array(start, dtype=float)
    path = [point.copy()]
    for _ in range(epochs):
        for axis in range(len(point)):
            point[axis] = point[axis] - learning_rate * gradient(point)[axis]
        path.append(point.copy())
    return np.array(path)


@misconception(
    "descend",
    "fills the path with one and the same array",
    lesson=PATH,
    loses=("test_descend_slides_into_the_bowl",),
)
def descend_with_one_array(gradient, start, learning_rate, epochs):
    """All rows of your path are equal: that happens when one array is put in again and again, and every update changes
    it in place. Make a new array in each update."""
    point = np.array(start, dtype=float)
    path = [point]
    for _ in range(epochs):
        point -= learning_rate * gradient(point)
        path.append(point)
    return np.array(path)


@misconception(
    "descend",
    "changes the caller's start",
    lesson=PATH,
    loses=("test_descend_shrinks_every_distance_in_a_bowl",),
)
def descend_moving_the_start(gradient, start, learning_rate, epochs):
    """You move the start itself, the caller's own array, as `-=` does. Begin with a copy."""
    point = np.asarray(start)
    path = [point.astype(float)]
    for _ in range(epochs):
        point -= learning_rate * gradient(point)
        path.append(point.copy())
    return np.array(path)


@misconception(
    "descend",
    "climbs",
    lesson=GRADIENT,
    loses=("test_descend_slides_into_the_bowl", "test_descend_shrinks_every_distance_in_a_bowl"),
)
def descend_that_climbs(gradient, start, learning_rate, epochs):
    """Your path leads uphill. The gradient points to where the ground rises most; step the other way."""
    path = [np.array(start, dtype=float)]
    for _ in range(epochs):
        path.append(path[-1] + learning_rate * gradient(path[-1]))
    return np.array(path)


@misconception(
    "descend",
    "forgets the start in the path",
    lesson=PATH,
    loses=(
        "test_descend_returns_the_start_and_a_row_for_each_update",
        "test_descend_with_no_epochs_returns_the_start_alone",
    ),
)
def descend_without_start(gradient, start, learning_rate, epochs):
    """Your path begins after the first update. The start is its first row: put it in before the loop."""
    path, point = [], np.array(start, dtype=float)
    for _ in range(epochs):
        point = point - learning_rate * gradient(point)
        path.append(point)
    return np.array(path)


@misconception(
    "descend",
    "makes one update too few",
    lesson=PATH,
    loses=("test_descend_returns_the_start_and_a_row_for_each_update",),
)
def descend_one_too_few(gradient, start, learning_rate, epochs):
    """Your path has `epochs` rows, so the last update is missing. The start is not an update: count `epochs` steps
    after it."""
    path = [np.array(start, dtype=float)]
    for _ in range(1, epochs):
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return np.array(path)


@misconception(
    "descend",
    "makes one update too many",
    lesson=PATH,
    loses=(
        "test_descend_returns_the_start_and_a_row_for_each_update",
        "test_descend_with_no_epochs_returns_the_start_alone",
    ),
)
def descend_one_too_many(gradient, start, learning_rate, epochs):
    """Your path has one row too many: you make `epochs + 1` updates. The start is a row of the path, but not an update."""
    path = [np.array(start, dtype=float)]
    for _ in range(epochs + 1):
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return np.array(path)


@misconception(
    "descend",
    "returns only the last point",
    lesson=PATH,
    loses=("test_descend_returns_the_start_and_a_row_for_each_update",),
)
def descend_to_the_last_point(gradient, start, learning_rate, epochs):
    """You return where the walk ends. Keep all the points on the way, the start first, each as a row of the path."""
    point = np.array(start, dtype=float)
    for _ in range(epochs):
        point = point - learning_rate * gradient(point)
    return point


@misconception(
    "descend",
    "asks for the gradient only at the start",
    lesson=TOGETHER,
    loses=("test_descend_slides_into_the_bowl", "test_descend_shrinks_every_distance_in_a_bowl"),
)
def descend_by_the_first_gradient(gradient, start, learning_rate, epochs):
    """All your steps are equal, for each uses the gradient at the start. Ask for it anew at every point you reach."""
    point = np.array(start, dtype=float)
    return point - learning_rate * gradient(point) * np.arange(epochs + 1)[:, None]


@misconception(
    "descend",
    "has room for two coordinates only",
    lesson=PATH,
    loses=("test_descend_takes_any_start_in_any_dimension",),
)
def descend_in_two_columns(gradient, start, learning_rate, epochs):
    """Your path has two columns, whatever the start. Take the number of coordinates from the start."""
    path = np.zeros((epochs + 1, 2))
    path[0] = start
    for epoch in range(epochs):
        path[epoch + 1] = path[epoch] - learning_rate * gradient(path[epoch])
    return path


@misconception(
    "descend",
    "rounds to whole numbers",
    lesson=PATH,
    loses=("test_descend_keeps_fractions_from_whole_numbers",),
)
def descend_in_whole_numbers(gradient, start, learning_rate, epochs):
    """If you start at whole numbers, your path holds only whole numbers and each update is cut off, as happens in a
    table that takes its type from the start. Give it the type float."""
    path = np.tile(np.array(start), (epochs + 1, 1))
    for epoch in range(epochs):
        path[epoch + 1] = path[epoch] - learning_rate * gradient(path[epoch])
    return path


@misconception(
    "descend",
    "makes every step equally long",
    lesson=GRADIENT,
    loses=("test_descend_slides_into_the_bowl", "test_descend_shrinks_every_distance_in_a_bowl"),
)
def descend_with_equal_steps(gradient, start, learning_rate, epochs):
    """All your steps have the same length, because you shorten the gradient to length 1. Its length counts: steep
    ground, long step; near the bottom the steps get short by themselves."""
    path = [np.array(start, dtype=float)]
    for _ in range(epochs):
        arrow = gradient(path[-1])
        path.append(path[-1] - learning_rate * arrow / np.linalg.norm(arrow))
    return np.array(path)


@misconception(
    "descend",
    "ignores the learning rate",
    lesson=GRADIENT,
    loses=("test_descend_slides_into_the_bowl", "test_descend_shrinks_every_distance_in_a_bowl"),
)
def descend_without_rate(gradient, start, learning_rate, epochs):
    """Each of your updates takes the whole gradient as its step, whatever `learning_rate` says. The step is the
    gradient times the learning rate."""
    path = [np.array(start, dtype=float)]
    for _ in range(epochs):
        path.append(path[-1] - gradient(path[-1]))
    return np.array(path)
