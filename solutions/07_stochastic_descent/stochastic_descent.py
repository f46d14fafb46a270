# %% [markdown]
# # 7. Stochastic descent: sample data, step, repeat
#
# So far the landscape was a formula. Now it is made of **data**: $n$ samples, each a row $x_i$ of a table $X$ with a
# measured $y_i$. The model is linear, its guess for sample $i$ is $x_i \cdot \theta$, and the loss says how far off
# the guesses are:
#
# $$L(\theta) = \frac{1}{2n} \lVert X \theta - y \rVert^2 = \frac{1}{n} \sum_{i=1}^{n} \tfrac{1}{2} (x_i \cdot \theta - y_i)^2$$
#
# A loss is a *mean* over samples, and a mean can be estimated from a few of them. With a million samples that is the
# difference between one update and ten thousand for the same work. The few are a **minibatch**, and one round through
# all the minibatches is an **epoch**.

# %%
# Graded with NumPy, SymPy and the standard library; what draws, such as matplotlib, does nothing there.
import numpy as np

# %% [markdown]
# ## The slope of a mean
#
# The difference $X\theta - y$ is the *residual* of each sample. Each sample pulls the parameters along its own row
# $x_i$, as strongly as its residual says, and the gradient is the mean of these pulls:
#
# $$\nabla L(\theta) = \frac{1}{n} X^\top (X \theta - y)$$
#
# The $\tfrac{1}{2}$ in the loss is there to cancel the 2 that comes from the square.


# %%
def loss_gradient(parameters, X, y):
    """Compute the gradient of the loss of a linear model.

    Parameters
    ----------
    parameters : ndarray of shape (d,)
        One factor for each column of `X`.
    X : ndarray of shape (n, d)
        The samples, one in each row; n may be smaller than d.
    y : ndarray of shape (n,)
        What was measured for each sample.

    Returns
    -------
    ndarray of shape (d,)
        The partial derivatives of the loss by each parameter. The arguments are left as they are.

    Notes
    -----
    With the convention of 1 / (2 n), so that the gradient is a mean over the n samples::

        L = ||X parameters - y||² / (2 n),    ∇L = Xᵀ (X parameters - y) / n

    Examples
    --------
    Two samples with the residuals -1 and -2: the first pulls along (1, 0), the second along (0, 2).

    >>> X, y = np.array([[1.0, 0.0], [0.0, 2.0]]), np.array([1.0, 2.0])
    >>> loss_gradient(np.array([0.0, 0.0]), X, y)
    array([-0.5, -2. ])

    References
    ----------
    .. [1] I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning*, MIT Press, 2016, section 5.9.
    """
    ### BEGIN SOLUTION
    residuals = X @ parameters - y  # a new array: `y -= …` would change the caller's
    return X.T @ residuals / len(y)
    ### END SOLUTION


# %% [markdown]
# ## Cutting the deck
#
# Think of a deck of $n$ cards: shuffle it, then deal it out in hands of `batch_size`. Every card is dealt exactly once,
# any card may come into any hand, and only the last hand may be short. A batch need not hold the samples themselves:
# their numbers, $0$ to $n - 1$, are enough.
#
# Chance comes from `rng`, a `np.random.Generator` that the caller hands over. The same seed gives the same batches,
# so an experiment can be repeated.


# %%
def minibatches(n, batch_size, rng):
    """Divide the indices of n samples among random minibatches.

    Parameters
    ----------
    n : int
        How many samples there are, 1 or more.
    batch_size : int
        How many of them make a batch, from 1 to n.
    rng : numpy.random.Generator
        Where all randomness comes from.

    Returns
    -------
    list of integer sequences
        The batches, in the order in which they are to be used. Each index 0, …, n - 1 is in exactly one of them. All
        have `batch_size` indices, but for the last, which holds the rest when n is no multiple of `batch_size`.

    Notes
    -----
    Any sample may share a batch with any other, and any may be in the last batch: the samples are shuffled, not the
    batches.

    Examples
    --------
    >>> batches = minibatches(5, 2, np.random.default_rng(0))
    >>> [len(batch) for batch in batches]
    [2, 2, 1]
    >>> sorted(int(index) for batch in batches for index in batch)
    [0, 1, 2, 3, 4]
    """
    ### BEGIN SOLUTION
    shuffled = rng.permutation(n)
    # A slice that reaches beyond the end stops there, so the last batch is short without any special case.
    return [shuffled[first : first + batch_size] for first in range(0, n, batch_size)]
    ### END SOLUTION


