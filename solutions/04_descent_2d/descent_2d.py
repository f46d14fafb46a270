# %% [markdown]
# # 4. Descent in two dimensions, and in more
#
# A landscape has two directions, east and north, and a slope in each: the two **partial derivatives**. Together they
# are an arrow on the map, the **gradient**
#
# $$\nabla f = \left(\frac{\partial f}{\partial x}, \frac{\partial f}{\partial y}\right),$$
#
# which points where the ground rises most steeply. Gradient descent walks against it. Nothing else changes from one
# dimension to two, and nothing changes from two to a million: that is how neural networks learn.
#
# $$p_{k+1} = p_k - \eta \, \nabla f(p_k)$$
#
# The landscape of this exercise is the *peaks* surface on $[-3, 3]^2$: three hills, three hollows. On a map with
# contour lines the path crosses each line at a right angle.

# %%
# Graded with NumPy, SymPy and the standard library; what draws, such as matplotlib, does nothing there.
import numpy as np
import sympy as sp

# %% [markdown]
# ## The slope in each direction
#
# A partial derivative lets one variable move and holds all others still. For $x^2 + 3xy$ it is $2x + 3y$ by $x$ and
# $3x$ by $y$.


# %%
def partial_derivatives(expression, variables):
    """Differentiate a formula by each of its variables.

    Parameters
    ----------
    expression : sympy.Expr
        The objective; symbols that are not among `variables` are constants.
    variables : list or tuple of n sympy.Symbol
        The variables, in the order of a point's coordinates; any number of them, with any names.

    Returns
    -------
    tuple of n sympy.Expr
        One partial derivative for each variable, in the order of `variables`; 0 where the variable does not occur.

    Notes
    -----
    Each is a derivative of the *original* formula by one variable alone.

    Examples
    --------
    >>> x, y = sp.symbols("x y")
    >>> partial_derivatives(x**2 + 3 * x * y, (x, y))
    (2*x + 3*y, 3*x)
    """
    ### BEGIN SOLUTION
    return tuple(sp.diff(expression, variable) for variable in variables)
    ### END SOLUTION


# %% [markdown]
# ## From formulas to an arrow
#
# A descent asks for the gradient at thousands of points, so the slow work (differentiating, turning formulas into
# functions with `sp.lambdify`) must be done once, before the first step.


# %%
def gradient_function(expression, variables):
    """Turn a formula into a function that computes its gradient.

    Parameters
    ----------
    expression : sympy.Expr
        The objective; it holds no symbols but `variables`.
    variables : list or tuple of n sympy.Symbol
        The variables, in the order of a point's coordinates; any number of them, with any names.

    Returns
    -------
    callable
        `gradient`, so that `gradient(point)`, for an ndarray `point` of shape (n,), is the ndarray of shape (n,) of
        the partial derivatives there. It is fast enough to be called thousands of times.

    Notes
    -----
    Differentiate and call `sp.lambdify` here, once; let `gradient` only evaluate. A partial derivative that is a
    constant still fills its place.

    Examples
    --------
    >>> x, y = sp.symbols("x y")
    >>> gradient = gradient_function(x**2 + 3 * x * y, (x, y))
    >>> gradient(np.array([1.0, 2.0]))
    array([8., 3.])
    """
    ### BEGIN SOLUTION
    partials = [sp.diff(expression, variable) for variable in variables]
    # One argument, the point, which lambdify unpacks into the variables; so any number of them will do.
    evaluate = sp.lambdify([tuple(variables)], partials, "numpy", cse=True)

    def gradient(point):
        return np.array(evaluate(point), dtype=float)

    return gradient
    ### END SOLUTION


# %% [markdown]
# ## The walk
#
# A point is now an array, and that sets two traps. An update *in place* also changes the caller's start, and every
# row of the path that is the same array. And the two coordinates must step *together*: if you move $x$ first and then
# ask for the slope in $y$, you ask at a point that is not on the path.


# %%
def descend(gradient, start, learning_rate, epochs):
    """Walk downhill in n dimensions and return the path.

    Parameters
    ----------
    gradient : callable
        Called with one point, an ndarray of shape (n,), answers with the gradient there, an ndarray of shape (n,).
    start : list, tuple or ndarray of shape (n,)
        The first point; whole numbers are welcome. Left as it is.
    learning_rate : float
        The factor in front of the gradient, the same in each update.
    epochs : int
        How many updates to make, 0 or more.

    Returns
    -------
    ndarray of shape (epochs + 1, n)
        The path: the start, then the point after each update. With `epochs = 0` the start alone, shape (1, n).

    Notes
    -----
    All coordinates step together, by the gradient at the point before::

        p_0 = start,    p_(k+1) = p_k - η ∇f(p_k)

    Examples
    --------
    The bowl x**2 + 2 y**2 has the gradient (2x, 4y).

    >>> bowl = lambda point: np.array([2.0, 4.0]) * point
    >>> descend(bowl, start=[1, -2], learning_rate=0.125, epochs=2)
    array([[ 1.    , -2.    ],
           [ 0.75  , -1.    ],
           [ 0.5625, -0.5   ]])

    References
    ----------
    .. [1] S. Boyd and L. Vandenberghe, *Convex Optimization*, Cambridge University Press, 2004, section 9.3.
    """
    ### BEGIN SOLUTION
    # A table of its own: assigning to a row copies the numbers, so no row shares memory with `start` or another row.
    path = np.empty((epochs + 1, len(start)))
    path[0] = start
    for epoch in range(epochs):
        path[epoch + 1] = path[epoch] - learning_rate * gradient(path[epoch])
    return path
    ### END SOLUTION


# %%
if __name__ == "__main__":
    x, y = sp.symbols("x y")
    peaks = (
        3 * (1 - x) ** 2 * sp.exp(-(x**2) - (y + 1) ** 2)
        - 10 * (x / 5 - x**3 - y**5) * sp.exp(-(x**2) - y**2)
        - sp.exp(-((x + 1) ** 2) - y**2) / 3
    )
    for first in ([0.0, -1.0], [-1.0, 0.0], [0.0, 1.4]):
        walk = descend(gradient_function(peaks, (x, y)), first, learning_rate=0.01, epochs=1000)
        print(f"from ({first[0]:.1f}, {first[1]:.1f}) down to ({walk[-1, 0]:.4f}, {walk[-1, 1]:.4f})")
