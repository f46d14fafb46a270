"""Public checks of exercise 3, starting values: run them with `pytest exercises/03_starting_values`.

They do not try arrays, most of the landscape, other learning rates and numbers of epochs, a single start, matrices
that are not diagonal or not 2 by 2, or curvatures that are almost zero.
"""

import math

import pytest

from grader.expect import expect

INNER, OUTER = 0.475802451024221, 1.425067414826198  # the valleys to the right of 0, where π sin(2πx) = x


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "A wave and a parabola are added. How high is each of them at 0?",
    "One wave is 1 long: at 0.25 the cosine is 0, at 0.5 it is -1.",
    "The cosine's angle is 2π times x; `np.cos` and `np.pi` are all you need.",
)
def test_objective_at_known_places(submission):
    """`objective` is 1 at 0, 0.0625 at 0.25 and -0.75 at 0.5."""
    for place, height in ((0.0, 1.0), (0.25, 0.0625), (0.5, -0.75)):
        expect(submission.objective(place)).number(height)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Differentiate the wave and the parabola one after the other, and add.",
    "The wave has something inside: by the chain rule the derivative of 2πx is a factor.",
    "At 0.5 the wave is level, at its lowest; so the slope there is that of the parabola alone.",
)
def test_slope_at_known_places(submission):
    """`slope` is 0 at 0, -2π + 0.5 at 0.25 and 1 at 0.5."""
    for place, steepness in ((0.0, 0.0), (0.25, 0.5 - 2 * math.pi), (0.5, 1.0)):
        expect(submission.slope(place)).number(steepness)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "The update rule is that of exercise 2, with the slope of this landscape.",
    "Only the last point counts: return one number, no path.",
    "Each of the `epochs` updates subtracts, from where you stand, the learning rate times the slope there.",
)
def test_descend_rolls_into_the_first_valley(submission):
    """`descend` ends at 1.425067 when it starts at 2.0, and at 0.475802 when it starts at 0.3."""
    # Near a valley each update leaves at most |1 - 0.01 * 37| of the distance, so after 150 none is left.
    expect(submission.descend(2.0)).number(OUTER)
    expect(submission.descend(0.3)).number(INNER)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "How steep is the ground at the very top of a hill? How long is the step there?",
    "Do not help the walk along: no random nudge, and no other start than the one given.",
)
@pytest.mark.depends("test_descend_rolls_into_the_first_valley")
def test_descend_stays_on_the_hilltop(submission):
    """`descend` stays at 0.0 when it starts at exactly 0.0, where the slope is zero."""
    expect(submission.descend(0.0)).number(0.0)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Walk from each start to its end. Which of the ends is the lowest?",
    "Return two things, in this order: where the lowest end is, and how high it is.",
    "`min` takes a `key`: it can compare places by their height.",
)
def test_best_of_restarts_finds_the_deepest_valley(submission):
    """`best_of_restarts` from 2.0, 0.9 and -1.8 ends lowest at 0.475802, with a height of -0.762077."""
    got = submission.best_of_restarts([2.0, 0.9, -1.8])
    place, height = expect(got).pair("x and f(x)", INNER, -0.762076545259931)
    expect(place, because="The first is the place, x.").number(INNER)
    expect(height, because="The second is the height there.").number(-0.762076545259931)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "A number on the diagonal is the curvature along that axis: up if positive, down if negative.",
    "NumPy finds the eigenvalues of a symmetric matrix: `np.linalg.eigvalsh`. Ask for zeros among them first.",
    "All positive, all negative, or some of each? Return one of the four words.",
)
def test_classify_critical_point_along_the_axes(submission):
    """`classify_critical_point` knows x² + 2y² (minimum), its negative (maximum), x² - 2y² (saddle) and x² (degenerate)."""
    for first, second, kind in ((2, 4, "minimum"), (-2, -4, "maximum"), (2, -4, "saddle"), (2, 0, "degenerate")):
        expect(submission.classify_critical_point([[first, 0], [0, second]])).text(kind)
