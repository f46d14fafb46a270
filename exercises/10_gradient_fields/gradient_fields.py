# %% [markdown]
# # 10. Gradient fields
#
# Air pressure on a weather map, temperature on a plate, height on a hiking map: each is a **field**, a number at
# every place. Nobody has a formula for today's weather, only a table of values on a grid. This exercise finds the
# gradient from such a table, and then uses it: to push the wind, to say how steep a given way is, and to follow the
# gradient as a leaf follows a stream.
#
# The grid is always laid out like this: `field[i, j]` is the value at $y = i \, \Delta y$ and $x = j \, \Delta x$.
# So the **row** number counts in the direction of $y$, and the **column** number in that of $x$:
#
# | | $x = 0$ | $x = \Delta x$ | $x = 2 \Delta x$ |
# |---|---|---|---|
# | $y = 0$ | `field[0, 0]` | `field[0, 1]` | `field[0, 2]` |
# | $y = \Delta y$ | `field[1, 0]` | `field[1, 1]` | `field[1, 2]` |
#
# Each function below is worth points of its own. You may call `gradient_field` from the two after it; a slip in it then
# costs points in them too.

# %%
# Graded with NumPy, SymPy and the standard library; what draws, such as matplotlib, does nothing there.
import numpy as np

# %% [markdown]
# ## An arrow at every place
#
# Inside the grid, a place has a neighbour on each side, and the central difference compares these two. They lie two
# spacings apart. At the border one neighbour is missing, so the place itself stands in for it, and the two values lie
# only one spacing apart:
#
# $$\frac{\partial f}{\partial x} \approx \frac{f_{j+1} - f_{j-1}}{2 \Delta x} \text{ inside,} \qquad
# \frac{f_1 - f_0}{\Delta x} \text{ on the left,} \qquad \frac{f_{n-1} - f_{n-2}}{\Delta x} \text{ on the right.}$$
#
# In the direction of $y$ it is the same with rows and $\Delta y$.


# %%
def gradient_field(field, dx, dy):
    """Compute the gradient at every place of a grid.

    Parameters
    ----------
    field : ndarray of shape (height, width)
        The values, `field[i, j]` at y = i * dy and x = j * dx; at least 2 by 2, and whole numbers are welcome. Left as
        it is.
    dx : float
        The distance from one column to the next, positive.
    dy : float
        The distance from one row to the next, positive.

    Returns
    -------
    tuple of two ndarrays of shape (height, width)
        The partial derivatives df/dx and df/dy, in this order.

    Notes
    -----
    Central differences inside, the difference of the two outermost values at the border::

        inside:   (f[i, j+1] - f[i, j-1]) / (2 dx)
        border:   (f[i, 1] - f[i, 0]) / dx    and    (f[i, -1] - f[i, -2]) / dx

    and the same for y, with rows and dy. Beware of small integer types: in `uint8`, 3 - 5 is 254.

    Examples
    --------
    The field x**2 + y/2 on three columns and two rows.

    >>> by_x, by_y = gradient_field(np.array([[0.0, 0.25, 1.0], [1.0, 1.25, 2.0]]), dx=0.5, dy=2.0)
    >>> by_x
    array([[0.5, 1. , 1.5],
           [0.5, 1. , 1.5]])
    >>> by_y
    array([[0.5, 0.5, 0.5],
           [0.5, 0.5, 0.5]])

    References
    ----------
    .. [1] R. J. LeVeque, *Finite Difference Methods for Ordinary and Partial Differential Equations*, SIAM, 2007,
       chapter 1.
    """
    raise NotImplementedError("gradient_fields: implement gradient_field")


# %% [markdown]
# ## What pushes the wind
#
# Where the pressure is higher on one side of a parcel of air than on the other, the parcel is pushed towards the lower
# pressure: *against* the gradient. The heavier the air, the less it is moved. That is Newton's law for a fluid:
#
# $$(a_x, a_y) = -\frac{1}{\rho} \nabla p$$


# %%
def pressure_acceleration(pressure, density, dx, dy):
    """Compute how a fluid is accelerated by its own pressure.

    Parameters
    ----------
    pressure : ndarray of shape (height, width)
        The pressure on the grid, in Pa; laid out like `field` in `gradient_field`. Left as it is.
    density : float or ndarray of shape (height, width)
        The density, in kg/m³: one number for all places, or one for each.
    dx, dy : float
        The spacings of the grid, in m.

    Returns
    -------
    tuple of two ndarrays of shape (height, width)
        The acceleration `(ax, ay)` in the directions of x and y, in m/s².

    Notes
    -----
    The fluid is pushed from high pressure to low. Every place has its own pressure gradient and its own density::

        a = -∇p / ρ

    Examples
    --------
    The pressure falls by 10 Pa from one column to the next, so the fluid is pushed to the right.

    >>> ax, ay = pressure_acceleration(np.array([[30.0, 20.0, 10.0], [30.0, 20.0, 10.0]]), density=2.0, dx=5.0, dy=1.0)
    >>> ax
    array([[1., 1., 1.],
           [1., 1., 1.]])
    >>> bool((ay == 0).all())
    True

    References
    ----------
    .. [1] G. K. Batchelor, *An Introduction to Fluid Dynamics*, Cambridge University Press, 2000, section 3.3.
    """
    raise NotImplementedError("gradient_fields: implement pressure_acceleration")


