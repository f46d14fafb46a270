"""What goes wrong in exercise 8, the optimizers."""

import numpy as np

from grader.misconceptions import misconception

MOMENTUM = "lessons/optimizers/#momentum"
AHEAD = "lessons/optimizers/#look-ahead"
OWN_RATE = "lessons/optimizers/#a-rate-for-each-coordinate"
FADING = "lessons/optimizers/#fading-means"
CORRECTION = "lessons/optimizers/#bias-correction"
PATH = "lessons/optimizers/#path-and-state"


@misconception(
    "momentum", "begins with nothing in each update", lesson=MOMENTUM, loses=("test_momentum_rolls_past_the_bottom",)
)
def momentum_without_memory(gradient, start, learning_rate, epochs, decay=0.9):
    """You set u to zero in each update, so nothing of the last move is left and this is plain descent. The state is
    made once, before the loop."""
    path = [np.array(start, dtype=float)]
    for _ in range(epochs):
        u = np.zeros_like(path[0])
        u = decay * u + learning_rate * gradient(path[-1])
        path.append(path[-1] - u)
    return np.array(path)


@misconception(
    "momentum",
    "averages the gradients",
    lesson=MOMENTUM,
    loses=("test_momentum_rolls_past_the_bottom", "test_momentum_follows_its_rule_with_any_decay"),
)
def momentum_of_averages(gradient, start, learning_rate, epochs, decay=0.9):
    """You weigh the new gradient with 1 - decay, as the means in RMSProp and Adam do. Momentum adds the whole plain
    step to what is left of the last move."""
    path = [np.array(start, dtype=float)]
    u = np.zeros_like(path[0])
    for _ in range(epochs):
        u = decay * u + (1 - decay) * learning_rate * gradient(path[-1])
        path.append(path[-1] - u)
    return np.array(path)


@misconception(
    "momentum",
    "climbs",
    lesson=MOMENTUM,
    loses=("test_momentum_rolls_past_the_bottom", "test_momentum_follows_its_rule_with_any_decay"),
)
def momentum_that_climbs(gradient, start, learning_rate, epochs, decay=0.9):
    """Your path leads uphill. u is made of gradients, which point upwards: subtract it."""
    path = [np.array(start, dtype=float)]
    u = np.zeros_like(path[0])
    for _ in range(epochs):
        u = decay * u + learning_rate * gradient(path[-1])
        path.append(path[-1] + u)
    return np.array(path)


@misconception(
    "momentum",
    "takes the learning rate twice",
    lesson=MOMENTUM,
    loses=("test_momentum_rolls_past_the_bottom", "test_momentum_follows_its_rule_with_any_decay"),
)
def momentum_with_rate_twice(gradient, start, learning_rate, epochs, decay=0.9):
    """The learning rate is in u already, and you multiply by it again when you move. It belongs in one of the two
    places."""
    path = [np.array(start, dtype=float)]
    u = np.zeros_like(path[0])
    for _ in range(epochs):
        u = decay * u + learning_rate * gradient(path[-1])
        path.append(path[-1] - learning_rate * u)
    return np.array(path)


@misconception(
    "momentum",
    "never lets go of a move",
    lesson=MOMENTUM,
    loses=("test_momentum_rolls_past_the_bottom", "test_momentum_follows_its_rule_with_any_decay"),
)
def momentum_without_decay(gradient, start, learning_rate, epochs, decay=0.9):
    """You keep the last move whole, and `decay` is not used. Without friction the ball never comes to rest: keep the
    part `decay` only."""
    path = [np.array(start, dtype=float)]
    u = np.zeros_like(path[0])
    for _ in range(epochs):
        u = u + learning_rate * gradient(path[-1])
        path.append(path[-1] - u)
    return np.array(path)


@misconception(
    "momentum",
    "moves before it asks",
    lesson=MOMENTUM,
    loses=("test_momentum_rolls_past_the_bottom", "test_momentum_follows_its_rule_with_any_decay"),
)
def momentum_one_late(gradient, start, learning_rate, epochs, decay=0.9):
    """You move by the old u and compute the new one afterwards, so your second row is the start again and all moves
    come one update late."""
    path = [np.array(start, dtype=float)]
    u = np.zeros_like(path[0])
    for _ in range(epochs):
        path.append(path[-1] - u)
        u = decay * u + learning_rate * gradient(path[-2])
    return np.array(path)


