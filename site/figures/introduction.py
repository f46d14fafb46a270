"""Pictures of the opening lesson: three taxi rides, a guess at the price, and the loss of every guess."""

import numpy as np

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
