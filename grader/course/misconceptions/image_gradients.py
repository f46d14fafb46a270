"""What goes wrong in exercise 9, image gradients."""

import numpy as np

from grader.misconceptions import misconception

AXES = "lessons/image_gradients/#rows-and-columns"
DIFFERENCES = "lessons/image_gradients/#central-differences"
BORDER = "lessons/image_gradients/#the-border"
BYTES = "lessons/image_gradients/#bytes"
ARROW = "lessons/image_gradients/#magnitude-and-direction"
EDGES = "lessons/image_gradients/#edges"

PLANE = "test_image_gradients_of_a_plane"
PARABOLA = "test_image_gradients_inside_and_at_the_border"
INSIDE = "test_image_gradients_take_central_differences_inside"
OUTERMOST = "test_image_gradients_take_the_outermost_difference_at_the_border"
SIZES = "test_image_gradients_of_any_size_down_to_2_by_2"
WHOLE = "test_image_gradients_of_whole_numbers"


@misconception("image_gradients", "rows first", lesson=AXES, loses=(PLANE, PARABOLA, INSIDE, OUTERMOST, SIZES))
def image_gradients_rows_first(image):
    """You return the slopes along the rows first, as `np.gradient` does: rows are its axis 0. Here gx, along the
    columns, comes first."""
    pixels = np.array(image, dtype=float)
    along_rows, along_columns = np.gradient(pixels)
    return along_rows, along_columns


@misconception("image_gradients", "does not halve", lesson=DIFFERENCES, loses=(PLANE, PARABOLA, INSIDE))
def image_gradients_not_halved(image):
    """You subtract the neighbours on either side and leave it at that. They are two pixels apart, so the slope per
    pixel is half their difference."""
    gy, gx = np.gradient(np.array(image, dtype=float))
    gx[:, 1:-1] *= 2
    gy[1:-1, :] *= 2
    return gx, gy


@misconception("image_gradients", "halves at the border too", lesson=BORDER, loses=(PLANE, PARABOLA, OUTERMOST, SIZES))
def image_gradients_halved_at_the_border(image):
    """You halve the differences at the border too, as if the last pixel were repeated beyond it. The two outermost
    pixels are only one pixel apart: take their whole difference."""
    padded = np.pad(np.array(image, dtype=float), 1, mode="edge")
    return (padded[1:-1, 2:] - padded[1:-1, :-2]) / 2, (padded[2:, 1:-1] - padded[:-2, 1:-1]) / 2


@misconception("image_gradients", "leaves the border at 0", lesson=BORDER, loses=(PLANE, PARABOLA, OUTERMOST, SIZES))
def image_gradients_zero_at_the_border(image):
    """Your slopes at the border are 0, because you fill only the inside. At the border take the difference of the two
    outermost pixels."""
    pixels = np.array(image, dtype=float)
    gx, gy = np.zeros(pixels.shape), np.zeros(pixels.shape)
    gx[:, 1:-1] = (pixels[:, 2:] - pixels[:, :-2]) / 2
    gy[1:-1, :] = (pixels[2:, :] - pixels[:-2, :]) / 2
    return gx, gy


@misconception(
    "image_gradients", "leaves a frame at 0", lesson=BORDER, loses=(PLANE, PARABOLA, INSIDE, OUTERMOST, SIZES)
)
def image_gradients_zero_in_a_frame(image):
    """You fill only the pixels that have neighbours on all four sides, and leave a frame of zeros. In the top row there
    still are neighbours to the left and to the right; and where one is missing, take the two outermost pixels."""
    pixels = np.array(image, dtype=float)
    gx, gy = np.zeros(pixels.shape), np.zeros(pixels.shape)
    gx[1:-1, 1:-1] = (pixels[1:-1, 2:] - pixels[1:-1, :-2]) / 2
    gy[1:-1, 1:-1] = (pixels[2:, 1:-1] - pixels[:-2, 1:-1]) / 2
    return gx, gy


