# %% [markdown]
# # 6. A sigmoid neuron
#
# The smallest neural network there is: one neuron, with one **weight** $w$ and one **bias** $b$. It weighs its input,
# adds the bias, and squeezes the result between 0 and 1:
#
# $$f(x) = \sigma(w x + b), \qquad \sigma(z) = \frac{1}{1 + e^{-z}}$$
#
# It is to learn two points, $X = (0.5, 2.5)$ and $Y = (0.2, 0.9)$: for the input 0.5 answer 0.2, for 2.5 answer 0.9.
# Guessing $w$ and $b$ works, but slowly. Gradient descent finds them by itself, from $(-2, -2)$ or from anywhere: the
# landscape is the **loss**, a surface over the plane of $w$ and $b$. Draw it on $[-6, 6]^2$.

# %%
# Graded with NumPy, SymPy and the standard library; what draws, such as matplotlib, does nothing there.
import numpy as np

# %% [markdown]
# ## The neuron
#
# $e^{1000}$ is too large for a computer: typed in as it stands, the formula *overflows* far to the left, where $f(x)$
# itself is just 0. So never ask for $e$ to the power of a large number. The curve has more than one formula: one for
# each side of $z = 0$ is a way out; and so is `np.tanh`, the same curve twice as high and half as wide, which never
# overflows.


# %%
def sigmoid(x, w, b):
    """Compute what the neuron answers.

    Parameters
    ----------
    x : float or ndarray
        The input; whole numbers are welcome, arrays of any shape too. Left as it is.
    w : float
        The weight.
    b : float
        The bias.

    Returns
    -------
    float or ndarray of the shape of `x`
        The answers, between 0 and 1; of an array, one for each element.

    Notes
    -----
    ::

        f(x) = 1 / (1 + exp(-(w x + b)))

    It is finite, and computed without an overflow warning, wherever ``w x + b`` is finite: far to the left it is 0, far
    to the right 1. (Far to the left the true value is tiny. 0 will do there, to within 1e-14.)

    Examples
    --------
    Where ``w x + b`` is zero, the neuron is undecided.

    >>> print(sigmoid(0.5, w=2.0, b=-1.0))
    0.5
    >>> print(sigmoid(np.array([-1000.0, 0.5, 1000.0]), w=2.0, b=-1.0))
    [0.  0.5 1. ]

    References
    ----------
    .. [1] I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning*, MIT Press, 2016, section 3.10.
    """
    ### BEGIN SOLUTION
    # tanh is a sigmoid too: from -1 to 1 instead of 0 to 1, and twice as steep. NumPy's is right at any distance.
    z = w * np.asarray(x, dtype=float) + b
    return 0.5 + 0.5 * np.tanh(0.5 * z)
    ### END SOLUTION


# %% [markdown]
# ## How wrong is it?
#
# At each point compare the answer with the one wanted. Squares make all errors count as positive, and large ones more.
# The factor ½ is a convenience: it goes away when we differentiate.


# %%
def loss(w, b, X, Y):
    """Add up how wrong the neuron is.

    Parameters
    ----------
    w, b : float
        Weight and bias.
    X : ndarray of shape (n,)
        The inputs. Left as they are.
    Y : ndarray of shape (n,)
        The answers wanted. Left as they are.

    Returns
    -------
    float
        Half the sum of the squared errors; 0 if the neuron is right at all points.

    Notes
    -----
    A sum, not a mean: every point adds its share::

        L(w, b) = ½ Σ (f(X_i) - Y_i)²

    Examples
    --------
    With `w = b = 0` each answer is 0.5, so the errors are 0.3 and -0.4.

    >>> round(loss(0.0, 0.0, np.array([0.5, 2.5]), np.array([0.2, 0.9])), 6)
    0.125

    References
    ----------
    .. [1] C. M. Bishop, *Pattern Recognition and Machine Learning*, Springer, 2006, section 5.2.
    """
    ### BEGIN SOLUTION
    # Calling `sigmoid` is as good; written out, this function does not depend on another being right.
    z = w * np.asarray(X, dtype=float) + b
    f = 0.5 + 0.5 * np.tanh(0.5 * z)
    return 0.5 * float(np.sum((f - Y) ** 2))
    ### END SOLUTION


# %% [markdown]
# ## Which way is downhill?
#
# The loss is a chain of functions: $w$ and $b$ make $z$, that makes $f$, that makes the error, that makes the loss.
# The **chain rule** multiplies the derivatives along the way. The sigmoid's own is $f(1 - f)$: the neuron can tell
# its slope from its answer.
#
# $$\frac{\partial L}{\partial w} = \sum_i (f_i - Y_i) \, f_i (1 - f_i) \, X_i, \qquad
# \frac{\partial L}{\partial b} = \sum_i (f_i - Y_i) \, f_i (1 - f_i), \qquad f_i = f(X_i)$$