# %% [markdown]
# ## The epochs
#
# An epoch uses every sample once, batch after batch. Each batch makes one update, by the mean over its *own* rows $B$,
# and starts where the batch before it ended:
#
# $$\theta \leftarrow \theta - \eta \, \frac{1}{|B|} X_B^\top (X_B \theta - y_B)$$
#
# Three traps. The last batch may be short, and a mean over two samples is divided by 2. The samples are shuffled anew
# in *each* epoch, or the same few always meet. And the path records epochs, not updates.


# %%
def stochastic_descent(X, y, start, learning_rate, epochs, batch_size, rng):
    """Fit a linear model by gradient descent on minibatches and return the path.

    Parameters
    ----------
    X : ndarray of shape (n, d)
        The samples, one in each row.
    y : ndarray of shape (n,)
        What was measured for each sample.
    start : list, tuple or ndarray of shape (d,)
        The first parameters; whole numbers are welcome. Left as it is, like `X` and `y`.
    learning_rate : float
        The factor in front of the gradient, the same in each update.
    epochs : int
        How many times to go through all the samples, 0 or more.
    batch_size : int
        How many samples make a batch, from 1 to n; the last batch of an epoch may have fewer.
    rng : numpy.random.Generator
        Where all randomness comes from: the same seed gives the same path.

    Returns
    -------
    ndarray of shape (epochs + 1, d)
        The path: the start, then the parameters after each epoch. With `epochs = 0` the start alone, shape (1, d).

    Notes
    -----
    Each epoch has fresh minibatches, made as in `minibatches`; each of them makes one update, by the `loss_gradient` of
    its own rows. You may call the functions above. With `batch_size = n` this is plain gradient descent.

    Examples
    --------
    Each of these two samples has a parameter of its own, so it does not matter which comes first.

    >>> X, y = np.array([[1.0, 0.0], [0.0, 2.0]]), np.array([1.0, 2.0])
    >>> stochastic_descent(X, y, [0, 0], learning_rate=0.125, epochs=2, batch_size=1, rng=np.random.default_rng(0))
    array([[0.      , 0.      ],
           [0.125   , 0.5     ],
           [0.234375, 0.75    ]])

    References
    ----------
    .. [1] L. Bottou, F. E. Curtis and J. Nocedal, "Optimization methods for large-scale machine learning", *SIAM
       Review* 60 (2018), 223-311, doi:10.1137/16M1080173.
    """
    ### BEGIN SOLUTION
    path = np.empty((epochs + 1, len(start)))
    path[0] = start
    for epoch in range(epochs):
        parameters = path[epoch]
        order = rng.permutation(len(y))  # inside the loop: every epoch meets other batches
        for first in range(0, len(y), batch_size):
            rows = order[first : first + batch_size]
            residuals = X[rows] @ parameters - y[rows]
            # Not `-=`: until the first update `parameters` is a row of the path.
            parameters = parameters - learning_rate * X[rows].T @ residuals / len(rows)
        path[epoch + 1] = parameters
    return path
    ### END SOLUTION


# %%
if __name__ == "__main__":
    rng = np.random.default_rng(7)
    true_line = np.array([1.5, -0.5])
    samples = np.column_stack([rng.uniform(-1, 1, size=200), np.ones(200)])  # a slope and an intercept
    measured = samples @ true_line + rng.normal(scale=0.1, size=200)
    for size in (200, 20, 1):
        walk = stochastic_descent(samples, measured, [0.0, 0.0], 0.05, epochs=10, batch_size=size, rng=rng)
        print(f"batches of {size:3d}: after 10 epochs ({walk[-1, 0]:.3f}, {walk[-1, 1]:.3f}), wanted (1.5, -0.5)")