@misconception("image_gradients", "wraps around", lesson=BORDER, loses=(PLANE, PARABOLA, OUTERMOST, SIZES))
def image_gradients_wrapped(image):
    """At the border you use the pixels of the opposite side, as `np.roll` and the index -1 do. The left border is no
    neighbour of the right one: at the border take the difference of the two outermost pixels."""
    pixels = np.array(image, dtype=float)
    gx = (np.roll(pixels, -1, axis=1) - np.roll(pixels, 1, axis=1)) / 2
    gy = (np.roll(pixels, -1, axis=0) - np.roll(pixels, 1, axis=0)) / 2
    return gx, gy


@misconception(
    "image_gradients", "sees black beyond the border", lesson=BORDER, loses=(PLANE, PARABOLA, OUTERMOST, SIZES)
)
def image_gradients_with_black_around(image):
    """You put zeros around the image, and they count as black pixels: bright borders become steep. Beyond the border
    there is nothing; take the difference of the two outermost pixels."""
    padded = np.pad(np.array(image, dtype=float), 1)
    return (padded[1:-1, 2:] - padded[1:-1, :-2]) / 2, (padded[2:, 1:-1] - padded[:-2, 1:-1]) / 2


@misconception(
    "image_gradients", "leaves the border out", lesson=BORDER, loses=(PLANE, PARABOLA, INSIDE, OUTERMOST, SIZES)
)
def image_gradients_without_border(image):
    """Your arrays are smaller than the image: the slopes at the border are missing. Make arrays of the image's shape,
    and at the border take the difference of the two outermost pixels."""
    pixels = np.array(image, dtype=float)
    return (pixels[1:-1, 2:] - pixels[1:-1, :-2]) / 2, (pixels[2:, 1:-1] - pixels[:-2, 1:-1]) / 2


@misconception("image_gradients", "looks forward only", lesson=DIFFERENCES, loses=(PARABOLA, INSIDE))
def image_gradients_forward(image):
    """You compare each pixel with the next one. That is the slope half a pixel further on; inside, take the neighbours
    on both sides, so that the slope belongs to the pixel itself."""
    pixels = np.array(image, dtype=float)
    gx, gy = np.diff(pixels, axis=1), np.diff(pixels, axis=0)
    return np.column_stack([gx, gx[:, -1]]), np.vstack([gy, gy[-1]])


@misconception("image_gradients", "looks back only", lesson=DIFFERENCES, loses=(PARABOLA, INSIDE))
def image_gradients_backward(image):
    """You compare each pixel with the one before. That is the slope half a pixel earlier; inside, take the neighbours
    on both sides, so that the slope belongs to the pixel itself."""
    pixels = np.array(image, dtype=float)
    gx, gy = np.diff(pixels, axis=1), np.diff(pixels, axis=0)
    return np.column_stack([gx[:, 0], gx]), np.vstack([gy[0], gy])


@misconception("image_gradients", "turns the rows upwards", lesson=AXES, loses=(PLANE, INSIDE, OUTERMOST, SIZES))
def image_gradients_upwards(image):
    """Your gy has the wrong sign: you take up as positive, as in a diagram. The rows of an image run downwards, so gy
    is positive where the next row is brighter."""
    gy, gx = np.gradient(np.array(image, dtype=float))
    return gx, -gy


@misconception(
    "image_gradients", "subtracts the wrong way round", lesson=DIFFERENCES, loses=(PLANE, PARABOLA, INSIDE, OUTERMOST)
)
def image_gradients_reversed(image):
    """All your slopes have the wrong sign. The slope is positive where brightness grows: the next pixel minus the pixel
    before."""
    gy, gx = np.gradient(np.array(image, dtype=float))
    return -gx, -gy


@misconception("image_gradients", "forgets the sign", lesson=DIFFERENCES, loses=(INSIDE, OUTERMOST, SIZES))
def image_gradients_without_sign(image):
    """You return how much brightness changes, not whether it rises or falls. The sign tells which side is the brighter
    one: keep it."""
    gy, gx = np.gradient(np.array(image, dtype=float))
    return np.abs(gx), np.abs(gy)


