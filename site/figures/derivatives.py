"""Pictures of the lesson on derivatives: a secant, tangents, and the two ways to measure a slope."""

import numpy as np


def secant(axes):
    """The parabola x squared and the straight line through its points at 2 and 2.5.

    A step of 0.5 to the right leads 2.25 up, from height 4 to height 6.25.
    """
    x = np.linspace(1.4, 2.9, 200)
    axes.plot(x, x**2, color="C0", label="x²")
    axes.plot(x, 4 + 4.5 * (x - 2), "--", color="C1", label="secant, slope 4.5")
    axes.plot([2, 2.5, 2.5], [4, 4, 6.25], color="C4", linewidth=1.5)
    axes.plot([2, 2.5], [4, 6.25], "o", color="C3")
    axes.annotate("0.5", (2.25, 4), xytext=(0, -18), textcoords="offset points", color="C4", ha="center")
    axes.annotate("2.25", (2.5, 5.1), xytext=(6, 0), textcoords="offset points", color="C4")
    axes.set_xlabel("x")
    axes.set_ylabel("height")


def tangents(axes):
    """The parabola x squared with its tangents at -4, 0 and 2.

    They have the slopes -8, 0 and 4: the first falls steeply to the right, the second is level, the third rises.
    """
    x = np.linspace(-5, 5, 300)
    axes.plot(x, x**2, color="C4")
    for place, colour, style in ((-4.0, "C1", "--"), (0.0, "C2", "-."), (2.0, "C0", "-")):
        slope = 2 * place
        near = place + np.array([-1.2, 1.2])
        axes.plot(
            near, place**2 + slope * (near - place), style, color=colour, label=f"slope {slope:.0f}".replace("-", "−")
        )
        axes.plot(place, place**2, "o", color=colour)
    axes.set_ylim(-4, 27)
    axes.set_xlabel("x")
    axes.set_ylabel("height")


def central(axes):
    """The curve of x cubed near 2, with the tangent at 2 of slope 12.

    The line through the points at 1.5 and 2.5 is almost parallel to it, with slope 12.25; the line through 2 and
    2.5 is steeper, with slope 15.25.
    """
    x = np.linspace(1.3, 2.7, 200)
    ends = np.array([1.3, 2.7])
    axes.plot(x, x**3, color="C4")
    axes.plot(ends, 8 + 12 * (ends - 2), ":", color="C2", label="tangent, 12")
    axes.plot(ends, 1.5**3 + 12.25 * (ends - 1.5), "-", color="C0", label="both neighbours, 12.25")
    axes.plot(ends, 8 + 15.25 * (ends - 2), "--", color="C1", label="one neighbour, 15.25")
    axes.plot([1.5, 2, 2.5], [1.5**3, 8, 2.5**3], "o", color="C3")
    axes.set_xlabel("x")
    axes.set_ylabel("height")
