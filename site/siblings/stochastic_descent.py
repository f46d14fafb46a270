# %% [markdown]
# # A line that ignores blunders
#
# Somebody measured a line $y = 2x - 1$ a hundred times, and ten times wrote down nonsense. Squares make the nonsense
# count most. If you take the *absolute value* of each error instead, every sample pulls equally hard, and the honest
# majority wins. Fit the line, with the samples divided at random into four teams.

# %%
import numpy as np

# %% [markdown]
# **The pull of all samples.** With the residuals $r = X\theta - y$, the loss is the mean of $|r_i|$. The derivative of
# $|r|$ is the sign of $r$, 1 or -1, and $r_i$ changes with $\theta$ like the row $x_i$. So the gradient is the mean of
# $\operatorname{sign}(r_i)\, x_i$. Look at the shapes before you write it down: $n$ signs and a table of $n$ rows and
# $d$ columns are to give $d$ numbers.


# %%
def mean_pull(theta, X, y):
    """Return the gradient of the mean absolute error of a linear model."""
    signs = np.sign(X @ theta - y)
    return (signs[:, np.newaxis] * X).mean(axis=0)


three = np.array([[1.0, 0.0], [0.0, 2.0], [1.0, 1.0]])
print(mean_pull(np.zeros(2), three, np.array([5.0, -5.0, 0.0])))

# %% [markdown]
# By hand: the signs are -1, 1 and 0, so the sum is $(-1, 2)$ and the mean $(-1/3, 2/3)$.
#
# **Teams.** Shuffle the numbers of the samples, not the samples, and then count off, as in a schoolyard: 1, 2, 3, 4, 1,
# 2, … A slice with a *stride* does that. Nobody is left out, nobody is in two teams, and the teams differ by one member
# at most, whether or not the number can be divided. All chance comes from the generator that was handed in: a second
# source, and nobody could repeat the experiment.


# %%
def teams(members, count, rng):
    """Divide the numbers from 0 to members - 1 at random into a given number of teams."""
    order = rng.permutation(members)
    return [order[team::count] for team in range(count)]


for team in teams(10, 4, np.random.default_rng(1)):
    print(team)

# %% [markdown]
# **Rounds.** In each round every team makes one step, and starts where the last team ended. Three things are easily got
# wrong: the teams are drawn *inside* the loop, or the same ones would meet for ever; a team of three divides by three
# (`mean` takes care of that); and one row is written down for each *round*, after its last team.


# %%
def fit_in_teams(X, y, first, rate, rounds, count, rng):
    """Fit a line that ignores blunders; return its parameters at first and after each round."""
    theta = np.asarray(first, dtype=float)
    history = [theta]
    for _ in range(rounds):
        for team in teams(len(y), count, rng):
            theta = theta - rate * mean_pull(theta, X[team], y[team])
        history.append(theta)
    return np.array(history)


rng = np.random.default_rng(3)
places = rng.uniform(-1, 1, size=100)
X = np.column_stack([places, np.ones(100)])
y = 2 * places - 1
y[:10] += 40  # the nonsense
history = fit_in_teams(X, y, [0, 0], rate=0.02, rounds=200, count=4, rng=rng)
squares = np.linalg.lstsq(X, y, rcond=None)[0]
print("absolute values:", history[-1].round(1), "least squares:", squares.round(1))

# %% [markdown]
# The rows are rounded to one digit because a step never gets shorter than the rate allows: near the goal the walk
# trembles. With squares, ten blunders would have spoilt the line.
#
# **Now yours.** Your loss has squares, so the residual itself pulls and not only its sign. You are told how *large* a
# batch is, not how many there are, so you cut them differently, and the last one may be short. The loop inside the loop
# is the same idea.
