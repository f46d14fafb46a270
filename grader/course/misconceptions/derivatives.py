"""What goes wrong in exercise 1, derivatives."""

import numpy as np
import sympy as sp

from grader.misconceptions import misconception

SECANT = "lessons/derivatives/#secant"
CENTRAL = "lessons/derivatives/#central-difference"
POWERS = "lessons/derivatives/#power-rule"
FORMULAS = "lessons/derivatives/#formulas"


@misconception(
    "average_slope",
    "forgets the brackets",
    lesson=SECANT,
    loses=("test_average_slope_of_the_parabola", "test_average_slope_is_rise_over_distance"),
)
def average_slope_without_brackets(f, a, b):
    """Python divides before it subtracts, so your `average_slope` divides only its neighbours on the line. A fraction
    bar holds everything above it together; on one line, brackets must do that."""
    return f(b) - f(a) / b - a


@misconception(
    "average_slope",
    "divides width by height",
    lesson=SECANT,
    loses=("test_average_slope_of_the_parabola", "test_average_slope_is_rise_over_distance"),
)
def average_slope_upside_down(f, a, b):
    """Your `average_slope` divides the wrong way round: it says how far you go for one step up. Steep ground has a
    large slope, so the height belongs on top."""
    return (b - a) / (f(b) - f(a))


@misconception(
    "average_slope",
    "takes the two differences in opposite orders",
    lesson=SECANT,
    loses=("test_average_slope_of_the_parabola", "test_average_slope_is_rise_over_distance"),
)
def average_slope_turned_round(f, a, b):
    """All your slopes have the wrong sign: uphill comes out as downhill. Height and width must be taken in the same
    order, both from a to b."""
    return (f(a) - f(b)) / (b - a)


@misconception(
    "average_slope",
    "takes every slope for uphill",
    lesson=SECANT,
    loses=("test_average_slope_is_the_same_in_both_orders",),
)
def average_slope_without_sign(f, a, b):
    """Your `average_slope` is never negative. The sign of a slope says whether the ground rises or falls to the right,
    so it must stay."""
    return abs(f(b) - f(a)) / abs(b - a)


@misconception(
    "average_slope",
    "takes the order from the heights",
    lesson=SECANT,
    loses=("test_average_slope_is_the_same_in_both_orders",),
)
def average_slope_with_positive_width(f, a, b):
    """Your `average_slope` takes the width without its sign. If you name the right place first, height and width must
    both change their sign; otherwise uphill turns into downhill."""
    return (f(b) - f(a)) / abs(b - a)


@misconception(
    "numerical_derivative",
    "looks to one side only",
    lesson=CENTRAL,
    loses=(
        "test_numerical_derivative_of_the_parabola",
        "test_numerical_derivative_takes_the_given_step_to_both_sides",
        "test_numerical_derivative_is_accurate_with_its_own_step",
    ),
)
def numerical_derivative_forward(f, x, h=1e-5):
    """This is the forward difference: it compares x with its right neighbour only, and is wrong by about h. Look to
    both sides, and the error shrinks to about h squared."""
    return (f(x + h) - f(x)) / h


@misconception(
    "numerical_derivative",
    "looks back only",
    lesson=CENTRAL,
    loses=(
        "test_numerical_derivative_of_the_parabola",
        "test_numerical_derivative_takes_the_given_step_to_both_sides",
        "test_numerical_derivative_is_accurate_with_its_own_step",
    ),
)
def numerical_derivative_backward(f, x, h=1e-5):
    """This is the backward difference: it compares x with its left neighbour only, and is wrong by about h. Look to
    both sides, and the error shrinks to about h squared."""
    return (f(x) - f(x - h)) / h


@misconception(
    "numerical_derivative",
    "forgets that the neighbours are two steps apart",
    lesson=CENTRAL,
    loses=(
        "test_numerical_derivative_of_the_parabola",
        "test_numerical_derivative_takes_the_given_step_to_both_sides",
        "test_numerical_derivative_is_accurate_with_its_own_step",
    ),
)
def numerical_derivative_doubled(f, x, h=1e-5):
    """Your slopes are twice too large. The left and the right neighbour are two steps apart, not one."""
    return (f(x + h) - f(x - h)) / h


@misconception(
    "numerical_derivative",
    "forgets the brackets below the bar",
    lesson=CENTRAL,
    loses=("test_numerical_derivative_of_the_parabola", "test_numerical_derivative_works_elementwise"),
)
def numerical_derivative_times_step(f, x, h=1e-5):
    """Dividing by 2 and then multiplying by h is not dividing by 2h: Python works from left to right. Put the whole
    denominator into brackets."""
    return (f(x + h) - f(x - h)) / 2 * h


