"""Pictures of the lesson on gradient fields; their gradients come from formulas, not from a grid."""

import numpy as np


def grid(axes):
    """A grid of places: columns lie a distance Δx apart and rows Δy. An inside place has neighbours two spacings apart, in its row and in its column; a place at the border has one neighbour, one spacing away."""
    columns, rows = np.meshgrid(range(5), range(4))
    axes.plot(columns.ravel(), rows.ravel(), "o", color="C4", markersize=4)
    for xs, ys, color in (([1, 3], [1, 1], "C0"), ([2, 2], [0, 2], "C1"), ([0, 1], [3, 3], "C2")):
        axes.plot(xs, ys, "o-", color=color)
    axes.plot([2, 0], [1, 3], "o", color="C3", markersize=8)
    axes.text(1.45, 0.86, "2 Δx", color="C0", ha="center")
    axes.text(2.06, 1.6, "2 Δy", color="C1")
    axes.text(0.5, 2.88, "Δx", color="C2", ha="center")
    axes.text(2.08, 0.82, "field[1, 2]", color="C3")
    axes.text(-0.1, 2.78, "field[3, 0]", color="C3", ha="right")
    axes.set_xlim(-1.15, 4.2)
    axes.set_ylim(3.3, -0.3)
    axes.set_xticks(range(5), ["0", "Δx", "2 Δx", "3 Δx", "4 Δx"])
    axes.set_yticks(range(4), ["0", "Δy", "2 Δy", "3 Δy"])
    axes.set_xlabel("x, with the column number")
    axes.set_ylabel("y, with the row number")


def pressure(axes):
    """Lines of equal pressure around a high and a low, and arrows of the acceleration. The arrows lead away from the high and into the low, across the lines, and are long where the lines lie close together."""
    x, y = np.meshgrid(np.linspace(0, 1000, 201), np.linspace(0, 600, 121))  # in km
    axes.figure.set_size_inches(6.4, 4.6)
    axes.contour(x, y, _pressure(x, y)[0], levels=np.arange(1004, 1024, 2), colors="C0", linewidths=1)
    x, y = np.meshgrid(np.linspace(50, 950, 16), np.linspace(60, 540, 9))
    _, by_x, by_y = _pressure(x, y)
    for at_x, at_y, letter in ((300, 320, "H"), (720, 280, "L")):
        beside = np.hypot(x - at_x, y - at_y) > 95  # no arrow over the letter
        x, y, by_x, by_y = x[beside], y[beside], by_x[beside], by_y[beside]
        axes.text(at_x, at_y, letter, color="C3", ha="center", va="center", fontsize=18)
    axes.quiver(x, y, -by_x, -by_y, color="C1", angles="xy", width=0.004)
    axes.set_ylim(600, 0)
    axes.set_aspect("equal")
    axes.set_xlabel("x in km")
    axes.set_ylabel("y in km")


def _pressure(x, y):
    """Return the pressure in hPa of a high and a low, and its partial derivatives."""
    total, by_x, by_y = 1013.0, 0.0, 0.0
    for height, at_x, at_y, width in ((10, 300, 320, 150), (-11, 720, 280, 130)):
        bell = height * np.exp(-((x - at_x) ** 2 + (y - at_y) ** 2) / (2 * width**2))
        total, by_x, by_y = total + bell, by_x - bell * (x - at_x) / width**2, by_y - bell * (y - at_y) / width**2
    return total, by_x, by_y


def compass(axes):
    """The rate of change along a direction, over the direction's angle, for the gradient (1.5, 2). It is largest along the gradient, zero a quarter of a turn beside it, and most negative in the opposite direction."""
    angles = np.linspace(-180, 180, 361)
    steepest = np.degrees(np.arctan2(2, 1.5))
    axes.axhline(0, color="C4", linewidth=0.8)
    axes.plot(angles, 2.5 * np.cos(np.radians(angles - steepest)), color="C0")
    for angle, rate, color, text in (
        (steepest, 2.5, "C1", "along the gradient: 2.5"),
        (0, 1.5, "C2", "along x: 1.5"),
        (steepest - 90, 0, "C3", "level: 0"),
    ):
        axes.plot([angle], [rate], "o", color=color)
        axes.annotate(text, (angle, rate), (-10, 7), textcoords="offset points", color=color, ha="right")
    axes.set_xlim(-180, 180)
    axes.set_ylim(-2.9, 3.1)
    axes.set_xticks(range(-180, 181, 90))
    axes.set_xlabel("direction, in degrees from the x axis")
    axes.set_ylabel("rate of change")


def moves(axes):
    """Two ways up a long hill from the same start. The moves of an ascent get shorter and shorter towards the summit; those of the streamline all have the same length."""
    x, y = np.meshgrid(np.linspace(-0.4, 3.2, 200), np.linspace(-0.4, 1.4, 100))
    axes.contour(
        x, y, -(x**2 + 4 * y**2) / 2, levels=-np.geomspace(7, 0.02, 9), colors="C4", linewidths=0.6, linestyles="solid"
    )
    # The gradient is (-x, -4y), so streamlines are the curves y = c x**4, and an ascent shrinks x and y by fixed factors.
    curve = np.linspace(3, 0, 3001)
    heights = 1.2 * (curve / 3) ** 4
    length = np.concatenate([[0], np.cumsum(np.hypot(np.diff(curve), np.diff(heights)))])
    equal = np.arange(0, length[-1], 0.3)
    axes.plot(np.interp(equal, length, curve), np.interp(equal, length, heights), "o-", color="C1", label="streamline")
    epochs = np.arange(25)
    axes.plot(3 * 0.9**epochs, 1.2 * 0.6**epochs, "o-", color="C0", markersize=3, label="ascent")
    axes.set_xlim(-0.4, 3.2)
    axes.set_ylim(-0.4, 1.4)
    axes.set_xlabel("x")
    axes.set_ylabel("y")


def streamlines(axes):
    """Streamlines on the peaks surface over its contour lines. They cross the contour lines at right angles and bend towards the summits."""
    axes.figure.set_size_inches(5.4, 5.2)
    x, y = np.meshgrid(np.linspace(-3, 3, 241), np.linspace(-3, 3, 241))
    height, by_x, by_y = _peaks(x, y)
    axes.contour(x, y, height, levels=np.arange(-6, 8.1, 1), colors="C4", linewidths=0.6)
    axes.streamplot(x, y, by_x, by_y, color="C0", density=0.9, linewidth=1, arrowsize=0.9)
    axes.plot([-0.0093, -0.46, 1.2857], [1.5814, -0.6292, -0.0048], "^", color="C3", markersize=7)
    axes.set_xlim(-3, 3)
    axes.set_ylim(-3, 3)
    axes.set_aspect("equal")
    axes.set_xlabel("x")
    axes.set_ylabel("y")


def _peaks(x, y):
    """Return the peaks surface and its partial derivatives."""
    one, two, three = np.exp(-(x**2) - (y + 1) ** 2), np.exp(-(x**2) - y**2), np.exp(-((x + 1) ** 2) - y**2)
    bump = x / 5 - x**3 - y**5
    height = 3 * (1 - x) ** 2 * one - 10 * bump * two - three / 3
    by_x = (-6 * (1 - x) - 6 * x * (1 - x) ** 2) * one - 10 * (0.2 - 3 * x**2 - 2 * x * bump) * two
    by_y = -6 * (1 - x) ** 2 * (y + 1) * one + (50 * y**4 + 20 * y * bump) * two
    return height, by_x + 2 / 3 * (x + 1) * three, by_y + 2 / 3 * y * three