# %%
def grad_w(w, b, X, Y):
    """Differentiate the loss by the weight.

    Parameters
    ----------
    w, b : float
        Weight and bias.
    X : ndarray of shape (n,)
        The inputs. Left as they are.
    Y : ndarray of shape (n,)
        The answers wanted. Left as they are.

    Returns
    -------
    float
        The partial derivative of `loss` by `w`.

    Notes
    -----
    Each point gives error times slope of the sigmoid times input::

        ∂L/∂w = Σ (f_i - Y_i) f_i (1 - f_i) X_i

    Where the neuron is *saturated*, all its answers 0 or 1, the slope is 0 and so is the derivative.

    Examples
    --------
    With `w = b = 0` each answer is 0.5 and each slope 0.25: 0.3 * 0.25 * 0.5 - 0.4 * 0.25 * 2.5.

    >>> round(grad_w(0.0, 0.0, np.array([0.5, 2.5]), np.array([0.2, 0.9])), 6)
    -0.2125

    References
    ----------
    .. [1] D. E. Rumelhart, G. E. Hinton and R. J. Williams, "Learning representations by back-propagating errors",
       *Nature* 323, 533-536, 1986. doi:10.1038/323533a0
    """
    ### BEGIN SOLUTION
    z = w * np.asarray(X, dtype=float) + b
    f = 0.5 + 0.5 * np.tanh(0.5 * z)
    return float(np.sum((f - Y) * f * (1 - f) * X))
    ### END SOLUTION


# %%
def grad_b(w, b, X, Y):
    """Differentiate the loss by the bias.

    Parameters
    ----------
    w, b : float
        Weight and bias.
    X : ndarray of shape (n,)
        The inputs. Left as they are.
    Y : ndarray of shape (n,)
        The answers wanted. Left as they are.

    Returns
    -------
    float
        The partial derivative of `loss` by `b`.

    Notes
    -----
    The bias is added, whatever the input. So this is the sum for `w` without the inputs::

        ∂L/∂b = Σ (f_i - Y_i) f_i (1 - f_i)

    Examples
    --------
    With `w = b = 0` each answer is 0.5 and each slope 0.25: 0.3 * 0.25 - 0.4 * 0.25.

    >>> round(grad_b(0.0, 0.0, np.array([0.5, 2.5]), np.array([0.2, 0.9])), 6)
    -0.025

    References
    ----------
    .. [1] D. E. Rumelhart, G. E. Hinton and R. J. Williams, "Learning representations by back-propagating errors",
       *Nature* 323, 533-536, 1986. doi:10.1038/323533a0
    """
    ### BEGIN SOLUTION
    z = w * np.asarray(X, dtype=float) + b
    f = 0.5 + 0.5 * np.tanh(0.5 * z)
    return float(np.sum((f - Y) * f * (1 - f)))
    ### END SOLUTION


# %% [markdown]
# ## Learning
#
# The rest you know: gradient descent in two dimensions, and the point is $(w, b)$. Mind the old trap. If you move $w$
# first and then differentiate by $b$, you ask at a point that is not on the path: take both derivatives, then move
# both.


# %%
def fit(X, Y, w, b, learning_rate=1.0, epochs=1000):
    """Let the neuron learn by gradient descent, and return the path of weight and bias.

    Parameters
    ----------
    X : ndarray of shape (n,)
        The inputs. Left as they are.
    Y : ndarray of shape (n,)
        The answers wanted. Left as they are.
    w, b : float
        Weight and bias to start from; whole numbers are welcome.
    learning_rate : float, default 1.0
        The factor in front of both partial derivatives, the same in each update.
    epochs : int, default 1000
        How many updates to make, 0 or more. Each uses all the points.

    Returns
    -------
    ndarray of shape (epochs + 1, 2)
        The path: the start (w, b), then (w, b) after each update. With `epochs = 0` the start alone, shape (1, 2).

    Notes
    -----
    Both partial derivatives are taken at the old (w, b)::

        w_(k+1) = w_k - η ∂L/∂w (w_k, b_k),    b_(k+1) = b_k - η ∂L/∂b (w_k, b_k)

    Examples
    --------
    From (0, 0), where the partial derivatives are -0.2125 and -0.025, one bold update leads to

    >>> fit(np.array([0.5, 2.5]), np.array([0.2, 0.9]), w=0, b=0, learning_rate=2.0, epochs=1)
    array([[0.   , 0.   ],
           [0.425, 0.05 ]])

    and a thousand ordinary ones from (-2, -2) to where the neuron is right at both points.

    >>> print(fit(np.array([0.5, 2.5]), np.array([0.2, 0.9]), w=-2, b=-2)[-1].round(3))
    [ 1.792 -2.282]

    References
    ----------
    .. [1] C. M. Bishop, *Pattern Recognition and Machine Learning*, Springer, 2006, section 5.2.4.
    """
    ### BEGIN SOLUTION
    inputs = np.asarray(X, dtype=float)
    path = np.empty((epochs + 1, 2))
    path[0] = w, b
    for epoch in range(epochs):
        w, b = path[epoch]
        f = 0.5 + 0.5 * np.tanh(0.5 * (w * inputs + b))
        pull = (f - Y) * f * (1 - f)  # of each point on the bias; on the weight it is pull times input
        # One array less another: neither weight nor bias has moved before both derivatives are known.
        path[epoch + 1] = path[epoch] - learning_rate * np.array([np.sum(pull * inputs), np.sum(pull)])
    return path
    ### END SOLUTION


# %%
if __name__ == "__main__":
    X, Y = np.array([0.5, 2.5]), np.array([0.2, 0.9])
    walk = fit(X, Y, w=-2.0, b=-2.0)
    for epoch in (0, 10, 100, 1000):
        w, b = walk[epoch]
        print(f"after {epoch:4d} epochs: w = {w:7.4f}, b = {b:7.4f}, loss {loss(w, b, X, Y):.1e}")
    print("answers:", sigmoid(X, *walk[-1]).round(4), "wanted:", Y)