@misconception(
    "momentum",
    "remembers one gradient only",
    lesson=MOMENTUM,
    loses=("test_momentum_rolls_past_the_bottom", "test_momentum_follows_its_rule_with_any_decay"),
)
def momentum_of_two_gradients(gradient, start, learning_rate, epochs, decay=0.9):
    """You add the last gradient, not the last move. A move holds all gradients before it, each faded a little more;
    carry u itself from update to update."""
    path = [np.array(start, dtype=float)]
    last = np.zeros_like(path[0])
    for _ in range(epochs):
        g = gradient(path[-1])
        path.append(path[-1] - learning_rate * (g + decay * last))
        last = g
    return np.array(path)


@misconception(
    "momentum", "changes the caller's start", lesson=PATH, loses=("test_momentum_takes_any_start_and_begins_afresh",)
)
def momentum_moving_the_start(gradient, start, learning_rate, epochs, decay=0.9):
    """You move the start itself, the caller's own array, as `-=` does: `np.asarray` makes no copy of an array of
    floats. Begin with a copy."""
    point = np.asarray(start, dtype=float)
    path, u = [point.copy()], np.zeros(len(start))
    for _ in range(epochs):
        u = decay * u + learning_rate * gradient(point)
        point -= u
        path.append(point.copy())
    return np.array(path)


@misconception(
    "momentum",
    "forgets the start in the path",
    lesson=PATH,
    loses=(
        "test_momentum_returns_the_start_and_a_row_for_each_update",
        "test_momentum_follows_its_rule_with_any_decay",
    ),
)
def momentum_without_start(gradient, start, learning_rate, epochs, decay=0.9):
    """Your path begins after the first update. The start is its first row: put it in before the loop."""
    path, point, u = [], np.array(start, dtype=float), np.zeros(len(start))
    for _ in range(epochs):
        u = decay * u + learning_rate * gradient(point)
        point = point - u
        path.append(point)
    return np.array(path)


@misconception(
    "nesterov",
    "asks where it stands",
    lesson=AHEAD,
    loses=("test_nesterov_brakes_before_the_bottom", "test_nesterov_looks_ahead_by_the_part_that_is_certain"),
)
def nesterov_standing(gradient, start, learning_rate, epochs, decay=0.9):
    """This is plain momentum: you ask for the gradient at the point itself. Ask at the point ahead, where the part of
    the move that is certain leads."""
    path = [np.array(start, dtype=float)]
    u = np.zeros_like(path[0])
    for _ in range(epochs):
        u = decay * u + learning_rate * gradient(path[-1])
        path.append(path[-1] - u)
    return np.array(path)


@misconception(
    "nesterov",
    "looks back",
    lesson=AHEAD,
    loses=("test_nesterov_brakes_before_the_bottom", "test_nesterov_looks_ahead_by_the_part_that_is_certain"),
)
def nesterov_looking_back(gradient, start, learning_rate, epochs, decay=0.9):
    """You look back to where you came from. The move is subtracted from the point, so the point ahead is on that side
    too."""
    path = [np.array(start, dtype=float)]
    u = np.zeros_like(path[0])
    for _ in range(epochs):
        u = decay * u + learning_rate * gradient(path[-1] + decay * u)
        path.append(path[-1] - u)
    return np.array(path)


@misconception(
    "nesterov",
    "looks too far ahead",
    lesson=AHEAD,
    loses=("test_nesterov_brakes_before_the_bottom", "test_nesterov_looks_ahead_by_the_part_that_is_certain"),
)
def nesterov_too_far(gradient, start, learning_rate, epochs, decay=0.9):
    """You look ahead by the whole last move, but only the part `decay` of it is made again. That part alone is
    certain."""
    path = [np.array(start, dtype=float)]
    u = np.zeros_like(path[0])
    for _ in range(epochs):
        u = decay * u + learning_rate * gradient(path[-1] - u)
        path.append(path[-1] - u)
    return np.array(path)


@misconception(
    "nesterov",
    "multiplies by the look-ahead",
    lesson=AHEAD,
    loses=("test_nesterov_brakes_before_the_bottom", "test_nesterov_looks_ahead_by_the_part_that_is_certain"),
)
def nesterov_multiplied(gradient, start, learning_rate, epochs, decay=0.9):
    """You multiply the point by the look-ahead. A look-ahead is a shift: subtract it from the point."""
    path = [np.array(start, dtype=float)]
    u = np.zeros_like(path[0])
    for _ in range(epochs):
        u = decay * u + learning_rate * gradient(path[-1] * (decay * u))
        path.append(path[-1] - u)
    return np.array(path)


