# %% [markdown]
# # Looking left with a tool that only looks right
#
# Somebody gave you a tool, `first_zero`, which walks to the *right* from a start and returns the first zero that it
# passes. You need the first zero to the *left*, and you may not change the tool. There are two ways: write a walk of
# your own, or change the question. Find both.

# %%
import math

# %% [markdown]
# This is the tool. You do not need to know how it works inside, only how it is called: `first_zero(function, start,
# stride)`.


# %%
def first_zero(function, start, stride):
    """Walk to the right until the function changes its sign; return the middle of that stride."""
    here = start
    while function(here) * function(here + stride) > 0:
        here += stride
    return here + stride / 2


print(round(first_zero(math.cos, 0.0, 0.001), 2))

# %% [markdown]
# The first zero of the cosine to the right of 0 is at $\pi/2$, about 1.57.
#
# **Way one: change the walk.** Which sign makes the difference between right and left? The one in front of the stride.
# All else stays.


# %%
def zero_on_the_left(function, start, stride):
    """Walk to the left until the function changes its sign."""
    here = start
    while function(here) * function(here - stride) > 0:
        here -= stride
    return here - stride / 2


print(round(zero_on_the_left(math.cos, 0.0, 0.001), 2))

# %% [markdown]
# **Way two: change the question.** Hold a mirror beside the curve, and left becomes right. The curve in the mirror is
# $m(x) = f(-x)$. So we need a function that *makes a function*: it asks for nothing yet, but returns something that
# will ask later, at whatever place it is given then. To write `function(-x)` where no `x` is known yet is the usual
# slip.


# %%
def mirrored(function):
    """Return the function as it looks in a mirror at 0."""

    # Nothing is asked here: `x` is not known before the new function is called.
    def in_the_mirror(x):
        return function(-x)

    return in_the_mirror


print(mirrored(math.exp)(1.0), "is", math.exp(-1.0))

# %% [markdown]
# Now make a list of all that goes into the tool and all that comes out, and ask of each: does the mirror turn it round?
# The function does. The start does: 2 lies at -2 there. The stride is a length, so it does not. The answer is a place
# *in the mirror*, so it has to be turned back. Whoever forgets one of these gets a zero, but of something else.


# %%
def zero_by_mirror(tool, function, start, stride):
    """Find the first zero on the left with a tool that only looks right."""
    # Into the mirror: function and start. Out of it again: the place that was found.
    return -tool(mirrored(function), -start, stride)


print(round(zero_by_mirror(first_zero, math.cos, 2.0, 0.001), 2), round(zero_on_the_left(math.cos, 2.0, 0.001), 2))
print(round(zero_by_mirror(first_zero, math.cos, 1.0, 0.001), 2), round(zero_on_the_left(math.cos, 1.0, 0.001), 2))

# %% [markdown]
# The two ways agree, from both starts. We tried starts other than 0, because from 0 nobody would notice if the start
# were not turned round.
#
# **Now yours.** You turn the curve upside down instead of left to right, so a different sign changes, in a different
# place. Make the same list again: function, start, rate, path, height. What turns round, and what stays?
