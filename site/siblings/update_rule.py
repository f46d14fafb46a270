# %% [markdown]
# # Square roots by better and better guesses
#
# How do you find $\sqrt{2}$ if you can only add, multiply and divide? If a guess $g$ is too large, then $2 / g$ is too
# small, so the middle of the two is a better guess. Compute one better guess, then a list of guesses, and in the end as
# many as are needed.

# %%
import numpy as np

# %% [markdown]
# **One step.** The middle of $g$ and $a / g$ is $(g + a/g) / 2$. A step should be a function of its own: it can be
# tried by hand, before any loop is written. From 1 it should lead to $(1 + 2) / 2 = 1.5$.


# %%
def better(guess, number):
    """Return a better guess at the square root of a number."""
    return (guess + number / guess) / 2


print(better(1.0, 2.0))

# %% [markdown]
# **A list of guesses.** Count before you write the loop: three steps make *four* guesses, for the first one belongs to
# the list. Each step begins where the last one ended, so it takes the last item, not the first. And the first item is
# made a float, so that the list holds floats throughout.


# %%
def guesses(number, first, steps):
    """Return the first guess, and the one after each step."""
    found = [float(first)]  # a whole number becomes a float
    for _ in range(steps):
        found.append(better(found[-1], number))  # from the last guess, not from the first
    return np.array(found)


print(guesses(2, first=1, steps=3))
print(guesses(2, first=1, steps=0))

# %% [markdown]
# **As many as are needed.** How good is a guess? Its square tells: $g^2$ should be close to the number. It may be too
# large or too small, so what counts is the *magnitude* of the difference. Ask before each step, not after it, for the
# first guess may be good enough already. And set a limit: $-2$ has no root, and without a limit the loop would never
# end.


# %%
def guesses_until(number, first, tolerance, most=50):
    """Return the guesses up to the first whose square is closer to the number than the tolerance."""
    found = [float(first)]
    # `most` steps make most + 1 guesses, so the list may grow as long as it holds `most` or fewer.
    while abs(found[-1] ** 2 - number) >= tolerance and len(found) <= most:
        found.append(better(found[-1], number))
    return np.array(found)


print(guesses_until(2, first=1, tolerance=0.01))
print(guesses_until(9, first=3, tolerance=0.01))
print(len(guesses_until(-2, first=1.5, tolerance=0.01, most=5)), "guesses at the root of -2")

# %% [markdown]
# Each case was tried once: one that needs a few steps, one that needs none, and one that never ends by itself. Five
# steps make six guesses, as they should.
#
# **Now yours.** Your step is a different one, and so is the question that tells you to stop. But the order is the same:
# first one step, tried by hand; then the path, with its start; then the question that ends it, asked before each step.
