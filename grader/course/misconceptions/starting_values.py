"""What goes wrong in exercise 3, starting values."""

import numpy as np

from grader.misconceptions import misconception

LANDSCAPE = "lessons/starting_values/#the-landscape"
SLOPE = "lessons/starting_values/#the-slope"
END = "lessons/starting_values/#where-a-walk-ends"
RESTARTS = "lessons/starting_values/#restarts"
CRITICAL = "lessons/starting_values/#critical-points"

HEIGHTS = ("test_objective_at_known_places", "test_objective_adds_the_wave_and_the_parabola_everywhere")
SLOPES = ("test_slope_at_known_places", "test_slope_is_the_derivative_everywhere")


@misconception("objective", "leaves out the factor 2π", lesson=LANDSCAPE, loses=HEIGHTS)
def objective_without_two_pi(x):
    """You take the cosine of x itself, and such a wave is 6.28 long. These waves are 1 long: the angle is 2π times x."""
    return np.cos(x) + x**2


@misconception("objective", "takes the sine", lesson=LANDSCAPE, loses=HEIGHTS)
def objective_with_sine(x):
    """Your wave is a sine, which starts at 0. This landscape has a hilltop at 0: the wave is a cosine."""
    return np.sin(2 * np.pi * x) + x**2


@misconception("objective", "subtracts the parabola", lesson=LANDSCAPE, loses=HEIGHTS)
def objective_less_the_parabola(x):
    """Your ground falls away to both sides, because you subtract the parabola. It rises: the parabola is added."""
    return np.cos(2 * np.pi * x) - x**2


@misconception("objective", "takes half a turn for a wave", lesson=LANDSCAPE, loses=HEIGHTS)
def objective_with_half_a_turn(x):
    """Your waves are 2 long instead of 1. A full turn is 2π, not π."""
    return np.cos(np.pi * x) + x**2


@misconception(
    "objective",
    "adds up all heights",
    lesson=LANDSCAPE,
    loses=("test_objective_works_elementwise",),
)
def objective_in_one_number(x):
    """For an array you return one number, the sum of all heights. Each place has a height of its own: keep them apart,
    in an array of the same shape."""
    return np.sum(np.cos(2 * np.pi * x) + x**2)


@misconception("slope", "forgets the inner derivative", lesson=SLOPE, loses=SLOPES)
def slope_without_inner_derivative(x):
    """Your wave's slope lacks a factor: inside the cosine stands 2πx, and by the chain rule its derivative, 2π, is a
    factor of the whole."""
    return -np.sin(2 * np.pi * x) + 2 * x


@misconception("slope", "turns the wave's sign", lesson=SLOPE, loses=SLOPES)
def slope_with_wrong_sign(x):
    """Your wave rises where it should fall. The derivative of the cosine is *minus* the sine."""
    return 2 * np.pi * np.sin(2 * np.pi * x) + 2 * x


@misconception("slope", "leaves the cosine a cosine", lesson=SLOPE, loses=SLOPES)
def slope_with_cosine(x):
    """You have the chain rule's factor, but the cosine is still there. Its derivative is minus the sine."""
    return -2 * np.pi * np.cos(2 * np.pi * x) + 2 * x


@misconception("slope", "returns the height", lesson=SLOPE, loses=SLOPES)
def slope_of_heights(x):
    """You return how high the ground is, not how steep. Differentiate the objective."""
    return np.cos(2 * np.pi * x) + x**2


@misconception("slope", "halves the parabola's slope", lesson=SLOPE, loses=SLOPES)
def slope_with_half_the_parabola(x):
    """The wave's part is right, but you have only half of the parabola's slope. The exponent comes down as a factor."""
    return -2 * np.pi * np.sin(2 * np.pi * x) + x


@misconception("slope", "measures to one side", lesson=SLOPE, loses=SLOPES)
def slope_measured(x):
    """You measure the slope with a small step to one side, which is wrong from the fourth or fifth digit on. The
    formula is known: differentiate it."""
    ahead, here = x + 1e-5, x
    return (np.cos(2 * np.pi * ahead) + ahead**2 - np.cos(2 * np.pi * here) - here**2) / 1e-5


@misconception(
    "descend",
    "returns the whole path",
    lesson=END,
    loses=("test_descend_rolls_into_the_first_valley", "test_descend_stays_on_the_hilltop"),
)
def descend_with_path(start, learning_rate=0.01, epochs=150):
    """You return all the points of the walk. Here only the last one is asked for, as a number."""
    path = [start]
    for _ in range(epochs):
        path.append(path[-1] - learning_rate * slope(path[-1]))  # noqa: F821
    return path


