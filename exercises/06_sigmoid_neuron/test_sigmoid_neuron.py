"""Public checks of exercise 6, a sigmoid neuron: run them with `pytest exercises/06_sigmoid_neuron`.

At w = b = 0 every answer of the neuron is 1/2, so all that is asked about here can be worked out by hand.

They do not try places far out, where the exponential overflows, arrays, one point or many, whole numbers, the default
rate and number of epochs, or no epochs at all.
"""

import math

import numpy as np
import pytest

from grader.expect import expect

X, Y = np.array([0.5, 2.5]), np.array([0.2, 0.9])  # at w = b = 0 the errors are 0.3 and -0.4


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "First weigh the input and add the bias, then put the result into the sigmoid.",
    "At x = 0.5 with w = 2 and b = -1 the weighted input is 0, and e to the power of 0 is 1.",
    "Mind the minus sign in the exponent: the curve rises from 0 to 1.",
)
def test_sigmoid_is_one_half_where_the_weighted_input_is_zero(submission):
    """`sigmoid` of 0.5 with w = 2 and b = -1 is 1/2, and of 1.0 it is 1 / (1 + exp(-1)), about 0.731."""
    expect(submission.sigmoid(0.5, w=2.0, b=-1.0)).number(0.5)
    expect(submission.sigmoid(1.0, w=2.0, b=-1.0)).number(1 / (1 + math.exp(-1)))


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "What does the neuron answer at each input, and how far is that from the answer wanted?",
    "The errors here are 0.3 and -0.4. Square them, add them up.",
    "Take half of the sum.",
)
def test_loss_of_the_two_points(submission):
    """`loss` at w = b = 0, where the errors at the two points are 0.3 and -0.4, is 0.125."""
    expect(submission.loss(0.0, 0.0, X, Y)).number(0.125)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "The derivative is a sum over the points. Work out the share of each by hand first.",
    "A point's share is its error times the slope of the sigmoid there times its input.",
    "The slope of the sigmoid is f times (1 - f), here 0.25 at both points.",
)
def test_grad_w_of_the_two_points(submission):
    """`grad_w` at w = b = 0, where both slopes of the sigmoid are 0.25, is -0.2125."""
    expect(submission.grad_w(0.0, 0.0, X, Y)).number(-0.2125)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "The bias is added whatever the input is. Which factor is not there, then?",
    "A point's share is its error times the slope of the sigmoid there.",
)
def test_grad_b_of_the_two_points(submission):
    """`grad_b` at w = b = 0, where both slopes of the sigmoid are 0.25, is -0.025."""
    expect(submission.grad_b(0.0, 0.0, X, Y)).number(-0.025)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "At (0, 0) the partial derivatives are -0.2125 and -0.025. Which way is downhill?",
    "Weight and bias each go against their own partial derivative, by the same learning rate.",
    "Take both derivatives before you move anything.",
)
def test_fit_makes_one_update(submission):
    """`fit` steps from (0, 0) with learning rate 2 to (0.425, 0.05)."""
    path = submission.fit(X, Y, w=0.0, b=0.0, learning_rate=2.0, epochs=1)
    expect(path).array(np.array([[0.0, 0.0], [0.425, 0.05]]), shape="(epochs + 1, 2)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Count the rows: two updates lead from the first to the third.",
    "Each row is a pair, first the weight, then the bias. Put the start into the path before the first update.",
)
@pytest.mark.depends("test_fit_makes_one_update")
def test_fit_returns_the_start_and_a_row_for_each_update(submission):
    """`fit` returns a path with the start (w, b) as its first row and one more row for each update."""
    path = submission.fit(X, Y, w=-2.0, b=-1.0, learning_rate=2.0, epochs=2)
    rows = expect(path).sequence(3, "the rows of the path, epochs + 1 of them")
    expect(rows[0], because="The first row of a path is the start.").array(np.array([-2.0, -1.0]), shape="(2,)")
