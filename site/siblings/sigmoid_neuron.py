# %% [markdown]
# # A neuron that answers to one place only
#
# A *bell neuron* computes $f(x) = 1/\cosh(wx + b)$: it answers 1 where $wx + b = 0$, and less and less to both sides.
# Let it learn two points, $X = (1, 3)$ and $Y = (0.8, 0.4)$, by gradient descent on the *mean* of the squared errors.

# %%
import numpy as np

# %% [markdown]
# **The neuron.** $\cosh z = (e^z + e^{-z})/2$ is larger than any number a computer knows if $z$ is 1000, though the
# answer is just 0. Find a formula that never asks for $e$ to the power of a large number. The bell is the same on both
# sides, so only $|z|$ matters, and if you multiply numerator and denominator by $e^{-|z|}$, only negative powers are
# left:
#
# $$\frac{2}{e^{|z|} + e^{-|z|}} = \frac{2 e^{-|z|}}{1 + e^{-2|z|}}$$


# %%
def bell(x, w, b):
    """Compute what the neuron answers, without any overflow."""
    small = np.exp(-np.abs(w * x + b))  # between 0 and 1, however far away x is
    return 2 * small / (1 + small**2)


print(bell(np.array([-1000.0, 0.0, 1000.0]), w=1.0, b=0.0))

# %% [markdown]
# **How wrong?** Here the mean is asked for, so the result does not grow with the number of points. With $w = b = 0$
# both answers are 1, the errors are 0.2 and 0.6, and the mean of their squares is $(0.04 + 0.36)/2 = 0.2$. A case that
# you can do in your head is the best first test.


# %%
def misfit(w, b, X, Y):
    """Return the mean of the squared errors."""
    return float(np.mean((bell(X, w, b) - Y) ** 2))


X, Y = np.array([1.0, 3.0]), np.array([0.8, 0.4])
print(round(misfit(0.0, 0.0, X, Y), 12))

# %% [markdown]
# **Which way is downhill?** Follow the chain from the outside to the inside, and multiply. The square gives $2 \cdot
# \text{error}$; the bell has the slope $-f \tanh z$; and $z = wx + b$ changes by $x$ for each unit of $w$, but by 1 for
# each unit of $b$. So both derivatives have all factors in common but the last:
#
# $$\frac{\partial M}{\partial b} = \frac{2}{n} \sum_i (f_i - Y_i) (-f_i \tanh z_i), \qquad \frac{\partial M}{\partial w} \text{ the same with } X_i \text{ as one more factor}$$
#
# A derivative that was found on paper can be *measured*: move $w$ a little, and compare.


# %%
def misfit_slopes(w, b, X, Y):
    """Return the slopes of the misfit by w and by b."""
    f = bell(X, w, b)
    shares = 2 / len(X) * (f - Y) * (-f * np.tanh(w * X + b))
    return np.dot(shares, X), shares.sum()


step = 1e-6
by_w = (misfit(1 + step, 0.5, X, Y) - misfit(1 - step, 0.5, X, Y)) / (2 * step)
by_b = (misfit(1, 0.5 + step, X, Y) - misfit(1, 0.5 - step, X, Y)) / (2 * step)
print("by formula:", np.round(misfit_slopes(1, 0.5, X, Y), 6))
print("measured:  ", np.round([by_w, by_b], 6))

# %% [markdown]
# **Learning.** The last trap is an old one: if you change `w` and *then* ask for the slope by `b`, you ask at a place
# where nobody ever stood. One call that answers with both slopes cannot fall into it.


# %%
def learn(X, Y, w, b, rate, rounds):
    """Let the neuron learn; return (w, b) at first and after each round, one pair in each row."""
    pairs = [(float(w), float(b))]
    for _ in range(rounds):
        by_w, by_b = misfit_slopes(w, b, X, Y)
        w, b = w - rate * by_w, b - rate * by_b
        pairs.append((w, b))
    return np.array(pairs)


learned = learn(X, Y, w=1, b=0, rate=1.0, rounds=500)
print("w and b:", learned[-1].round(3))
print("answers:", bell(X, *learned[-1]).round(3))

# %% [markdown]
# It answers 0.8 and 0.4, as it should.
#
# **Now yours.** Your neuron has another curve, and so another slope, and your loss is a sum with a ½ instead of a mean.
# Go the same way: a formula that cannot overflow, a case done in your head, the chain from the outside to the inside, a
# measurement, and both slopes at the old place.