@misconception(
    "descend",
    "climbs",
    lesson=END,
    loses=("test_descend_rolls_into_the_first_valley", "test_descend_makes_as_many_updates_as_it_is_told"),
)
def descend_that_climbs(start, learning_rate=0.01, epochs=150):
    """Your walk leads uphill, because you add the slope. It points to where the ground rises: go the other way."""
    for _ in range(epochs):
        start = start + learning_rate * slope(start)  # noqa: F821
    return start


@misconception(
    "descend",
    "makes 100 updates by default",
    lesson=END,
    loses=("test_descend_makes_150_updates_at_rate_001_unless_told_otherwise",),
)
def descend_with_100_updates(start, learning_rate=0.01, epochs=100):
    """If nobody names the epochs you make 100 updates. Here the default is different; look at the function's first
    line."""
    for _ in range(epochs):
        start = start - learning_rate * slope(start)  # noqa: F821
    return start


@misconception(
    "descend",
    "has a default learning rate of 0.1",
    lesson=END,
    loses=("test_descend_makes_150_updates_at_rate_001_unless_told_otherwise",),
)
def descend_at_a_tenth(start, learning_rate=0.1, epochs=150):
    """If nobody names the learning rate you walk at 0.1. Here the default is different; look at the function's first
    line."""
    for _ in range(epochs):
        start = start - learning_rate * slope(start)  # noqa: F821
    return start


@misconception(
    "descend",
    "uses numbers of its own",
    lesson=END,
    loses=("test_descend_makes_as_many_updates_as_it_is_told",),
)
def descend_with_fixed_numbers(start, learning_rate=0.01, epochs=150):
    """You always walk 150 updates at a rate of 0.01, whatever the caller asks for. These numbers are defaults: use the
    parameters in the loop."""
    for _ in range(150):
        start = start - 0.01 * slope(start)  # noqa: F821
    return start


@misconception(
    "descend",
    "keeps to the first slope",
    lesson=END,
    loses=("test_descend_rolls_into_the_first_valley", "test_descend_makes_as_many_updates_as_it_is_told"),
)
def descend_with_first_slope(start, learning_rate=0.01, epochs=150):
    """You use the slope at the start for the whole walk. Ask for it anew in each update, where you stand by then."""
    here = slope(start)  # noqa: F821
    for _ in range(epochs):
        start = start - learning_rate * here
    return start


@misconception(
    "descend",
    "makes one update too few",
    lesson=END,
    loses=("test_descend_makes_as_many_updates_as_it_is_told",),
)
def descend_one_too_few(start, learning_rate=0.01, epochs=150):
    """Your last update is missing. The start is not an update: make `epochs` of them."""
    for _ in range(1, epochs):
        start = start - learning_rate * slope(start)  # noqa: F821
    return start


@misconception(
    "descend",
    "makes one update too many",
    lesson=END,
    loses=("test_descend_makes_as_many_updates_as_it_is_told",),
)
def descend_one_too_many(start, learning_rate=0.01, epochs=150):
    """You make one update more than asked for; with `epochs=0` you should still stand at the start."""
    for _ in range(epochs + 1):
        start = start - learning_rate * slope(start)  # noqa: F821
    return start


@misconception(
    "descend",
    "stops on gentle ground",
    lesson=END,
    loses=("test_descend_ends_in_the_valley_on_its_side_of_the_hill",),
)
def descend_until_gentle(start, learning_rate=0.01, epochs=150):
    """You stop where the slope is small. Close to a hilltop it is small too, and the walk would get going after some
    updates: make all of them."""
    for _ in range(epochs):
        if abs(slope(start)) < 1e-3:  # noqa: F821
            break
        start = start - learning_rate * slope(start)  # noqa: F821
    return start


@misconception("descend", "helps the walk off the hilltop", lesson=END, loses=("test_descend_stays_on_the_hilltop",))
def descend_with_a_nudge(start, learning_rate=0.01, epochs=150):
    """You push the walk off the hilltop at 0. Gradient descent feels nothing there but level ground: it stays, and that
    is the point of this exercise."""
    start = start + 1e-6 * (start == 0)
    for _ in range(epochs):
        start = start - learning_rate * slope(start)  # noqa: F821
    return start


@misconception(
    "best_of_restarts",
    "chooses the lowest start",
    lesson=RESTARTS,
    loses=("test_best_of_restarts_compares_the_ends_by_their_height",),
)
def best_of_restarts_by_start(starts, learning_rate=0.01, epochs=150):
    """You choose the lowest start and walk from there alone. A high start may lead into a deeper valley: walk from all,
    then compare the ends."""
    end = descend(min(starts, key=objective), learning_rate, epochs)  # noqa: F821
    return end, objective(end)  # noqa: F821