@misconception("image_gradients", "averages over the rows beside", lesson=DIFFERENCES, loses=(INSIDE, OUTERMOST, SIZES))
def image_gradients_by_sobel(image):
    """Yours are Sobel's slopes, which also average over the rows and columns beside the pixel. That calms noise, but it
    is another formula: here only the two neighbours in a line count."""
    gy, gx = np.gradient(np.array(image, dtype=float))
    high, wide = np.pad(gx, ((1, 1), (0, 0)), mode="edge"), np.pad(gy, ((0, 0), (1, 1)), mode="edge")
    return (high[:-2] + 2 * gx + high[2:]) / 4, (wide[:, :-2] + 2 * gy + wide[:, 2:]) / 4


@misconception("image_gradients", "subtracts bytes", lesson=BYTES, loses=(WHOLE,))
def image_gradients_of_bytes(image):
    """You subtract integers of the image's own type. Bytes wrap around, 3 - 5 is 254: turn the image into floats
    first."""
    before, after = [[np.clip(np.arange(n) + k, 0, n - 1) for n in image.shape] for k in (-1, 1)]
    gx = (image[:, after[1]] - image[:, before[1]]) / (after[1] - before[1])
    gy = (image[after[0]] - image[before[0]]) / (after[0] - before[0])[:, None]
    return gx, gy


@misconception("image_gradients", "cuts halves off", lesson=BYTES, loses=(WHOLE,))
def image_gradients_in_whole_numbers(image):
    """From an image of integers you get whole slopes, as in arrays that take over its type. Half a difference is often
    not a whole number: make arrays of floats."""
    kind = float if image.dtype.kind == "f" else int
    gy, gx = np.gradient(np.array(image, dtype=float))
    return gx.astype(kind), gy.astype(kind)


@misconception(
    "image_gradients", "changes the caller's image", lesson=BYTES, loses=("test_image_gradients_of_a_plane",)
)
def image_gradients_in_place(image):
    """You change the caller's image: `np.asarray` makes no copy of one that holds floats already. Make
    a copy, or write into arrays of your own."""
    pixels = np.asarray(image, dtype=float)
    pixels /= 2
    gy, gx = np.gradient(pixels)
    return 2 * gx, 2 * gy


LENGTH = "test_gradient_magnitude_is_the_length_of_the_gradient"
FAINT = "test_gradient_magnitude_keeps_faint_slopes_and_is_0_where_flat"
SLOPE = "test_gradient_magnitude_of_a_plane"
BYTES_OF_MAGNITUDE = "test_gradient_magnitude_reads_bytes_and_floats"


@misconception("gradient_magnitude", "takes no root", lesson=ARROW, loses=(SLOPE, LENGTH, FAINT))
def gradient_magnitude_squared(image):
    """You return the square of the magnitude: 25 for slopes 3 and 4. Take the root of the sum."""
    gy, gx = np.gradient(np.array(image, dtype=float))
    return gx**2 + gy**2


@misconception("gradient_magnitude", "adds the slopes up", lesson=ARROW, loses=(SLOPE, LENGTH, FAINT))
def gradient_magnitude_of_sums(image):
    """You add the sizes of the two slopes: 7 for 3 and 4. That is the way around the corner; the straight way is the
    root of the sum of the squares."""
    gy, gx = np.gradient(np.array(image, dtype=float))
    return np.abs(gx) + np.abs(gy)


@misconception("gradient_magnitude", "takes the larger slope", lesson=ARROW, loses=(SLOPE, LENGTH))
def gradient_magnitude_of_the_larger(image):
    """You take the larger of the two slopes: 4 for 3 and 4. Both count: the root of the sum of the squares."""
    gy, gx = np.gradient(np.array(image, dtype=float))
    return np.maximum(np.abs(gx), np.abs(gy))


