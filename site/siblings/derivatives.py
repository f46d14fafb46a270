# %% [markdown]
# # How far did she ride?
#
# For six seconds a cyclist rides at the speed $v(t) = 6t - t^2$, in metres per second. How far does she get? The
# distance is the *integral* of the speed: find it by measuring, by a rule for polynomials, and with SymPy.

# %%
import numpy as np
import sympy as sp

# %% [markdown]
# **Measure.** Cut the ride into `n` pieces of equal length. In a short piece the speed hardly changes, so the distance
# is nearly speed times time. Which speed: the one at the beginning of the piece, or the one at its end? While she
# speeds up, the first is too low and the second too high. The speed in the *middle* is a fair compromise: what it
# misses on one side it makes up on the other.


# %%
def distance_measured(speed, duration, n):
    """Add up n pieces of a ride, each with the speed in its middle."""
    piece = duration / n
    # 0, 1, 2, … pieces have gone by, and half of one more. With an array, `speed` is asked only once.
    middles = piece * (np.arange(n) + 0.5)
    return piece * np.sum(speed(middles))


for n in (3, 6, 12):
    print(n, "pieces:", distance_measured(lambda t: 6 * t - t**2, 6.0, n))

# %% [markdown]
# It looks like 36 metres. Twice as many pieces leave a quarter of the error (2, then 0.5, then 0.125): that is what
# looking at both sides gives you.
#
# **By rule.** Write $v$ as the list `[0, 6, -1]`, with the constant first. Which function has the derivative $t^k$? It
# is $t^{k+1} / (k+1)$. So each coefficient is divided by its power plus one and moves one place to the *right*. That
# leaves the first place free for the distance at the start, 0. Try the shortest list by hand before you trust the loop:
# a constant speed `[5]` must give `[0, 5]`.


# %%
def distance_coefficients(speed):
    """Turn the coefficients of a speed into those of the distance, lowest power first."""
    distance = [0.0]
    for power, coefficient in enumerate(speed):
        distance.append(coefficient / (power + 1))
    return distance


print(distance_coefficients([0, 6, -1]))
print(distance_coefficients([5]))

# %% [markdown]
# Read back, that is $3t^2 - t^3/3$, and at $t = 6$ it is $108 - 72 = 36$. The two ways agree.
#
# **With SymPy.** `sp.integrate` knows the rules. It is slow, so it is called once, outside the function that computes
# with numbers. And think of the cyclist who has not set off: her speed is 0, the formula of her distance is 0, and it
# holds no `t` any more. Asked for three moments, the function made from it would answer with a single 0.
# `np.broadcast_to` repeats an answer until it has the shape of the question.


# %%
def distance_function(speed, time):
    """Turn the formula of a speed into a function that computes the distance."""
    formula = sp.integrate(speed, time)
    compute = sp.lambdify(time, formula, "numpy")
    return lambda moments: np.broadcast_to(compute(moments), np.shape(moments))


t = sp.Symbol("t")
print(distance_function(6 * t - t**2, t)(np.array([0.0, 3.0, 6.0])))
print(distance_function(sp.Integer(0), t)(np.array([0.0, 3.0, 6.0])))

# %% [markdown]
# **Now yours.** You go the other way, from a curve to its slope. The ideas stay: be fair to both sides when you
# measure, move coefficients by one place, let SymPy work once, and think of the formula that has lost its variable.
