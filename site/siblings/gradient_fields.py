# %% [markdown]
# # A hot plate, a runway and a level path
#
# Three small tasks with fields on a grid. How fast does each place of a heated metal plate become warmer or cooler? How
# strong is the headwind along a runway? And where does a path lead that stays on one level of a hill?

# %%
import numpy as np

# %% [markdown]
# **The plate.** Heat flows from warm to cold, so a place warms up if it is colder than the mean of its neighbours: the
# rate is $\kappa\,(\partial^2 T/\partial x^2 + \partial^2 T/\partial y^2)$. On a grid a second derivative is the sum of
# both neighbours, minus twice the place itself, divided by the spacing *squared*. Which neighbours belong to $x$? `T[i,
# j]` has its row first, and rows count along $y$; so the neighbours in $x$ are in the next *columns*, and go with `dx`.
# The rim is kept at its temperature: rate 0. A plate of two metals has a $\kappa$ for each place, which is multiplied
# at the end, place by place.


# %%
def heating(temperature, kappa, dx, dy):
    """Return how fast each place of a plate with a cooled rim becomes warmer."""
    T = np.array(temperature, dtype=float)
    rate = np.zeros(T.shape)
    along_x = T[1:-1, 2:] + T[1:-1, :-2] - 2 * T[1:-1, 1:-1]
    along_y = T[2:, 1:-1] + T[:-2, 1:-1] - 2 * T[1:-1, 1:-1]
    rate[1:-1, 1:-1] = along_x / dx**2 + along_y / dy**2
    return kappa * rate


rows, columns = np.mgrid[0:4, 0:5]
warm = (0.5 * columns) ** 2 + 3 * (2.0 * rows) ** 2  # x² + 3y² with dx = 0.5 and dy = 2
print(heating(warm, kappa=1.0, dx=0.5, dy=2.0))

# %% [markdown]
# The test was chosen with care: $x^2 + 3y^2$ has the second derivatives 2 and 6, so the rate is 8 inside. And `dx` is
# not `dy`, and there are not as many rows as columns: an exchange of the two would show.
#
# **The runway.** The wind on the grid is $(u, v)$. A headwind is the part of it that blows *against* the runway's
# direction $d$: $-(u\,d_x + v\,d_y)$, with a $d$ of length 1. A runway that is given as $(300, 400)$ is the same as
# $(3, 4)$, so divide by the length. Try both: they have to agree.


# %%
def headwind(u, v, runway):
    """Return the strength of the wind against a runway's direction, at each place."""
    ahead = np.asarray(runway) / np.linalg.norm(runway)
    return -(u * ahead[0] + v * ahead[1])


wind = np.array([[-5.0, 0.0]]), np.array([[0.0, -5.0]])
print(headwind(*wind, (3, 4)), headwind(*wind, (300, 400)))

# %% [markdown]
# **The level path.** Across the slope the ground is level: turn the gradient $(g_x, g_y)$ by a quarter of a turn, to
# $(-g_y, g_x)$, and walk that way. Each stride is to have the same length, so only the direction counts, and the turned
# arrow is divided by its length. On the summit there is no arrow, and 0 divided by 0 would fill the rest of the path
# with `nan`. So stay there, and ask for *exactly* 0: with "is it small?" you would also stop on gentle ground.


# %%
def level_path(slopes, start, stride, strides):
    """Walk along a contour line, uphill on the right; return the start and the place after each stride."""
    places = [np.array(start, dtype=float)]
    for _ in range(strides):
        by_x, by_y = slopes(places[-1])
        across = np.array([-by_y, by_x])
        if by_x != 0 or by_y != 0:
            across /= np.linalg.norm(across)
        places.append(places[-1] + stride * across)
    return np.array(places)


def hill(place):
    """Return the gradient of the hill -(x² + y²) / 2, whose summit is at (0, 0)."""
    return -place


print(level_path(hill, [0, 1], stride=0.5, strides=2).round(3))
print(level_path(hill, [0, 0], stride=0.5, strides=1))

# %% [markdown]
# Both cases were tried: an ordinary start, and the summit, from which the path does not move. (The strides are
# straight, so the path leaves its circle a little. Shorter ones leave it less.)
#
# **Now yours.** You take *first* derivatives, with a rule for the border instead of a cooled rim, and your path follows
# the arrow itself. Rows and columns, spacings, a length of 1, and the one place without a direction: those are the
# same.
