"""Pictures of the lesson on stochastic descent, drawn when the site is built."""

import numpy as np


def _measurements():
    """Measure the line 1.5 x - 0.5 with noise; return the table of samples, the values and the best parameters."""
    rng = np.random.default_rng(7)
    x = rng.uniform(-1, 1, 200)
    table = np.column_stack([x, np.ones(200)])
    values = table @ (1.5, -0.5) + rng.normal(scale=0.3, size=200)
    return table, values, np.linalg.lstsq(table, values, rcond=None)[0]


def _pull(theta, table, values):
    """Return the mean pull of the given rows on the parameters."""
    return (table @ theta - values) @ table / len(table)


def _epochs(size, rate, rounds, seed):
    """Return the parameters after each update, and the numbers of the updates that end an epoch."""
    table, values, _ = _measurements()
    rng = np.random.default_rng(seed)
    theta, updates, ends = np.zeros(2), [np.zeros(2)], [0]
    for _ in range(rounds):
        deck = rng.permutation(200)
        for hand in np.split(deck, range(size, 200, size)):
            theta = theta - rate * _pull(theta, table[hand], values[hand])
            updates.append(theta)
        ends.append(len(updates) - 1)
    return np.array(updates), ends


def data(axes):
    """Two hundred dots scattered about a rising line. From one dot in three a short stroke leads to the line: its residual."""
    table, values, best = _measurements()
    line = table @ best
    axes.vlines(table[::3, 0], values[::3], line[::3], color="C1", linewidth=0.8)
    axes.plot(table[:, 0], values, ".", color="C4", markersize=4)
    order = np.argsort(table[:, 0])
    axes.plot(table[order, 0], line[order], color="C0")
    axes.set_xlabel("x")
    axes.set_ylabel("measured y")


def estimates(axes):
    """Gradients estimated from minibatches at one point of the landscape. Those of one sample are scattered widely, those
    of 10 lie closer, those of 50 close around the true gradient, which is marked by a cross."""
    table, values, _ = _measurements()
    rng = np.random.default_rng(1)
    for size, color in ((1, "C4"), (10, "C0"), (50, "C1")):
        hands = [rng.choice(200, size, replace=False) for _ in range(150)]
        pulls = np.array([_pull(np.zeros(2), table[hand], values[hand]) for hand in hands])
        axes.plot(*pulls.T, ".", color=color, markersize=4, label=f"batches of {size}")
    axes.plot(*_pull(np.zeros(2), table, values), "+", color="C3", markersize=14, markeredgewidth=2, label="all 200")
    axes.set_xlabel("first partial derivative")
    axes.set_ylabel("second")


def paths(axes):
    """Three paths of five epochs from (0, 0) over the same landscape. With all 200 samples in a batch the path has made
    five short steps and 18 % of the way to the minimum; with batches of 20 it has made fifty steps and 83 % of the way;
    with single samples it has reached the minimum and staggers about it."""
    _, _, best = _measurements()
    for size, color in ((1, "C4"), (20, "C0"), (200, "C1")):
        updates, _ = _epochs(size, 0.1, 5, seed=1)
        mark = ".-" if size > 1 else "-"
        axes.plot(*updates.T, mark, color=color, linewidth=1, markersize=4, label=f"batches of {size}")
    axes.plot(*best, "+", color="C3", markersize=14, markeredgewidth=2, label="minimum")
    axes.set_xlabel("slope of the line")
    axes.set_ylabel("height at x = 0")


def noise(axes):
    """How far the loss is above its minimum, over 60 epochs, on a logarithmic scale. Batches of 200 fall slowly and
    smoothly. Single samples fall within three epochs to about a thousandth, batches of 20 within twenty epochs to about
    a hundred-thousandth; both then jump up and down."""
    table, _, best = _measurements()
    for size, color in ((200, "C1"), (20, "C0"), (1, "C4")):
        updates, ends = _epochs(size, 0.1, 60, seed=1)
        excess = ((table @ (updates[ends] - best).T) ** 2).mean(axis=0) / 2
        axes.semilogy(excess, color=color, label=f"batches of {size}")
    axes.set_xlabel("epoch")
    axes.set_ylabel("loss above its minimum")


def batches(axes):
    """Lines of equal loss, 0.1 above the least, over the slope and the height of the line. All 200 samples see an ellipse, a batch of 10 sees a turned one beside it, and a single sample sees two parallel lines: a valley without end."""
    axes.figure.set_size_inches(5.4, 5)
    table, values, best = _measurements()
    slope, height = np.meshgrid(np.linspace(0, 3, 200), np.linspace(-2, 1, 200))
    order = np.random.default_rng(3).permutation(200)
    for size, colour, style in ((1, "C1", ":"), (10, "C3", "--"), (200, "C0", "-")):
        hand = order[:size]
        residuals = np.multiply.outer(slope, table[hand, 0]) + height[..., np.newaxis] - values[hand]
        loss = (residuals**2).mean(axis=-1) / 2
        least = 0 if size == 1 else np.linalg.lstsq(table[hand], values[hand], rcond=None)[1][0] / (2 * size)
        axes.contour(slope, height, loss, levels=[least + 0.1], colors=colour, linestyles=style)
        axes.plot([], [], style, color=colour, label=f"{size} sample" + "s" * (size > 1))
    axes.plot(*best, "+", color="C0", markersize=12, markeredgewidth=2)
    axes.set_aspect("equal")
    axes.set_xlabel("slope")
    axes.set_ylabel("height at 0")