@misconception(
    "nesterov",
    "moves from the point ahead",
    lesson=AHEAD,
    loses=("test_nesterov_brakes_before_the_bottom", "test_nesterov_looks_ahead_by_the_part_that_is_certain"),
)
def nesterov_moving_twice(gradient, start, learning_rate, epochs, decay=0.9):
    """You move from the point ahead by all of u, so the part `decay` of the last move is made twice. Only the gradient
    is taken ahead."""
    path = [np.array(start, dtype=float)]
    u = np.zeros_like(path[0])
    for _ in range(epochs):
        ahead = path[-1] - decay * u
        u = decay * u + learning_rate * gradient(ahead)
        path.append(ahead - u)
    return np.array(path)


@misconception(
    "nesterov",
    "returns the points ahead",
    lesson=AHEAD,
    loses=("test_nesterov_brakes_before_the_bottom", "test_nesterov_looks_ahead_by_the_part_that_is_certain"),
)
def nesterov_of_points_ahead(gradient, start, learning_rate, epochs, decay=0.9):
    """The rows of your path are the points at which you look. The path holds the points at which you stand after each
    update."""
    path = [np.array(start, dtype=float)]
    point, u = path[0], np.zeros_like(path[0])
    for _ in range(epochs):
        u = decay * u + learning_rate * gradient(path[-1])
        point = point - u
        path.append(point - decay * u)
    return np.array(path)


@misconception(
    "nesterov",
    "climbs",
    lesson=AHEAD,
    loses=("test_nesterov_brakes_before_the_bottom", "test_nesterov_looks_ahead_by_the_part_that_is_certain"),
)
def nesterov_that_climbs(gradient, start, learning_rate, epochs, decay=0.9):
    """Your path leads uphill, and looks ahead in that direction. u is made of gradients, which point upwards: subtract
    it in both places."""
    path = [np.array(start, dtype=float)]
    u = np.zeros_like(path[0])
    for _ in range(epochs):
        u = decay * u + learning_rate * gradient(path[-1] + decay * u)
        path.append(path[-1] + u)
    return np.array(path)


@misconception(
    "adagrad",
    "puts epsilon under the root",
    lesson=OWN_RATE,
    loses=("test_adagrad_divides_by_the_root_of_all_squares", "test_adagrad_takes_steep_flat_and_level_ground"),
)
def adagrad_epsilon_inside(gradient, start, learning_rate, epochs, epsilon=1e-8):
    """Your epsilon stands under the root, where 1e-8 counts as much as a slope of 1e-4. Take the root of v first and
    add epsilon to it."""
    path = [np.array(start, dtype=float)]
    v = np.zeros_like(path[0])
    for _ in range(epochs):
        g = gradient(path[-1])
        v = v + g**2
        path.append(path[-1] - learning_rate * g / np.sqrt(v + epsilon))
    return np.array(path)


@misconception(
    "adagrad",
    "forgets the root",
    lesson=OWN_RATE,
    loses=(
        "test_adagrad_takes_shorter_and_shorter_steps_on_a_plane",
        "test_adagrad_divides_by_the_root_of_all_squares",
    ),
)
def adagrad_without_root(gradient, start, learning_rate, epochs, epsilon=1e-8):
    """You divide by the sum of squares. Its root has the size of a gradient, and only then are steep and flat steps
    equally long."""
    path = [np.array(start, dtype=float)]
    v = np.zeros_like(path[0])
    for _ in range(epochs):
        g = gradient(path[-1])
        v = v + g**2
        path.append(path[-1] - learning_rate * g / (v + epsilon))
    return np.array(path)


@misconception(
    "adagrad",
    "has one rate for all coordinates",
    lesson=OWN_RATE,
    loses=(
        "test_adagrad_takes_shorter_and_shorter_steps_on_a_plane",
        "test_adagrad_divides_by_the_root_of_all_squares",
    ),
)
def adagrad_by_norm(gradient, start, learning_rate, epochs, epsilon=1e-8):
    """You add the squares of all coordinates into one number, so the steepest one brakes all the others. Keep a sum
    for each coordinate."""
    path = [np.array(start, dtype=float)]
    v = 0.0
    for _ in range(epochs):
        g = gradient(path[-1])
        v = v + np.sum(g**2)
        path.append(path[-1] - learning_rate * g / (np.sqrt(v) + epsilon))
    return np.array(path)


