# %% [markdown]
# # Which zero do you find?
#
# *Newton's method* looks for a zero of a function: it slides down the tangent to where that crosses the axis, and
# starts again from there. The curve $g(t) = \cos(3t) - t^2/8$ has six zeros, and which one is found depends on the
# start. Find the largest one. Then tell an ellipse from a hyperbola, the way one tells a valley from a saddle.

# %%
import numpy as np

# %% [markdown]
# **The curve and its slope.** With `np.cos` the formula works for a number and for an array. By the chain rule, the
# slope of $\cos(3t)$ is $-\sin(3t)$ times the inner slope, 3. The factor 3 is easily forgotten, so measure: over a tiny
# step, how much does the curve rise?


# %%
def curve(t):
    return np.cos(3 * t) - t**2 / 8


def curve_slope(t):
    return -3 * np.sin(3 * t) - t / 4


measured = (curve(1 + 1e-6) - curve(1 - 1e-6)) / 2e-6
print(f"slope at 1: {curve_slope(1.0):.6f}, measured: {measured:.6f}")

# %% [markdown]
# **One walk.** At height $g$ and with slope $g'$ the tangent crosses the axis at $t - g/g'$. Only the end counts, so
# one variable is enough. At 0 the curve is exactly level: its tangent never meets the axis, and the method is stuck.
# Better to see that than to divide by zero.


# %%
def zero_from(start, steps=30):
    """Follow the tangents from a start and return where that ends."""
    t = float(start)
    for _ in range(steps):
        if curve_slope(t) == 0:
            break  # a level tangent leads nowhere
        t = t - curve(t) / curve_slope(t)
    return t


for first in (0.0, 0.1, 0.3, 1.2, 2.0):
    end = zero_from(first)
    print(f"from {first} to {end:.4f}, where the curve is {curve(end):.1e}")

# %% [markdown]
# Neighbouring starts may end far apart: 0.1 leads further than 0.3, and 2.0 leads back to where 0.3 led. From 0 nothing
# is found at all: there the curve is 1.
#
# **Many walks.** Try many starts, and choose among the *ends*: a large start may lead to a small zero. Not every end is
# a zero, so ask the curve first.


# %%
def largest_zero(starts):
    """Return the largest zero that is found from any of the starts."""
    ends = [zero_from(start) for start in starts]
    # The ends that are no zeros are left out before the largest is chosen.
    zeros = [end for end in ends if abs(curve(end)) < 1e-9]
    return max(zeros)


print(f"{largest_zero([0.0, 0.1, 0.3, 1.2, 2.0]):.4f}")

# %% [markdown]
# **Ellipse or hyperbola?** The curve $ax^2 + 2bxy + cy^2 = 1$ belongs to the symmetric matrix with the rows $(a, b)$
# and $(b, c)$. Along the directions of its eigenvectors there is no mixed term, only $\lambda_1 u^2 + \lambda_2 v^2 =
# 1$. Now it can be read off: two positive eigenvalues make an ellipse, one of each sign a hyperbola. Two negative ones
# leave nothing at all. If one is zero, two parallel lines are left, or again nothing. But a computed zero is seldom
# exactly 0: it may come out as 1e-17. So compare with the larger eigenvalue, and do it *first*, before any sign is
# read.


# %%
def kind_of_curve(a, b, c):
    """Name the curve a x² + 2 b x y + c y² = 1."""
    # "Smaller" in size, whatever the signs are.
    smaller, larger = sorted(np.linalg.eigvalsh([[a, b], [b, c]]), key=abs)
    if abs(smaller) <= 1e-12 * abs(larger):
        return "parallel lines" if larger > 0 else "nothing"
    if smaller * larger < 0:
        return "hyperbola"
    return "ellipse" if larger > 0 else "nothing"


print(kind_of_curve(1, 0, 4), "/", kind_of_curve(1, 3, 1), "/", kind_of_curve(1, 1, 1), "/", kind_of_curve(-1, 0, -4))

# %% [markdown]
# The second one is worth a look: both numbers on the diagonal are positive, and yet it is a hyperbola. The diagonal
# alone says little.
#
# **Now yours.** Your landscape has another formula, your walk follows another rule, and you keep the lowest end. But
# the slope by the chain rule, the level place where nothing moves, and the choice among ends are the same.
