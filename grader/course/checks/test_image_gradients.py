"""Hidden checks of exercise 9, image gradients: its contract, one sentence each.

The slopes are known from products with a matrix of differences. Pixels are whole numbers or eighths of whole numbers,
or these times a power of 2, so differences and their halves are exact in floats, in whichever order they are taken: flat
is exactly flat, and all that is ever rounded is a root or an angle, by a few eps. Where pixels are any floats, below 25,
a slope is rounded by a few eps. The default tolerances are far beyond that.
"""

import numpy as np
import pytest

from grader.expect import expect, repeated

pytestmark = pytest.mark.batched  # the answers to calls are handed to `expect`, and to nothing else

SHAPE = "(height, width)"
PAIR = "(height, width) for each of the two"
AGAIN = "A second call with the same image must give the same answer."


def differences(n):
    """Return the matrix that turns n values in a row into their n differences."""
    matrix = (np.eye(n, k=1) - np.eye(n, k=-1)) / 2
    matrix[0, :2] = matrix[-1, -2:] = -1.0, 1.0
    return matrix


def slopes(image):
    """Return gx and gy of an image as one array of shape (2, height, width)."""
    height, width = image.shape
    return np.stack([image @ differences(width).T, differences(height) @ image])


def speckles(rng, height, width):
    """Return an image without any pattern: positive and negative floats, all of them eighths of whole numbers."""
    return rng.integers(-99, 100, size=(height, width)) / 8


def photo(rng, height, width):
    """Return an image without any pattern: bytes, as a camera stores them."""
    return rng.integers(0, 256, size=(height, width), dtype=np.uint8)


def all_scales(rng):
    """Return five small images, of brightnesses from 2**-80 to 2**20, and what may be rounded of each; the last of no short floats."""
    scales = np.array([1, 2.0**20, 2.0**-20, 2.0**-80]).reshape(4, 1, 1)
    images = scales * rng.integers(-99, 100, size=(4, 4, 3)) / 8
    return np.concatenate([images, rng.uniform(1, 2) * images[:1]]), 1e-11 * np.concatenate([scales, [[[1.0]]]])


def all_sizes(rng):
    """Return the smallest image, a square one, one of hundreds of rows, one of hundreds of columns."""
    return [speckles(rng, height, width) for height, width in ((2, 2), (6, 6), (270, 4), (4, 270))]


def counts(rng, *kinds):
    """Yield images of integers of each of the types, over all that it holds, but less than 2**40."""
    for kind in kinds or (np.int8, np.int16, np.uint16, np.int32, np.int64):
        least, most = max(np.iinfo(kind).min, -(2**40)), min(np.iinfo(kind).max, 2**40)
        yield rng.integers(least, most, size=(4, 5), dtype=kind, endpoint=True)


def close_by(rng):
    """Return an image, one that differs in the seventh digits, and the first again, as one array.

    The pixels are whole to begin with. The changes are lost where they are rounded to six digits or fewer, or cut off;
    the first pixel and the sum stay.
    """
    first, little = 1.0 * rng.integers(-99, 100, size=(4, 6)), np.zeros((4, 6))
    places = [1, 1, 2], [2, 4, 3]
    first[places], little[places] = rng.integers(5, 50, 3) * [1, 1, -1], 2.0**-22 * np.array([1, 1, -2])
    return np.array([first, first + little, first])


def every(images, function):
    """Return what `function` makes of each of the images, as one array."""
    return np.array([function(image) for image in images])


def lengths(image):
    return np.linalg.norm(slopes(image), axis=0)


def expect_directions(got, image):
    """Expect at each pixel that is not flat the direction of its gradient; -π and π are the same. It may be many images."""
    arrows = np.moveaxis(every(image, slopes), 1, 0) if image.ndim == 3 else slopes(image)
    sizes = np.linalg.norm(arrows, axis=0)
    # Nearer to an axis than 3e-3, but not on it, the difference of a length and a slope, of which half the angle can be
    # made, loses more than five digits: such pixels are left out.
    least, most = np.sort(np.abs(arrows), axis=0)
    steep = (sizes > 0) & ((least == 0) | (least > 3e-3 * most))
    angles = expect(got).numbers(image.shape, shape=SHAPE)[steep]
    # π may come out rounded up. An angle that is off by d moves its unit arrow by d. An arc cosine divides eps by the
    # angle, so it is right to 1e-13, and half the angle made of a difference to 1e-10.
    expect(got).that((np.abs(angles) <= np.pi + 1e-9).all(), "Some angles lie outside -π to π.")
    off = np.stack([np.cos(angles), np.sin(angles)]) - arrows[:, steep] / sizes[steep]
    expect(got).that((np.abs(off) <= 1e-9).all(), "Some angles are not those of the arrows (gx, gy).")


