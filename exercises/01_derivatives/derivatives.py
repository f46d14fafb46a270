# %% [markdown]
# # 1. Derivatives
#
# Gradient descent walks downhill, and to walk downhill you must know how steep the ground is. That number is the
# **derivative**. In this exercise you find it in three ways: by measuring, by rules for polynomials, and with SymPy,
# which knows all the rules.
#
# Picture the curve of $f$ and two points on it. The straight line through both is a *secant*; its slope is the
# average slope between them. Slide one point towards the other, and the secant turns into the *tangent*, whose slope
# is the derivative:
#
# $$f'(x) = \lim_{h \to 0} \frac{f(x + h) - f(x)}{h}$$
#
# Each function below is worth points of its own. You may call one from another; a slip in the one then costs points
# in the other too.

# %%
# Graded with NumPy, SymPy and the standard library; what draws, such as matplotlib, does nothing there.
import numpy as np
import sympy as sp

# %% [markdown]
# ## The slope between two points
#
# From $a = 2$ to $b = 2.5$ the parabola $x^2$ rises from 4 to 6.25. That is 2.25 up for 0.5 to the right: a slope
# of 4.5.


# %%
def average_slope(f, a, b):
    """Return the slope of the straight line through two points of a function.

    Parameters
    ----------
    f : callable
        Called with one number, answers with one number.
    a, b : float
        The two places, `a` different from `b`, in either order.

    Returns
    -------
    float
        The average slope of `f` between `a` and `b`.

    Notes
    -----
    How far the function rises, divided by how far you go to the right::

        (f(b) - f(a)) / (b - a)

    Examples
    --------
    >>> average_slope(lambda x: x**2, 2.0, 2.5)
    4.5

    References
    ----------
    .. [1] M. Spivak, *Calculus*, 4th ed., Publish or Perish, 2008, chapter 9.
    """
    raise NotImplementedError("derivatives: implement average_slope")


# %% [markdown]
# ## The slope at one point, measured
#
# A computer cannot let $h$ go to 0, but it can take it small. Stand at $x$ and look one small step to *both* sides:
# the secant through the two neighbours is almost parallel to the tangent, far more so than a secant that starts at
# $x$ itself. Its error shrinks like $h^2$, that of the one-sided secant only like $h$.


# %%
def numerical_derivative(f, x, h=1e-5):
    """Measure the derivative of a function by the central difference.

    Parameters
    ----------
    f : callable
        Called with a number, answers with a number; called with an array, answers elementwise.
    x : float or ndarray of any shape
        Where to measure; whole numbers are welcome.
    h : float, default 1e-5
        How far the two neighbours lie from `x`.

    Returns
    -------
    float or ndarray of the shape of `x`
        The slope of `f` at `x`; of an array, at each of its elements.

    Notes
    -----
    The slope between the left and the right neighbour, which lie two steps apart::

        (f(x + h) - f(x - h)) / (2h)

    A smaller `h` is not always better: the difference of two almost equal numbers keeps few correct digits. About
    1e-5 balances that rounding error, of size 1e-16 / h, against the error of the secant, of size h**2.

    Examples
    --------
    At -4 the slope of the parabola is -8.

    >>> round(numerical_derivative(lambda x: x**2, -4.0), 6)
    -8.0
    >>> numerical_derivative(lambda x: x**3, 2.0, h=0.5)
    12.25

    References
    ----------
    .. [1] J. Nocedal and S. J. Wright, *Numerical Optimization*, 2nd ed., Springer, 2006, section 8.1.
    """
    raise NotImplementedError("derivatives: implement numerical_derivative")


# %% [markdown]
# ## The slope of a polynomial, by rule
#
# A list of coefficients describes a polynomial, lowest power first: `[4, -3, 3]` is $4 - 3x + 3x^2$. The power rule
# $(c\,x^k)' = k\,c\,x^{k-1}$ treats the terms one by one: each coefficient is multiplied by its power and moves one
# place to the left. The constant has slope 0 and falls out.