@misconception(
    "numerical_derivative",
    "takes the left neighbour first",
    lesson=CENTRAL,
    loses=(
        "test_numerical_derivative_of_the_parabola",
        "test_numerical_derivative_takes_the_given_step_to_both_sides",
    ),
)
def numerical_derivative_turned_round(f, x, h=1e-5):
    """Your slopes have the wrong sign: uphill comes out as downhill. Subtract the height on the left from the height on
    the right: the step from left to right is positive."""
    return (f(x - h) - f(x + h)) / (2 * h)


@misconception(
    "numerical_derivative",
    "ignores the step that the caller names",
    lesson=CENTRAL,
    loses=("test_numerical_derivative_takes_the_given_step_to_both_sides",),
)
def numerical_derivative_own_step(f, x, h=1e-5):
    """Your `numerical_derivative` uses a step of its own whatever `h` it is given. A value that a caller may choose
    belongs in the parameter's default, not in the body."""
    h = 1e-5
    return (f(x + h) - f(x - h)) / (2 * h)


@misconception(
    "numerical_derivative",
    "fills an array of whole numbers",
    lesson=CENTRAL,
    loses=("test_numerical_derivative_works_elementwise",),
)
def numerical_derivative_in_whole_numbers(f, x, h=1e-5):
    """If the places are whole numbers, your slopes are cut to whole numbers too, as in an array of results that has the
    type of `x`. Let NumPy make the result: the formula works on the whole array at once."""
    if np.ndim(x) == 0:
        return (f(x + h) - f(x - h)) / (2 * h)
    slopes = np.zeros_like(x)
    slopes[...] = (f(x + h) - f(x - h)) / (2 * h)
    return slopes


@misconception(
    "polynomial_derivative",
    "reads the highest power first",
    lesson=POWERS,
    loses=("test_polynomial_derivative_of_the_bowl", "test_polynomial_derivative_follows_the_power_rule"),
)
def polynomial_derivative_from_the_top(coefficients):
    """You read the coefficients from the highest power down, as `np.polyder` does. Here the constant comes first:
    `coefficients[k]` belongs to the power k."""
    return np.polyder(coefficients)


@misconception(
    "polynomial_derivative",
    "shifts without multiplying",
    lesson=POWERS,
    loses=("test_polynomial_derivative_of_the_bowl", "test_polynomial_derivative_follows_the_power_rule"),
)
def polynomial_derivative_only_shifted(coefficients):
    """Your coefficients move to the right places but keep their size. The power comes down as a factor: the slope of
    3x² is 6x."""
    return list(coefficients[1:]) or [0.0]


@misconception(
    "polynomial_derivative",
    "multiplies by the new power",
    lesson=POWERS,
    loses=("test_polynomial_derivative_of_the_bowl", "test_polynomial_derivative_follows_the_power_rule"),
)
def polynomial_derivative_off_by_one(coefficients):
    """You multiply by the power that is left after the shift. The factor is the power before it: from x² comes a 2,
    from x a 1."""
    return [place * coefficient for place, coefficient in enumerate(coefficients[1:])] or [0.0]


@misconception(
    "polynomial_derivative",
    "keeps the place of the constant",
    lesson=POWERS,
    loses=("test_polynomial_derivative_of_the_bowl", "test_polynomial_derivative_keeps_zeros"),
)
def polynomial_derivative_unshifted(coefficients):
    """You multiplied by the powers but left every coefficient in its place. The power falls by one, so everything moves
    one place to the front and the first entry falls out."""
    return [power * coefficient for power, coefficient in enumerate(coefficients)]


@misconception(
    "polynomial_derivative",
    "leaves nothing of a constant",
    lesson=POWERS,
    loses=("test_polynomial_derivative_of_a_constant_is_zero",),
)
def polynomial_derivative_empty(coefficients):
    """For a constant your function returns an empty list. A flat line has a slope, and it is 0: one coefficient."""
    return [power * coefficients[power] for power in range(1, len(coefficients))]


@misconception(
    "polynomial_derivative",
    "drops zeros",
    lesson=POWERS,
    loses=("test_polynomial_derivative_keeps_zeros",),
)
def polynomial_derivative_without_zeros(coefficients):
    """Your result loses coefficients that are 0. They hold the place of their power; keep them, so that the result is
    always one shorter than the input."""
    derivative = [power * coefficients[power] for power in range(1, len(coefficients)) if coefficients[power] != 0]
    return derivative or [0.0]


