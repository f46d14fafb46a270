# %% [markdown]
# # 5. The ascent challenge
#
# So far you walked down. Now climb: find a *maximum* with what you have. **There are two ways to solve this; find
# both.**
#
# *Way one* changes the walker. The gradient points uphill, so follow it instead of fleeing it.
#
# *Way two* changes the landscape. Hold a mirror under the mountains: every peak becomes a hollow. A walker who only
# knows how to descend walks down into the hollow of $-f$, and so up to the peak of $f$:
#
# $$\max f = -\min(-f), \qquad \nabla(-f) = -\nabla f$$
#
# Way two is the one that libraries take: most of them can only minimise, so to find a maximum you hand them $-f$.

# %%
# Graded with NumPy, SymPy and the standard library; what draws, such as matplotlib, does nothing there.
import numpy as np
import sympy as sp

# %% [markdown]
# ## Way one: the sign in the update rule


# %%
def ascend_by_update(gradient, start, learning_rate, epochs):
    """Walk uphill in n dimensions and return the path.

    Parameters
    ----------
    gradient : callable
        Called with one point, an ndarray of shape (n,), answers with the gradient there, an ndarray of shape (n,).
    start : list, tuple or ndarray of shape (n,)
        The first point; whole numbers are welcome. Left as it is.
    learning_rate : float
        The factor in front of the gradient, a positive number, the same in each update.
    epochs : int
        How many updates to make, 0 or more.

    Returns
    -------
    ndarray of shape (epochs + 1, n)
        The path: the start, then the point after each update. With `epochs = 0` the start alone, shape (1, n).

    Notes
    -----
    The update rule of descent with the other sign::

        p_0 = start,    p_(k+1) = p_k + η ∇f(p_k)

    Examples
    --------
    The dome -x**2 - 2 y**2 has the gradient (-2x, -4y) and its summit at (0, 0).

    >>> dome = lambda point: np.array([-2.0, -4.0]) * point
    >>> ascend_by_update(dome, start=[1, -2], learning_rate=0.125, epochs=2)
    array([[ 1.    , -2.    ],
           [ 0.75  , -1.    ],
           [ 0.5625, -0.5   ]])
    """
    ### BEGIN SOLUTION
    climb = [np.array(start, dtype=float)]
    for _ in range(epochs):
        climb.append(climb[-1] + learning_rate * gradient(climb[-1]))
    return np.array(climb)
    ### END SOLUTION


# %% [markdown]
# ## Way two: the sign in the function


# %%
def negated(function):
    """Turn a function upside down.

    Parameters
    ----------
    function : callable
        Called with one argument, a number or an ndarray; answers with a number or an ndarray.

    Returns
    -------
    callable
        A new function: at each point it answers with the opposite of what `function` answers there.

    Notes
    -----
    Not the mirror image in the other axis: the point stays, the value changes its sign::

        negated(f)(p) == -f(p)

    Examples
    --------
    >>> below = negated(lambda x: x**2 + 1)
    >>> below(3.0)
    -10.0
    """
    ### BEGIN SOLUTION
    # A function that makes a function: the value is asked for later, each time at the point given then.
    return lambda point: -function(point)
    ### END SOLUTION


# %%
def ascend_by_objective(descend, gradient, start, learning_rate, epochs):
    """Walk uphill with a tool that can only walk downhill.

    Parameters
    ----------
    descend : callable
        `descend(gradient, start, learning_rate, epochs)`, as in exercise 4. Use the one you are given: it may know a
        better way down than yours.
    gradient : callable
        The gradient of the function to climb: called with one point, an ndarray of shape (n,), answers with an ndarray
        of shape (n,).
    start : list, tuple or ndarray of shape (n,)
        The first point. Left as it is.
    learning_rate : float
        A positive number, handed on as it is.
    epochs : int
        How many updates to make, handed on as it is.

    Returns
    -------
    ndarray of shape (epochs + 1, n)
        The path that `descend` walks on the landscape turned upside down, as it comes.

    Notes
    -----
    Up on ``f`` is down on ``-f``, and the gradient of ``-f`` is ``-∇f``. Only the gradient changes its sign; start,
    learning rate and path stay what they are.

    Examples
    --------
    >>> def one_step(gradient, start, learning_rate, epochs):
    ...     return np.array([start, start - learning_rate * gradient(start)])
    >>> dome = lambda point: np.array([-2.0, -4.0]) * point
    >>> ascend_by_objective(one_step, dome, np.array([1.0, -2.0]), learning_rate=0.125, epochs=1)
    array([[ 1.  , -2.  ],
           [ 0.75, -1.  ]])
    """
    ### BEGIN SOLUTION
    return descend(lambda point: -gradient(point), start, learning_rate, epochs)
    ### END SOLUTION


# %% [markdown]
# ## The summit
#
# Now put it together, by whichever way you like better.


# %%
def find_local_maximum(expression, variables, start, learning_rate, epochs):
    """Climb a formula's landscape and return the point reached and its height.

    Parameters
    ----------
    expression : sympy.Expr
        The function to climb; it holds no symbols but `variables`.
    variables : list or tuple of n sympy.Symbol
        The variables, in the order of a point's coordinates; any number of them, with any names.
    start : list, tuple or ndarray of shape (n,)
        Where the climb begins. Left as it is.
    learning_rate : float
        The factor in front of the gradient, a positive number, the same in each update.
    epochs : int
        How many updates to make, 0 or more.

    Returns
    -------
    point : ndarray of shape (n,)
        The end of the climb, after `epochs` updates.
    value : float
        What `expression` is at that point.

    Notes
    -----
    Gradient ascent finds *a* maximum, the one above its start; another start may find a higher one.

    Examples
    --------
    The dome 5 - x**2 - 2 y**2 has its summit, 5 high, at (0, 0).

    >>> x, y = sp.symbols("x y")
    >>> point, value = find_local_maximum(5 - x**2 - 2 * y**2, (x, y), [1, -2], learning_rate=0.125, epochs=2)
    >>> print(point, value)
    [ 0.5625 -0.5   ] 4.18359375
    """
    ### BEGIN SOLUTION
    coordinates = [tuple(variables)]
    height_at = sp.lambdify(coordinates, expression, "numpy")
    uphill_at = sp.lambdify(coordinates, [sp.diff(expression, variable) for variable in variables], "numpy")
    summit = np.array(start, dtype=float)
    for _ in range(epochs):
        summit = summit + learning_rate * np.array(uphill_at(summit))
    # The height of the function asked about, not of the one turned upside down.
    return summit, float(height_at(summit))
    ### END SOLUTION


# %%
if __name__ == "__main__":
    x, y = sp.symbols("x y")
    peaks = (
        3 * (1 - x) ** 2 * sp.exp(-(x**2) - (y + 1) ** 2)
        - 10 * (x / 5 - x**3 - y**5) * sp.exp(-(x**2) - y**2)
        - sp.exp(-((x + 1) ** 2) - y**2) / 3
    )
    for first in ([0.0, 1.0], [-0.5, -0.5], [1.0, 0.3]):
        place, height = find_local_maximum(peaks, (x, y), first, learning_rate=0.01, epochs=1000)
        print(f"from ({first[0]:.1f}, {first[1]:.1f}) up to {height:.3f} at ({place[0]:.4f}, {place[1]:.4f})")
