"""Public checks of exercise 5, the ascent challenge: run them with `pytest exercises/05_ascent_challenge`.

They do not try one dimension or many, other ground than one dome, functions with negative values, whole numbers, no
epochs at all, or one climb after another.
"""

import numpy as np
import pytest
import sympy as sp

from grader.expect import expect
from grader.functions import gradient, handed, scalar_function

DESCEND = handed("decoy_descend")
x, y = sp.symbols("x y")
DOME = 5 - x**2 - 2 * y**2  # 5 high, with its summit at (0, 0)
DOME_GRADIENT = gradient(DOME, (x, y))
SQUARE = scalar_function(x**2 + 1, x)
CLIMB = np.array([[1.0, -2.0], [0.75, -1.0], [0.5625, -0.5]])


@pytest.mark.points(1)
@pytest.mark.hint(
    "The gradient points uphill. Where do you want to go this time?",
    "It is your descent of exercise 4 with one sign changed.",
    "The next row is this row plus the learning rate times the gradient at this row.",
)
def test_ascend_by_update_climbs_the_dome(submission):
    """`ascend_by_update` climbs from (1, -2) towards the summit of 5 - x**2 - 2y**2 at (0, 0)."""
    path = submission.ascend_by_update(DOME_GRADIENT, start=[1.0, -2.0], learning_rate=0.125, epochs=2)
    expect(path).array(CLIMB, shape="(epochs + 1, n)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "You get a function and return a function: define one inside the other.",
    "The inner function takes a point, asks the given function there, and changes the sign of the answer.",
)
def test_negated_turns_the_value_round(submission):
    """`negated` turns x**2 + 1 into a function that answers -10 at 3."""
    upside_down = expect(submission.negated(SQUARE)).callable()
    expect(upside_down(3.0)).number(-10.0)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "The `descend` that you are given does the walking: hand it a landscape that is upside down.",
    "This check hands you a `descend` of its own, which answers in its own way: so use that one, and return its path.",
    "Call the given `descend` with the negated gradient; start, learning rate and epochs stay as they are.",
)
def test_ascend_by_objective_hands_over_the_negated_gradient(submission):
    """`ascend_by_objective` returns the path that the given `descend` walks with the negated gradient."""
    path = submission.ascend_by_objective(DESCEND, DOME_GRADIENT, [1.0, -2.0], 0.125, 2)
    expected = DESCEND.expected(lambda point: -DOME_GRADIENT(point), [1.0, -2.0], 0.125, 2)
    expect(path).array(expected, shape="(epochs + 1, n)")


@pytest.mark.points(1)
@pytest.mark.hint(
    "Three parts: the gradient of the formula, the climb, the value of the formula at its end.",
    "Return the last point of the climb, not the whole path, and the value there, both in a tuple.",
    "The value is that of the formula itself; if you turned it upside down to climb, turn it back.",
)
def test_find_local_maximum_on_the_dome(submission):
    """`find_local_maximum` climbs the dome in two updates to (0.5625, -0.5) and says how high that is."""
    got = submission.find_local_maximum(DOME, (x, y), [1.0, -2.0], learning_rate=0.125, epochs=2)
    point, value = expect(got).pair("the point and the value", CLIMB[-1], 4.18359375)
    expect(point, because="The point is the end of the climb.").array(CLIMB[-1], shape="(n,)")
    expect(value, because="The value is that of the expression at that point.").number(4.18359375)