@misconception(
    "adagrad",
    "looks at the last gradient only",
    lesson=OWN_RATE,
    loses=(
        "test_adagrad_takes_shorter_and_shorter_steps_on_a_plane",
        "test_adagrad_divides_by_the_root_of_all_squares",
    ),
)
def adagrad_of_signs(gradient, start, learning_rate, epochs, epsilon=1e-8):
    """Your v holds the newest square only, so each step has the same length, uphill or down. Add the new square to the
    sum."""
    path = [np.array(start, dtype=float)]
    for _ in range(epochs):
        g = gradient(path[-1])
        v = g**2
        path.append(path[-1] - learning_rate * g / (np.sqrt(v) + epsilon))
    return np.array(path)


@misconception(
    "adagrad",
    "adds up sizes",
    lesson=OWN_RATE,
    loses=(
        "test_adagrad_takes_shorter_and_shorter_steps_on_a_plane",
        "test_adagrad_divides_by_the_root_of_all_squares",
    ),
)
def adagrad_of_sizes(gradient, start, learning_rate, epochs, epsilon=1e-8):
    """You add up the sizes of the gradients and take a root of that. The root undoes squares: add up the squares."""
    path = [np.array(start, dtype=float)]
    v = np.zeros_like(path[0])
    for _ in range(epochs):
        g = gradient(path[-1])
        v = v + np.abs(g)
        path.append(path[-1] - learning_rate * g / (np.sqrt(v) + epsilon))
    return np.array(path)


@misconception(
    "adagrad",
    "forgets like RMSProp",
    lesson=OWN_RATE,
    loses=(
        "test_adagrad_takes_shorter_and_shorter_steps_on_a_plane",
        "test_adagrad_divides_by_the_root_of_all_squares",
    ),
)
def adagrad_that_fades(gradient, start, learning_rate, epochs, epsilon=1e-8):
    """Your v is a fading mean; that is RMSProp. Adagrad never forgets: its v is the plain sum of all squares."""
    path = [np.array(start, dtype=float)]
    v = np.zeros_like(path[0])
    for _ in range(epochs):
        g = gradient(path[-1])
        v = 0.9 * v + 0.1 * g**2
        path.append(path[-1] - learning_rate * g / (np.sqrt(v) + epsilon))
    return np.array(path)


@misconception(
    "adagrad", "rounds to whole numbers", lesson=PATH, loses=("test_adagrad_takes_any_start_and_begins_afresh",)
)
def adagrad_in_whole_numbers(gradient, start, learning_rate, epochs, epsilon=1e-8):
    """If you start at whole numbers, your path holds only whole numbers and each update is cut off, as happens in a
    table that takes its type from the start. Give it the type float."""
    path = np.tile(np.array(start), (epochs + 1, 1))
    v = np.zeros(len(start))
    for k in range(epochs):
        g = gradient(path[k])
        v = v + g**2
        path[k + 1] = path[k] - learning_rate * g / (np.sqrt(v) + epsilon)
    return path


@misconception(
    "adagrad",
    "climbs",
    lesson=OWN_RATE,
    loses=(
        "test_adagrad_takes_shorter_and_shorter_steps_on_a_plane",
        "test_adagrad_divides_by_the_root_of_all_squares",
    ),
)
def adagrad_that_climbs(gradient, start, learning_rate, epochs, epsilon=1e-8):
    """Your path leads uphill. The root has no sign, so the step points where the gradient does: subtract it."""
    path = [np.array(start, dtype=float)]
    v = np.zeros_like(path[0])
    for _ in range(epochs):
        g = gradient(path[-1])
        v = v + g**2
        path.append(path[-1] + learning_rate * g / (np.sqrt(v) + epsilon))
    return np.array(path)


@misconception(
    "rmsprop",
    "adds the whole new square",
    lesson=FADING,
    loses=("test_rmsprop_begins_with_long_steps_on_a_plane", "test_rmsprop_divides_by_the_root_of_a_fading_mean"),
)
def rmsprop_without_mean(gradient, start, learning_rate, epochs, decay=0.9, epsilon=1e-8):
    """You add the whole new square to the faded rest, and v grows far beyond any square. In a mean the weights add up
    to 1: the new square gets 1 - decay."""
    path = [np.array(start, dtype=float)]
    v = np.zeros_like(path[0])
    for _ in range(epochs):
        g = gradient(path[-1])
        v = decay * v + g**2
        path.append(path[-1] - learning_rate * g / (np.sqrt(v) + epsilon))
    return np.array(path)


