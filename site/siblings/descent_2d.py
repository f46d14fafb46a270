# %% [markdown]
# # A leaf in a whirlpool
#
# The water in a pond turns: its *stream function* is $\psi(x, y) = (x^2 + 4y^2)/2$, and a leaf at $(x, y)$ is carried
# along with the velocity $(\partial\psi/\partial y, -\partial\psi/\partial x)$. Find the velocity as formulas, turn it
# into a function, and follow the leaf.

# %%
import numpy as np
import sympy as sp

# %% [markdown]
# **The formulas.** Each component is a derivative of the *same* $\psi$, by one variable, while the other one stands
# still. Here that gives $(4y, -x)$. The variables come from the caller, who may have given them any names.


# %%
def stream_velocity(psi, variables):
    """Differentiate a stream function: return the velocity's two components as formulas."""
    x, y = variables  # whatever the caller calls them
    return sp.diff(psi, y), -sp.diff(psi, x)


x, y = sp.symbols("x y")
print(stream_velocity((x**2 + 4 * y**2) / 2, (x, y)))
print(stream_velocity(3 * y, (x, y)))

# %% [markdown]
# **The function.** Differentiating and `sp.lambdify` are slow, so both are done once, outside the function that will be
# called thousands of times. What is returned is *inside*: it only puts numbers in. A point arrives as one array, and
# the star hands it on as two numbers. The even current $\psi = 3y$ shows why the answer is built as an array of floats:
# its components, 3 and 0, hold no variable, and each must still fill its place.


# %%
def velocity_function(psi, variables):
    """Return a function that answers with the velocity at a point, as an array."""
    compute = sp.lambdify(variables, stream_velocity(psi, variables))  # slow, so only here
    return lambda point: np.array(compute(*point), dtype=float)


whirl = velocity_function((x**2 + 4 * y**2) / 2, (x, y))
even = velocity_function(3 * y, (x, y))
print(whirl(np.array([2.0, 1.0])), even(np.array([2.0, 1.0])))

# %% [markdown]
# **The drift.** In a short time $\tau$ the leaf moves by $\tau$ times its velocity. But while it moves the velocity
# turns, so it is better to ask for it in the middle of the move: go half the time first, look there, then make the
# whole move from where you *were*. Both coordinates move together. `place = place + …` makes a new array each time;
# with `+=` all rows of the list would be one and the same array, and the caller's start would float away, too.


# %%
def drift(velocity, start, time, moves):
    """Follow a leaf; return its start, and its place after each move, one in each row."""
    place = np.asarray(start, dtype=float)
    places = [place]
    for _ in range(moves):
        halfway = place + 0.5 * time * velocity(place)
        place = place + time * velocity(halfway)  # not from halfway: it was only a look ahead
        places.append(place)
    return np.stack(places)


print(drift(whirl, [2, 0], time=0.5, moves=2))
around = drift(whirl, [2, 0], time=0.001, moves=3142)
print(f"once around, after the time π: ({around[-1, 0]:.2f}, {around[-1, 1]:.2f})")

# %% [markdown]
# The velocity is at a right angle to the gradient of $\psi$, so the leaf stays on a contour line, here an ellipse, and
# comes back. Two moves make three rows.
#
# **Now yours.** A walk downhill *crosses* the contour lines that the leaf follows, and asks for the slope where it
# stands, not halfway. What you can take along: all slow work once and outside, a constant that fills its place, and
# rows that share no memory.
