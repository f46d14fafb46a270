"""Pictures of the opening lesson: three taxi rides, a guess at the price, and the loss of every guess."""

import numpy as np
from matplotlib.patches import FancyBboxPatch

DISTANCES = np.array([2.0, 4.0, 6.0])
PRICES = np.array([5.0, 9.0, 16.0])


def _loss(guess):
    """Return the sum of squared errors of one guess, or of each guess in an array."""
    errors = np.multiply.outer(guess, DISTANCES) - PRICES
    return np.sum(errors**2, axis=-1)


def guesses(axes):
    """Three rides as dots: distance against price.

    Straight lines for the guesses 1, 2 and 3 per kilometre; the line for 1 runs far below the dots, the line for 2
    a little below, the line for 3 above.
    """
    reach = np.array([0.0, 6.6])
    for guess, colour, style in ((1.0, "C1", ":"), (2.0, "C0", "--"), (3.0, "C2", "-.")):
        axes.plot(reach, guess * reach, color=colour, linestyle=style, label=f"guess {guess:g}")
    axes.plot(DISTANCES, PRICES, "o", color="C3", markersize=8, label="rides")
    axes.set_xlabel("distance in km")
    axes.set_ylabel("price")


def landscape(axes):
    """The loss of every guess between 0.5 and 4: a bowl.

    Dots mark the guesses 1, 2, 3 and 2.5 with losses 134, 18, 14 and 2; the lowest point lies just to the right of
    2.5.
    """
    every = np.linspace(0.5, 4.0, 300)
    axes.plot(every, _loss(every), color="C0")
    for guess, side in ((1.0, (10, 2)), (2.0, (8, 8)), (3.0, (-20, 10)), (2.5, (-4, 10))):
        loss = _loss(guess)
        axes.plot(guess, loss, "o", color="C3", markersize=8)
        axes.annotate(f"{loss:g}", (guess, loss), xytext=side, textcoords="offset points", color="C4")
    axes.set_ylim(-10, 215)
    axes.set_xlabel("guess for the price per km")
    axes.set_ylabel("loss")


def misses(axes):
    """The number of missed rides for every guess: a staircase with the heights 3, 2 and 1.

    It is flat everywhere except at its edges, and three rides are missed at most guesses.
    """
    every = np.linspace(0.5, 4.0, 3501)
    missed = np.abs(np.multiply.outer(every, DISTANCES) - PRICES) > 0.5
    axes.plot(every, missed.sum(axis=1), color="C0")
    axes.set_ylim(0, 3.4)
    axes.set_yticks([0, 1, 2, 3])
    axes.set_xlabel("guess for the price per km")
    axes.set_ylabel("missed rides")


def parts(axes):
    """Three boxes in a row, joined by arrows: the data go into the model with the parameters theta, and its guesses into the loss. A fourth arrow leads back from the loss to the model: change theta, so that the loss gets smaller."""
    axes.figure.set_size_inches(6.4, 2.2)
    for left, colour, words in ((0, "C2", "data"), (3.6, "C0", "model(θ)"), (7.2, "C1", "loss")):
        axes.add_patch(FancyBboxPatch((left, 0), 2.2, 1, boxstyle="round,pad=0.1", facecolor="none", edgecolor=colour))
        axes.text(left + 1.1, 0.5, words, color=colour, ha="center", va="center", fontsize=15)
    arrow = {"arrowstyle": "-|>", "color": "C4", "shrinkA": 0, "shrinkB": 0, "linewidth": 1.5}
    for left, words in ((2.35, "inputs"), (5.95, "guesses")):
        axes.annotate("", (left + 1.1, 0.5), (left, 0.5), arrowprops=arrow)
        axes.text(left + 0.55, 0.68, words, ha="center", va="bottom", fontsize=12)
    axes.annotate("", (4.7, -0.15), (8.3, -0.15), arrowprops=arrow | {"connectionstyle": "bar,fraction=-0.22"})
    axes.text(6.5, -1.05, "change θ: downhill", ha="center", va="top")
    axes.set_xlim(-0.2, 9.6)
    axes.set_ylim(-1.6, 1.3)
    _bare(axes)


def _bare(axes):
    axes.set(xticks=[], yticks=[])
    axes.spines[:].set_visible(False)


