"""Public checks of exercise 8, the optimizers: run them with `pytest exercises/08_optimizers`.

They do not try other decays and epsilons, the default values, ground that is level in one direction, other
dimensions, whole numbers, no epochs at all, or one walk after another.
"""

import numpy as np
import pytest
import sympy as sp

from grader.expect import expect
from grader.functions import gradient

x, y = sp.symbols("x y")
BOWL = gradient(x**2 / 2 + y**2, (x, y))  # (x, 2y), with its lowest point at (0, 0)
PLANE = gradient(300 * x - y / 2, (x, y))  # (300, -0.5) everywhere
DOWNHILL = np.array([-1.0, 1.0])  # on the plane

# On the plane `epsilon` shortens a step by the fraction 1e-8 / 0.5 at most, so three steps of 1 differ by 6e-8.
ROUGHLY = 1e-5


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Work it out on paper: u is (0.5, -2) in the first update. What is it in the second?",
    "First make the new u from the old u and the gradient; then move the point by the new u.",
    "The state u is made once, before the loop; if it starts at zero in each update, nothing is remembered.",
)
def test_momentum_rolls_past_the_bottom(submission):
    """`momentum` with `decay=0.5` rolls through the bowl x**2 / 2 + y**2 and past its lowest point."""
    path = submission.momentum(BOWL, start=[1.0, -2.0], learning_rate=0.5, epochs=3, decay=0.5)
    expected = np.array([[1.0, -2.0], [0.5, 0.0], [0.0, 1.0], [-0.25, 0.5]])
    expect(path).array(expected, shape="(epochs + 1, n)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Count the points: three updates lead from the first to the fourth.",
    "Put the start into the path before the first update.",
)
@pytest.mark.depends("test_momentum_rolls_past_the_bottom")
def test_momentum_returns_the_start_and_a_row_for_each_update(submission):
    """`momentum` returns a path with the start as its first row and one more row for each update."""
    path = submission.momentum(BOWL, start=[1.0, -2.0], learning_rate=0.5, epochs=3, decay=0.5)
    rows = expect(path).sequence(4, "the rows of the path, epochs + 1 of them")
    expect(rows[0], because="The first row of a path is the start.").array(np.array([1.0, -2.0]), shape="(n,)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "The first update looks ahead by nothing, as u is zero. Compare the second with `momentum`.",
    "Ask for the gradient where the old u, times decay, will take the point: in the direction of the move.",
    "Only the gradient is taken ahead. The point itself still moves from where it stands.",
)
def test_nesterov_brakes_before_the_bottom(submission):
    """`nesterov` with `decay=0.5` looks ahead in the bowl x**2 / 2 + y**2 and stops in time."""
    path = submission.nesterov(BOWL, start=[1.0, -2.0], learning_rate=0.5, epochs=3, decay=0.5)
    expected = np.array([[1.0, -2.0], [0.5, 0.0], [0.125, 0.0], [-0.03125, 0.0]])
    expect(path).array(expected, shape="(epochs + 1, n)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "In the first update v is the squared slope, and its root is the slope's size: how long is the step?",
    "On a plane v is k times the squared slope after k updates, so the k-th step is the rate over the root of k.",
    "Square, root and quotient are elementwise: 300 and -0.5 must give steps of the same length.",
)
def test_adagrad_takes_shorter_and_shorter_steps_on_a_plane(submission):
    """`adagrad` on a plane takes steps of 1, 1/√2 and 1/√3 learning rates in each direction, steep or flat."""
    path = submission.adagrad(PLANE, start=[0.0, 0.0], learning_rate=1.0, epochs=3)
    gone = np.cumsum([0.0, 1.0, 2**-0.5, 3**-0.5])
    expect(path).array(np.outer(gone, DOWNHILL), rtol=0, atol=ROUGHLY, shape="(epochs + 1, n)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "In the first update v is a quarter of the squared slope here: 1 - decay. How long is the step?",
    "v keeps the fraction decay of what it was, and gains 1 - decay of the new square.",
    "v starts at zero, and nothing corrects for it: on a plane it is 1/4, then 7/16 of the squared slope.",
)
def test_rmsprop_begins_with_long_steps_on_a_plane(submission):
    """`rmsprop` with `decay=0.75` on a plane takes steps of 2, then 4/√7 learning rates in each direction."""
    path = submission.rmsprop(PLANE, start=[0.0, 0.0], learning_rate=0.1, epochs=2, decay=0.75)
    gone = np.cumsum([0.0, 0.2, 0.4 / 7**0.5])
    expect(path).array(np.outer(gone, DOWNHILL), rtol=0, atol=ROUGHLY, shape="(epochs + 1, n)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "On a plane the mean of all gradients is the gradient, and the mean of their squares is its square.",
    "Without the correction m is a tenth of the gradient in the first update. By what must you divide it?",
    "The correction counts updates from 1, and v has one of its own, with beta2.",
)
def test_adam_takes_equal_steps_on_a_plane(submission):
    """`adam` on a plane takes steps of one learning rate in each direction, from the first one on."""
    path = submission.adam(PLANE, start=[0.0, 0.0], learning_rate=0.1, epochs=3)
    expect(path).array(np.outer([0.0, 0.1, 0.2, 0.3], DOWNHILL), rtol=0, atol=ROUGHLY, shape="(epochs + 1, n)")