@misconception("gradient_magnitude", "looks along the columns only", lesson=ARROW, loses=(SLOPE, LENGTH))
def gradient_magnitude_of_columns(image):
    """You measure only the slope to the right. An image that gets brighter downwards is steep as well: both slopes make
    the magnitude."""
    return np.abs(np.gradient(np.array(image, dtype=float), axis=1))


@misconception("gradient_magnitude", "averages the squares", lesson=ARROW, loses=(SLOPE, LENGTH))
def gradient_magnitude_of_the_mean(image):
    """You take the mean of the two squares, so your arrows are too short by a factor of 0.71. Pythagoras adds the
    squares up: 5 for 3 and 4."""
    gy, gx = np.gradient(np.array(image, dtype=float))
    return np.sqrt((gx**2 + gy**2) / 2)


@misconception("gradient_magnitude", "scales the steepest pixel to 1", lesson=ARROW, loses=(SLOPE, LENGTH))
def gradient_magnitude_scaled(image):
    """You divide by the largest magnitude, which is fine for a picture of the slopes. Here the magnitude itself is
    asked for, in brightness per pixel."""
    gy, gx = np.gradient(np.array(image, dtype=float))
    steepness = np.sqrt(gx**2 + gy**2)
    return steepness / max(steepness.max(), 1e-300)


@misconception("gradient_magnitude", "scales the steepest pixel to 255", lesson=ARROW, loses=(SLOPE, LENGTH))
def gradient_magnitude_as_a_picture(image):
    """You stretch the magnitudes to reach from 0 to 255, which is fine for a picture of the slopes. Here the magnitude
    itself is asked for, in brightness per pixel."""
    gy, gx = np.gradient(np.array(image, dtype=float))
    steepness = np.sqrt(gx**2 + gy**2)
    return 255 * steepness / max(steepness.max(), 1e-300)


@misconception("gradient_magnitude", "rounds to whole numbers", lesson=ARROW, loses=(LENGTH, FAINT))
def gradient_magnitude_in_whole_numbers(image):
    """You cut the magnitudes to whole numbers. Brightness may be whole, its slope is not: return floats."""
    gy, gx = np.gradient(np.array(image, dtype=float))
    return np.sqrt(gx**2 + gy**2).astype(int)


@misconception("gradient_magnitude", "adds a little below the root", lesson=ARROW, loses=(FAINT,))
def gradient_magnitude_never_zero(image):
    """You add a small number under the root, a habit from formulas that divide. Nothing is divided here, and a flat
    image must have the magnitude 0."""
    gy, gx = np.gradient(np.array(image, dtype=float))
    return np.sqrt(gx**2 + gy**2 + 1e-12)


@misconception("gradient_magnitude", "gives one number", lesson=ARROW, loses=(SLOPE, LENGTH, FAINT))
def gradient_magnitude_of_the_whole(image):
    """You return one number for the whole image. Every pixel has a magnitude of its own: combine gx and gy pixel by
    pixel."""
    gy, gx = np.gradient(np.array(image, dtype=float))
    return float(np.sqrt((gx**2 + gy**2).sum()))


@misconception("gradient_magnitude", "subtracts bytes", lesson=BYTES, loses=(BYTES_OF_MAGNITUDE,))
def gradient_magnitude_of_bytes(image):
    """You subtract integers of the image's own type. Bytes wrap around, 3 - 5 is 254: turn the image into floats
    first."""
    before, after = [[np.clip(np.arange(n) + k, 0, n - 1) for n in image.shape] for k in (-1, 1)]
    gx = (image[:, after[1]] - image[:, before[1]]) / (after[1] - before[1])
    gy = (image[after[0]] - image[before[0]]) / (after[0] - before[0])[:, None]
    return np.sqrt(gx**2 + gy**2)