@misconception(
    "best_of_restarts",
    "returns the height of the start",
    lesson=RESTARTS,
    loses=(
        "test_best_of_restarts_finds_the_deepest_valley",
        "test_best_of_restarts_compares_the_ends_by_their_height",
    ),
)
def best_of_restarts_with_first_height(starts, learning_rate=0.01, epochs=150):
    """Your place is right, but the height beside it is that of the start. Ask how high the end is."""
    first = min(starts, key=lambda start: objective(descend(start, learning_rate, epochs)))  # noqa: F821
    return descend(first, learning_rate, epochs), objective(first)  # noqa: F821


@misconception(
    "best_of_restarts",
    "returns the start",
    lesson=RESTARTS,
    loses=(
        "test_best_of_restarts_finds_the_deepest_valley",
        "test_best_of_restarts_walks_with_the_given_rate_and_epochs",
    ),
)
def best_of_restarts_with_the_start(starts, learning_rate=0.01, epochs=150):
    """You return where the best walk started. What is asked for is where it ends."""
    first = min(starts, key=lambda start: objective(descend(start, learning_rate, epochs)))  # noqa: F821
    return first, objective(descend(first, learning_rate, epochs))  # noqa: F821


@misconception(
    "best_of_restarts",
    "looks for the highest end",
    lesson=RESTARTS,
    loses=("test_best_of_restarts_finds_the_deepest_valley",),
)
def best_of_restarts_highest(starts, learning_rate=0.01, epochs=150):
    """You keep the highest end. Lower is better here."""
    end = max((descend(start, learning_rate, epochs) for start in starts), key=objective)  # noqa: F821
    return end, objective(end)  # noqa: F821


@misconception(
    "best_of_restarts",
    "looks for the leftmost end",
    lesson=RESTARTS,
    loses=("test_best_of_restarts_finds_the_deepest_valley",),
)
def best_of_restarts_leftmost(starts, learning_rate=0.01, epochs=150):
    """You keep the end with the smallest x: pairs are compared by their first item. Compare heights, for example with a
    `key`."""
    ends = [descend(start, learning_rate, epochs) for start in starts]  # noqa: F821
    return min((end, objective(end)) for end in ends)  # noqa: F821


@misconception(
    "best_of_restarts",
    "keeps the last end",
    lesson=RESTARTS,
    loses=("test_best_of_restarts_finds_the_deepest_valley",),
)
def best_of_restarts_last(starts, learning_rate=0.01, epochs=150):
    """You return the end of the last walk. Keep an end only if it is lower than the best one so far."""
    for first in starts:
        end = descend(first, learning_rate, epochs)  # noqa: F821
    return end, objective(end)  # noqa: F821


@misconception(
    "best_of_restarts",
    "keeps the end nearest to 0",
    lesson=RESTARTS,
    loses=("test_best_of_restarts_walks_with_the_given_rate_and_epochs",),
)
def best_of_restarts_nearest(starts, learning_rate=0.01, epochs=150):
    """You keep the end nearest to 0. At 0 there is a hilltop: compare the heights of the ends."""
    end = min((descend(start, learning_rate, epochs) for start in starts), key=abs)  # noqa: F821
    return end, objective(end)  # noqa: F821


@misconception(
    "best_of_restarts",
    "walks by the defaults",
    lesson=RESTARTS,
    loses=("test_best_of_restarts_walks_with_the_given_rate_and_epochs",),
)
def best_of_restarts_by_defaults(starts, learning_rate=0.01, epochs=150):
    """You ignore the learning rate and the epochs that you are given. Hand both on to each walk."""
    end = min((descend(start) for start in starts), key=objective)  # noqa: F821
    return end, objective(end)  # noqa: F821


@misconception(
    "best_of_restarts",
    "returns the height first",
    lesson=RESTARTS,
    loses=("test_best_of_restarts_finds_the_deepest_valley",),
)
def best_of_restarts_turned_round(starts, learning_rate=0.01, epochs=150):
    """Both numbers are right, but in the wrong order: first the place, then its height."""
    ends = [descend(start, learning_rate, epochs) for start in starts]  # noqa: F821
    return min((objective(end), end) for end in ends)  # noqa: F821


@misconception(
    "classify_critical_point",
    "looks at the diagonal only",
    lesson=CRITICAL,
    loses=("test_classify_critical_point_finds_saddles_in_slanting_directions",),
)
def classify_by_diagonal(hessian):
    """You look at the diagonal only, the curvatures along the axes. Between the axes the ground may bend differently:
    use the eigenvalues."""
    curvatures = np.diag(hessian)
    if np.abs(curvatures).min() <= 1e-9 * np.abs(curvatures).max():
        return "degenerate"
    return "minimum" if (curvatures > 0).all() else "maximum" if (curvatures < 0).all() else "saddle"


