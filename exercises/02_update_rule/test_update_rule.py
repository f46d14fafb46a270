"""Public checks of exercise 2, the update rule: run them with `pytest exercises/02_update_rule`.

They do not try whole numbers, arrays, other slopes and learning rates, no epochs at all, a start that is level
already, or a walk that reaches its limit.
"""

import numpy as np
import pytest
import sympy as sp

from grader.expect import expect
from grader.functions import slope

x = sp.Symbol("x")
BOWL = slope(3 * x**2 - 3 * x + 4, x)  # 6x - 3, with its lowest point at 0.5


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "The slope points uphill. Where do you want to go?",
    "The length of the step is the learning rate times the slope.",
    "Subtract the step from the parameter; do not add it.",
)
def test_update_moves_against_the_gradient(submission):
    """`update` steps from 3.0 down to 2.8 where the slope is 2.0, and on to 3.2 where it is -2.0."""
    expect(submission.update(3.0, 2.0, learning_rate=0.1)).number(2.8)
    expect(submission.update(3.0, -2.0, learning_rate=0.1)).number(3.2)


@pytest.mark.points(1)
@pytest.mark.hint(
    "Do by hand what your loop should do: at 2.0 the slope is 9, so where do you stand after one step?",
    "Each update starts where the one before it ended, and asks for the slope there.",
    "Inside the loop: the next point is this point minus the learning rate times the slope at this point.",
)
def test_descend_slides_into_the_bowl(submission):
    """`descend` goes from 2.0 to the lowest point of 3x**2 - 3x + 4, a quarter of the way left after each update; or from 0.1."""
    path = submission.descend(BOWL, start=2.0, learning_rate=0.125, epochs=4)
    expect(path).array(np.array([2.0, 0.875, 0.59375, 0.5234375, 0.505859375]), shape="(epochs + 1,)")
    path = submission.descend(BOWL, start=0.1, learning_rate=0.125, epochs=2)
    expect(path).array(np.array([0.1, 0.4, 0.475]), shape="(epochs + 1,)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Count the points: three updates lead from the first to the fourth.",
    "Put the start into the path before the first update.",
)
@pytest.mark.depends("test_descend_slides_into_the_bowl")
def test_descend_returns_the_start_and_a_point_for_each_update(submission):
    """`descend` returns a path with the start first and one more point for each update."""
    path = submission.descend(BOWL, start=2.0, learning_rate=0.125, epochs=3)
    points = expect(path).sequence(4, "the points of the path, epochs + 1 of them")
    expect(points[0], because="The first point of a path is the start.").number(2.0)


@pytest.mark.points(1)
@pytest.mark.hint(
    "Before each update look at the slope: is it nearly zero?",
    "The slopes here are 9, 2.25 and 0.5625; which of them is the first below 1?",
    "Stop at the first point whose slope has a magnitude below the tolerance, and keep that point in the path.",
)
def test_descend_until_stops_where_the_ground_is_level(submission):
    """`descend_until` walks into the bowl from 2.0, and from -1.0, and ends at the first point with a slope below 1 in size."""
    path = submission.descend_until(BOWL, start=2.0, learning_rate=0.125, tolerance=1.0)
    expect(path).array(np.array([2.0, 0.875, 0.59375]), shape="(k + 1,) after k updates")
    # There the slopes are -9, -2.25 and -0.5625.
    path = submission.descend_until(BOWL, start=-1.0, learning_rate=0.125, tolerance=1.0)
    expect(path).array(np.array([-1.0, 0.125, 0.40625]), shape="(k + 1,) after k updates")
