"""Public checks of exercise 9, image gradients: run them with `pytest exercises/09_image_gradients`.

They do not try bytes, square or very small images, arrows straight along an axis, images that are flat, or a
magnitude that is equal to the threshold.
"""

import numpy as np
import pytest

from grader.expect import expect

y, x = np.mgrid[0:3, 0:4]  # the row and the column of each pixel of a small image


@pytest.mark.points(1)
@pytest.mark.hint(
    "How much brighter is the next pixel to the right, how much the next one downwards?",
    "`image[row, column]`: to go right is to go along axis 1, to go down is to go along axis 0.",
    "First `gx`, along the columns, then `gy`, along the rows, both as large as the image.",
)
def test_image_gradients_of_a_plane(submission):
    """`image_gradients` of a plane that rises by 2 to the right and by 5 downwards are 2 and 5 at every pixel."""
    got = submission.image_gradients(2.0 * x + 5.0 * y)
    right = np.full((3, 4), 2.0), np.full((3, 4), 5.0)
    gx, gy = expect(got).pair("gx and gy", *right)
    expect(gx, because="The first is gx.").array(right[0], shape="(height, width)")
    expect(gy, because="The second is gy.").array(right[1], shape="(height, width)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Inside, take the neighbours on either side. How many pixels apart are they?",
    "At the border only one neighbour is left, and it is one pixel away.",
    "Half the difference of the two neighbours inside, the whole difference of the two outermost pixels at the border.",
)
def test_image_gradients_inside_and_at_the_border(submission):
    """`image_gradients` of rows with 0, 1, 4, 9 are gx = 1, 2, 4, 5 in each row, and gy = 0."""
    got = submission.image_gradients(1.0 * x**2)
    right = np.tile([1.0, 2.0, 4.0, 5.0], (3, 1)), np.zeros((3, 4))
    gx, gy = expect(got).pair("gx and gy", *right)
    expect(gx, because="The first is gx.").array(right[0], shape="(height, width)")
    expect(gy, because="The second is gy.").array(right[1], shape="(height, width)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "The two slopes are the legs of a right triangle.",
    "Pythagoras: add the squares of gx and gy, then take the root.",
)
def test_gradient_magnitude_of_a_plane(submission):
    """`gradient_magnitude` of a plane that rises by 3 to the right and by 4 downwards is 5 at every pixel."""
    expect(submission.gradient_magnitude(3.0 * x + 4.0 * y)).array(np.full((3, 4), 5.0), shape="(height, width)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "The angle is that of the arrow (gx, gy), in radians.",
    "NumPy has a function that knows all directions: `np.arctan2`. Look up which of the two slopes it wants first.",
    "Down is the direction of growing rows, so there gy is positive, and the angle too.",
)
def test_gradient_direction_of_two_planes(submission):
    """`gradient_direction` is π/4 where the image gets brighter to the lower right, 3π/4 to the lower left."""
    for image, turns in ((1.0 * x + y, 0.25), (1.0 * y - x, 0.75)):
        got = submission.gradient_direction(image)
        expect(got).array(np.full((3, 4), turns * np.pi), shape="(height, width)")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "An edge is where the magnitude of the gradient is above the threshold.",
    "Compare the array of magnitudes with the threshold; the comparison gives True and False for each pixel.",
)
def test_edges_of_a_step(submission):
    """`edges` marks the two columns in the middle at threshold 3, where two columns with 0 meet two with 8."""
    expected = np.tile([False, True, True, False], (3, 1))
    expect(submission.edges(8.0 * (x > 1), threshold=3)).mask(expected, shape="(height, width)")
