# %% [markdown]
# # 9. Image gradients
#
# A grey image is a landscape as well: a pixel's brightness is its height. There is no formula to differentiate, only
# numbers on a grid, so the slopes are *measured*, by differences of neighbours. Where the slopes are large, something
# begins or ends: an **edge**.
#
# An image has shape `(height, width)` and its rows run **downwards**: `image[y, x]` is the pixel in row $y$ and column
# $x$, and $(0, 0)$ is the corner at the top left.

# %%
# Graded with NumPy, SymPy and the standard library; what draws, such as matplotlib, does nothing there.
import numpy as np

# %% [markdown]
# ## Two slopes for each pixel
#
# Inside the image a pixel has a neighbour on either side, two pixels apart from each other. The slope between them
# is the **central difference**
#
# $$g_x[y, x] = \frac{I[y, x+1] - I[y, x-1]}{2}, \qquad g_y[y, x] = \frac{I[y+1, x] - I[y-1, x]}{2}.$$
#
# At the border one neighbour is missing. There the slope is the difference of the two outermost values, which are
# *one* pixel apart: $g_x[y, 0] = I[y, 1] - I[y, 0]$.
#
# Cameras store brightness in bytes, whole numbers from 0 to 255. In bytes NumPy says $3 - 5 = 254$, so compute with
# floats.


# %%
def image_gradients(image):
    """Measure the slopes of an image along its columns and along its rows.

    Parameters
    ----------
    image : ndarray of shape (height, width)
        Brightness, at least 2 by 2 pixels, rows downwards; floats, or integers of any type, bytes (uint8) too. Left
        as it is.

    Returns
    -------
    tuple of two ndarrays of shape (height, width)
        `(gx, gy)`: how brightness changes from one column to the next (to the right), and from one row to the next
        (downwards), per pixel.

    Notes
    -----
    Central differences inside, the difference of the two outermost values at the border::

        gx[y, x] = (image[y, x + 1] - image[y, x - 1]) / 2
        gx[y, 0] = image[y, 1] - image[y, 0],    gx[y, -1] = image[y, -1] - image[y, -2]

    and `gy` in the same way with rows for columns. With only two columns (or rows) there is nothing but border.

    Examples
    --------
    Brightness x**2 from left to right, the same in both rows:

    >>> gx, gy = image_gradients(np.array([[0, 1, 4, 9], [0, 1, 4, 9]]))
    >>> print(gx)
    [[1. 2. 4. 5.]
     [1. 2. 4. 5.]]
    >>> print(gy)
    [[0. 0. 0. 0.]
     [0. 0. 0. 0.]]

    References
    ----------
    .. [1] R. C. Gonzalez and R. E. Woods, *Digital Image Processing*, 4th ed., Pearson, 2018, section 10.2.
    """
    raise NotImplementedError("image_gradients: implement image_gradients")


# %% [markdown]
# ## How steep?
#
# The two slopes are the coordinates of an arrow, and its length says how fast brightness changes, in whichever
# direction. By Pythagoras:
#
# $$|\nabla I| = \sqrt{g_x^2 + g_y^2}$$


# %%
def gradient_magnitude(image):
    """Return the length of the gradient at each pixel.

    Parameters
    ----------
    image : ndarray of shape (height, width)
        Brightness, at least 2 by 2 pixels, as for `image_gradients`. Left as it is.

    Returns
    -------
    ndarray of shape (height, width)
        The length of the gradient, brightness per pixel, never negative; 0 where the image is flat.

    Notes
    -----
    With the slopes of `image_gradients`::

        magnitude = sqrt(gx**2 + gy**2)

    Examples
    --------
    A plane that rises by 3 to the right and by 4 downwards is as steep as 5, everywhere:

    >>> print(gradient_magnitude(np.array([[0, 3, 6], [4, 7, 10]])))
    [[5. 5. 5.]
     [5. 5. 5.]]

    References
    ----------
    .. [1] R. C. Gonzalez and R. E. Woods, *Digital Image Processing*, 4th ed., Pearson, 2018, section 10.2.
    """
    raise NotImplementedError("image_gradients: implement gradient_magnitude")


# %% [markdown]
# ## Which way?
#
# The gradient points to where the image gets brighter, across the edge and not along it. Its direction is an angle,
# 0 to the right; as rows run downwards, $\pi/2$ is *down* and $-\pi/2$ is up. Only both slopes together tell all
# directions apart: $g_y / g_x$ is the same for an arrow and for its opposite.
#
# $$\theta = \operatorname{arctan2}(g_y, g_x)$$


# %%
def gradient_direction(image):
    """Return the direction of the gradient at each pixel.

    Parameters
    ----------
    image : ndarray of shape (height, width)
        Brightness, at least 2 by 2 pixels, as for `image_gradients`. Left as it is.

    Returns
    -------
    ndarray of shape (height, width)
        The angle of the arrow `(gx, gy)` in radians, from -π to π: 0 is right, π/2 down, -π/2 up, and both -π and π
        are left. Where the gradient is exactly 0 there is no direction, and any finite angle will do.

    Notes
    -----
    With the slopes of `image_gradients`::

        direction = arctan2(gy, gx)

    Examples
    --------
    Brighter to the right and downwards by the same amount: an eighth of a turn.

    >>> print(gradient_direction(np.array([[0, 1], [1, 2]])) / np.pi)
    [[0.25 0.25]
     [0.25 0.25]]

    References
    ----------
    .. [1] R. C. Gonzalez and R. E. Woods, *Digital Image Processing*, 4th ed., Pearson, 2018, section 10.2.
    """
    raise NotImplementedError("image_gradients: implement gradient_direction")


# %% [markdown]
# ## Edges
#
# An edge is where the image is steep: steeper than a **threshold** of your choice. A low one also finds the noise, a
# high one only the sharpest outlines.


# %%
def edges(image, threshold):
    """Mark the pixels at which the image is steep.

    Parameters
    ----------
    image : ndarray of shape (height, width)
        Brightness, at least 2 by 2 pixels, as for `image_gradients`. Left as it is.
    threshold : float
        The magnitude that an edge exceeds, brightness per pixel, 0 or more.

    Returns
    -------
    ndarray of bool, shape (height, width)
        True where the gradient's magnitude is *strictly* above `threshold`; 0 and 1 for False and True are fine too.

    Notes
    -----
    A magnitude equal to the threshold is no edge: with `threshold=0` every pixel is marked that is not quite flat.

    Examples
    --------
    Dark on the left, bright on the right: the edge lies between the second and the third column.

    >>> print(edges(np.array([[0, 0, 8, 8], [0, 0, 8, 8]]), threshold=3))
    [[False  True  True False]
     [False  True  True False]]

    References
    ----------
    .. [1] R. C. Gonzalez and R. E. Woods, *Digital Image Processing*, 4th ed., Pearson, 2018, section 10.2.
    """
    raise NotImplementedError("image_gradients: implement edges")


# %%
if __name__ == "__main__":
    y, x = np.mgrid[-1:1:15j, -1:1:31j]
    disc = np.where(x**2 + y**2 < 0.6, 200, 30).astype(np.uint8)  # bytes, as a camera stores them
    for row in edges(disc, threshold=60):
        print("".join(".#"[int(marked)] for marked in row))
    print(f"the steepest pixel: {gradient_magnitude(disc).max():.1f} per pixel")
    print(f"on the disc's left the gradient points {gradient_direction(disc)[7, 3] / np.pi:.1f} π: to its middle")