def threshold_between(image):
    """Return a threshold in the widest gap between the magnitudes that are neither small nor large, just below its upper end."""
    magnitudes = np.sort(lengths(image), axis=None)
    middle = magnitudes[magnitudes.size // 5 : magnitudes.size - magnitudes.size // 5]
    gap = int(np.argmax(np.diff(middle)))
    return float(0.001 * middle[gap] + 0.999 * middle[gap + 1])


def edges_of(image, threshold):
    """Return the mask of the pixels whose gradient is longer than `threshold`."""
    return lengths(image) > threshold


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "The neighbours on either side are two pixels apart: is the difference divided by 2?",
    "For gx take the pixels to the left and to the right in the same row, for gy those above and below in the same column, no others.",
    "The sign: positive where brightness grows to the right (gx) or downwards (gy). And gx comes first.",
)
def test_image_gradients_take_central_differences_inside(submission, rng):
    """`image_gradients` inside the image are half the difference of the neighbours on either side."""
    image = speckles(rng, 6, 9)
    got = expect(submission.image_gradients(image=image)).numbers((2, 6, 9), shape=PAIR)
    gx, gy = slopes(image)
    expect(got[0][:, 1:-1], because="This is gx, inside.").array(gx[:, 1:-1], shape=SHAPE)
    expect(got[1][1:-1], because="This is gy, inside.").array(gy[1:-1], shape=SHAPE)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "At the border one neighbour is missing. Which two pixels are left, and how far apart are they?",
    "Beyond the border there is nothing: no zeros, no copy of the last pixel, and not the opposite side of the image.",
    "The difference of the two outermost pixels, not halved, at all four borders.",
)
def test_image_gradients_take_the_outermost_difference_at_the_border(submission, rng):
    """`image_gradients` at the border are the difference of the two outermost values."""
    image = speckles(rng, 7, 5)
    got = expect(submission.image_gradients(image)).numbers((2, 7, 5), shape=PAIR)
    gx, gy = slopes(image)
    expect(got[0][:, [0, -1]], because="This is gx, at the left and right border.").array(gx[:, [0, -1]], shape=SHAPE)
    expect(got[1][[0, -1]], because="This is gy, at the upper and lower border.").array(gy[[0, -1]], shape=SHAPE)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Try an image of 2 by 2 pixels: all of it is border.",
    "Try wide images and tall ones: is the height used where the width is meant?",
)
def test_image_gradients_of_any_size_down_to_2_by_2(submission, rng):
    """`image_gradients` work for square, wide and tall images, also with two or three rows or columns."""
    small = [speckles(rng, height, width) for height, width in ((2, 7), (6, 2), (3, 3))]
    for image in (*small, *all_sizes(rng)):
        expect(submission.image_gradients(image)).array(slopes(image), shape=PAIR)
    images, atol = all_scales(rng)
    got = submission.image_gradients(submission.each(images))
    expect(got).array(every(images, slopes), atol=atol[:, None], shape=PAIR)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "What is 3 - 5 in an image of bytes (uint8)? Try `np.array([3], np.uint8) - np.array([5], np.uint8)`.",
    "An array of integers has no room for halves, and one made with `zeros_like` of integers has none either.",
    "Turn the image into floats before you subtract anything.",
)
def test_image_gradients_of_whole_numbers(submission, rng):
    """`image_gradients` of integers of any type, bytes too, are those of the same numbers as floats."""
    unsigned, signed = (np.uint8, np.uint16, np.uint32, np.uint64), (np.int8, np.int16, np.int32, np.int64)
    for image in counts(rng, *unsigned, *signed):
        expect(submission.image_gradients(image)).array(slopes(image.astype(float)), shape=PAIR)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Call your function with an image, then with another one of its size, then with the first again.",
    "`-=`, `/=` and assignments to parts of `image` change the caller's own array; `np.asarray` does not always copy.",
    "Write into new arrays, made in each call, or begin with a copy.",
)
def test_image_gradients_give_the_same_answer_again(submission, rng):
    """`image_gradients` of the same image are the same again, whatever images came in between."""
    # Even integers, small ones: who forgets to turn them into floats loses nothing here.
    first, second = speckles(rng, 4, 6), 2 * rng.integers(-99, 100, size=(4, 6))
    for image, because in repeated((first, second, first, second.reshape(6, 4)), AGAIN):
        expect(submission.image_gradients(image), because=because).array(slopes(image), shape=PAIR)
    images = close_by(rng)
    got = submission.image_gradients(submission.each(images))
    # Slopes below 100 are right to some eps; the changes show by 1e-7.
    expect(got).array(every(images, slopes), rtol=0, atol=1e-11, shape=PAIR)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Compare with a pixel of which you know gx and gy: 3 and -4 give 5.",
    "The root of the sum of the two squares, at each pixel by itself, neither scaled nor rounded.",
)
def test_gradient_magnitude_is_the_length_of_the_gradient(submission, rng):
    """`gradient_magnitude` is the root of gx**2 + gy**2 at each pixel, inside and at the border."""
    for image in all_sizes(rng):
        expect(submission.gradient_magnitude(image=image)).array(lengths(image), shape=SHAPE)
    images = close_by(rng)
    got = submission.gradient_magnitude(submission.each(images))
    # As the slopes: right to some eps of 100.
    expect(got).array(every(images, lengths), rtol=0, atol=1e-11, shape=SHAPE)
    other = images[0].reshape(6, 4)  # the same numbers in another shape
    expect(submission.gradient_magnitude(other)).array(lengths(other), shape=SHAPE)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "What does a flat image give? And an image with a millionth of the brightness?",
    "Add nothing under the root and do not divide: 0 where both slopes are 0, and twice the brightness, twice the magnitude.",
)
def test_gradient_magnitude_keeps_faint_slopes_and_is_0_where_flat(submission, rng):
    """`gradient_magnitude` grows and shrinks with the brightness, and is 0 where the image is flat."""
    flat = np.full((3, 2), float(rng.integers(1, 99)))
    expect(submission.gradient_magnitude(flat)).array(np.zeros((3, 2)), shape=SHAPE)
    images, atol = all_scales(rng)
    got = submission.gradient_magnitude(submission.each(images))
    expect(got).array(every(images, lengths), atol=atol, shape=SHAPE)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Bytes wrap around, in differences and in squares. Where does your function turn the image into floats?",
    "`np.asarray(image, dtype=float)` turns bytes into floats, and does not touch the image itself.",
)
def test_gradient_magnitude_reads_bytes_and_floats(submission, rng):
    """`gradient_magnitude` takes bytes (uint8) for the numbers that they are, and floats too."""
    for image in (photo(rng, 5, 6), speckles(rng, 5, 6), *counts(rng)):
        expect(submission.gradient_magnitude(image)).array(lengths(image.astype(float)), shape=SHAPE)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Draw the arrow (gx, gy) for each combination of signs. Is your angle in the same quadrant?",
    "The quotient gy / gx is the same for an arrow and its opposite; `np.arctan2` takes both slopes, gy first.",
    "Radians, from -π to π; rows run downwards, so an arrow that points down has a positive angle.",
)
def test_gradient_direction_points_to_all_four_quadrants(submission, rng):
    """`gradient_direction` is the angle of the arrow (gx, gy), whatever the signs of its coordinates."""
    y, x = np.indices((5, 4))
    # Whole numbers, so the plane is exact: every pixel has the same arrow.
    right, down = (int(number) for number in rng.integers(1, 20, size=2))
    signs = ((right, down), (-right, down), (-right, -down), (right, -down), (right, 0))
    planes = np.array([1.0 * gx * x + gy * y for gx, gy in signs])
    for images in (planes, all_scales(rng)[0], close_by(rng)):
        expect_directions(submission.gradient_direction(submission.each(images)), images)
    for image in (*all_sizes(rng), images[0].reshape(6, 4)):
        expect_directions(submission.gradient_direction(image=image), image)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "What comes out where gx is 0, where gy is 0, and where both are?",
    "Do not divide at all, or deal with zero first. On flat ground any angle will do, but it must be a number.",
)
def test_gradient_direction_along_the_axes_and_where_flat(submission, rng):
    """`gradient_direction` is right for arrows straight to the right, left, up and down, and finite where flat."""
    # A hill with a flat top on flat ground: its four sides point to the middle, along the axes.
    hill = np.pad(np.full((3, 3), float(rng.integers(1, 99))), 2)
    for image in (hill, -hill, hill * 2.0**-80, np.zeros((2, 3))):
        expect_directions(submission.gradient_direction(image), image)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Bytes wrap around: 3 - 5 is 254. Where does your function turn the image into floats?",
    "`np.asarray(image, dtype=float)` turns bytes into floats, and does not touch the image itself.",
)
def test_gradient_direction_reads_bytes_and_floats(submission, rng):
    """`gradient_direction` takes bytes (uint8) for the numbers that they are, and floats too."""
    for image in (photo(rng, 5, 6), speckles(rng, 2, 6), *counts(rng)):
        expect_directions(submission.gradient_direction(image), image.astype(float))


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Make an image whose magnitude you know, and set the threshold to exactly that: is it an edge?",
    "Strictly above: a magnitude that equals the threshold is not marked. On flat ground, not even at threshold 0.",
    "Dark to bright and bright to dark, across and downwards: all are edges alike. And the threshold counts as it is, fractions too.",
)
def test_edges_are_strictly_above_the_threshold(submission, rng):
    """`edges` are the pixels whose magnitude is above the threshold, not those where it is equal."""
    # Steps of 0, 0, k, k, 2k, 2k make these slopes, exactly. They are faint, so a threshold of 0 is no other small number.
    k = int(rng.integers(3, 40)) / 1024
    sizes = k * np.array([0.0, 0.0, 0.5, 1.0, 1.5, 2.0, 2.0])
    row = np.cumsum([0.0, 0.0, 0.0, k, k, 2 * k, 2 * k])
    # Across and downwards. A root and a square undo each other exactly, so these magnitudes have no rounding error.
    steps = np.array([np.tile(row, (7, 1)), np.tile(-row[:, None], (1, 7))])
    for threshold in (0, k, k * (1 - 1e-12), k * (1 + 1e-12), 1.5 * k, 2 * k):
        mask = np.tile(sizes > threshold, (7, 1))
        expect(submission.edges(submission.each(steps), threshold)).mask([mask, mask.T], shape=SHAPE)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Which number do you compare with the threshold? It should be the length of the gradient.",
    "No single slope, no sum of slopes, no square: the magnitude itself, as `gradient_magnitude` gives it.",
)
def test_edges_go_by_the_length_of_the_gradient(submission, rng):
    """`edges` compares the threshold with the magnitude, for slopes in any direction, inside and at the border."""
    for image in (*all_sizes(rng), 2.0**-80 * speckles(rng, 4, 3), 2.0**20 * speckles(rng, 4, 3)):
        threshold = threshold_between(image)
        expect(submission.edges(image, threshold)).mask(edges_of(image, threshold), shape=SHAPE)
    # A threshold that parts an image from one that is almost the same, and the same for its pixels in another order.
    first, second, _ = close_by(rng)
    both = np.array([lengths(first), lengths(second)]).reshape(2, -1)
    level = float(both[:, np.argmax(np.abs(both[0] - both[1]))].mean())
    for image, threshold in (
        (first, level),
        (second, level),
        (first[::-1, ::-1].copy(), level),
        (first, threshold_between(first)),
        (first, level),
    ):
        expect(submission.edges(image, threshold)).mask(edges_of(image, threshold), shape=SHAPE)


@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Bytes wrap around, in differences and in squares. Where does your function turn the image into floats?",
    "`np.asarray(image, dtype=float)` turns bytes into floats, and does not touch the image itself.",
)
def test_edges_reads_bytes_and_floats(submission, rng):
    """`edges` takes bytes (uint8) for the numbers that they are, and floats too."""
    for image in (photo(rng, 8, 6), speckles(rng, 8, 6), *counts(rng)):
        numbers = image.astype(float)
        threshold = threshold_between(numbers)
        expect(submission.edges(image=image, threshold=threshold)).mask(edges_of(numbers, threshold), shape=SHAPE)
