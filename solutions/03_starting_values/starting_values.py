# %% [markdown]
# # 3. Starting values
#
# In exercise 2 the hillside was a bowl, and every start led to its one lowest point. Most landscapes are not bowls.
# This one is a parabola with waves on it,
#
# $$f(x) = \cos(2\pi x) + x^2 \quad \text{on } [-2, 2],$$
#
# with four valleys, two of them deeper than the others, and a hilltop in the middle. Where gradient descent ends now
# depends on where it starts. An unfortunate start leads into a valley that is not the lowest, a **local minimum**;
# and from the very top of the hill it leads nowhere at all.
#
# Each function below is worth points of its own. You may call one from another; a slip in the one then costs points
# in the other too.

# %%
# Graded with NumPy, SymPy and the standard library; what draws, such as matplotlib, does nothing there.
import numpy as np

# %% [markdown]
# ## The landscape and its slope
#
# In a formula that works for a number *and* for an array, use NumPy's functions: `np.cos`, not `math.cos`.


# %%
def objective(x):
    """Return the height of the wavy parabola.

    Parameters
    ----------
    x : float or ndarray
        Where you stand, in [-2, 2]; whole numbers are welcome. Left as it is.

    Returns
    -------
    float or ndarray of the shape of `x`
        The height there; of an array, that of each element.

    Notes
    -----
    The angle is in radians::

        f(x) = cos(2πx) + x²

    Examples
    --------
    Half a wave from the top, cos(π) = -1.

    >>> print(objective(0.5))
    -0.75
    """
    ### BEGIN SOLUTION
    return np.cos(2 * np.pi * x) + x**2
    ### END SOLUTION


# %%
def slope(x):
    """Return the slope of the wavy parabola: the derivative of `objective`.

    Parameters
    ----------
    x : float or ndarray
        Where you stand, in [-2, 2]; whole numbers are welcome. Left as it is.

    Returns
    -------
    float or ndarray of the shape of `x`
        The slope there; of an array, that of each element.

    Notes
    -----
    By the chain rule the wave's slope has the inner derivative 2π as a factor::

        f'(x) = -2π sin(2πx) + 2x

    Examples
    --------
    A quarter of a wave from the top the ground falls steeply, with -2π + 0.5.

    >>> print(round(slope(0.25), 4))
    -5.7832
    """
    ### BEGIN SOLUTION
    return 2 * x - 2 * np.pi * np.sin(2 * np.pi * x)
    ### END SOLUTION


# %% [markdown]
# ## Where does a walk end?
#
# This time only the end counts, so no path is kept. From 2.0 the walk gets caught in the first valley it meets, at
# 1.425, though the one at 0.476 is deeper. From 0.0 it does not move: the hilltop is level too, and all that gradient
# descent can feel is the slope. The slightest nudge to one side is enough to get it going.


# %%
def descend(start, learning_rate=0.01, epochs=150):
    """Walk downhill on the wavy parabola and return the end of the walk.

    Parameters
    ----------
    start : float
        The first point, in [-2, 2]; a whole number is welcome.
    learning_rate : float, default 0.01
        The factor in front of the slope, the same in each update.
    epochs : int, default 150
        How many updates to make, 0 or more.

    Returns
    -------
    float
        The point after the last update; with `epochs = 0` the start. From exactly 0.0 it stays at 0.0.

    Notes
    -----
    The update rule of exercise 2, with the slope of this landscape::

        x_(k+1) = x_k - η f'(x_k)

    Examples
    --------
    >>> print(f"{descend(2.0):.4f}")
    1.4251
    >>> descend(0.0)
    0.0
    """
    ### BEGIN SOLUTION
    # Calling `slope` is as good; written out, this function does not depend on another being right.
    x = float(start)
    for _ in range(epochs):
        x -= learning_rate * float(2 * x - 2 * np.pi * np.sin(2 * np.pi * x))
    return x
    ### END SOLUTION


# %% [markdown]
# ## Try again from somewhere else
#
# The remedy is as simple as it is common: walk from many starts and keep the lowest *end*. Not the lowest start: a
# high place may lead into a deep valley.