@misconception(
    "rmsprop",
    "swaps the two weights",
    lesson=FADING,
    loses=("test_rmsprop_begins_with_long_steps_on_a_plane", "test_rmsprop_divides_by_the_root_of_a_fading_mean"),
)
def rmsprop_swapped(gradient, start, learning_rate, epochs, decay=0.9, epsilon=1e-8):
    """You give `decay` to the new square and 1 - decay to the old mean. It is the old mean that decays: it keeps the
    part `decay`."""
    path = [np.array(start, dtype=float)]
    v = np.zeros_like(path[0])
    for _ in range(epochs):
        g = gradient(path[-1])
        v = (1 - decay) * v + decay * g**2
        path.append(path[-1] - learning_rate * g / (np.sqrt(v) + epsilon))
    return np.array(path)


@misconception(
    "rmsprop",
    "corrects as Adam does",
    lesson=FADING,
    loses=("test_rmsprop_begins_with_long_steps_on_a_plane", "test_rmsprop_divides_by_the_root_of_a_fading_mean"),
)
def rmsprop_corrected(gradient, start, learning_rate, epochs, decay=0.9, epsilon=1e-8):
    """You correct v for its start at zero. Adam does that; RMSProp takes v as it is, and its first steps are long."""
    path = [np.array(start, dtype=float)]
    v = np.zeros_like(path[0])
    for k in range(1, epochs + 1):
        g = gradient(path[-1])
        v = decay * v + (1 - decay) * g**2
        path.append(path[-1] - learning_rate * g / (np.sqrt(v / (1 - decay**k)) + epsilon))
    return np.array(path)


@misconception(
    "rmsprop",
    "puts epsilon under the root",
    lesson=OWN_RATE,
    loses=("test_rmsprop_divides_by_the_root_of_a_fading_mean", "test_rmsprop_takes_steep_flat_and_level_ground"),
)
def rmsprop_epsilon_inside(gradient, start, learning_rate, epochs, decay=0.9, epsilon=1e-8):
    """Your epsilon stands under the root, where 1e-8 counts as much as a slope of 1e-4. Take the root of v first and
    add epsilon to it."""
    path = [np.array(start, dtype=float)]
    v = np.zeros_like(path[0])
    for _ in range(epochs):
        g = gradient(path[-1])
        v = decay * v + (1 - decay) * g**2
        path.append(path[-1] - learning_rate * g / np.sqrt(v + epsilon))
    return np.array(path)


@misconception(
    "rmsprop",
    "never forgets, like Adagrad",
    lesson=FADING,
    loses=("test_rmsprop_begins_with_long_steps_on_a_plane", "test_rmsprop_divides_by_the_root_of_a_fading_mean"),
)
def rmsprop_that_sums(gradient, start, learning_rate, epochs, decay=0.9, epsilon=1e-8):
    """You add up all squares and never use `decay`; that is Adagrad, whose steps shrink for ever. Let the old squares
    fade."""
    path = [np.array(start, dtype=float)]
    v = np.zeros_like(path[0])
    for _ in range(epochs):
        g = gradient(path[-1])
        v = v + g**2
        path.append(path[-1] - learning_rate * g / (np.sqrt(v) + epsilon))
    return np.array(path)


@misconception(
    "rmsprop",
    "has one rate for all coordinates",
    lesson=OWN_RATE,
    loses=("test_rmsprop_begins_with_long_steps_on_a_plane", "test_rmsprop_divides_by_the_root_of_a_fading_mean"),
)
def rmsprop_by_norm(gradient, start, learning_rate, epochs, decay=0.9, epsilon=1e-8):
    """You average over the coordinates, so the steepest one brakes all the others. The mean is over time, for each
    coordinate on its own."""
    path = [np.array(start, dtype=float)]
    v = 0.0
    for _ in range(epochs):
        g = gradient(path[-1])
        v = decay * v + (1 - decay) * np.mean(g**2)
        path.append(path[-1] - learning_rate * g / (np.sqrt(v) + epsilon))
    return np.array(path)


@misconception(
    "rmsprop",
    "averages sizes",
    lesson=FADING,
    loses=("test_rmsprop_begins_with_long_steps_on_a_plane", "test_rmsprop_divides_by_the_root_of_a_fading_mean"),
)
def rmsprop_of_sizes(gradient, start, learning_rate, epochs, decay=0.9, epsilon=1e-8):
    """You average the sizes of the gradients. The R and the S stand for root and square: average the squares, then
    take the root."""
    path = [np.array(start, dtype=float)]
    v = np.zeros_like(path[0])
    for _ in range(epochs):
        g = gradient(path[-1])
        v = decay * v + (1 - decay) * np.abs(g)
        path.append(path[-1] - learning_rate * g / (v + epsilon))
    return np.array(path)


