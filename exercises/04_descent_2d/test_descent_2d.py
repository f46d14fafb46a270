"""Public checks of exercise 4, descent in two dimensions: run them with `pytest exercises/04_descent_2d`.

They do not try one variable or many, variables of other names, constant partial derivatives, other learning rates,
whole numbers, no epochs at all, or thousands of steps.
"""

import numpy as np
import pytest
import sympy as sp

from grader.expect import expect
from grader.functions import gradient

x, y = sp.symbols("x y")
SADDLE = x**2 + 3 * x * y
BOWL = gradient(x**2 + 2 * y**2, (x, y))  # (2x, 4y), with its lowest point at (0, 0)


@pytest.mark.points(1)
@pytest.mark.hint(
    "Let one variable move and hold the others still; then the next one.",
    "SymPy's `sp.diff`, once for each variable, always of the same formula.",
    "Go through `variables` in their order and collect the derivatives in a tuple.",
)
def test_partial_derivatives_of_a_saddle(submission, rng):
    """`partial_derivatives` of x**2 + 3xy by x and y are 2x + 3y and 3x."""
    got = submission.partial_derivatives(SADDLE, (x, y))
    by_x, by_y = expect(got).sequence(2, "the partial derivatives")
    ranges = {x: (-2.0, 2.0), y: (-2.0, 2.0)}
    expect(by_x, because="The first is the derivative by x.").expression(2 * x + 3 * y, ranges, rng)
    expect(by_y, because="The second is the derivative by y.").expression(3 * x, ranges, rng)


@pytest.mark.points(1)
@pytest.mark.hint(
    "First the formulas of the partial derivatives, then a function that evaluates them all at a point.",
    "`sp.lambdify` turns formulas into functions. Return a function, not its values.",
    "Your function takes one point, an array; its coordinates belong to the variables in order.",
)
def test_gradient_function_of_a_saddle(submission):
    """`gradient_function` turns x**2 + 3xy into a function that answers (8, 3) at the point (1, 2)."""
    slopes_at = expect(submission.gradient_function(SADDLE, (x, y))).callable()
    expect(slopes_at(np.array([1.0, 2.0]))).array(np.array([8.0, 3.0]), shape="(n,)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "The update rule is that of exercise 2, except that a point and its gradient are arrays now.",
    "If all rows of your path are equal, they are one and the same array: make a new one in each update.",
    "The next row is this row minus the learning rate times the gradient at this row.",
)
def test_descend_slides_into_the_bowl(submission):
    """`descend` goes from (1, -2) towards the lowest point of x**2 + 2y**2."""
    path = submission.descend(BOWL, start=[1.0, -2.0], learning_rate=0.125, epochs=2)
    expected = np.array([[1.0, -2.0], [0.75, -1.0], [0.5625, -0.5]])
    expect(path).array(expected, shape="(epochs + 1, n)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Count the points: two updates lead from the first to the third.",
    "Put the start into the path before the first update.",
)
@pytest.mark.depends("test_descend_slides_into_the_bowl")
def test_descend_returns_the_start_and_a_row_for_each_update(submission):
    """`descend` returns a path with the start as its first row and one more row for each update."""
    path = submission.descend(BOWL, start=[1.0, -2.0], learning_rate=0.125, epochs=2)
    rows = expect(path).sequence(3, "the rows of the path, epochs + 1 of them")
    expect(rows[0], because="The first row of a path is the start.").array(np.array([1.0, -2.0]), shape="(n,)")
