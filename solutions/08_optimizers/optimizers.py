# %% [markdown]
# # 8. Optimizers: not so slow in flat regions, not so fast in steep ones
#
# Plain descent has one learning rate for everything. On flat ground its steps are too short, in a steep valley they
# are too long and jump from wall to wall. Five better rules are in daily use. Two give the walker **momentum**, so
# that steps in the same direction add up; two give **each coordinate a step length of its own**; the last does both.
#
# Each rule keeps a **state** of the shape of the point, which starts at zero in every walk and remembers the gradients
# so far. All products, squares and roots are elementwise: each coordinate has its own state.
#
# In the formulas $x_k$ is the point after $k$ updates, $\eta$ the learning rate, and $g_k$ the gradient at $x_{k-1}$,
# unless said otherwise. A path is what it was in exercise 4: the start, then one row for each update.

# %%
# Graded with NumPy, SymPy and the standard library; what draws, such as matplotlib, does nothing there.
import numpy as np

# %% [markdown]
# ## Momentum: a ball instead of a walker
#
# $$u_k = \gamma\, u_{k-1} + \eta\, g_k, \qquad x_k = x_{k-1} - u_k$$
#
# A part $\gamma$ of the last move is made again. Where the slope stays the same, the moves grow up to
# $1 / (1 - \gamma)$ times the plain step; where it changes its sign from step to step, they cancel. And like a ball,
# the point rolls past the bottom before it settles.


# %%
def momentum(gradient, start, learning_rate, epochs, decay=0.9):
    """Walk downhill with momentum and return the path.

    Parameters
    ----------
    gradient : callable
        Called with one point, an ndarray of shape (n,), answers with the gradient there, an ndarray of shape (n,).
    start : list, tuple or ndarray of shape (n,)
        The first point; whole numbers are welcome. Left as it is.
    learning_rate : float
        The factor in front of the gradient.
    epochs : int
        How many updates to make, 0 or more.
    decay : float
        The part of the last move that is made again, from 0 (plain descent) to just below 1.

    Returns
    -------
    ndarray of shape (epochs + 1, n)
        The path: the start, then the point after each update. With `epochs = 0` the start alone, shape (1, n).

    Notes
    -----
    The state u, shape (n,), starts at zero::

        u_k = γ u_(k-1) + η g_k,    x_k = x_(k-1) - u_k

    Examples
    --------
    The bowl x**2 / 2 + y**2 has the gradient (x, 2y). The ball rolls past the bottom in both directions.

    >>> bowl = lambda point: np.array([1.0, 2.0]) * point
    >>> momentum(bowl, start=[1, -2], learning_rate=0.5, epochs=3, decay=0.5)
    array([[ 1.  , -2.  ],
           [ 0.5 ,  0.  ],
           [ 0.  ,  1.  ],
           [-0.25,  0.5 ]])

    References
    ----------
    .. [1] I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning*, MIT Press, 2016, section 8.3.2.
    """
    ### BEGIN SOLUTION
    path = np.empty((epochs + 1, len(start)))
    path[0] = start
    u = np.zeros(len(start))
    for k in range(epochs):
        u = decay * u + learning_rate * gradient(path[k])
        path[k + 1] = path[k] - u
    return path
    ### END SOLUTION


# %% [markdown]
# ## Nesterov: look before you roll
#
# The part $\gamma u_{k-1}$ of the next move is certain already. So ask for the gradient at the point where it leads,
# not where you stand:
#
# $$g_k = \nabla f(x_{k-1} - \gamma\, u_{k-1})$$
#
# The rest is momentum. A ball that is about to roll past the bottom notices one step earlier, and brakes.


# %%
def nesterov(gradient, start, learning_rate, epochs, decay=0.9):
    """Walk downhill with momentum that looks ahead, and return the path.

    Parameters
    ----------
    gradient : callable
        Called with one point, an ndarray of shape (n,), answers with the gradient there, an ndarray of shape (n,).
    start : list, tuple or ndarray of shape (n,)
        The first point; whole numbers are welcome. Left as it is.
    learning_rate : float
        The factor in front of the gradient.
    epochs : int
        How many updates to make, 0 or more.
    decay : float
        The part of the last move that is made again, from 0 (plain descent) to just below 1.

    Returns
    -------
    ndarray of shape (epochs + 1, n)
        The path: the start, then the point after each update (not the points looked at). With `epochs = 0` the start
        alone, shape (1, n).

    Notes
    -----
    The state u, shape (n,), starts at zero::

        g_k = ∇f(x_(k-1) - γ u_(k-1)),    u_k = γ u_(k-1) + η g_k,    x_k = x_(k-1) - u_k

    Examples
    --------
    The bowl x**2 / 2 + y**2 again: in y the ball looks ahead, sees the other wall and stops at the bottom.

    >>> bowl = lambda point: np.array([1.0, 2.0]) * point
    >>> nesterov(bowl, start=[1, -2], learning_rate=0.5, epochs=2, decay=0.5)
    array([[ 1.   , -2.   ],
           [ 0.5  ,  0.   ],
           [ 0.125,  0.   ]])

    References
    ----------
    .. [1] I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning*, MIT Press, 2016, section 8.3.3.
    """
    ### BEGIN SOLUTION
    path = np.empty((epochs + 1, len(start)))
    path[0] = start
    u = np.zeros(len(start))
    for k in range(epochs):
        u = decay * u + learning_rate * gradient(path[k] - decay * u)
        path[k + 1] = path[k] - u
    return path
    ### END SOLUTION