@misconception(
    "rmsprop",
    "climbs",
    lesson=OWN_RATE,
    loses=("test_rmsprop_begins_with_long_steps_on_a_plane", "test_rmsprop_divides_by_the_root_of_a_fading_mean"),
)
def rmsprop_that_climbs(gradient, start, learning_rate, epochs, decay=0.9, epsilon=1e-8):
    """Your path leads uphill. The root has no sign, so the step points where the gradient does: subtract it."""
    path = [np.array(start, dtype=float)]
    v = np.zeros_like(path[0])
    for _ in range(epochs):
        g = gradient(path[-1])
        v = decay * v + (1 - decay) * g**2
        path.append(path[-1] + learning_rate * g / (np.sqrt(v) + epsilon))
    return np.array(path)


@misconception(
    "adam",
    "does not correct",
    lesson=CORRECTION,
    loses=("test_adam_takes_equal_steps_on_a_plane", "test_adam_corrects_both_means"),
)
def adam_uncorrected(gradient, start, learning_rate, epochs, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """You use both means as they are. They start at zero and are far too small in the first updates, v even more than
    m: divide each by the sum of its weights so far."""
    path = [np.array(start, dtype=float)]
    m, v = np.zeros((2, len(start)))
    for _ in range(epochs):
        g = gradient(path[-1])
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        path.append(path[-1] - learning_rate * m / (np.sqrt(v) + epsilon))
    return np.array(path)


@misconception(
    "adam",
    "corrects the first mean only",
    lesson=CORRECTION,
    loses=("test_adam_takes_equal_steps_on_a_plane", "test_adam_corrects_both_means"),
)
def adam_half_corrected(gradient, start, learning_rate, epochs, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """You correct m but not v. The mean of squares starts at zero too, and needs a correction with beta2."""
    path = [np.array(start, dtype=float)]
    m, v = np.zeros((2, len(start)))
    for k in range(1, epochs + 1):
        g = gradient(path[-1])
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat = m / (1 - beta1**k)
        path.append(path[-1] - learning_rate * m_hat / (np.sqrt(v) + epsilon))
    return np.array(path)


@misconception("adam", "uses beta1 for both means", lesson=FADING, loses=("test_adam_corrects_both_means",))
def adam_with_one_beta(gradient, start, learning_rate, epochs, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """Both of your means fade with beta1. The squares have a rate of their own, beta2, and remember much longer."""
    path = [np.array(start, dtype=float)]
    m, v = np.zeros((2, len(start)))
    for k in range(1, epochs + 1):
        g = gradient(path[-1])
        m = beta1 * m + (1 - beta1) * g
        v = beta1 * v + (1 - beta1) * g**2
        m_hat, v_hat = m / (1 - beta1**k), v / (1 - beta1**k)
        path.append(path[-1] - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon))
    return np.array(path)


@misconception(
    "adam",
    "corrects every update like the first",
    lesson=CORRECTION,
    loses=("test_adam_takes_equal_steps_on_a_plane", "test_adam_corrects_both_means"),
)
def adam_without_counting(gradient, start, learning_rate, epochs, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """You divide by 1 - beta in every update. That is right in the first only: the power of beta grows with the number
    of the update, and the correction fades away."""
    path = [np.array(start, dtype=float)]
    m, v = np.zeros((2, len(start)))
    for _ in range(epochs):
        g = gradient(path[-1])
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat, v_hat = m / (1 - beta1), v / (1 - beta2)
        path.append(path[-1] - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon))
    return np.array(path)


@misconception(
    "adam",
    "counts the start as an update",
    lesson=CORRECTION,
    loses=("test_adam_takes_equal_steps_on_a_plane", "test_adam_corrects_both_means"),
)
def adam_counting_from_2(gradient, start, learning_rate, epochs, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """Your correction is one power ahead. The first update is number 1, and there the correction must turn m into the
    gradient itself."""
    path = [np.array(start, dtype=float)]
    m, v = np.zeros((2, len(start)))
    for k in range(1, epochs + 1):
        g = gradient(path[-1])
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat, v_hat = m / (1 - beta1 ** (k + 1)), v / (1 - beta2 ** (k + 1))
        path.append(path[-1] - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon))
    return np.array(path)


@misconception(
    "adam",
    "corrects the states themselves",
    lesson=CORRECTION,
    loses=("test_adam_takes_equal_steps_on_a_plane", "test_adam_corrects_both_means"),
)
def adam_correcting_the_states(gradient, start, learning_rate, epochs, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """You put the corrected means back into m and v, so the next update corrects them again. Keep the states as they
    are and give the corrected values names of their own."""
    path = [np.array(start, dtype=float)]
    m, v = np.zeros((2, len(start)))
    for k in range(1, epochs + 1):
        g = gradient(path[-1])
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m, v = m / (1 - beta1**k), v / (1 - beta2**k)
        path.append(path[-1] - learning_rate * m / (np.sqrt(v) + epsilon))
    return np.array(path)


@misconception(
    "adam",
    "puts epsilon under the root",
    lesson=OWN_RATE,
    loses=("test_adam_corrects_both_means", "test_adam_takes_steep_flat_and_level_ground"),
)
def adam_epsilon_inside(gradient, start, learning_rate, epochs, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """Your epsilon stands under the root, where 1e-8 counts as much as a slope of 1e-4. Take the root of the corrected
    mean first and add epsilon to it."""
    path = [np.array(start, dtype=float)]
    m, v = np.zeros((2, len(start)))
    for k in range(1, epochs + 1):
        g = gradient(path[-1])
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat, v_hat = m / (1 - beta1**k), v / (1 - beta2**k)
        path.append(path[-1] - learning_rate * m_hat / np.sqrt(v_hat + epsilon))
    return np.array(path)


@misconception(
    "adam",
    "adds epsilon before the correction",
    lesson=CORRECTION,
    loses=("test_adam_corrects_both_means", "test_adam_takes_steep_flat_and_level_ground"),
)
def adam_epsilon_unscaled(gradient, start, learning_rate, epochs, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """You fold both corrections into the learning rate, but epsilon is added to the root of the uncorrected v, where
    it weighs much more. Scale epsilon likewise, or correct v first."""
    path = [np.array(start, dtype=float)]
    m, v = np.zeros((2, len(start)))
    for k in range(1, epochs + 1):
        g = gradient(path[-1])
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        rate = learning_rate * np.sqrt(1 - beta2**k) / (1 - beta1**k)
        path.append(path[-1] - rate * m / (np.sqrt(v) + epsilon))
    return np.array(path)


@misconception(
    "adam",
    "forgets the root",
    lesson=FADING,
    loses=("test_adam_takes_equal_steps_on_a_plane", "test_adam_corrects_both_means"),
)
def adam_without_root(gradient, start, learning_rate, epochs, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """You divide by the mean of squares. Its root has the size of a gradient, and only then is a step as long as the
    learning rate."""
    path = [np.array(start, dtype=float)]
    m, v = np.zeros((2, len(start)))
    for k in range(1, epochs + 1):
        g = gradient(path[-1])
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat, v_hat = m / (1 - beta1**k), v / (1 - beta2**k)
        path.append(path[-1] - learning_rate * m_hat / (v_hat + epsilon))
    return np.array(path)


@misconception(
    "adam", "climbs", lesson=FADING, loses=("test_adam_takes_equal_steps_on_a_plane", "test_adam_corrects_both_means")
)
def adam_that_climbs(gradient, start, learning_rate, epochs, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """Your path leads uphill. The mean of the gradients points upwards as they do: subtract the step."""
    path = [np.array(start, dtype=float)]
    m, v = np.zeros((2, len(start)))
    for k in range(1, epochs + 1):
        g = gradient(path[-1])
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat, v_hat = m / (1 - beta1**k), v / (1 - beta2**k)
        path.append(path[-1] + learning_rate * m_hat / (np.sqrt(v_hat) + epsilon))
    return np.array(path)


@misconception(
    "adam",
    "counts updates from 0",
    lesson=CORRECTION,
    loses=("test_adam_takes_equal_steps_on_a_plane", "test_adam_corrects_both_means"),
)
def adam_counting_from_0(gradient, start, learning_rate, epochs, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """From the first update on your path is not a number: that happens when the correction counts from 0, for then it
    divides by 1 - 1. The first update is number 1."""
    path = [np.array(start, dtype=float)]
    m, v = np.zeros((2, len(start)))
    for k in range(epochs):
        g = gradient(path[-1])
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat, v_hat = m / (1 - beta1**k), v / (1 - beta2**k)
        path.append(path[-1] - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon))
    return np.array(path)


@misconception(
    "adagrad",
    "has an epsilon of 1e-7 by default",
    lesson=OWN_RATE,
    loses=("test_adagrad_takes_steep_flat_and_level_ground",),
)
def adagrad_with_larger_epsilon(gradient, start, learning_rate, epochs, epsilon=1e-7):
    """Unless told otherwise you add 1e-7 to the root, as some libraries do; the agreed value is 1e-8. Where slopes are
    very small this makes your steps up to ten times shorter."""
    path = [np.array(start, dtype=float)]
    v = np.zeros(len(start))
    for _ in range(epochs):
        g = gradient(path[-1])
        v = v + g**2
        path.append(path[-1] - learning_rate * g / (np.sqrt(v) + epsilon))
    return np.array(path)


@misconception(
    "rmsprop",
    "has an epsilon of 1e-7 by default",
    lesson=OWN_RATE,
    loses=("test_rmsprop_takes_steep_flat_and_level_ground",),
)
def rmsprop_with_larger_epsilon(gradient, start, learning_rate, epochs, decay=0.9, epsilon=1e-7):
    """Unless told otherwise you add 1e-7 to the root, as some libraries do; the agreed value is 1e-8. Where slopes are
    very small this makes your steps up to ten times shorter."""
    path = [np.array(start, dtype=float)]
    v = np.zeros(len(start))
    for _ in range(epochs):
        g = gradient(path[-1])
        v = decay * v + (1 - decay) * g**2
        path.append(path[-1] - learning_rate * g / (np.sqrt(v) + epsilon))
    return np.array(path)


@misconception(
    "adam", "has an epsilon of 1e-7 by default", lesson=OWN_RATE, loses=("test_adam_takes_steep_flat_and_level_ground",)
)
def adam_with_larger_epsilon(gradient, start, learning_rate, epochs, beta1=0.9, beta2=0.999, epsilon=1e-7):
    """Unless told otherwise you add 1e-7 to the root, as some libraries do; the agreed value is 1e-8. Where slopes are
    very small this makes your steps up to ten times shorter."""
    path = [np.array(start, dtype=float)]
    m, v = np.zeros((2, len(start)))
    for k in range(1, epochs + 1):
        g = gradient(path[-1])
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat, v_hat = m / (1 - beta1**k), v / (1 - beta2**k)
        path.append(path[-1] - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon))
    return np.array(path)


@misconception(
    "rmsprop",
    "has a decay of 0.99 by default",
    lesson=FADING,
    loses=("test_rmsprop_takes_steep_flat_and_level_ground",),
)
def rmsprop_that_forgets_slowly(gradient, start, learning_rate, epochs, decay=0.99, epsilon=1e-8):
    """Unless told otherwise your v keeps 0.99 of what it was, as in some libraries; the agreed value is 0.9."""
    path = [np.array(start, dtype=float)]
    v = np.zeros(len(start))
    for _ in range(epochs):
        g = gradient(path[-1])
        v = decay * v + (1 - decay) * g**2
        path.append(path[-1] - learning_rate * g / (np.sqrt(v) + epsilon))
    return np.array(path)


@misconception("adam", "has a beta2 of 0.99 by default", lesson=FADING, loses=("test_adam_corrects_both_means",))
def adam_with_another_beta2(gradient, start, learning_rate, epochs, beta1=0.9, beta2=0.99, epsilon=1e-8):
    """Unless told otherwise your mean of squares keeps 0.99 of what it was; the agreed beta2 is 0.999."""
    path = [np.array(start, dtype=float)]
    m, v = np.zeros((2, len(start)))
    for k in range(1, epochs + 1):
        g = gradient(path[-1])
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat, v_hat = m / (1 - beta1**k), v / (1 - beta2**k)
        path.append(path[-1] - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon))
    return np.array(path)


@misconception("adam", "exchanges the two betas", lesson=FADING, loses=("test_adam_corrects_both_means",))
def adam_with_exchanged_betas(gradient, start, learning_rate, epochs, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """You let beta2 fade the mean of the gradients and beta1 that of their squares. It is the other way round: beta1 is
    the gradients', beta2 the squares'."""
    path = [np.array(start, dtype=float)]
    m, v = np.zeros((2, len(start)))
    for k in range(1, epochs + 1):
        g = gradient(path[-1])
        m = beta2 * m + (1 - beta2) * g
        v = beta1 * v + (1 - beta1) * g**2
        m_hat, v_hat = m / (1 - beta2**k), v / (1 - beta1**k)
        path.append(path[-1] - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon))
    return np.array(path)