@misconception(
    "classify_critical_point",
    "asks for level directions last",
    lesson=CRITICAL,
    loses=("test_classify_critical_point_asks_for_level_directions_first",),
)
def classify_level_last(hessian):
    """You ask for level directions last, so up in one direction and down in another is a saddle to you, even if a third
    is level. Such a point is degenerate: ask for that first."""
    curvatures = np.linalg.eigvalsh(hessian)
    limit = 1e-9 * np.abs(curvatures).max()
    if (curvatures > limit).all():
        return "minimum"
    if (curvatures < -limit).all():
        return "maximum"
    return "saddle" if curvatures.min() < -limit and curvatures.max() > limit else "degenerate"


@misconception(
    "classify_critical_point",
    "forgets level directions",
    lesson=CRITICAL,
    loses=(
        "test_classify_critical_point_along_the_axes",
        "test_classify_critical_point_asks_for_level_directions_first",
    ),
)
def classify_without_level(hessian):
    """You never answer "degenerate": what is neither a minimum nor a maximum is a saddle to you. If a curvature is zero
    the Hessian decides nothing, and you must say so."""
    curvatures = np.linalg.eigvalsh(hessian)
    return "minimum" if curvatures.min() > 0 else "maximum" if curvatures.max() < 0 else "saddle"


@misconception(
    "classify_critical_point",
    "measures zero absolutely",
    lesson=CRITICAL,
    loses=("test_classify_critical_point_measures_zero_by_the_largest_curvature",),
)
def classify_with_fixed_limit(hessian):
    """You call a curvature zero if it is below a fixed number. A small landscape has small curvatures throughout, and
    is no less curved: compare with the largest magnitude among the eigenvalues."""
    curvatures = np.linalg.eigvalsh(hessian)
    if np.abs(curvatures).min() <= 1e-9:
        return "degenerate"
    return "minimum" if curvatures.min() > 0 else "maximum" if curvatures.max() < 0 else "saddle"


@misconception(
    "classify_critical_point",
    "compares with exactly 0",
    lesson=CRITICAL,
    loses=("test_classify_critical_point_measures_zero_by_the_largest_curvature",),
)
def classify_with_exact_zero(hessian):
    """You call a curvature zero only if it is exactly 0. Rounding turns a zero into something like 1e-17: allow for
    1e-9 of the largest magnitude."""
    curvatures = np.linalg.eigvalsh(hessian)
    if (curvatures == 0).any():
        return "degenerate"
    return "minimum" if curvatures.min() > 0 else "maximum" if curvatures.max() < 0 else "saddle"


@misconception(
    "classify_critical_point",
    "mistakes valleys for hilltops",
    lesson=CRITICAL,
    loses=("test_classify_critical_point_along_the_axes",),
)
def classify_upside_down(hessian):
    """You have minimum and maximum the wrong way round. Where all curvatures are positive the ground bends up on all
    sides, and you stand in a valley."""
    curvatures = np.linalg.eigvalsh(hessian)
    if np.abs(curvatures).min() <= 1e-9 * np.abs(curvatures).max():
        return "degenerate"
    return "maximum" if curvatures.min() > 0 else "minimum" if curvatures.max() < 0 else "saddle"


@misconception(
    "classify_critical_point",
    "trusts the determinant",
    lesson=CRITICAL,
    loses=("test_classify_critical_point_finds_saddles_in_slanting_directions",),
)
def classify_by_determinant(hessian):
    """You decide by the determinant and the first number. That works in two dimensions; in three, two downward
    curvatures make a positive determinant again. Look at each eigenvalue."""
    matrix = np.array(hessian, dtype=float)
    size = np.abs(np.linalg.eigvalsh(matrix)).max()
    determinant = np.linalg.det(matrix / size) if size > 0 else 0.0
    if abs(determinant) <= 1e-9:
        return "degenerate"
    if determinant < 0:
        return "saddle"
    return "minimum" if matrix[0, 0] > 0 else "maximum"


@misconception(
    "classify_critical_point",
    "expects negative minors of a maximum",
    lesson=CRITICAL,
    loses=("test_classify_critical_point_along_the_axes",),
)
def classify_by_minors(hessian):
    """You ask that all leading minors of a maximum be negative. With each dimension the sign changes: that of -I is
    positive in two dimensions. Eigenvalues are the surer way."""
    curvatures, matrix = np.linalg.eigvalsh(hessian), np.array(hessian)
    if np.abs(curvatures).min() <= 1e-9 * np.abs(curvatures).max():
        return "degenerate"
    minors = np.array([np.linalg.det(matrix[:n, :n]) for n in range(1, len(matrix) + 1)])
    return "minimum" if (minors > 0).all() else "maximum" if (minors < 0).all() else "saddle"
