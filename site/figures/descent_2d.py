"""Pictures of the lesson on descent in two dimensions, drawn when the site is built."""

import numpy as np


def _twisted(x, y):
    return x**2 + x * y + 2 * y**2


def _peaks_slopes(x, y):
    """Return both partial derivatives of the peaks surface, elementwise."""
    first = np.exp(-(x**2) - (y + 1) ** 2)
    middle = np.exp(-(x**2) - y**2)
    last = np.exp(-((x + 1) ** 2) - y**2)
    inner = x / 5 - x**3 - y**5
    along_x = -6 * (1 - x) * first - 6 * x * (1 - x) ** 2 * first
    along_x += -10 * (1 / 5 - 3 * x**2) * middle + 20 * x * inner * middle + 2 / 3 * (x + 1) * last
    along_y = -6 * (y + 1) * (1 - x) ** 2 * first + 50 * y**4 * middle + 20 * y * inner * middle + 2 / 3 * y * last
    return along_x, along_y


def cuts(axes):
    """Two cuts through the landscape at the point (1, 0). Along x the curve has slope 2 there, along y it has slope 1; both tangents are drawn."""
    t = np.linspace(-1, 1, 201)
    axes.plot(t, _twisted(1 + t, 0), "C0", label="along x: slope 2")
    axes.plot(t, 1 + 2 * t, "C0--", linewidth=1)
    axes.plot(t, _twisted(1, t), "C1", label="along y: slope 1")
    axes.plot(t, 1 + t, "C1--", linewidth=1)
    axes.plot(0, 1, "o", color="C4")
    axes.set_xlabel("distance from (1, 0)")
    axes.set_ylabel("height")


def directions(axes):
    """The slope at (1, 0) drawn over the compass direction. It is 2 towards x, 1 towards y, highest with 2.24 at 26.6 degrees, zero at right angles to that, and lowest in the opposite direction."""
    degrees = np.linspace(0, 360, 361)
    axes.plot(degrees, 2 * np.cos(np.radians(degrees)) + np.sin(np.radians(degrees)), "C0")
    axes.axhline(0, color="C4", linewidth=0.8)
    steepest = np.degrees(np.arctan2(1, 2))
    marks = ((0, "C2", "gradient", (0, 13)), (90, "C1", "contour line", (56, 12)), (180, "C3", "descent", (0, -14)))
    for turn, colour, words, offset in marks:
        mark = (steepest + turn, np.sqrt(5) * np.cos(np.radians(turn)))
        axes.plot(*mark, "o", color=colour)
        axes.annotate(words, mark, xytext=offset, textcoords="offset points", color=colour, ha="center", va="center")
    axes.set_ylim(-3.1, 2.9)
    axes.set_xticks([0, 90, 180, 270, 360], ["0°\nx", "90°\ny", "180°\n−x", "270°\n−y", "360°\nx"])
    axes.set_xlabel("direction")
    axes.set_ylabel("slope")


def together(axes):
    """Contour lines around a minimum. From (2, 1) one arrow leads to (0.5, -0.8), against the gradient. A second walk goes to (0.5, 1) first and then to (0.5, -0.35)."""
    axes.figure.set_size_inches(6.4, 5)
    x, y = np.meshgrid(np.linspace(-1, 2.5, 141), np.linspace(-1.2, 1.45, 107))
    axes.contour(x, y, _twisted(x, y), levels=[0.1, 0.5, 1, 2, 4, 6, 8, 10], colors="C4", linewidths=0.7)
    arrow = {"arrowstyle": "->", "linewidth": 2, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", (0.5, -0.8), (2, 1), arrowprops=arrow | {"color": "C0"})
    axes.annotate("", (0.5, 1), (2, 1), arrowprops=arrow | {"color": "C3"})
    axes.annotate("", (0.5, -0.35), (0.5, 1), arrowprops=arrow | {"color": "C3"})
    on_lines = {"bbox": {"facecolor": "#ffffff", "edgecolor": "none", "pad": 1}}
    axes.text(1.42, -0.25, "together", color="C0", **on_lines)
    axes.text(0.6, 1.12, "one after the other", color="C3", **on_lines)
    axes.set_aspect("equal")
    axes.set_xlabel("x")
    axes.set_ylabel("y")


def basins(axes):
    """A map of starts from -2 to 2 in both directions, coloured by where the walk ends. Each of the three minima has a region around it; from a band along the upper and the right edge, and from the lower left corner, walks drift outwards."""
    axes.figure.set_size_inches(5, 4.8)
    minima = ((0.22828, -1.62553), (-1.34740, 0.20452), (0.29645, 0.32020))
    x, y = np.meshgrid(np.linspace(-2, 2, 81), np.linspace(-2, 2, 81))
    for _ in range(1000):
        along_x, along_y = _peaks_slopes(x, y)
        x, y = x - 0.01 * along_x, y - 0.01 * along_y
    ends = np.full(x.shape, 3)
    for number, (at_x, at_y) in enumerate(minima):
        ends[np.hypot(x - at_x, y - at_y) < 0.01] = number
    side = np.linspace(-2, 2, 81)
    for number, colour in enumerate(("C0", "C1", "C2")):
        axes.contourf(side, side, ends == number, levels=[0.5, 1.5], colors=colour, alpha=0.75)
        axes.plot(*minima[number], "o", color="#ffffff", markersize=9, markeredgecolor=colour, markeredgewidth=2)
    axes.text(1.25, 1.72, "drift outwards", ha="center", va="center")
    axes.set_aspect("equal")
    axes.set_xlabel("x of the start")
    axes.set_ylabel("y of the start")