@misconception(
    "symbolic_derivative",
    "always differentiates by x",
    lesson=FORMULAS,
    loses=("test_symbolic_derivative_differentiates_by_the_given_variable",),
)
def symbolic_derivative_by_x(expression, variable):
    """Your function differentiates by a symbol x of its own making. The caller says which variable counts; use that
    one, whatever its name."""
    return sp.diff(expression, sp.Symbol("x"))


@misconception(
    "symbolic_derivative",
    "leaves out the variable",
    lesson=FORMULAS,
    loses=("test_symbolic_derivative_differentiates_by_the_given_variable",),
)
def symbolic_derivative_without_variable(expression, variable):
    """Without a variable SymPy can only guess, and with several symbols it refuses. Say by which one to
    differentiate."""
    return sp.diff(expression)


@misconception(
    "symbolic_derivative",
    "differentiates twice",
    lesson=FORMULAS,
    loses=("test_symbolic_derivative_of_the_bowl", "test_symbolic_derivative_knows_every_rule"),
)
def symbolic_derivative_twice(expression, variable):
    """This is the derivative of the derivative: it says how the slope changes, not how steep the curve is. Once is
    enough."""
    return sp.diff(sp.diff(expression, variable), variable)


@misconception(
    "symbolic_derivative",
    "turns the sign",
    lesson=FORMULAS,
    loses=("test_symbolic_derivative_of_the_bowl", "test_symbolic_derivative_knows_every_rule"),
)
def symbolic_derivative_turned_round(expression, variable):
    """Your formula is the derivative with the opposite sign. The derivative itself points uphill; a minus sign belongs
    to the descent that uses it, not in here."""
    return -sp.diff(expression, variable)


@misconception(
    "derivative_function",
    "returns f for f'",
    lesson=FORMULAS,
    loses=("test_derivative_function_of_the_bowl", "test_derivative_function_computes_the_slope"),
)
def derivative_function_of_the_values(expression, variable):
    """Your function gives the height, not the slope. Differentiate the formula before you turn it into a function."""
    value = sp.lambdify(variable, expression, "numpy")
    return lambda x: value(x) + 0.0 * x


@misconception(
    "derivative_function",
    "answers a constant once",
    lesson=FORMULAS,
    loses=("test_derivative_function_spreads_a_constant_slope",),
)
def derivative_function_collapsing(expression, variable):
    """Where the slope is the same everywhere, its formula holds no variable, and your function answers with one number
    even for an array. It must answer for every place it was asked about."""
    return sp.lambdify(variable, sp.diff(expression, variable), "numpy")


@misconception(
    "derivative_function",
    "takes one number at a time",
    lesson=FORMULAS,
    loses=("test_derivative_function_of_the_bowl", "test_derivative_function_takes_arrays_of_any_shape"),
)
def derivative_function_by_substitution(expression, variable):
    """Your function puts one number at a time into the formula, so an array is too much for it. `sp.lambdify` makes a
    function that takes both."""
    derivative = sp.diff(expression, variable)
    return lambda x: float(derivative.subs(variable, x))


@misconception(
    "derivative_function",
    "returns a formula, not a function",
    lesson=FORMULAS,
    loses=("test_derivative_function_of_the_bowl", "test_derivative_function_computes_the_slope"),
)
def derivative_function_as_formula(expression, variable):
    """You return the formula of the derivative. A formula can be read but not called; turn it into a function with
    `sp.lambdify`."""
    return sp.diff(expression, variable)


@misconception(
    "derivative_function",
    "measures instead of differentiating",
    lesson=FORMULAS,
    loses=("test_derivative_function_computes_the_slope",),
)
def derivative_function_measured(expression, variable):
    """You measure the slope with a small step, which is wrong from the fifth digit on where the curve bends sharply.
    SymPy knows the derivative exactly; turn that into a function."""
    value = sp.lambdify(variable, expression, "numpy")
    return lambda x: (value(x + 1e-5) - value(x - 1e-5)) / 2e-5 + np.zeros(np.shape(x))


@misconception(
    "derivative_function",
    "differentiates twice",
    lesson=FORMULAS,
    loses=("test_derivative_function_of_the_bowl", "test_derivative_function_computes_the_slope"),
)
def derivative_function_twice(expression, variable):
    """Your function says how the slope changes, not how steep the curve is: it evaluates the derivative of the
    derivative. Once is enough."""
    curvature = sp.lambdify(variable, sp.diff(expression, variable, 2), "numpy")
    return lambda x: curvature(x) + np.zeros(np.shape(x))