def _descend(slopes, start, rate, steps):
    """Return the path of plain descent, with its start."""
    path = [np.array(start, float)]
    for _ in range(steps):
        path.append(path[-1] - rate * np.array(slopes(*path[-1])))
    return np.array(path)


def _products():
    """Return three walks down the landscape of (a b - 6)², each to another pair of numbers whose product is 6."""
    starts = ((0.5, 3.5), (4.0, 0.5), (-1.0, -2.5))
    return [_descend(lambda a, b: (2 * (a * b - 6) * b, 2 * (a * b - 6) * a), start, 0.01, 200) for start in starts]


def minima(axes):
    """The landscape of (a b - 6)² from above. All places of two curves, one at the upper right and one at the lower left, are equally deep. Three walks from different starts end at different places of these curves."""
    axes.figure.set_size_inches(5.4, 5)
    side = np.linspace(-5, 5, 201)
    a, b = np.meshgrid(side, side)
    axes.contour(a, b, (a * b - 6) ** 2, levels=[4, 16, 36, 100, 225, 400], colors="C4", linewidths=0.6)
    for sign, name in ((1, "loss 0"), (-1, None)):
        floor = sign * np.linspace(1.2, 5, 100)
        axes.plot(floor, 6 / floor, color="C2", linewidth=3, label=name)
    for path, colour, style in zip(_products(), ("C0", "C1", "C3"), ("o-", "s-", "^-"), strict=True):
        axes.plot(*path[:40].T, style, color=colour, markersize=4, linewidth=1.2)
    axes.set_aspect("equal")
    axes.set(xlim=(-5, 5), ylim=(-5, 5), xlabel="a", ylabel="b")


def _ring(x, y):
    return (x**2 + y**2 - 1) ** 2 + 0.3 * x


def _rings():
    """Return two walks on that landscape: one that may only change x, and one that may change both numbers."""

    def slopes(x, y):
        around = 4 * (x**2 + y**2 - 1)
        return around * x + 0.3, around * y

    return _descend(slopes, (1.5, 0.0), 0.05, 1000), _descend(slopes, (1.5, 0.05), 0.05, 1000)


def hollow(axes):
    """A curve over x with two hollows, a hill between them. A walk from 1.5 ends in the right one, at 0.96, which is the shallower; the deeper one is at -1.04."""
    x = np.linspace(-1.6, 1.6, 300)
    axes.plot(x, _ring(x, 0), color="C4")
    walk = _rings()[0][:12, 0]
    axes.plot(walk, _ring(walk, 0), "o-", color="C1", markersize=5, label="walk from 1.5")
    axes.set_ylim(-0.5, 2.2)
    axes.set_xlabel("x")
    axes.set_ylabel("height")


def around(axes):
    """The same hollows from above, with a second number y: the hill has become a round one, with a ditch all around it. The walk that keeps to the line y = 0 ends at (0.96, 0); the one that starts a little beside it walks round the hill, along the ditch, to the deepest place at (-1.04, 0)."""
    axes.figure.set_size_inches(5.4, 5)
    side = np.linspace(-1.6, 1.6, 201)
    x, y = np.meshgrid(side, side)
    axes.contour(x, y, _ring(x, y), levels=[-0.25, -0.1, 0.1, 0.3, 0.6, 1, 2, 4], colors="C4", linewidths=0.6)
    line, free = _rings()
    axes.plot(*free[::6].T, "o-", color="C0", markersize=3.5, linewidth=1.2, label="may change both")
    axes.plot(*line[:12].T, "s-", color="C1", markersize=5, linewidth=1.2, label="may change x only")
    axes.set_aspect("equal")
    axes.set(xlim=(-1.6, 1.6), ylim=(-1.6, 1.6), xlabel="x", ylabel="y")


def surprise(axes):
    """The error -ln p for a share p between 0 and 1 that was given to the right label. It is 0 at p = 1, 0.69 at a half, 2.3 at a tenth, and grows without end towards p = 0."""
    share = np.linspace(0.01, 1, 300)
    axes.plot(share, -np.log(share), color="C0")
    for mark in (0.9, 0.5, 0.1):
        axes.plot(mark, -np.log(mark), "o", color="C3", markersize=7)
        axes.annotate(
            f"{-np.log(mark):.2f}", (mark, -np.log(mark)), xytext=(8, 8), textcoords="offset points", color="C4"
        )
    axes.set_xlabel("share p given to the right label")
    axes.set_ylabel("error −ln p")