QUADRANTS = "test_gradient_direction_points_to_all_four_quadrants"
ALONG_AXES = "test_gradient_direction_along_the_axes_and_where_flat"
PLANES = "test_gradient_direction_of_two_planes"
BYTES_OF_DIRECTION = "test_gradient_direction_reads_bytes_and_floats"


@misconception("gradient_direction", "divides the slopes", lesson=ARROW, loses=(PLANES, QUADRANTS, ALONG_AXES))
def gradient_direction_of_the_quotient(image):
    """`arctan(gy / gx)` cannot tell an arrow from its opposite, and divides 0 by 0 where the image is flat.
    `np.arctan2` takes both slopes and knows all four quadrants."""
    gy, gx = np.gradient(np.array(image, dtype=float))
    return np.arctan(gy / gx)


@misconception("gradient_direction", "divides, but not by zero", lesson=ARROW, loses=(PLANES, QUADRANTS, ALONG_AXES))
def gradient_direction_of_the_mended_quotient(image):
    """A small number in the denominator prevents a division by zero, but `arctan(gy / gx)` still cannot tell an arrow
    from its opposite. `np.arctan2` takes both slopes and needs no such help."""
    gy, gx = np.gradient(np.array(image, dtype=float))
    return np.arctan(gy / (gx + 1e-10))


@misconception("gradient_direction", "swaps the slopes", lesson=ARROW, loses=(PLANES, QUADRANTS, ALONG_AXES))
def gradient_direction_swapped(image):
    """You hand gx to `np.arctan2` first. It wants the vertical slope first, `arctan2(y, x)`; as it is, your angle 0
    points down."""
    gy, gx = np.gradient(np.array(image, dtype=float))
    return np.arctan2(gx, gy)


@misconception("gradient_direction", "measures in degrees", lesson=ARROW, loses=(PLANES, QUADRANTS))
def gradient_direction_in_degrees(image):
    """Your angles are in degrees. Radians are asked for, from -π to π, as `np.arctan2` gives them."""
    gy, gx = np.gradient(np.array(image, dtype=float))
    return np.degrees(np.arctan2(gy, gx))


@misconception("gradient_direction", "measures from 0 to 2π", lesson=ARROW, loses=(QUADRANTS, ALONG_AXES))
def gradient_direction_of_a_full_turn(image):
    """You count angles from 0 to 2π. Here they run from -π to π, as `np.arctan2` gives them: up is -π/2."""
    gy, gx = np.gradient(np.array(image, dtype=float))
    return np.arctan2(gy, gx) % (2 * np.pi)


@misconception("gradient_direction", "forgets which way", lesson=ARROW, loses=(QUADRANTS, ALONG_AXES))
def gradient_direction_of_half_a_turn(image):
    """You fold opposite directions together, angles from 0 to π only. The gradient is an arrow: it says which side of
    an edge is the bright one."""
    gy, gx = np.gradient(np.array(image, dtype=float))
    return np.arctan2(gy, gx) % np.pi


@misconception("gradient_direction", "turns the rows upwards", lesson=AXES, loses=(PLANES, QUADRANTS, ALONG_AXES))
def gradient_direction_upwards(image):
    """You take up as positive, as in a diagram. The rows of an image run downwards, so an arrow that points down has a
    positive gy and a positive angle."""
    gy, gx = np.gradient(np.array(image, dtype=float))
    return np.arctan2(-gy, gx)


@misconception("gradient_direction", "points along the edge", lesson=ARROW, loses=(PLANES, QUADRANTS, ALONG_AXES))
def gradient_direction_along_the_edge(image):
    """Your arrows run along the edge, a quarter of a turn away from the gradient. The gradient points across the edge,
    to the bright side."""
    gy, gx = np.gradient(np.array(image, dtype=float))
    return np.arctan2(gx, -gy)


@misconception("gradient_direction", "points to the dark side", lesson=ARROW, loses=(PLANES, QUADRANTS, ALONG_AXES))
def gradient_direction_downhill(image):
    """Your arrows point to where the image gets darker, as a descent would go. The gradient itself points to the bright
    side."""
    gy, gx = np.gradient(np.array(image, dtype=float))
    return np.arctan2(-gy, -gx)


