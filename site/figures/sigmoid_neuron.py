"""Pictures of the lesson on the sigmoid neuron, drawn when the site is built."""

import numpy as np

X, Y = np.array([0.5, 2.5]), np.array([0.2, 0.9])


def _answers(z):
    return 0.5 * (1 + np.tanh(z / 2))


def _walk(w, b, epochs, rate=1.0):
    """Descend from all the given starts at once; return the losses, one row for each epoch, and the last points."""
    w, b = np.atleast_1d(np.asarray(w, float)), np.atleast_1d(np.asarray(b, float))
    losses = np.empty((epochs + 1, len(w)))
    for epoch in range(epochs + 1):
        f = _answers(np.outer(w, X) + b[:, np.newaxis])
        losses[epoch] = ((f - Y) ** 2).sum(axis=1) / 2
        shares = f * (1 - f) * (f - Y)
        if epoch < epochs:
            w, b = w - rate * shares @ X, b - rate * shares.sum(axis=1)
    return losses, w, b


def curves(axes):
    """Three S-shaped curves between 0 and 1. With w = 2 and b = 0 the curve crosses one half at x = 0; b = -4 shifts
    the crossing to x = 2; w = 0.5 makes the curve four times flatter."""
    x = np.linspace(-6, 6, 400)
    for (w, b), style in (((2, 0), "-"), ((2, -4), "--"), ((0.5, 0), ":")):
        axes.plot(x, _answers(w * x + b), style, label=f"w = {w}, b = {b}".replace("-", "−"))
    axes.axhline(0.5, color="C4", linewidth=0.8)
    axes.set_xlabel("input x")
    axes.set_ylabel("answer f(x)")


def guess(axes):
    """The curve of the guess w = 0.5, b = 0 misses both data points: 0.56 instead of 0.2, and 0.78 instead of 0.9. The
    curve of the best weights is steeper and goes through both."""
    x = np.linspace(-1, 4, 300)
    axes.plot(x, _answers(0.5 * x), "--", color="C1", label="guess: w = 0.5, b = 0")
    w = (np.log(0.9 / 0.1) - np.log(0.2 / 0.8)) / 2  # the z of both answers, two inputs apart
    axes.plot(x, _answers(w * (x - 0.5) + np.log(0.2 / 0.8)), color="C0", label="w ≈ 1.79, b ≈ −2.28")
    axes.plot(X, Y, "o", color="C2", markersize=8, label="data")
    axes.vlines(X, _answers(0.5 * X), Y, color="C1", linewidth=1)
    axes.set_ylim(0, 1)
    axes.set_xlabel("input x")
    axes.set_ylabel("answer f(x)")


def slope(axes):
    """The sigmoid rises from 0 to 1. Its slope f (1 - f) is a bell: a quarter at z = 0, and almost nothing beyond z = -6
    and z = 6."""
    z = np.linspace(-10, 10, 400)
    f = _answers(z)
    axes.plot(z, f, color="C0", label="answer f")
    axes.plot(z, f * (1 - f), color="C1", label="slope f (1 − f)")
    axes.set_xlabel("z = w x + b")


def plateau(axes):
    """The loss from the start (-4, -4) over 3,000 epochs. For about 1,700 epochs the curve looks level at 0.42; then it
    falls to zero within a few dozen epochs. A vertical line at 1,000 shows where a cap would have ended the run."""
    losses, _, _ = _walk(-4, -4, 3000)
    axes.plot(losses[:, 0], color="C0")
    axes.axvline(1000, color="C1", linestyle="--")
    axes.text(1050, 0.2, "cap:\n1,000\nepochs", color="C1", ha="left", va="center")
    axes.set_ylim(-0.02, 0.46)
    axes.set_xlabel("epoch")
    axes.set_ylabel("loss")


def arrivals(axes):
    """A map of starts (w, b) from -6 to 6. Dots mark those that reach a loss below 0.01 within 1,000 epochs: the
    middle and the right. Crosses mark those that do not: a broad band on the left, widest at the bottom, and the upper
    right corner."""
    axes.figure.set_size_inches(5, 5)
    side = np.linspace(-6, 6, 25)
    w, b = (grid.ravel() for grid in np.meshgrid(side, side))
    losses, _, _ = _walk(w, b, 1000)
    there = losses[-1] < 0.01
    axes.plot(w[there], b[there], "o", color="C0", markersize=3, label="there")
    axes.plot(w[~there], b[~there], "x", color="C1", markersize=3, label="not there")
    axes.set_aspect("equal")
    axes.set_xlabel("w at the start")
    axes.set_ylabel("b at the start")


HILL_X, HILL_Y = np.array([-2.0, -1, 0, 1, 2]), np.array([0.1, 0.2, 0.9, 0.2, 0.1])


def _trained(w, b, v, c, epochs=1000):
    """Train a network with a hidden layer on the hill; return the function that it has become."""
    w, b, v = (np.array(weights, float) for weights in (w, b, v))
    for _ in range(epochs):
        hidden = _answers(np.outer(HILL_X, w) + b)
        f = _answers(hidden @ v + c)
        last = (f - HILL_Y) * f * (1 - f)
        back = np.outer(last, v) * hidden * (1 - hidden)
        w, b, v, c = w - HILL_X @ back, b - back.sum(axis=0), v - last @ hidden, c - last.sum()
    return lambda x: _answers(_answers(np.outer(x, w) + b) @ v + c)


def hill(axes):
    """Five points on a hill, and two networks after 1,000 epochs. With two hidden neurons the curve rises through all points and comes down again; with one it only rises, and then stays level."""
    x = np.linspace(-3, 3, 300)
    axes.plot(x, _trained([2], [2], [2], -1)(x), "--", color="C1", label="one hidden neuron")
    axes.plot(x, _trained([2, 2], [2, -2], [2, -2], -1)(x), color="C0", label="two hidden neurons")
    axes.plot(HILL_X, HILL_Y, "o", color="C2", markersize=8, label="data")
    axes.set_ylim(0, 1)
    axes.set_xlabel("input x")
    axes.set_ylabel("answer f(x)")