# %% [markdown]
# ## Adagrad: each coordinate its own rate
#
# Momentum still has one rate for all directions. Adagrad adds up each coordinate's squared slopes and divides by the
# root of the sum:
#
# $$v_k = v_{k-1} + g_k^2, \qquad x_k = x_{k-1} - \eta\, \frac{g_k}{\sqrt{v_k} + \varepsilon}$$
#
# The first step is $\eta$ long in every direction, however steep or flat. The tiny $\varepsilon$, *outside* the root,
# only prevents a division by zero where the ground is level. The price: $v$ never shrinks, so all steps do.


# %%
def adagrad(gradient, start, learning_rate, epochs, epsilon=1e-8):
    """Walk downhill with Adagrad and return the path.

    Parameters
    ----------
    gradient : callable
        Called with one point, an ndarray of shape (n,), answers with the gradient there, an ndarray of shape (n,).
    start : list, tuple or ndarray of shape (n,)
        The first point; whole numbers are welcome. Left as it is.
    learning_rate : float
        The length of the first step in each coordinate, but for epsilon.
    epochs : int
        How many updates to make, 0 or more.
    epsilon : float
        A small positive number, added to the root so that nothing is divided by zero.

    Returns
    -------
    ndarray of shape (epochs + 1, n)
        The path: the start, then the point after each update. With `epochs = 0` the start alone, shape (1, n).

    Notes
    -----
    The state v, shape (n,), starts at zero; squares, roots and quotients are elementwise::

        v_k = v_(k-1) + g_k²,    x_k = x_(k-1) - η g_k / (√v_k + ε)

    Examples
    --------
    A plane with the slopes 300 and -0.5 everywhere: the steps are 1, then 1 / √2, in both directions.

    >>> plane = lambda point: np.array([300.0, -0.5])
    >>> adagrad(plane, start=[0, 0], learning_rate=1.0, epochs=2).round(6)
    array([[ 0.      ,  0.      ],
           [-1.      ,  1.      ],
           [-1.707107,  1.707107]])

    References
    ----------
    .. [1] I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning*, MIT Press, 2016, section 8.5.1.
    """
    ### BEGIN SOLUTION
    path = np.empty((epochs + 1, len(start)))
    path[0] = start
    v = np.zeros(len(start))
    for k in range(epochs):
        g = gradient(path[k])
        v = v + g**2
        path[k + 1] = path[k] - learning_rate * g / (np.sqrt(v) + epsilon)
    return path
    ### END SOLUTION


# %% [markdown]
# ## RMSProp: forget what is long ago
#
# Adagrad never forgets a cliff it once went down. RMSProp keeps a fading mean of the squares in place of their sum:
#
# $$v_k = \gamma\, v_{k-1} + (1 - \gamma)\, g_k^2$$
#
# The step is Adagrad's. Because $v$ starts at zero it is too small at first, so the first steps are longer than
# $\eta$: the very first by the factor $1 / \sqrt{1 - \gamma}$.


# %%
def rmsprop(gradient, start, learning_rate, epochs, decay=0.9, epsilon=1e-8):
    """Walk downhill with RMSProp and return the path.

    Parameters
    ----------
    gradient : callable
        Called with one point, an ndarray of shape (n,), answers with the gradient there, an ndarray of shape (n,).
    start : list, tuple or ndarray of shape (n,)
        The first point; whole numbers are welcome. Left as it is.
    learning_rate : float
        The length of the later steps on an even slope.
    epochs : int
        How many updates to make, 0 or more.
    decay : float
        The part of the old mean of squares that is kept, from 0 to just below 1.
    epsilon : float
        A small positive number, added to the root so that nothing is divided by zero.

    Returns
    -------
    ndarray of shape (epochs + 1, n)
        The path: the start, then the point after each update. With `epochs = 0` the start alone, shape (1, n).

    Notes
    -----
    The state v, shape (n,), starts at zero and is not corrected for that; all is elementwise::

        v_k = γ v_(k-1) + (1 - γ) g_k²,    x_k = x_(k-1) - η g_k / (√v_k + ε)

    Examples
    --------
    A plane with the slopes 300 and -0.5 everywhere: the first step is 1 / √(1 - 0.75) = 2 rates long.

    >>> plane = lambda point: np.array([300.0, -0.5])
    >>> rmsprop(plane, start=[0, 0], learning_rate=0.1, epochs=2, decay=0.75).round(6)
    array([[ 0.      ,  0.      ],
           [-0.2     ,  0.2     ],
           [-0.351186,  0.351186]])

    References
    ----------
    .. [1] I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning*, MIT Press, 2016, section 8.5.2.
    """
    ### BEGIN SOLUTION
    path = np.empty((epochs + 1, len(start)))
    path[0] = start
    v = np.zeros(len(start))
    for k in range(epochs):
        g = gradient(path[k])
        v = decay * v + (1 - decay) * g**2
        path[k + 1] = path[k] - learning_rate * g / (np.sqrt(v) + epsilon)
    return path
    ### END SOLUTION


