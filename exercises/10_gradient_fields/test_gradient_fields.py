"""Public checks of exercise 10, gradient fields: run them with `pytest exercises/10_gradient_fields`.

They do not try fields of whole numbers, very small ones, curved ground, a density for each place, no steps at all, or a
place where the gradient is zero.
"""

import numpy as np
import pytest
import sympy as sp

from grader.expect import expect
from grader.functions import gradient

x, y = sp.symbols("x y")
PLANE = gradient(3 * x + 4 * y, (x, y))  # (3, 4) everywhere, an arrow of length 5
SHAPE = "the field's shape"


@pytest.mark.points(1)
@pytest.mark.hint(
    "Which index counts columns, and which rows? Columns go in the direction of x.",
    "Inside, the two neighbours lie two spacings apart; at the border the two outermost values lie one apart.",
    "Columns are dx apart, rows dy. The derivative by x is the first of the two that you return.",
)
def test_gradient_field_of_a_small_table(submission):
    """`gradient_field` finds both partial derivatives of x**2 + y/2 on two rows and three columns."""
    got = submission.gradient_field(np.array([[0.0, 0.25, 1.0], [1.0, 1.25, 2.0]]), dx=0.5, dy=2.0)
    right = np.array([[0.5, 1.0, 1.5], [0.5, 1.0, 1.5]]), np.full((2, 3), 0.5)
    by_x, by_y = expect(got).pair("the derivatives by x and by y", *right)
    expect(by_x, because="The first is the derivative by x.").array(right[0], shape=SHAPE)
    expect(by_y, because="The second is the derivative by y.").array(right[1], shape=SHAPE)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Where does the fluid go: to where the pressure is high, or to where it is low?",
    "Take the gradient of the pressure, change its sign, and divide by the density.",
)
def test_pressure_acceleration_to_the_right_and_up_the_table(submission):
    """`pressure_acceleration` pushes from high pressure to low: here to larger x and to smaller y."""
    pressure = np.array([[8.0, 6.0, 4.0], [9.0, 7.0, 5.0]])
    got = submission.pressure_acceleration(pressure, 2.0, 0.5, 2.0)
    ax, ay = expect(got).pair("the accelerations in x and in y", np.full((2, 3), 2.0), np.full((2, 3), -0.25))
    expect(ax, because="The first is the acceleration in x.").array(np.full((2, 3), 2.0), shape=SHAPE)
    expect(ay, because="The second is the acceleration in y.").array(np.full((2, 3), -0.25), shape=SHAPE)


@pytest.mark.points(1)
@pytest.mark.hint(
    "The rise along a way is the gradient's part along it: a product with x, a product with y, and their sum.",
    "The direction may have any length. Divide it by its length first.",
    "The length of (x, y) is the square root of x**2 + y**2; for (3, 4) it is 5.",
)
def test_directional_derivative_of_a_plane(submission):
    """`directional_derivative` of the plane 3x + 4y along (3, 4) is 5 everywhere, and -3 along (-2, 0)."""
    plane = np.array([[0.0, 1.5, 3.0], [8.0, 9.5, 11.0]])
    for direction, rate in (((3.0, 4.0), 5.0), ((-2.0, 0.0), -3.0)):
        got = submission.directional_derivative(plane, direction, 0.5, 2.0)
        expect(got).array(np.full((2, 3), rate), shape=SHAPE)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Compare point by point: from (1, -1) the first of the three moves leads to (1.3, -0.6).",
    "All moves have the length `step`, however steep it is: divide the gradient by its length.",
    "It goes uphill: the next point is this point plus the step times the unit gradient.",
)
def test_trace_climbs_a_plane(submission):
    """`trace` starts at (1, -1) and climbs the plane 3x + 4y in moves of length 0.5."""
    got = submission.trace(PLANE, start=[1.0, -1.0], step=0.5, n_steps=3)
    expected = np.array([[1.0, -1.0], [1.3, -0.6], [1.6, -0.2], [1.9, 0.2]])
    expect(got).array(expected, shape="(n_steps + 1, 2)")