# %%
def polynomial_derivative(coefficients):
    """Return the coefficients of the derivative of a polynomial.

    Parameters
    ----------
    coefficients : list, tuple or ndarray of length n, at least 1
        `coefficients[k]` multiplies `x**k`: the constant comes first. Left as it is.

    Returns
    -------
    list or ndarray of length n - 1
        The derivative's coefficients in the same order. Zeros are kept, so the length is always n - 1; only the
        derivative of a constant (n = 1) has one coefficient, `[0.0]`.

    Notes
    -----
    By the power rule the term ``c x^k`` becomes ``k c x^(k-1)``.

    Examples
    --------
    The derivative of 4 - 3x + 3x**2 is -3 + 6x.

    >>> [float(c) for c in polynomial_derivative([4, -3, 3])]
    [-3.0, 6.0]
    >>> [float(c) for c in polynomial_derivative([1, 2, 0])]
    [2.0, 0.0]
    >>> [float(c) for c in polynomial_derivative([7])]
    [0.0]

    References
    ----------
    .. [1] M. Spivak, *Calculus*, 4th ed., Publish or Perish, 2008, chapter 10.
    """
    raise NotImplementedError("derivatives: implement polynomial_derivative")


# %% [markdown]
# ## The slope of any formula
#
# SymPy computes with formulas as you do on paper. Symbols stand for numbers yet unknown; if there are several, you
# must say by which one to differentiate. All others then count as constants.


# %%
def symbolic_derivative(expression, variable):
    """Differentiate a formula with SymPy.

    Parameters
    ----------
    expression : sympy.Expr
        The formula; it may hold other symbols besides `variable`.
    variable : sympy.Symbol
        The symbol by which to differentiate.

    Returns
    -------
    sympy.Expr
        The derivative, again a formula. Any equivalent form is right.

    Notes
    -----
    All symbols but `variable` are constants: the derivative of ``a x**2`` by ``x`` is ``2 a x``, by ``a`` it is
    ``x**2``.

    Examples
    --------
    >>> x = sp.Symbol("x")
    >>> symbolic_derivative(3 * x**2 - 3 * x + 4, x)
    6*x - 3
    """
    raise NotImplementedError("derivatives: implement symbolic_derivative")


# %% [markdown]
# ## From a formula to a function
#
# A formula is good to read, a function is good to compute with. `sp.lambdify` turns the one into the other. One trap:
# the formula of a constant derivative, say 5, no longer holds an $x$; so the function made of it answers 5 once, even
# if you ask for the slope at a hundred places.


# %%
def derivative_function(expression, variable):
    """Turn a formula into a function that computes its derivative.

    Parameters
    ----------
    expression : sympy.Expr
        The formula, in which `variable` is the only symbol.
    variable : sympy.Symbol
        The symbol by which to differentiate.

    Returns
    -------
    callable
        `df`, so that `df(x)` is the derivative at `x`: of a number a number, of an ndarray an ndarray of the same
        shape, elementwise, even where the derivative is a constant. Whole numbers are welcome.

    Notes
    -----
    First differentiate, once; then turn the result into a function, once; then let `df` only evaluate it.

    Examples
    --------
    >>> x = sp.Symbol("x")
    >>> df = derivative_function(3 * x**2 - 3 * x + 4, x)
    >>> print(df(2.0))
    9.0
    >>> derivative_function(5 * x, x)(np.array([1.0, 2.0, 3.0]))
    array([5., 5., 5.])
    """
    raise NotImplementedError("derivatives: implement derivative_function")


# %%
if __name__ == "__main__":
    symbol = sp.Symbol("x")
    example = 3 * symbol**2 - 3 * symbol + 4
    print("average slope of x**2 from 2 to 2.5:", average_slope(lambda x: x**2, 2.0, 2.5))
    print("measured slope of x**2 at -4:       ", numerical_derivative(lambda x: x**2, -4.0))
    print("derivative of 4 - 3x + 3x**2:       ", polynomial_derivative([4, -3, 3]))
    print("the same by SymPy:                  ", symbolic_derivative(example, symbol))
    print("its values at -2, 0.5 and 2:        ", derivative_function(example, symbol)(np.array([-2.0, 0.5, 2.0])))