# %% [markdown]
# ## Adam: momentum and a rate for each coordinate
#
# Adam keeps two fading means, of the gradients and of their squares,
#
# $$m_k = \beta_1 m_{k-1} + (1 - \beta_1)\, g_k, \qquad v_k = \beta_2 v_{k-1} + (1 - \beta_2)\, g_k^2,$$
#
# and corrects both for their start at zero. After $k$ updates the weights in $m_k$ add up to $1 - \beta_1^k$ only, so
# divide by that, and $v_k$ likewise:
#
# $$\hat m_k = \frac{m_k}{1 - \beta_1^k}, \qquad \hat v_k = \frac{v_k}{1 - \beta_2^k}, \qquad
# x_k = x_{k-1} - \eta\, \frac{\hat m_k}{\sqrt{\hat v_k} + \varepsilon}$$
#
# The first update is number $k = 1$.


# %%
def adam(gradient, start, learning_rate, epochs, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """Walk downhill with Adam and return the path.

    Parameters
    ----------
    gradient : callable
        Called with one point, an ndarray of shape (n,), answers with the gradient there, an ndarray of shape (n,).
    start : list, tuple or ndarray of shape (n,)
        The first point; whole numbers are welcome. Left as it is.
    learning_rate : float
        The length of a step on an even slope, but for epsilon.
    epochs : int
        How many updates to make, 0 or more.
    beta1 : float
        The part of the old mean of gradients that is kept, from 0 to just below 1.
    beta2 : float
        The part of the old mean of squares that is kept, from 0 to just below 1.
    epsilon : float
        A small positive number, added to the root of the corrected mean so that nothing is divided by zero.

    Returns
    -------
    ndarray of shape (epochs + 1, n)
        The path: the start, then the point after each update. With `epochs = 0` the start alone, shape (1, n).

    Notes
    -----
    The states m and v, shape (n,), start at zero; all is elementwise, and k counts from 1::

        m_k = β₁ m_(k-1) + (1 - β₁) g_k,    v_k = β₂ v_(k-1) + (1 - β₂) g_k²
        x_k = x_(k-1) - η (m_k / (1 - β₁ᵏ)) / (√(v_k / (1 - β₂ᵏ)) + ε)

    Examples
    --------
    A plane with the slopes 300 and -0.5 everywhere: each step is as long as the learning rate.

    >>> plane = lambda point: np.array([300.0, -0.5])
    >>> adam(plane, start=[0, 0], learning_rate=0.1, epochs=2).round(6)
    array([[ 0. ,  0. ],
           [-0.1,  0.1],
           [-0.2,  0.2]])

    References
    ----------
    .. [1] I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning*, MIT Press, 2016, section 8.5.3.
    """
    ### BEGIN SOLUTION
    path = np.empty((epochs + 1, len(start)))
    path[0] = start
    m, v = np.zeros((2, len(start)))
    for k in range(1, epochs + 1):
        g = gradient(path[k - 1])
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat = m / (1 - beta1**k)
        v_hat = v / (1 - beta2**k)
        path[k] = path[k - 1] - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)
    return path
    ### END SOLUTION


# %% [markdown]
# ## A race
#
# One neuron with two weights and two samples, as in exercise 6: from $(-2, -2)$ the ground is almost flat.

# %%
if __name__ == "__main__":
    X, Y = np.array([0.5, 2.5]), np.array([0.2, 0.9])

    def loss(weights):
        return 0.5 * np.sum((1 / (1 + np.exp(-(weights[0] * X + weights[1]))) - Y) ** 2)

    def slopes(weights):
        return np.array([(loss(weights + h) - loss(weights - h)) / 2e-5 for h in 1e-5 * np.eye(2)])

    for walk, rate in ((momentum, 1.0), (nesterov, 1.0), (adagrad, 0.1), (rmsprop, 0.1), (adam, 0.1)):
        end = walk(slopes, [-2, -2], rate, 100)[-1]
        print(f"{walk.__name__:8} loss {loss(end):.1e} after 100 epochs")