@misconception("gradient_direction", "never points up", lesson=ARROW, loses=(QUADRANTS, ALONG_AXES))
def gradient_direction_by_arccos(image):
    """The arc cosine of gx / magnitude forgets the sign of gy, and divides 0 by 0 where the image is flat. `np.arctan2`
    takes both slopes and their signs."""
    gy, gx = np.gradient(np.array(image, dtype=float))
    return np.arccos(gx / np.hypot(gx, gy))


@misconception("gradient_direction", "has no answer where flat", lesson=ARROW, loses=(ALONG_AXES,))
def gradient_direction_nowhere(image):
    """Where the image is flat you return NaN, as 0 divided by 0 is. Any angle will do there, but it must be a
    number."""
    gy, gx = np.gradient(np.array(image, dtype=float))
    length = np.hypot(gx, gy)
    return np.arctan2(gy / length, gx / length)


@misconception("gradient_direction", "subtracts bytes", lesson=BYTES, loses=(BYTES_OF_DIRECTION,))
def gradient_direction_of_bytes(image):
    """You subtract integers of the image's own type. Bytes wrap around, 3 - 5 is 254: turn the image into floats
    first."""
    before, after = [[np.clip(np.arange(n) + k, 0, n - 1) for n in image.shape] for k in (-1, 1)]
    gx = (image[:, after[1]] - image[:, before[1]]) / (after[1] - before[1])
    gy = (image[after[0]] - image[before[0]]) / (after[0] - before[0])[:, None]
    return np.arctan2(gy, gx)


STRICT = "test_edges_are_strictly_above_the_threshold"
BY_LENGTH = "test_edges_go_by_the_length_of_the_gradient"
STEP = "test_edges_of_a_step"
BYTES_OF_EDGES = "test_edges_reads_bytes_and_floats"


@misconception("edges", "marks the threshold itself", lesson=EDGES, loses=(STRICT,))
def edges_at_the_threshold(image, threshold):
    """You also mark pixels whose magnitude equals the threshold. Only those strictly above it are edges: flat ground is
    none, not even at threshold 0."""
    gy, gx = np.gradient(np.array(image, dtype=float))
    return np.hypot(gx, gy) >= threshold


@misconception("edges", "compares the square", lesson=EDGES, loses=(STRICT, BY_LENGTH))
def edges_by_the_square(image, threshold):
    """You compare the threshold with the square of the magnitude. Take the root first, or square the threshold too."""
    gy, gx = np.gradient(np.array(image, dtype=float))
    return gx**2 + gy**2 > threshold


@misconception("edges", "adds the slopes up", lesson=EDGES, loses=(BY_LENGTH,))
def edges_by_the_sum(image, threshold):
    """You compare the threshold with the sum of the two slopes' sizes, which is longer than the gradient. Compare it
    with the root of the sum of the squares."""
    gy, gx = np.gradient(np.array(image, dtype=float))
    return np.abs(gx) + np.abs(gy) > threshold


@misconception("edges", "compares each slope alone", lesson=EDGES, loses=(BY_LENGTH,))
def edges_by_either_slope(image, threshold):
    """You compare each slope with the threshold by itself, and miss edges that run at an angle. Compare the length of
    the gradient, made of both."""
    gy, gx = np.gradient(np.array(image, dtype=float))
    return (np.abs(gx) > threshold) | (np.abs(gy) > threshold)


@misconception("edges", "looks along the columns only", lesson=EDGES, loses=(STRICT, BY_LENGTH))
def edges_by_columns(image, threshold):
    """You look only at the slope to the right, and miss edges between rows. Compare the length of the gradient, made of
    both slopes."""
    return np.abs(np.gradient(np.array(image, dtype=float), axis=1)) > threshold