# %%
def best_of_restarts(starts, learning_rate=0.01, epochs=150):
    """Walk from every start and return the lowest end.

    Parameters
    ----------
    starts : list, tuple or ndarray of shape (k,)
        The first points of k walks, one or more. Left as they are.
    learning_rate : float, default 0.01
        The factor in front of the slope, the same in each walk.
    epochs : int, default 150
        How many updates each walk makes, 0 or more.

    Returns
    -------
    tuple of 2 floats
        `(x, f(x))`, the place and the height of the lowest end; if several are equally low, any of them.

    Notes
    -----
    Ends are compared by their height::

        x = the end e with the least f(e)

    Examples
    --------
    >>> x, height = best_of_restarts([2.0, 0.9, -1.8])
    >>> print(f"lowest end: f({x:.4f}) = {height:.4f}")
    lowest end: f(0.4758) = -0.7621

    References
    ----------
    .. [1] J. Nocedal and S. J. Wright, *Numerical Optimization*, 2nd ed., Springer, 2006, section 2.1.
    """
    ### BEGIN SOLUTION
    # The update rule is elementwise, so an array of points walks like one point: all walks take each step together.
    ends = np.array(starts, dtype=float)
    for _ in range(epochs):
        ends -= learning_rate * (2 * ends - 2 * np.pi * np.sin(2 * np.pi * ends))
    heights = np.cos(2 * np.pi * ends) + ends**2
    lowest = np.argmin(heights)
    return float(ends[lowest]), float(heights[lowest])
    ### END SOLUTION


# %% [markdown]
# ## Valley, hilltop or saddle?
#
# A place with slope zero is a **critical point**, and the second derivatives tell what kind. In n dimensions they
# form a symmetric matrix, the **Hessian** $H$. Its eigenvalues are the curvatures along n directions at right angles
# to each other: if the ground bends up in all of them you are in a valley, if down in all of them on a hilltop, and
# if up in some and down in others on a saddle. A curvature of zero decides nothing ($x^4$ has a minimum at 0, $x^3$
# does not): such a point is called degenerate.


# %%
def classify_critical_point(hessian):
    """Tell from the Hessian of a critical point what kind of point it is.

    Parameters
    ----------
    hessian : list, tuple or ndarray of shape (n, n)
        The symmetric matrix of second derivatives, n at least 1; whole numbers are welcome. Left as it is.

    Returns
    -------
    str
        `"degenerate"`, `"minimum"`, `"maximum"` or `"saddle"`.

    Notes
    -----
    With the eigenvalues λ of the Hessian::

        degenerate   some |λ| is at most 1e-9 times the largest |λ|, or all λ are 0; this comes first
        minimum      all λ > 0
        maximum      all λ < 0
        saddle       some λ > 0, some λ < 0

    What counts as zero is measured against the largest |λ|, because rounding is too, and because a change of units
    must not change the answer.

    Examples
    --------
    x**2 + 3 x y + y**2 bends up along both axes, and down between them.

    >>> classify_critical_point([[2, 3], [3, 2]])
    'saddle'
    >>> classify_critical_point([[2 - 4 * np.pi**2]])
    'maximum'

    References
    ----------
    .. [1] I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning*, MIT Press, 2016, section 4.3.1.
    """
    ### BEGIN SOLUTION
    curvatures = np.linalg.eigvalsh(hessian)
    sizes = np.abs(curvatures)
    if sizes.min() <= 1e-9 * sizes.max():
        return "degenerate"
    if curvatures.min() > 0:
        return "minimum"
    if curvatures.max() < 0:
        return "maximum"
    return "saddle"
    ### END SOLUTION


# %%
if __name__ == "__main__":
    for first in (0.0, 1e-4, 1.2, 1.9):
        end = descend(first)
        print(f"from {first} to {end:.6f}, height {objective(end):.5f}")
    x, height = best_of_restarts(np.linspace(-2, 2, 9))
    print(f"lowest of 9 restarts: f({x:.6f}) = {height:.5f}")
