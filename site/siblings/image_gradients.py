# %% [markdown]
# # Finding the stars
#
# A star is a pixel that is brighter than its surroundings. Measure for each pixel of a photograph how far it lies above
# the mean of its four neighbours, mark the stars, and tell from two photographs in which direction a star has moved.

# %%
import numpy as np

# %% [markdown]
# **Above its neighbours.** Begin with the type: a photograph holds bytes, and in bytes 3 - 5 is 254. So make floats
# first. Then the neighbours: shift the whole image by one pixel, instead of visiting each pixel. At the border one
# neighbour is missing; here we let the pixel stand in for it, by a frame that repeats the outermost values. In the
# framed image, `[1:-1, 1:-1]` is the image itself, and each neighbour is a window moved by one. The first index is the
# row: it grows *downwards*.


# %%
def above_neighbours(image):
    """Return how much brighter each pixel is than the mean of its four neighbours."""
    framed = np.pad(image.astype(float), 1, mode="edge")
    above, below = framed[:-2, 1:-1], framed[2:, 1:-1]
    left, right = framed[1:-1, :-2], framed[1:-1, 2:]
    return framed[1:-1, 1:-1] - (above + below + left + right) / 4


night = np.full((4, 6), 10, dtype=np.uint8)
night[1, 4] = 90  # row 1, column 4
print(above_neighbours(night))

# %% [markdown]
# Test with an image whose answer you know: one star of 80 above the sky gives 80 where it is and -20 beside it. Four
# rows and six columns, because in a square image nobody would notice that rows and columns were exchanged.
#
# **Marking.** "More than" is `>`, and not `>=`: in a sky that is quite even, with a threshold of 0, there is no star.


# %%
def stars(image, threshold):
    """Mark the pixels that are brighter than their neighbours by more than a threshold."""
    return above_neighbours(image) > threshold


for row in stars(night, threshold=15):
    print("".join(".*"[int(marked)] for marked in row))
print("stars in an even sky:", stars(np.full((4, 6), 10, dtype=np.uint8), threshold=0).sum())

# %% [markdown]
# **In which direction?** Where is a star? At the mean of all places, weighted by brightness above the sky. `np.indices`
# gives the row and the column of each pixel, in this order, so *y comes first*. How far it has moved is Pythagoras; in
# which direction is an angle, and for that both differences are needed: their quotient is the same for a move and for
# its opposite. `np.arctan2` takes $y$ first, and as rows grow downwards, a positive angle points down.


# %%
def star_moved(before, after):
    """Return how far the only star has moved, in pixels, and in which direction, in degrees."""
    places = []
    for photograph in (before, after):
        light = photograph.astype(float) - photograph.min()
        places.append([(axis * light).sum() / light.sum() for axis in np.indices(light.shape)])
    down, right = np.subtract(places[1], places[0])
    return np.hypot(right, down), np.degrees(np.arctan2(down, right))


later = np.full((4, 6), 10, dtype=np.uint8)
later[2, 3] = 90  # one row further down, one column further left
distance, angle = star_moved(night, later)
print(f"{distance:.3f} pixels, {angle:.0f} degrees")
print(f"and back: {star_moved(later, night)[1]:.0f} degrees")

# %% [markdown]
# From "right" (0°) by way of "down" (90°) to the lower left: 135°. The way back is the opposite one, -45°, as the
# two-argument arctangent knows.
#
# **Now yours.** You compare a pixel's neighbours with *each other*, separately for columns and rows, and at the border
# your rule is a different one. Floats first, windows instead of loops, images that are not square, and a strict
# threshold: all that is the same.