# %% [markdown]
# ## How steep is my way?
#
# The gradient points to where the field rises most. If you walk another way you rise less: by the part of the
# gradient that lies along the way. With a direction $u$ of length 1 that is
#
# $$\frac{\partial f}{\partial u} = \nabla f \cdot u = \frac{\partial f}{\partial x} u_x + \frac{\partial f}{\partial y} u_y.$$
#
# "North-east" is the same way, whether it is written $(1, 1)$ or $(500, 500)$: the direction's length must not count.


# %%
def directional_derivative(field, direction, dx, dy):
    """Compute how fast a field rises along a direction, at every place of a grid.

    Parameters
    ----------
    field : ndarray of shape (height, width)
        The values on the grid, laid out as in `gradient_field`. Left as it is.
    direction : list, tuple or ndarray of shape (2,)
        The way to go, `(x, y)`, of any length but 0; whole numbers are welcome. Left as it is.
    dx, dy : float
        The spacings of the grid.

    Returns
    -------
    ndarray of shape (height, width)
        The rate of change for each unit of length along `direction`; negative where the way leads down.

    Notes
    -----
    Only where the direction points counts, not how long it is::

        ∇f · direction / |direction|

    Examples
    --------
    The plane 3x + 4y rises by 5 along (3, 4), its gradient, and by 3 along (1, 0).

    >>> plane = np.array([[0.0, 3.0, 6.0], [4.0, 7.0, 10.0]])
    >>> directional_derivative(plane, (1, 0), dx=1, dy=1)
    array([[3., 3., 3.],
           [3., 3., 3.]])
    >>> directional_derivative(plane, (30, 40), dx=1, dy=1).round(9)
    array([[5., 5., 5.],
           [5., 5., 5.]])

    References
    ----------
    .. [1] T. M. Apostol, *Calculus*, vol. 2, 2nd ed., Wiley, 1969, chapter 8.
    """
    raise NotImplementedError("gradient_fields: implement directional_derivative")


# %% [markdown]
# ## Follow the arrows
#
# A **streamline** starts somewhere and always goes where the arrow under its feet points. It is the ascent of
# exercise 5 with one difference: every move has the *same* length, because only the direction of the gradient is used.
#
# $$p_{k+1} = p_k + s \, \frac{\nabla f(p_k)}{\lvert \nabla f(p_k) \rvert}$$
#
# One place needs care. Where the gradient is zero, as on a summit, there is no direction, and zero divided by zero
# would spoil the rest of the path. There the streamline stays. Only *exactly* there: a gradient of $10^{-100}$ is tiny,
# but it has a direction, and that is all we need.


# %%
def trace(gradient, start, step, n_steps):
    """Follow the gradient in moves of equal length and return the streamline.

    Parameters
    ----------
    gradient : callable
        Called with one point, an ndarray of shape (2,), answers with the gradient there, an ndarray of shape (2,).
    start : list, tuple or ndarray of shape (2,)
        The first point; whole numbers are welcome. Left as it is.
    step : float
        The length of each move, positive.
    n_steps : int
        How many moves to make, 0 or more.

    Returns
    -------
    ndarray of shape (n_steps + 1, 2)
        The streamline: the start, then the point after each move. With `n_steps = 0` the start alone, shape (1, 2).

    Notes
    -----
    Uphill, along the gradient at the point before, shortened or stretched to length 1::

        p_0 = start,    p_(k+1) = p_k + step ∇f(p_k) / |∇f(p_k)|

    and p_(k+1) = p_k where the gradient is exactly zero.

    Examples
    --------
    The plane 3x + 4y has the same gradient everywhere, (3, 4). Its length is 5.

    >>> trace(lambda point: np.array([3.0, 4.0]), start=[1, 0], step=0.5, n_steps=2)
    array([[1. , 0. ],
           [1.3, 0.4],
           [1.6, 0.8]])

    References
    ----------
    .. [1] J. Nocedal and S. J. Wright, *Numerical Optimization*, 2nd ed., Springer, 2006, section 2.2.
    """
    raise NotImplementedError("gradient_fields: implement trace")


# %%
if __name__ == "__main__":
    # Highs and lows on a grid of 200 km by 100 km, with spacings of 5 km and 4 km.
    x, y = np.meshgrid(5e3 * np.arange(41), 4e3 * np.arange(26))
    pressure = 101_300 + 900 * np.sin(x / 4e4) * np.cos(y / 3e4)
    ax, ay = pressure_acceleration(pressure, density=1.2, dx=5e3, dy=4e3)
    strongest = np.unravel_index(np.argmax(np.hypot(ax, ay)), ax.shape)
    print(f"strongest push: {np.hypot(ax, ay).max():.4f} m/s² at row {strongest[0]}, column {strongest[1]}")
    diagonal = directional_derivative(pressure, (1, 1), dx=5e3, dy=4e3)
    print(f"steepest rise along the diagonal: {1e3 * diagonal.max():.2f} Pa/km")
    summit = trace(lambda point: -2 * (point - [2.0, 1.0]), start=[0, 1], step=0.25, n_steps=20)[-1]
    print(f"the streamline ends on the summit: {summit}")
