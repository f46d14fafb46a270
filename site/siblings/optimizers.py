# %% [markdown]
# # Steps that learn from the sign alone
#
# Two things are asked for. First a *fading mean* of noisy temperatures, which is right from the first day on. Then a
# descent that looks only at the *signs* of the slopes: in each coordinate the step grows as long as the sign stays, and
# is halved as soon as it changes. (It is called Rprop, for "resilient propagation".)

# %%
import numpy as np

# %% [markdown]
# **The fading mean.** Each day it keeps a part of the old mean and adds the rest of the new value. That is a *state*:
# it is made before the loop, and changed in it. But it starts at 0, so it is too small at first. By how much? Feed it a
# constant 1: after $k$ days it is $1 - \text{keep}^k$. Divide by just that, and a constant comes out as it went in. The
# first day is $k = 1$; with $k = 0$ you would divide by zero.


# %%
def fading_mean(values, keep):
    """Return the fading mean after each value, corrected for its start at zero."""
    mean, means = 0.0, []  # the state, and what is returned
    for day, value in enumerate(values, start=1):
        mean = keep * mean + (1 - keep) * value
        # Corrected where it is noted, not in the state itself: that would spoil all later days.
        means.append(mean / (1 - keep**day))
    return np.array(means)


print(fading_mean([20.0, 20.0, 20.0], keep=0.5))
print(fading_mean([20.0, 10.0, 10.0], keep=0.5).round(2))

# %% [markdown]
# **Signs and steps.** What has to be remembered from one update to the next? The length of each step, and the signs of
# the last slopes: two states, both of the shape of the point. They are made inside the function, so that every walk
# begins afresh. Is there an `if` for each coordinate? No: `np.where` decides for all of them at once. Where the product
# of old and new sign is positive the sign has stayed, where it is negative it has changed; where it is 0, as at the
# first update, the step stays what it is.


# %%
def rprop(slopes, first, length, updates):
    """Walk downhill by the signs of the slopes; return one row for the start and one for each update."""
    walk = np.tile(np.asarray(first, dtype=float), (updates + 1, 1))
    # Two states with a number for each coordinate, made anew for every walk.
    lengths = np.full(walk.shape[1], float(length))
    last = np.zeros(walk.shape[1])
    for row in range(updates):
        signs = np.sign(slopes(walk[row]))
        lengths = lengths * np.where(signs * last > 0, 1.25, np.where(signs * last < 0, 0.5, 1.0))
        walk[row + 1] = walk[row] - lengths * signs
        last = signs
    return walk


def ravine(point):
    """Return the slopes of 50 x² + y² / 200: steep in x, almost level in y."""
    return np.array([100.0, 0.01]) * point


print(rprop(ravine, [1, -8], length=1.0, updates=3))
x, y = rprop(ravine, [1, -8], length=1.0, updates=40)[-1]
print(f"after 40 updates: {abs(x):.4f} and {abs(y):.4f} from the lowest point")

# %% [markdown]
# Read the first rows. In $x$ the first step hits the lowest point, where the slope is 0 and nothing moves. In $y$ the
# steps are 1, 1.25 and 1.5625, though the first slope is more than a thousand times smaller than in $x$: each
# coordinate has a step of its own. A learning rate for both would have been too large for one or too small for the
# other.
#
# **Now yours.** Your five rules remember other things, but all of them are written like this: a state of the point's
# shape that starts at zero inside the function, one line that changes it, one line that uses it. And Adam's two means
# are corrected as the temperatures were.
