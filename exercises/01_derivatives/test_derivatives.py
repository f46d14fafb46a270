"""Public checks of exercise 1, derivatives: run them with `pytest exercises/01_derivatives`.

They do not try other functions and other places, whole numbers, a step `h` of your own choice, zeros among the
coefficients, a constant, or formulas with several symbols.
"""

import numpy as np
import pytest
import sympy as sp

from grader.expect import expect
from grader.functions import scalar_function

x = sp.Symbol("x")
SQUARE = scalar_function(x**2, x)
BOWL = 3 * x**2 - 3 * x + 4


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "A slope compares two differences: one in height, one in width.",
    "From 2 to 2.5 the parabola rises by 2.25, and the width is 0.5. Mind the brackets: division comes before subtraction.",
)
def test_average_slope_of_the_parabola(submission):
    """`average_slope` gives 4.5 for x**2 between 2 and 2.5."""
    expect(submission.average_slope(SQUARE, 2.0, 2.5)).number(4.5)


@pytest.mark.points(1)
@pytest.mark.hint(
    "Look at the function on both sides of the point, one small step away.",
    "The two neighbours lie 2h apart, not h.",
    "Divide the value on the right minus the value on the left by twice the step.",
)
def test_numerical_derivative_of_the_parabola(submission):
    """`numerical_derivative` measures a slope of -8 for x**2 at -4."""
    # Rounding: each value is right to 1.5 eps * 16, so the quotient to 3 eps * 16 / (2h) = 5e-10.
    # Truncation: none, f''' = 0. A one-sided difference is off by h = 1e-5.
    expect(submission.numerical_derivative(SQUARE, -4.0)).number(-8.0, rtol=0, atol=1e-8)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Each term is treated by itself: c * x**k has the slope k * c * x**(k - 1).",
    "The constant falls out, so everything moves one place towards the front.",
    "The new coefficient at place k is k + 1 times the old one at place k + 1.",
)
def test_polynomial_derivative_of_the_bowl(submission):
    """`polynomial_derivative` turns 4 - 3x + 3x**2 into -3 + 6x, lowest power first."""
    expect(submission.polynomial_derivative([4, -3, 3])).array(np.array([-3.0, 6.0]), shape="(n - 1,)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "SymPy has a function for this; its name is short for differentiate.",
    "Give `sp.diff` two things: what to differentiate, and by which symbol.",
)
def test_symbolic_derivative_of_the_bowl(submission, rng):
    """`symbolic_derivative` turns 3x**2 - 3x + 4 into 6x - 3."""
    expect(submission.symbolic_derivative(BOWL, x)).expression(6 * x - 3, {x: (-2.0, 2.0)}, rng)


@pytest.mark.points(1)
@pytest.mark.hint(
    "Two stages: first the formula of the derivative, then a function made of it.",
    "`sp.lambdify` turns a formula into a function. Return that function, not a value of it.",
)
def test_derivative_function_of_the_bowl(submission):
    """`derivative_function` turns 3x**2 - 3x + 4 into a function that answers 9 at 2 and takes arrays too."""
    df = expect(submission.derivative_function(BOWL, x)).callable()
    expect(df(2.0)).number(9.0)
    expect(df(np.array([-2.0, 0.5, 2.0]))).array(np.array([-15.0, 0.0, 9.0]), shape="the shape of x")