@misconception("edges", "misses falling slopes", lesson=EDGES, loses=(STRICT, BY_LENGTH))
def edges_that_rise(image, threshold):
    """You mark only slopes that rise, to the right or downwards. From bright to dark there is an edge too: compare the
    magnitude, which has no sign."""
    gy, gx = np.gradient(np.array(image, dtype=float))
    return (gx > threshold) | (gy > threshold)


@misconception("edges", "marks what is bright", lesson=EDGES, loses=(STRICT, BY_LENGTH))
def edges_of_the_bright(image, threshold):
    """You compare the brightness itself with the threshold. An edge is where brightness *changes*: compare the
    magnitude of the gradient."""
    return np.array(image, dtype=float) > threshold


@misconception("edges", "marks what is flat", lesson=EDGES, loses=(STEP, STRICT, BY_LENGTH))
def edges_below(image, threshold):
    """You mark the pixels below the threshold: all but the edges. An edge is where the magnitude is above it."""
    gy, gx = np.gradient(np.array(image, dtype=float))
    return np.hypot(gx, gy) < threshold


@misconception("edges", "returns the magnitudes", lesson=EDGES, loses=(STEP, STRICT, BY_LENGTH))
def edges_as_magnitudes(image, threshold):
    """You return the magnitudes of the edges and 0 elsewhere. A mask says only yes or no: return the comparison itself,
    True and False."""
    gy, gx = np.gradient(np.array(image, dtype=float))
    return np.where(np.hypot(gx, gy) > threshold, np.hypot(gx, gy), 0)


@misconception("edges", "paints in black and white", lesson=EDGES, loses=(STEP, STRICT, BY_LENGTH))
def edges_as_a_picture(image, threshold):
    """You return a picture with 0 and 255. A mask says only yes or no: return the comparison itself, True and False."""
    gy, gx = np.gradient(np.array(image, dtype=float))
    return 255 * (np.hypot(gx, gy) > threshold)


@misconception("edges", "returns the places", lesson=EDGES, loses=(STEP, BY_LENGTH))
def edges_as_places(image, threshold):
    """You return a list of the places where the edges are. A mask has the shape of the image, with True or False for
    each pixel."""
    gy, gx = np.gradient(np.array(image, dtype=float))
    return np.argwhere(np.hypot(gx, gy) > threshold)


@misconception("edges", "takes the threshold as a share", lesson=EDGES, loses=(STEP, STRICT, BY_LENGTH))
def edges_by_a_share(image, threshold):
    """You compare with a share of the largest magnitude. The threshold is a magnitude itself: compare with it as it
    is."""
    gy, gx = np.gradient(np.array(image, dtype=float))
    steepness = np.hypot(gx, gy)
    return steepness > threshold * steepness.max()


@misconception("edges", "subtracts bytes", lesson=BYTES, loses=(BYTES_OF_EDGES,))
def edges_of_bytes(image, threshold):
    """You subtract integers of the image's own type. Bytes wrap around, 3 - 5 is 254: turn the image into floats
    first."""
    before, after = [[np.clip(np.arange(n) + k, 0, n - 1) for n in image.shape] for k in (-1, 1)]
    gx = (image[:, after[1]] - image[:, before[1]]) / (after[1] - before[1])
    gy = (image[after[0]] - image[before[0]]) / (after[0] - before[0])[:, None]
    return np.hypot(gx, gy) > threshold


@misconception("image_gradients", "bends the slope at the border", lesson=BORDER, loses=(PARABOLA, OUTERMOST))
def image_gradients_of_second_order(image):
    """At the border you use three pixels, as `edge_order=2` does. That is more accurate, but here the border is the
    plain difference of the two outermost pixels."""
    pixels = np.array(image, dtype=float)
    height, width = pixels.shape
    gx = np.gradient(pixels, axis=1, edge_order=2 if width > 2 else 1)
    gy = np.gradient(pixels, axis=0, edge_order=2 if height > 2 else 1)
    return gx, gy
