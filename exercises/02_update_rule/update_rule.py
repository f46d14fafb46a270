# %% [markdown]
# # 2. The update rule
#
# You stand on a hillside in thick fog and want to reach the valley. All you can feel is the slope under your feet. So
# you take a step downhill, feel the slope again, take another step. That is gradient descent, all of it:
#
# $$x_{k+1} = x_k - \eta \, f'(x_k)$$
#
# The minus sign turns *uphill* (where the slope points) into *downhill*. The **learning rate** $\eta$ says how bold
# the steps are. Where the ground is steep the step is long, near the bottom it gets short by itself.
#
# The example throughout is $f(x) = 3x^2 - 3x + 4$ on $[-2, 2]$, with $f'(x) = 6x - 3$: a bowl with its lowest point
# at $x = 0.5$.

# %%
# Graded with NumPy, SymPy and the standard library; what draws, such as matplotlib, does nothing there.
import numpy as np

# %% [markdown]
# ## One step


# %%
def update(parameter, gradient, learning_rate):
    """Take one step of gradient descent.

    Parameters
    ----------
    parameter : float or ndarray
        Where you stand; whole numbers are welcome. Left as it is.
    gradient : float or ndarray of the shape of `parameter`
        The slope there. Left as it is.
    learning_rate : float
        How bold the step is, a positive number.

    Returns
    -------
    float or ndarray of the shape of `parameter`
        Where you stand after the step; of an array, each element after its own step.

    Notes
    -----
    The slope points uphill, and the step goes the other way::

        x_new = x_old - η f'(x_old)

    Examples
    --------
    At 3.0 the ground rises with slope 2.0; a tenth of that, downhill, leads to 2.8.

    >>> update(3.0, 2.0, learning_rate=0.1)
    2.8

    References
    ----------
    .. [1] I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning*, MIT Press, 2016, section 4.3.
    """
    raise NotImplementedError("update_rule: implement update")


# %% [markdown]
# ## Many steps
#
# Keep the whole **path**, not only its end: a path can be drawn, and it shows what went wrong. One *epoch* is one
# update, so a path of `epochs` updates has `epochs + 1` points: the start comes first.


# %%
def descend(gradient, start, learning_rate, epochs):
    """Walk downhill from a start and return the path.

    Parameters
    ----------
    gradient : callable
        The derivative of the objective: `gradient(x)` is the slope at `x`.
    start : float
        The first point; a whole number is welcome.
    learning_rate : float
        The factor in front of the slope, the same in each update.
    epochs : int
        How many updates to make, 0 or more.

    Returns
    -------
    ndarray of shape (epochs + 1,)
        The path: the start, then the point after each update. With `epochs = 0` the start alone. A list is fine too.

    Notes
    -----
    Each point follows from the one before it, with the slope *there*::

        x_0 = start,    x_(k+1) = x_k - η f'(x_k)

    Examples
    --------
    For 3x**2 - 3x + 4 the slope is 6x - 3, and the lowest point is at 0.5. With η = 0.125 each update leaves a quarter
    of the distance.

    >>> print(descend(lambda x: 6 * x - 3, start=2.0, learning_rate=0.125, epochs=3))
    [2.        0.875     0.59375   0.5234375]

    References
    ----------
    .. [1] S. Boyd and L. Vandenberghe, *Convex Optimization*, Cambridge University Press, 2004, section 9.3.
    """
    raise NotImplementedError("update_rule: implement descend")


# %% [markdown]
# ## When to stop
#
# How many epochs are enough? Ask the slope: at the bottom the ground is level. So stop as soon as the slope is nearly
# zero, uphill or downhill. And set a limit, in case that never happens: a learning rate too large never gets there.


# %%
def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    """Walk downhill until the ground is nearly level, and return the path.

    Parameters
    ----------
    gradient : callable
        The derivative of the objective: `gradient(x)` is the slope at `x`.
    start : float
        The first point; a whole number is welcome.
    learning_rate : float
        The factor in front of the slope, the same in each update.
    tolerance : float
        The walk ends where the slope's magnitude is below this.
    max_epochs : int, default 1000
        The walk ends after this many updates in any case.

    Returns
    -------
    ndarray of shape (k + 1,)
        The path of the `k` updates made, the start first. Its last point is the first one at which the slope's
        magnitude is *strictly* below `tolerance`, or the point after `max_epochs` updates. If the start is level
        enough, it is the whole path.

    Notes
    -----
    Look at the slope before each update, at the start too; ask for its magnitude, because on the left of a valley
    the slope is negative.

    Examples
    --------
    >>> path = descend_until(lambda x: 6 * x - 3, start=2.0, learning_rate=0.125, tolerance=1.0)
    >>> print(path)
    [2.      0.875   0.59375]
    >>> len(descend_until(lambda x: 6 * x - 3, start=2.0, learning_rate=0.125, tolerance=1.0, max_epochs=1))
    2

    References
    ----------
    .. [1] J. Nocedal and S. J. Wright, *Numerical Optimization*, 2nd ed., Springer, 2006, section 2.2.
    """
    raise NotImplementedError("update_rule: implement descend_until")


# %%
if __name__ == "__main__":
    print("one step from 3.0:", update(3.0, 2.0, learning_rate=0.1))
    for first in (-2.0, 0.0, 2.0):
        walk = descend(lambda x: 6 * x - 3, first, learning_rate=0.01, epochs=100)
        print(f"from {first:4.1f}, 100 epochs at 0.01 lead to {walk[-1]:.5f}")
    walk = descend_until(lambda x: 6 * x - 3, 2.0, learning_rate=0.01, tolerance=1e-6)
    print(f"level to 1e-6 after {len(walk) - 1} epochs, at {walk[-1]:.7f}")
